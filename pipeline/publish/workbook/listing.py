"""A list as a sheet: title, notes, headings that stay in place, a filter, and a further sheet where one is full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.cells import lines_needed, row_height, write_note, write_remark, write_text, write_value

YEAR = "年度"  # the heading of the column that a workbook of one year does not need
_LATEST = "打印时只印最近的 {year} 年度；其他年度请打印各年度的工作簿（publish 文件夹）。"
_NARROWEST = 6.5
_PAGE_WIDTH = 190  # half-width characters that can still be read on an A4 page in landscape


@dataclass(frozen=True)
class Column:
    """A column of a list. kind: see `write_value`; remark: a comment on the heading.

    width in half-width characters; a column of numbers is as wide as its numbers, however wide that is, and at most this where they
    leave room.
    """

    heading: str
    width: float
    kind: str = "text"
    remark: str = ""


@dataclass(frozen=True)
class Listing:
    """What a list sheet shows. notes: lines under the title; empty: what stands there where there are no rows.

    fixed: columns that stay in place when one scrolls to the right. printed: how many columns go on paper, where not all do;
    those after them are for looking things up on the screen. latest_year: only the rows of the first year (the rows begin with
    it) go on paper; the others have a workbook of their own. on_paper: whether more than title and notes go there.
    """

    name: str
    title: str
    columns: Sequence[Column]
    notes: Sequence[str] = ()
    empty: str = "没有内容。"
    fixed: int = 0
    printed: int | None = None
    latest_year: bool = False
    on_paper: bool = True


def write_listing(book: Book, listing: Listing, rows: Iterable[Sequence[object]]) -> int:
    """Write `rows` (values in the order of the columns) and tell how many there were.

    A row may replace the kind of a column for one cell by giving (kind, value). A list that does not fit into one
    sheet goes on in name（2）, name（3） …; nothing is left out.
    """
    waiting = iter(rows)
    first = next(waiting, None)
    waiting = waiting if first is None else chain([first], waiting)
    if book.year is not None:
        listing, waiting = _of_one_year(listing, book.year, waiting)
    elif listing.latest_year and first is not None:
        listing = replace(listing, notes=(*listing.notes, _LATEST.format(year=first[0])))
    count, part = 0, 0
    sheet: _Sheet | None = None
    for values in waiting:
        if sheet is None or sheet.row >= book.most_rows:
            part += 1
            if sheet is not None:
                sheet.close()
            sheet = _Sheet(book, listing, part)
        sheet.write(values)
        count += 1
    if sheet is None:
        sheet = _Sheet(book, listing, 1)
        write_text(sheet.sheet, sheet.row, 0, listing.empty, book.styles.named("note"))
    sheet.close()
    return count


def _of_one_year(listing: Listing, year: int, rows: Iterator[Sequence[object]]) -> tuple[Listing, Iterator[Sequence[object]]]:
    """The list as it stands in the workbook of a year: the year is said in the title, and not in every row."""
    title = f"{year} 年度{listing.title}"
    headings = [column.heading for column in listing.columns]
    if YEAR not in headings:
        return replace(listing, title=title), rows
    at = headings.index(YEAR)
    columns = (*listing.columns[:at], *listing.columns[at + 1 :])
    printed = None if listing.printed is None else listing.printed - (at < listing.printed)
    shorter = replace(listing, title=title, columns=columns, printed=printed, fixed=listing.fixed - (at < listing.fixed), latest_year=False)
    return shorter, ([*row[:at], *row[at + 1 :]] for row in rows)


class _Sheet:
    """One sheet of a list in the making. row: the next one."""

    def __init__(self, book: Book, listing: Listing, part: int) -> None:
        self._listing, self._styles = listing, book.styles
        self.sheet = book.sheet(listing.name if part == 1 else f"{listing.name}（{part}）")
        title = listing.title if part == 1 else f"{listing.title}（续 {part - 1}）"
        write_text(self.sheet, 0, 0, title, book.styles.named("title"))
        self.sheet.set_row(0, 26)
        self._top = self.row = 2 + len(listing.notes)
        self._widths = [_least(column) for column in listing.columns]
        self._year: object = None
        self._last_printed = self._top
        for number, column in enumerate(listing.columns):
            write_text(self.sheet, self._top - 1, number, column.heading, book.styles.named("heading"))
            if column.remark:
                write_remark(self.sheet, self._top - 1, number, column.remark)
        self.sheet.freeze_panes(self._top, listing.fixed)
        self.sheet.repeat_rows(self._top - 1)
        if listing.fixed:
            self.sheet.repeat_columns(0, listing.fixed - 1)

    def write(self, values: Sequence[object]) -> None:
        """The next row, as high as its longest text needs."""
        lines = 1
        for column, (declared, value) in enumerate(zip(self._listing.columns, values, strict=True)):
            kind, shown = value if isinstance(value, tuple) else (declared.kind, value)
            write_value(self.sheet, self.row, column, shown, kind, self._styles)
            if kind == "long" and isinstance(shown, str):
                lines = max(lines, lines_needed(shown, declared.width))
            elif kind == "number" and isinstance(shown, int | Decimal):
                self._widths[column] = max(self._widths[column], len(f"{Decimal(shown).normalize():,f}") + 2)
        if lines > 1:
            self.sheet.set_row(self.row, row_height(lines))
        if self.row == self._top:
            self._year = values[0]
        if not self._listing.latest_year or values[0] == self._year:
            self._last_printed = self.row
        self.row += 1

    def close(self) -> None:
        """What can be told only once all rows are there: widths, notes, filter, what goes on paper."""
        columns, sheet, last = self._listing.columns, self.sheet, max(self._top, self.row - 1)
        for number, width in enumerate(self._widths):
            sheet.set_column(number, number, width)
        heights = [lines_needed(column.heading, width) for column, width in zip(columns, self._widths, strict=True)]
        sheet.set_row(self._top - 1, row_height(max(2, *heights)))
        printed = self._widths[: self._listing.printed]
        pages = max(1, round(sum(printed) / _PAGE_WIDTH))
        for number, note in enumerate(self._listing.notes, start=1):
            write_note(sheet, number, note, _first_page(printed, pages), self._styles)
        if self.row > self._top:
            sheet.autofilter(self._top - 1, 0, last, len(columns) - 1)
        sheet.fit_to_pages(pages, 0)
        if not self._listing.on_paper:
            sheet.print_area(0, 0, self._top - 2, len(printed) - 1)
        elif len(printed) < len(columns) or self._last_printed < last:
            sheet.print_area(0, 0, min(last, self._last_printed), len(printed) - 1)


def _least(column: Column) -> float:
    """The width of a column before its rows are known: that of numbers only has to hold the heading on two lines."""
    if column.kind != "number":
        return column.width
    return min(column.width, max(_NARROWEST, len(column.heading.encode("gbk", "replace")) / 2 + 4))


def _first_page(widths: Sequence[float], pages: int) -> list[float]:
    """The columns of the first page: a note that ran on to the next would be cut there."""
    room = sum(widths) / pages
    return [width for number, width in enumerate(widths) if sum(widths[: number + 1]) <= room] or list(widths[:1])
