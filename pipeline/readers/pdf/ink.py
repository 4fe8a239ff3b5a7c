"""Text that pdfium would leave out because it cannot draw it.

A font that is not embedded in the file and not installed here has no outlines, so that a text object of a single such letter
(`无`, `三`) is zero points wide; pdfium's text page drops objects of no width without a word, and a printed sign would be taken for a
blank. The width that pdfium gives to an object in stroke mode includes the pen, so a pen is put in its hand. Nothing is written back.
"""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

from pipeline.readers.pdf.calls import bounds_of

NO_WIDTH = 0.01
PEN = 1.0
_EDGES = [ctypes.c_float() for _ in range(4)]
_LEFT, _, _RIGHT, _ = _EDGES
_POINTERS = [ctypes.byref(edge) for edge in _EDGES]


def keep_text_without_ink(text_object: Any) -> None:
    """Give a text object without width the width of a pen, so that the text page made afterwards holds its letters."""
    if bounds_of(text_object, *_POINTERS) and _RIGHT.value - _LEFT.value < NO_WIDTH:
        raw.FPDFPageObj_SetStrokeWidth(text_object, PEN)
        raw.FPDFTextObj_SetTextRenderMode(text_object, raw.FPDF_TEXTRENDERMODE_STROKE)
        raw.FPDFPageObj_Transform(text_object, 1, 0, 0, 1, 0, 0)  # makes pdfium measure the object again
