"""Text of which only a look at the page tells whether it is seen: in layers, or in form objects that are masked or switched off.

The page is drawn twice, with these texts and without them. Where both look the same, nobody sees them.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import font_of, kind_of, object_of_page, place_of
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.glyphs import Marked
from pipeline.readers.pdf.moved import moved_aside
from pipeline.readers.pdf.paths import Matrix, bounds_in

SCALE = 1.5  # pixels a point
MOST_PIXELS = 8_000_000
DIFFERENT = 24  # of 255
_SIZE = ctypes.c_float(12)
_LAYERS = b"/OCProperties"
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_MOST_PACKED = 1_000_000  # bytes of unpacked objects that are searched


def has_layers(data: bytes) -> bool:
    """Whether a PDF may have layers: it says so, in the open or in a stream of objects. Of an encrypted one nothing can be told."""
    if _LAYERS in data or b"/Encrypt" in data:
        return True
    return any(_LAYERS in _unpacked(data, found.end()) for found in _PACKED.finditer(data))


def _unpacked(data: bytes, start: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data[start:], _MOST_PACKED)
    except zlib.error:
        return b""


def has_masked_form(page: Any) -> bool:
    """Whether a form object on a page is masked or lets through what is below."""
    items = [object_of_page(page, index) for index in range(raw.FPDFPage_CountObjects(page))]
    return any(kind_of(item) == raw.FPDF_PAGEOBJ_FORM and raw.FPDFPageObj_HasTransparency(item) for item in items)


def look_at(page: pdfium.PdfPage, texts: Sequence[tuple[Any, Matrix | None]], marked: Marked) -> None:
    """Mark those of some texts that are not seen on the page."""
    placed = [(item, box) for item, matrix in texts if place_of(item) not in marked.unseen and (box := bounds_in(item, matrix))]
    for item, box in _unseen_among(page, placed):
        marked.unseen.add(place_of(item))
        moved_aside(item, box)


def _unseen_among(page: pdfium.PdfPage, texts: Sequence[tuple[Any, BoundingBox]]) -> list[tuple[Any, BoundingBox]]:
    """Those text objects that change nothing on the page. What has no font in the file is not drawn here, and not judged."""
    judged = [(item, box) for item, box in texts if _is_drawn(ctypes.cast(font_of(item), raw.FPDF_FONT))]
    width, height = page.get_size()
    scale = min(SCALE, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    if not judged:
        return []
    with_them = _drawn(page, scale)
    for item, _ in judged:
        raw.FPDFPageObj_SetIsActive(item, False)
    without = _drawn(page, scale)
    for item, _ in judged:
        raw.FPDFPageObj_SetIsActive(item, True)
    changed = abs(with_them - without) > DIFFERENT
    return [(item, box) for item, box in judged if not changed[_pixels(page, box, scale, changed.shape)].any()]


def _is_drawn(font: Any) -> bool:
    return raw.FPDFFont_GetIsEmbedded(font) == 1 or any(raw.FPDFFont_GetGlyphPath(font, ord(digit), _SIZE) for digit in "0123456789")


def _drawn(page: pdfium.PdfPage, scale: float) -> Any:
    return page.render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy().astype("int16")


def _pixels(page: pdfium.PdfPage, box: BoundingBox, scale: float, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The part of the drawn page in which a box of user space lies."""
    left, top, right, bottom = Frame(page.get_bbox(), page.get_rotation() // 90 % 4).view(box)
    rows = slice(max(0, int(top * scale) - 1), min(shape[0], int(bottom * scale) + 2))
    return rows, slice(max(0, int(left * scale) - 1), min(shape[1], int(right * scale) + 2))
