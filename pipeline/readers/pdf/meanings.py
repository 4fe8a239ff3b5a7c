"""Fonts whose digits mean something else than they show: the file says 3 where the outline drawn is an 8.

Such a text layer reads well and is wrong throughout. The rings of an outline tell: 8 is drawn with three, 3 with one. Where digits
of one font have rings too many and others too few, their meanings were exchanged.
"""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

from pipeline.readers.pdf.calls import font_of, text_object_at
from pipeline.readers.pdf.glyphs import codes_of

_RINGS = {"0": 2, "1": 1, "2": 1, "3": 1, "5": 1, "6": 2, "7": 1, "8": 3, "9": 2}  # 4 is open or closed
_SIZE = ctypes.c_float(12)


def digits_lie(text_page: Any, count: int) -> bool:
    """Whether a font that figures of the page are set in draws other digits than its text says."""
    used: dict[int, tuple[int, set[int]]] = {}
    for index, code in enumerate(codes_of(text_page, count)):
        if 0x30 <= code <= 0x39 and (place := text_object_at(text_page, index)):
            font = font_of(ctypes.c_void_p(place))
            used.setdefault(font, (font, set()))[1].add(code)
    return any(_lies(ctypes.cast(font, raw.FPDF_FONT), codes) for font, codes in used.values())


def _lies(font: Any, codes: set[int]) -> bool:
    """codes: of the digits that stand on the page; for others a font draws its sign for letters that it lacks."""
    found = {digit: rings for digit in _RINGS if ord(digit) in codes and (rings := _rings(font, ord(digit)))}
    return any(rings > _RINGS[digit] for digit, rings in found.items()) and any(rings < _RINGS[digit] for digit, rings in found.items())


def _rings(font: Any, code: int) -> int:
    """How many closed lines the letter is drawn with; 0 where the font has no outline for it."""
    path = raw.FPDFFont_GetGlyphPath(font, code, _SIZE)
    if not path:
        return 0
    segments = (raw.FPDFGlyphPath_GetGlyphPathSegment(path, index) for index in range(raw.FPDFGlyphPath_CountGlyphSegments(path)))
    return sum(raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO for segment in segments)
