"""Writing one value into one cell of a sheet, so that nothing is rounded, cut or taken for a formula without a word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.catalog.numbers import number_text
from pipeline.publish.workbook.styles import Styles

MOST_DIGITS = 15  # significant digits that Excel and WPS keep of a number
MOST_CHARACTERS = 32_767  # in one cell
LINE_HEIGHT = 13.0
_MOST_REMARKED = 400  # characters of a comment
_TEXTS = ("text", "long", "centred", "attention", "unusable", "missing")  # the styles that text keeps
_CUT = "……（原文共 {count} 字，超过单元格上限，余下部分见数据库）"


def write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """Text as it stands; a text beyond the limit of a cell is cut and says so."""
    if len(text) > MOST_CHARACTERS:
        remark = _CUT.format(count=len(text))
        text = text[: MOST_CHARACTERS - len(remark)] + remark
    if text:
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def write_number(sheet: Any, row: int, column: int, value: Decimal | int | None, styles: Styles, fill: str = "") -> None:
    """A number with all its decimals; None leaves the cell blank.

    A number with more digits than Excel keeps is written as text, to the right like a number, so that no digit is lost.
    """
    if value is None:
        sheet.write_blank(row, column, None, styles.number(0, fill))
        return
    text = number_text(Decimal(value))
    digits = text.lstrip("-").replace(".", "").lstrip("0")
    if len(digits) > MOST_DIGITS:
        sheet.write_string(row, column, text, styles.named("exact_text", fill))
    else:
        sheet.write_number(row, column, float(text), styles.number(len(text.partition(".")[2]), fill))


def shown(value: Decimal | int | None) -> str:
    """A number as text in a sentence; where there is none, that."""
    return "没有数字" if value is None else number_text(Decimal(value))


def write_value(sheet: Any, row: int, column: int, value: object, kind: str, styles: Styles) -> None:
    """A value of a list under the style `kind`: "number", or a name of styles.py; None leaves the cell blank.

    Text may stand in a column of any kind (未知 among dates, 3/7 among percentages); it is then centred.
    """
    if kind == "number" and (value is None or isinstance(value, int | Decimal)):
        write_number(sheet, row, column, value, styles)
    elif value is None:
        sheet.write_blank(row, column, None, styles.named(kind))
    elif isinstance(value, str):
        write_text(sheet, row, column, value, styles.named(kind if kind in _TEXTS else "centred"))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styles.named(kind))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, float(value), styles.named(kind))
    else:
        raise TypeError(f"{type(value).__name__} has no place in a cell")


def write_note(sheet: Any, row: int, text: str, widths: Sequence[float], styles: Styles) -> None:
    """A line above a table whose columns have these widths; one that is too long is wrapped, since paper ends where the table does."""
    lines = lines_needed(text, sum(widths))
    style = styles.named("note" if lines == 1 else "long_note")
    if lines > 1:
        sheet.set_row(row, row_height(lines))
        if len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, "", style)
    write_text(sheet, row, 0, text, style)


def write_remark(sheet: Any, row: int, column: int, text: str) -> None:
    """A comment on a cell, cut where it is too long to be read."""
    said = text if len(text) <= _MOST_REMARKED else f"{text[:_MOST_REMARKED]}……"
    sheet.write_comment(row, column, said, {"x_scale": 2, "font_name": "宋体", "font_size": 9})


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width (half-width characters; a Chinese character takes two)."""
    # A unit of width is a digit of the standard type, 7 pixels; half a character of ours has 6.67; margins and indent take 8 pixels,
    # and a line ends a character early where a word or a sign does not fit any more.
    room = max(1.0, (width * 7 - 8) / 6.67 - 1)
    # GBK has one byte for a half-width and two for a full-width character; what it lacks is rare
    return sum(max(1, -int(-len(line.encode("gbk", "replace")) // room)) for line in text.split("\n")) if text else 1


def row_height(lines: int) -> float:
    """The height in points of a row of so many lines; Excel has none above 409."""
    return min(409.0, LINE_HEIGHT * lines + 4)
