"""Marked content of a PDF: layers that may be switched off, and texts that stand for what is drawn (ActualText).

pdfium draws no layer that is off, but gives its text with the rest; and it gives an ActualText in place of the letters, whatever they are.
"""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

from pipeline.readers.pdf.calls import actual_text_of, count_marks, mark_at, name_of_mark

_LAYER, _SAYS_FIGURES, _NOTHING = 2, 1, 0
_NAME, _TEXT = ctypes.create_string_buffer(8), ctypes.create_string_buffer(4_000)  # longer ones are cut
_SIZE = ctypes.c_ulong()
_SIZE_POINTER = ctypes.byref(_SIZE)
_NAME_SIZE, _TEXT_SIZE = ctypes.c_ulong(len(_NAME)), ctypes.c_ulong(len(_TEXT))
_OF_LAYERS = "OC\0".encode("utf-16-le")


class Marks:
    """What the marks of one page mean; many are shared by several texts, so that each is looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def is_in_layer(self, item: Any) -> bool:
        """Whether a text belongs to a layer. Texts that stand for its figures are taken away: what is drawn is what is printed."""
        is_layer = False
        for index in reversed(range(count_marks(item))):
            place = mark_at(item, index)
            meaning = self._known.get(place)
            if meaning is None:
                meaning = self._known[place] = _meaning_of(ctypes.c_void_p(place))
            if meaning == _SAYS_FIGURES:
                raw.FPDFPageObj_RemoveMark(item, ctypes.cast(place, raw.FPDF_PAGEOBJECTMARK))
            elif meaning == _LAYER:
                is_layer = True
        return is_layer


def _meaning_of(mark: ctypes.c_void_p) -> int:
    if name_of_mark(mark, _NAME, _NAME_SIZE, _SIZE_POINTER) and _SIZE.value == len(_OF_LAYERS) and _NAME.raw.startswith(_OF_LAYERS):
        return _LAYER
    if not actual_text_of(mark, b"ActualText", _TEXT, _TEXT_SIZE, _SIZE_POINTER):
        return _NOTHING
    text = _TEXT.raw[: _SIZE.value].decode("utf-16-le", "replace")
    return _SAYS_FIGURES if _SIZE.value > len(_TEXT) or any(letter.isdecimal() for letter in text) else _NOTHING
