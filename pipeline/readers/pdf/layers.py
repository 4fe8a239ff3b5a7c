"""Text that a page holds behind or over the picture of a scan, so that it can be searched: recognised by whoever wrote the file.

Nobody sees it, nobody proof-read it, and it may be wrong where the picture is right. What is printed is the picture.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import OPAQUE, fill_of, place_of
from pipeline.readers.pdf.paths import Matrix, bounds_in

LARGE = 0.5  # of the page, from which pictures are a scan of it, and white letters on them are no heading over a photo
MOSTLY = 0.9  # a picture that lies a little askew leaves its corners open
Objects = Iterable[tuple[Any, int, Matrix | None]]  # the objects of a page, their kinds, and the matrix of the form around them


class _Placed(NamedTuple):
    """An object of a page: which one it is in the order in which they are drawn, and its box."""

    item: Any
    order: int
    box: BoundingBox


def text_behind_pictures(
    page: Any, document: Any, objects: Objects, unseen: Collection[int], is_noticeable: Callable[[Any, Matrix | None], bool]
) -> set[int]:
    """The places in memory of the text objects that are the text layer of a picture: drawn on one without ink, or covered by one.

    page, document: of pdfium, for a look at how opaque a picture is. unseen: the text objects that are white or without ink.
    """
    texts, pictures = _texts_and_pictures(objects, is_noticeable)
    if not texts or not pictures:
        return set()
    is_scan = sum(_area(picture.box) for picture in pictures) >= LARGE * raw.FPDF_GetPageWidthF(page) * raw.FPDF_GetPageHeightF(page)
    opaque: dict[int, bool] = {}  # by the order of the picture; a look at its pixels is dear

    def hides(picture: _Placed) -> bool:
        if picture.order not in opaque:
            opaque[picture.order] = is_opaque_picture(page, document, picture.item)
        return opaque[picture.order]

    found = set()
    for text in texts:
        place = place_of(text.item)
        below = [picture for picture in pictures if _is_on(text.box, picture.box)]
        if place in unseen:
            is_layer = bool(below) and (is_scan or not _is_white(text.item))
        else:
            is_layer = any(text.order < picture.order and hides(picture) for picture in below)
        if is_layer:
            found.add(place)
    return found


def _texts_and_pictures(objects: Objects, is_noticeable: Callable[[Any, Matrix | None], bool]) -> tuple[list[_Placed], list[_Placed]]:
    texts, pictures = [], []
    for order, (item, kind, matrix) in enumerate(objects):
        if kind not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        box = bounds_in(item, matrix)
        if box is None:
            continue
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(_Placed(item, order, box))
        elif is_noticeable(item, matrix):
            pictures.append(_Placed(item, order, box))
    return texts, pictures


def _is_on(text: BoundingBox, picture: BoundingBox) -> bool:
    across, up = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
    return picture[0] <= across <= picture[2] and picture[1] <= up <= picture[3]


def _area(box: BoundingBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_white(text: Any) -> bool:
    colour = fill_of(text)
    return colour is not None and colour.is_white and colour.alpha > 0


def is_opaque_picture(page: Any, document: Any, picture: Any) -> bool:
    """Whether nothing is seen through a picture: a seal or a watermark over print has holes, a scan has none."""
    if raw.FPDFPageObj_HasTransparency(picture):
        return False
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(document, page, picture)
    if not bitmap:
        return False
    try:
        if raw.FPDFBitmap_GetFormat(bitmap) not in (raw.FPDFBitmap_BGRA, raw.FPDFBitmap_BGRA_Premul):
            return True
        size = raw.FPDFBitmap_GetStride(bitmap) * raw.FPDFBitmap_GetHeight(bitmap)
        alphas = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), size)[3::4]
        return alphas.count(OPAQUE) >= MOSTLY * len(alphas)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
