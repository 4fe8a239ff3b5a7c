"""A list as a sheet: title, notes, headings that stay in place, a filter, and a further sheet where one is full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.cells import lines_needed, row_height, write_note, write_text, write_value

_PAGE_WIDTH = 190  # half-width characters that can still be read on an A4 page in landscape


@dataclass(frozen=True)
class Column:
    """A column of a list. width in half-width characters; kind: see `write_value`; remark: a comment on the heading."""

    heading: str
    width: float
    kind: str = "text"
    remark: str = ""


@dataclass(frozen=True)
class Listing:
    """What a list sheet shows. notes: lines under the title; empty: what stands there where there are no rows.

    fixed: columns that stay in place when one scrolls to the right. printed: how many columns go on paper, where not all do;
    those after them are for looking things up on the screen.
    """

    name: str
    title: str
    columns: Sequence[Column]
    notes: Sequence[str] = ()
    empty: str = "没有内容。"
    fixed: int = 0
    printed: int | None = None


def write_listing(book: Book, listing: Listing, rows: Iterable[Sequence[object]]) -> int:
    """Write `rows` (values in the order of the columns) and tell how many there were.

    A row may replace the kind of a column for one cell by giving (kind, value). A list that does not fit into one
    sheet goes on in name（2）, name（3） …; nothing is left out.
    """
    count, part = 0, 0
    sheet: Any = None
    top = 2 + len(listing.notes)
    row = top
    for values in rows:
        if sheet is None or row >= book.most_rows:
            if sheet is not None:
                _close(sheet, listing, top, row - 1)
            part += 1
            sheet, row = _open(book, listing, part, top), top
        lines = 1
        for column, (declared, value) in enumerate(zip(listing.columns, values, strict=True)):
            kind, shown = value if isinstance(value, tuple) else (declared.kind, value)
            write_value(sheet, row, column, shown, kind, book.styles)
            if kind == "long" and isinstance(shown, str):
                lines = max(lines, lines_needed(shown, declared.width))
        if lines > 1:
            sheet.set_row(row, row_height(lines))
        row += 1
        count += 1
    if sheet is None:
        sheet = _open(book, listing, 1, top)
        write_text(sheet, top, 0, listing.empty, book.styles.named("note"))
        _print(sheet, listing, top)
    else:
        _close(sheet, listing, top, row - 1)
    return count


def _open(book: Book, listing: Listing, part: int, top: int) -> Any:
    sheet = book.sheet(listing.name if part == 1 else f"{listing.name}（{part}）")
    title = listing.title if part == 1 else f"{listing.title}（续 {part - 1}）"
    write_text(sheet, 0, 0, title, book.styles.named("title"))
    sheet.set_row(0, 26)
    for number, note in enumerate(listing.notes, start=1):
        write_note(sheet, number, note, [column.width for column in listing.columns[: listing.printed]], book.styles)
    for number, column in enumerate(listing.columns):
        sheet.set_column(number, number, column.width)
        write_text(sheet, top - 1, number, column.heading, book.styles.named("heading"))
        if column.remark:
            sheet.write_comment(top - 1, number, column.remark, {"x_scale": 2, "font_name": "宋体", "font_size": 9})
    sheet.set_row(top - 1, row_height(max(2, *(lines_needed(column.heading, column.width) for column in listing.columns))))
    sheet.freeze_panes(top, listing.fixed)
    sheet.repeat_rows(top - 1)
    if listing.fixed:
        sheet.repeat_columns(0, listing.fixed - 1)
    return sheet


def _close(sheet: Any, listing: Listing, top: int, last: int) -> None:
    sheet.autofilter(top - 1, 0, last, len(listing.columns) - 1)
    _print(sheet, listing, last)


def _print(sheet: Any, listing: Listing, last: int) -> None:
    """Print as many columns as are for paper, as wide as a page, or as several where they could not be read on one."""
    columns = listing.columns[: listing.printed]
    sheet.fit_to_pages(max(1, round(sum(column.width for column in columns) / _PAGE_WIDTH)), 0)
    if len(columns) < len(listing.columns):
        sheet.print_area(0, 0, last, len(columns) - 1)
