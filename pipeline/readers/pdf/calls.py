"""Calls into pdfium that are made for every character, without the check of each argument that ctypes makes for declared types.

The check takes twice as long as the call itself. What is passed has to be right: `handle(…)` of what pdfium gave, `byref(…)` of a
ctypes object, or a whole number.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw


def _unchecked(function: Any) -> Callable[..., int]:
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(ctypes.c_int)(address or 0)


def handle(pointer: Any) -> ctypes.c_void_p:
    """A page, text page or object of pdfium, as these calls take it."""
    return ctypes.cast(pointer, ctypes.c_void_p)


loose_box = _unchecked(raw.FPDFText_GetLooseCharBox)
origin = _unchecked(raw.FPDFText_GetCharOrigin)
