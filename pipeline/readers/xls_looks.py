"""What a person sees of the sheets of an xls file: the records of its cells, rows and columns, and their number formats."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from pipeline.readers.number_formats import BUILT_IN, GENERAL
from pipeline.readers.sheet_looks import NOT_COMPUTED, Look, Place

Record = tuple[int, int, bytes]  # kind, place in the stream, content

_BEGINNING, _SHEET_NAME, _FORMAT, _STYLE = 0x0809, 0x0085, 0x041E, 0x00E0
_FORMULA, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _TRUTH_OR_ERROR = 0x0006, 0x0203, 0x027E, 0x00BD, 0x0205
_ROW, _COLUMNS, _WINDOW = 0x0208, 0x007D, 0x023E
LOOKED_AT = frozenset(
    {_BEGINNING, _SHEET_NAME, _FORMAT, _STYLE, _FORMULA, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _TRUTH_OR_ERROR, _ROW, _COLUMNS, _WINDOW}
)
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_NO_NUMBER = b"\xff\xff"  # at the end of a formula's result, which then says at its beginning what else it is
_RESULT_IS_ERROR, _RESULT_IS_EMPTY = 2, 3
_EMPTY_TEXT = b"\x17\x00"  # in a formula, the text "": its result may well be no text
_HIDDEN_ROW, _HIDDEN_COLUMN, _SHOWS_ZEROS = 0x20, 0x01, 0x10
_MOST_COLUMNS = 256


def looks_of(records: Iterable[Record]) -> dict[str, Look]:
    """The look of each sheet by its name. records: those of a workbook of Excel 97 or later that are in LOOKED_AT."""
    names: dict[int, str] = {}  # by the place of the sheet's beginning
    own: dict[int, str] = {}
    styles: list[int] = []
    sheets: dict[str, Look] = {}
    look: Look | None = None
    for kind, place, content in records:
        try:
            if kind == _BEGINNING:
                look = sheets.setdefault(names[place], Look()) if place in names else None
            elif kind == _SHEET_NAME:
                names[struct.unpack_from("<I", content)[0]] = _short_text(content, 6)
            elif kind == _FORMAT:
                own[struct.unpack_from("<H", content)[0]] = _text(content, 2)
            elif kind == _STYLE:
                styles.append(struct.unpack_from("<H", content, 2)[0])
            elif look is not None:
                _look_at(look, kind, content, styles, {**BUILT_IN, **own} if own else BUILT_IN)
        except struct.error:
            continue  # cut short: what is damaged beyond this, the library finds out
    return sheets


def _look_at(look: Look, kind: int, content: bytes, styles: list[int], formats: dict[int, str]) -> None:
    if kind == _ROW:
        row, options = struct.unpack_from("<H10xH", content)
        if options & _HIDDEN_ROW:
            look.hidden_rows.add(row)
    elif kind == _COLUMNS:
        first, last, width, options = struct.unpack_from("<HHH2xH", content)
        if options & _HIDDEN_COLUMN or width == 0:
            look.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
    elif kind == _WINDOW:
        look.hides_zeros = not struct.unpack_from("<H", content)[0] & _SHOWS_ZEROS
    elif kind == _SHORT_NUMBERS:
        row, first = struct.unpack_from("<HH", content)
        for number in range((len(content) - 6) // 6):
            _format(look, (row, first + number), struct.unpack_from("<H", content, 4 + 6 * number)[0], styles, formats)
    else:
        row, column, style = struct.unpack_from("<HHH", content)
        _format(look, (row, column), style, styles, formats)
        if text := _unread(kind, content):
            look.unread[row, column] = text


def _unread(kind: int, content: bytes) -> str | None:
    """What stands in the cell where it is no value: an error, or a formula without a result."""
    if kind == _TRUTH_OR_ERROR and content[7:8] == b"\x01":
        return _ERRORS.get(content[6], "#ERROR!")
    if kind != _FORMULA or content[12:14] != _NO_NUMBER:
        return None
    if content[6] == _RESULT_IS_ERROR:
        return _ERRORS.get(content[8], "#ERROR!")
    return NOT_COMPUTED if content[6] == _RESULT_IS_EMPTY and _EMPTY_TEXT not in content[20:] else None


def _format(look: Look, place: Place, style: int, styles: list[int], formats: dict[int, str]) -> None:
    code = formats.get(styles[style], GENERAL) if style < len(styles) else GENERAL
    if code != GENERAL:
        look.formats[place] = code


def _short_text(content: bytes, place: int) -> str:
    """A text whose length takes one byte."""
    return _letters(content[place + 1 :], content[place]) if place < len(content) else ""


def _text(content: bytes, place: int) -> str:
    return _letters(content[place + 2 :], struct.unpack_from("<H", content, place)[0])


def _letters(content: bytes, length: int) -> str:
    """The letters behind a byte that tells whether each takes one or two bytes."""
    wide = content[:1] == b"\x01"
    return content[1 : 1 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")
