"""What people wrote on a page: filled-in form fields, and text of the typewriter tool. To pdfium it is no text of the page.

What has an appearance of its own becomes part of the page; the value of a field that has none (viewers draw it) is kept as a text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.readers.model import BoundingBox

_WRITTEN = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STRIKEOUT)
_SHAPES = (raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_POLYGON)  # laid over figures by editors of PDF, once they are filled
_TEXT_FIELDS = ("Tx", "Ch", "")  # "" where the kind stands in the field above, as in forms whose fields have names with dots
_OUT_OF_SIGHT = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
MOST_ANNOTATIONS = 5_000  # more than any form has fields on a page

Written = Sequence[tuple[str, BoundingBox]]  # texts, and where they stand (left, bottom, right, top) in user space
NOTHING_WRITTEN: Written = ()


@contextmanager
def opened(pdf: pdfium.PdfDocument, index: int) -> Iterator[tuple[pdfium.PdfPage, Written]]:
    """A page with what was written on it, and the values of fields that nobody has drawn yet."""
    page = pdf[index]
    try:
        written, is_drawn = _written(page)
        if is_drawn and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
            page.close()
            page = pdf[index]
        yield page, written
    finally:
        page.close()


def _written(page: pdfium.PdfPage) -> tuple[Written, bool]:
    """The values without an appearance, and whether there is any text that has one."""
    values: list[tuple[str, BoundingBox]] = []
    is_drawn = False
    for index in range(min(MOST_ANNOTATIONS, raw.FPDFPage_GetAnnotCount(page.raw))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            is_field = kind == raw.FPDF_ANNOT_WIDGET and _text_of(annotation, b"FT") in _TEXT_FIELDS
            if (
                not (is_field or kind in _WRITTEN or (kind in _SHAPES and raw.FPDFAnnot_HasKey(annotation, b"IC")))
                or raw.FPDFAnnot_GetFlags(annotation) & _OUT_OF_SIGHT
            ):
                continue
            if raw.FPDFAnnot_HasKey(annotation, b"AP"):
                is_drawn = True
            elif kind in _SHAPES:
                continue
            elif text := (_value_of(page.pdf, annotation) if is_field else _text_of(annotation, b"Contents")).strip():
                values.append((text, _box_of(annotation)))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return values, is_drawn


def _value_of(pdf: pdfium.PdfDocument, annotation: Any) -> str:
    """The value of a form field: its own, or that of the field above it."""
    if raw.FPDFAnnot_HasKey(annotation, b"V"):
        return _text_of(annotation, b"V")
    if not raw.FPDFAnnot_HasKey(annotation, b"Parent"):
        return ""
    if pdf.formenv is None:
        pdf.init_forms()
    form = pdf.formenv
    return _read(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size)) if form else ""


def _text_of(annotation: Any, key: bytes) -> str:
    return _read(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _read(copy: Callable[[Any, int], int]) -> str:
    """The text that a function of pdfium copies into a buffer; it tells the size that it needs."""
    size = copy(None, 0)
    buffer = ctypes.create_string_buffer(size)
    copy(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _box_of(annotation: Any) -> BoundingBox:
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
    return min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top)
