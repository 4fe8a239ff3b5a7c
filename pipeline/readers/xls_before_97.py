"""Workbooks of Excel 5 and 95, whose cells are read without their looks: whether any look would change what is read."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from pipeline.common.errors import ReadError
from pipeline.readers.xls_looks import Record
from pipeline.readers.xls_texts import font_of

_BEGINNING, _FONT, _ROW, _COLUMNS = 0x0809, 0x0031, 0x0208, 0x007D
_EXCEL_95 = 0x0500
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01


def refuse_unseen(records: Iterable[Record]) -> None:
    """Raise `unsupported_kind` for a workbook before Excel 97 with hidden rows or columns, or a font that strikes out, raises or lowers.

    Fonts and formats of cells are told for Excel 97 and later alone: 12 with a raised 1 would be read as 121 here, without a word.
    """
    is_old = False
    for kind, _, content in records:
        if kind == _BEGINNING and len(content) >= 2:
            is_old |= struct.unpack_from("<H", content)[0] <= _EXCEL_95
        elif is_old and _changes_what_is_read(kind, content):
            message = "Excel 95 及更早的工作簿中有隐藏的行列、删除线或上下标，无法可靠读取，未采用任何数字。请另存为 xlsx 后重新报送。"
            raise ReadError("unsupported_kind", message)


def _changes_what_is_read(kind: int, content: bytes) -> bool:
    try:
        if kind == _FONT:
            font = font_of(content)
            return font.struck or font.written is not None
        if kind == _ROW:
            return bool(struct.unpack_from("<12xH", content)[0] & _HIDDEN_ROW)
        if kind == _COLUMNS:
            width, options = struct.unpack_from("<4xH2xH", content)
            return width == 0 or bool(options & _HIDDEN_COLUMN)
    except struct.error:
        return True  # cut short
    return False
