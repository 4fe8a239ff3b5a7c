"""Rows of a text from which the blank cells were dropped: what is left of a blank row is its label, on a line of its own.

`规章` between `信息内容 | 本年制发件数 | …` and `行政规范性文件 | 2 | 1`: whether the row was blank, or its figures went with
the bars, nobody can tell, nor of any row that such a text does not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Cell
from pipeline.normalise.problems import problem
from pipeline.normalise.tables.printed import TableRead
from pipeline.normalise.tables.segments import is_wording
from pipeline.normalise.wording import label_key
from pipeline.readers.model import Document, Grid

_BARS = re.compile(r"[|｜]")


def without_bare_rows(catalog: Catalog, document: Document, read: TableRead) -> TableRead:
    """The table with the cells that it lacks unreadable, where labels of its rows stand bare beside tables of a text."""
    absent = [cell for cell in read.cells if _is_absent(cell)]
    if read.found.state != "found" or read.found.form is None or not absent:
        return read
    bare = set(_bare_labels(catalog, document))
    rows = [label for label in catalog.labels_of(read.found.form, read.found.table) if label.axis == "row" and label.role == "item"]
    named = [label.texts[0] for label in rows if not bare.isdisjoint(map(label_key, label.texts))]
    if not named:
        return read
    cells = [replace(cell, state="unreadable") if _is_absent(cell) else cell for cell in read.cells]
    number = catalog.form_table(read.found.form, read.found.table).number_zh
    unread = f"{number}有 {len(absent)} 个单元格原来是否空白不能确定，未采用。请改用原件。"
    message = f"文本中空白的单元格已被删去（如“{named[0]}”一行只剩行名），{unread}"
    said = problem(catalog, "cell_unplaced", message, table=read.found.table)
    return TableRead(read.found, cells, [*(item for item in read.problems if item.code != "cells_missing"), said])


def _is_absent(cell: Cell) -> bool:
    return cell.state == "blank" and cell.locator is None


def _bare_labels(catalog: Catalog, document: Document) -> Iterator[str]:
    """The wordings that stand alone in paragraphs right above or below a table of which only the order of cells is known.

    None where a table shows an empty cell: a text that kept its blanks may have lost those at the end of a row, and nothing else.
    """
    if any(not cell.text.strip() for grid in document.grids() for cell in grid.cells):
        return
    texts = [None if isinstance(block, Grid) else block.text for block in document.blocks]
    tables = {number for number, block in enumerate(document.blocks) if isinstance(block, Grid) and block.spans == "inferred"}
    numbers = range(len(texts)) if tables else range(0)
    for is_labels, run in groupby(numbers, key=lambda number: _is_of_labels(catalog, texts[number])):
        lines = list(run)
        if is_labels and tables & {lines[0] - 1, lines[-1] + 1}:
            yield from (label_key(text) for number in lines if (text := texts[number]))


def _is_of_labels(catalog: Catalog, text: str | None) -> bool:
    """Whether a line is one label, or several with bars between them: too few for a table."""
    pieces = _BARS.split(text) if text else []
    return bool(pieces) and all(is_wording(catalog, piece) for piece in pieces)
