"""Plain text: paragraphs, and tables as text dumps of Word files or pipe-separated lines show them.

A dump has one cell a line after a tab (a line with several tabs is a whole row); lines without a tab continue the cell;
an empty line ends the row. Merged cells leave an empty cell in the rows below and nothing in the columns beside, so
column spans are inferred (readers/spans.py). What was saved or copied from a sheet, with commas or tabs, counts as a workbook.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import groupby

from pipeline.readers import html
from pipeline.readers.encoding import decode
from pipeline.readers.html.wrapped import unwrapped
from pipeline.readers.markdown import without_marks
from pipeline.readers.model import Document, Grid, GridCell, Paragraph
from pipeline.readers.spans import infer_spans

_LINE_END = re.compile(r"\r\n|\r|\n")
_SEPARATOR = re.compile(r"[|｜\t]")
_DRAWN = str.maketrans("│┃┆┇┊┋║", "|" * 7)  # upright lines of drawn tables; level ones hold no text
_LEVEL_LINES = re.compile(r"(?=[^\u2500-\u257f]*+[\u2500-\u257f])[\s|+\u2500-\u257f-]*+|[ \t]*+\+(?:[-=:]++\+)++[ \t]*+")
_BARS = " \t|｜"
_SEPARATORS = ",;"  # of sheets; some systems write a semicolon
_STATED_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_FORMULA = re.compile(r"=\s*\"([^\"]*)\"")  # a sheet keeps a figure as text
_LONGEST_ROW = 10_000
_ENOUGH_LINES = 4  # running with as many commas each, for them to be rows
_RULE = re.compile(r"\s*(?::-+:?|-+:|-{3,})\s*")  # |---|:---:| below the headings of a markdown table
_FIGURE = re.compile(r"\D{0,2}\d[\d.,，]*\D{0,3}")
_ENOUGH_CELLS = 3  # in a single separated line, for it to be a row and not a sentence with a bar in it


def read(data: bytes) -> Document:
    """Read a text file. Raises ReadError("encoding") where no encoding fits."""
    text = decode(data)
    if (page := unwrapped(text)) is not text:
        return html.read_page(page)
    return read_text(text)


def read_text(text: str) -> Document:
    """The same of a text that is known."""
    tables = _Blocks()
    for line in _without_commas(_without_bars(_without_lines(without_marks(_LINE_END.split(text))))):
        tables.take(line)
    tables.end_table()
    return Document(tuple(tables.blocks), {"kind": "workbook"} if tables.of_a_sheet else {})


def _without_lines(lines: list[str]) -> list[str]:
    """The lines of the file with bars for drawn lines."""
    return [line.translate(_DRAWN) for line in lines if not _LEVEL_LINES.fullmatch(line)]


def _without_bars(lines: list[str]) -> list[str]:
    """The lines without the bar that a crawler leaves behind each cell, where it gives every cell a line of its own."""
    bare = [line.rstrip(_BARS) for line in lines]
    ended = [_has_bar_behind(line, text) for line, text in zip(lines, bare, strict=True)]
    others = (text for text, end in zip(bare, ended, strict=True) if not end)
    if sum(ended) < _ENOUGH_LINES * _ENOUGH_CELLS or any("|" in text for text in others):
        return lines
    return bare


def _has_bar_behind(line: str, text: str) -> bool:
    """Whether a line is one text and a bar, a blank between them. text: what is left without bars at its end."""
    return text != "" and line[len(text) : len(text) + 1] in (" ", "\t") and line != line.rstrip("|｜") and not _SEPARATOR.search(text)


def _without_commas(lines: list[str]) -> Iterator[str]:
    """The lines, those of a sheet saved with commas (several running with as many commas each) with tabs in their place.

    Or with semicolons, where its lines hold more of them; or with what its first line states.

    A line with a single text, behind an empty one or another such, is a title; elsewhere it is a row whose figures are blank.
    """
    separator = max(_SEPARATORS, key=lambda sign: sum(line.count(sign) >= _ENOUGH_CELLS for line in lines))
    if stated := _STATED_SEPARATOR.fullmatch(lines[0] if lines else ""):
        separator, lines = stated[1], lines[1:]
    for commas, run in groupby(lines, key=lambda line: len(_cells(line, separator)) - 1):
        rows = list(run)
        if commas < _ENOUGH_CELLS or len(rows) < _ENOUGH_LINES:
            yield from rows
            continue
        after_title = True
        for line in rows:
            cells = _cells(line, separator)
            filled = sum(bool(cell.strip()) for cell in cells)
            after_title = after_title and filled == 1 and bool(cells[0].strip())
            yield cells[0] if after_title else "\t".join(cells) if filled else ""
            after_title = after_title or not filled


def _cells(line: str, separator: str) -> list[str]:
    if line.count(separator) < _ENOUGH_CELLS or len(line) > _LONGEST_ROW:
        return [line]
    row = next(csv.reader([_FORMULA.sub(r"\1", line) if "=" in line else line], delimiter=separator), [line])
    return [cell.replace("\t", " ") for cell in row]


class _Blocks:
    """The blocks read so far, and the table that is being read (`lines`: its rows as printed, for a table that is none)."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.rows: list[list[str]] = []
        self.lines: list[str] = []  # filled for separated lines only
        self.row_open = False
        self.of_a_sheet = False  # a row with its cells on one line was seen, so that this is no dump
        self.empty_lines = 0
        self.grids = 0

    def take(self, line: str) -> None:
        """Take the next line of the file."""
        if not line.strip() and not line.startswith("\t"):
            self.row_open = False
            self.empty_lines += 1
            return
        if self.empty_lines > 1:
            self.end_table()  # rows of one table have a single empty line between them
        self.empty_lines = 0
        if line.startswith("\t") and not self._is_whole_row(line):
            self._cell(line)
        elif self.row_open:
            self.rows[-1][-1] += "\n" + line
        elif line.startswith("\t") or _SEPARATOR.search(line.strip()) or (self.lines and line.count("\t") >= _ENOUGH_CELLS):
            self._separated(line)
        else:
            self.end_table()
            self._paragraph(line)

    def end_table(self) -> None:
        """End the table under way; where it turns out to be none, its lines are paragraphs."""
        rows, lines = self.rows, self.lines
        self.rows, self.lines, self.row_open = [], [], False
        if lines and all(_is_framed(line) for line in lines):
            rows = [row[1:-1] for row in rows]
        rows = [row for row in rows if any(cell.strip() for cell in row) or len(row) > (_ENOUGH_CELLS if lines else 1)]
        slipped: tuple[int, ...] = ()
        if lines and all("\t" in line for line in lines) and _is_in_place(rows):
            slipped = tuple(_slipped(rows))
            rows = [row + [""] * (max(map(len, rows)) - len(row)) for row in rows]
        if lines and len(rows) == 1 and len(rows[0]) < _ENOUGH_CELLS:
            for line in lines:
                self._paragraph(line)
        elif all(len(row) == 1 for row in rows):
            for text in (text for row in rows for cell in row for text in cell.split("\n")):
                self._paragraph(text)
        else:
            self.blocks.append(Grid(self.grids, len(rows), max(map(len, rows)), tuple(_placed(rows)), "inferred", slipped=slipped))
            self.grids += 1

    def _is_whole_row(self, line: str) -> bool:
        """Whether a line with a tab in front is a row whose first cells are empty, and not one cell of a dump."""
        self.of_a_sheet = self.of_a_sheet or (bool(self.lines or not self.rows) and line.count("\t") >= _ENOUGH_CELLS)
        return self.of_a_sheet

    def _cell(self, line: str) -> None:
        if self.lines:
            self.end_table()
        cells = line[1:].split("\t")
        if self.row_open:
            self.rows[-1].extend(cells)
        else:
            self.rows.append(cells)
        self.row_open = True

    def _separated(self, line: str) -> None:
        if self.rows and not self.lines:
            self.end_table()
        text = line.strip(" ")
        cells = [cell.strip(" ") for cell in _SEPARATOR.split(text)]
        self.of_a_sheet = self.of_a_sheet or text.count("\t") >= _ENOUGH_CELLS
        if not all(_RULE.fullmatch(cell) or not cell for cell in cells) or not any(cells):
            self.rows.append(cells)
            self.lines.append(line)

    def _paragraph(self, line: str) -> None:
        text = line.strip(" \t\f\v")
        if text.strip():
            self.blocks.append(Paragraph(text))


def _is_framed(line: str) -> bool:
    """Whether a row begins and ends with a bar. Where only some rows of a table do, the cells there are empty."""
    text = line.strip(" ")
    return len(text) > 1 and text[0] in "|｜" and text[-1] in "|｜"


def _is_in_place(rows: list[list[str]]) -> bool:
    """Whether every cell has its place, as in a copied sheet: merged cells go on as empty ones, also in front.

    Rows that are shorter then lost the empty cells at their end. An empty cell in front of the last row alone may as
    well be a blank figure. A table copied from Word leaves empty cells only below merged ones: its headings, cells
    merged sideways among them, stand side by side in a row that is too short.
    """
    headings = [row for row in rows if sum(map(bool, row)) > 1 and not any(letter.isdigit() for cell in row for letter in cell)]
    longest = max(map(len, rows), default=0)
    short = any(not row[0] and len(row) < longest for row in headings)
    from_word = short and not any("" in "\0".join(row).strip("\0").split("\0") for row in headings)
    return any(not row[0].strip() for row in rows[:-1]) and not from_word


def _slipped(rows: list[list[str]]) -> Iterator[int]:
    """The rows of figures that are shorter than others below the same headings: a cell may be lost inside as well as blank at the end.

    Where several rows are all equally short, their last columns are blank.
    """
    for has_figures, run in groupby(range(len(rows)), key=lambda number: _holds_figures(rows[number])):
        numbers = list(run)
        if not has_figures:
            continue
        lengths = [len(rows[number]) for number in numbers]
        above = max(map(len, rows[max(0, numbers[0] - 1) : numbers[0]]), default=0)
        longest = max(*lengths, above) if len(set(lengths)) > 1 or len(lengths) == 1 else lengths[0]
        yield from (number for number in numbers if len(rows[number]) < longest)


def _holds_figures(row: list[str]) -> bool:
    """Whether a figure stands behind a label."""
    texts = [text.strip() for text in row if text.strip()]
    figures = [bool(_FIGURE.fullmatch(text)) for text in texts]
    return False in figures and True in figures[figures.index(False) :]


def _placed(rows: list[list[str]]) -> Iterator[GridCell]:
    for row, (texts, widths) in enumerate(zip(rows, infer_spans(rows), strict=True)):
        column = 0
        for text, width in zip(texts, widths, strict=True):
            yield GridCell(row, column, text, 1, width)
            column += width
