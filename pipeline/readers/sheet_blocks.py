"""How a worksheet falls into grids and paragraphs.

A row without text ends a grid, unless a merged cell with text runs through it. At the beginning of such a block, rows
with a single text are titles; at its end, rows with a single text merged over the whole width are notes. They become
paragraphs and the rows between them are the grid. So a sheet for each table and a whole report in one sheet both give
their tables. Two kinds of rows stay although they hold a single text: the last of the titles, where rows of the same
place and width stand in the middle of the grid (a heading that is repeated for each part of the table), and a label at
the end whose other cells are blank.

A table that ends with words in every column (headings) gets the empty row of the sheet below: its figures stand there, all blank,
unless more than a line of text follows, which may be the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.common.errors import ReadError
from pipeline.readers.model import Grid, GridCell, Paragraph

_MOST_CELLS = 1_000_000  # of a grid
_ENOUGH_HEADINGS = 3
_SENTENCE, _SHORT = "。", 12  # characters that a sentence has before its full stop, at least

Line = list[GridCell]  # the cells with text that begin in one row of the sheet


def blocks_of(cells: Sequence[GridCell], first_grid: int) -> Iterator[Paragraph | Grid]:
    """The grids and paragraphs of a sheet, given its cells with text in reading order. first_grid: index of the first grid."""
    index = first_grid
    blocks = [part for block in _split(cells) for part in _without_sentences(block)]
    for block, following in zip(blocks, [*blocks, None][1:], strict=True):
        before, table, after = _parted(block)
        yield from _paragraphs(before)
        if table:
            is_last = not after and (following is None or _is_text(following[0]))
            yield _grid(index, [cell for line in table for cell in line], is_last)
            index += 1
        yield from _paragraphs(after)


def _split(cells: Sequence[GridCell]) -> Iterator[list[Line]]:
    """Blocks of lines with no empty row between them; rows in which no cell begins are not listed."""
    block: list[Line] = []
    bottom = 0  # the row below everything in the block
    for cell in cells:
        if block and cell.row > bottom:
            yield block
            block, bottom = [], 0
        if not block or block[-1][0].row != cell.row:
            block.append([])
        block[-1].append(cell)
        bottom = max(bottom, cell.row + cell.row_span)
    if block:
        yield block


def _without_sentences(block: list[Line]) -> Iterator[list[Line]]:
    """The block parted at sentences that stand alone: no table has rows of them, and a report without empty rows is one block."""
    if not any(_SENTENCE in line[0].text for line in block):
        yield block
        return
    part: list[Line] = []
    for line, alone in zip(block, _standing_alone(block), strict=True):
        if alone and _SENTENCE in line[0].text.strip()[_SHORT:]:
            yield from ([part] if part else [])
            yield [line]
            part = []
        else:
            part.append(line)
    if part:
        yield part


def _parted(block: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Titles, table and notes of a block."""
    single = list(_standing_alone(block))
    if all(single):
        return block, [], []
    start, end = single.index(False), len(block)
    left, right = min(line[0].column for line in block[start:]), max(_right(line[-1]) for line in block[start:])
    while single[end - 1] and (block[end - 1][0].column, _right(block[end - 1][0])) == (left, right):
        end -= 1
    inner = {_extent(block[place][0]) for place in range(start, end) if single[place] and block[place][0].column_span > 1}
    if start and _extent(block[start - 1][0]) in inner:
        start -= 1
    return block[:start], block[start:end], block[end:]


def _standing_alone(block: list[Line]) -> Iterator[bool]:
    """For each line, whether it holds a single text, with nothing beside it in any of its rows."""
    bottom = 0
    for place, line in enumerate(block):
        below = line[0].row + line[0].row_span
        next_row = block[place + 1][0].row if place + 1 < len(block) else below
        yield len(line) == 1 and bottom <= line[0].row and below <= next_row
        bottom = max(bottom, *(cell.row + cell.row_span for cell in line))


def _ends_with_headings(cells: list[GridCell], bottom: int, columns: int) -> bool:
    """Whether words without a digit stand in every column of the last row of a block (the text of merged cells included)."""
    last = [cell for cell in cells if cell.row + cell.row_span > bottom]
    if len(last) < _ENOUGH_HEADINGS or any(letter.isdigit() for cell in last for letter in cell.text):
        return False
    return sum(cell.column_span for cell in last) == columns


def _is_text(line: Line) -> bool:
    """Whether a line is a heading or a sentence, and no figures."""
    return len(line) == 1 and sum(letter.isalpha() for letter in line[0].text) > _ENOUGH_HEADINGS


def _right(cell: GridCell) -> int:
    return cell.column + cell.column_span


def _extent(cell: GridCell) -> tuple[int, int]:
    return cell.column, cell.column_span


def _paragraphs(lines: list[Line]) -> Iterator[Paragraph]:
    for line in lines:
        for text in line[0].text.split("\n"):
            if text.strip():
                yield Paragraph(text)


def _grid(index: int, cells: list[GridCell], blank_below: bool) -> Grid:
    """The grid of `cells`, counted from its own upper left corner, with an empty cell wherever nothing is printed.

    blank_below: nothing can follow but blank figures.
    """
    top, left = cells[0].row, min(cell.column for cell in cells)
    rows = max(cell.row + cell.row_span for cell in cells) - top
    columns = max(map(_right, cells)) - left
    rows += blank_below and _ends_with_headings(cells, top + rows - 1, columns)
    if rows * columns > _MOST_CELLS:
        raise ReadError("too_large", "工作表里的表格大得不合情理，未读取。请删除表格以外的内容后重新报送。")
    placed = {(cell.row - top, cell.column - left): cell for cell in cells}
    covered = {
        (row, column)
        for (row_0, column_0), cell in placed.items()
        if cell.row_span > 1 or cell.column_span > 1
        for row in range(row_0, row_0 + cell.row_span)
        for column in range(column_0, column_0 + cell.column_span)
    }
    filled = [
        replace(placed[row, column], row=row, column=column) if (row, column) in placed else GridCell(row, column, "")
        for row in range(rows)
        for column in range(columns)
        if (row, column) in placed or (row, column) not in covered
    ]
    return Grid(index, rows, columns, tuple(filled))
