"""What each row of a table is (heading, group, data), and what stands over its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Axis, Label, Role
from pipeline.normalise.tables.alignment import Assignment, Line, align
from pipeline.normalise.tables.labels import Vocabulary
from pipeline.normalise.tables.segments import Segment, is_value
from pipeline.normalise.wording import compact, level
from pipeline.readers.model import GridCell

_SPEAKS = 0.75  # likeness from which a cell counts as a heading when the kind of a row is decided
_WHISPERS = 0.55  # likeness that counts where the kind of a row is not decided otherwise
_PAGE_NUMBER = re.compile(r"[-—–]{1,2}\d{1,3}[-—–]{1,2}|第\d{1,3}页.{0,8}|\d{1,3}/\d{1,3}")
_UNIT_WORD = re.compile(r"(?:计量)?单位(?:[:：].{1,6})?$")
_ENOUGH_NUMBERED = 4  # columns, for a row of numbers from 1 on to be no data
_BARE_PAGE_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class LogicalColumn:
    """Neighbouring grid columns first..last-1 under the same headings. label is None where no heading is understood."""

    first: int
    last: int
    path: tuple[str, ...]
    label: Label | None = None
    certain: bool = True


@dataclass
class Block:
    """A run of heading rows and the data rows below it, each with the group heading above it (or None)."""

    segment: Segment
    heading_rows: list[int] = field(default_factory=list)
    data_rows: list[tuple[int, str | None]] = field(default_factory=list)
    columns: list[LogicalColumn] = field(default_factory=list)

    headings_slipped: bool = False
    column_group: str | None = None  # the group of all columns, where a row names it and no heading does
    _first_value_column: int | None = None

    @property
    def value_columns(self) -> list[LogicalColumn]:
        """The columns whose heading is understood, from left to right."""
        return [column for column in self.columns if column.label is not None]

    def first_value_column(self, catalog: Catalog) -> int:
        """The grid column at which the data begin; what stands left of it are the labels of the rows.

        A headed column that is not understood belongs to the data where nothing but values stands in it.
        """
        if self._first_value_column is None:
            headed = (
                column.first for column in self.columns if column.label is not None or (column.path and self._holds_values(catalog, column))
            )
            self._first_value_column = min(headed, default=self.segment.lattice.last)
        return self._first_value_column

    def _holds_values(self, catalog: Catalog, column: LogicalColumn) -> bool:
        lattice = self.segment.lattice
        cells = [cell for row, _ in self.data_rows for cell in lattice.between(row, column.first, column.last) if cell.text.strip()]
        return bool(cells) and all(is_value(catalog, cell) and cell.column >= column.first for cell in cells)


def blocks_of(catalog: Catalog, vocabulary: Vocabulary, segment: Segment) -> Iterator[Block]:
    """Cut a segment into blocks: each begins with heading rows (the first may have none, when a table continues)."""
    block = Block(segment)
    group: str | None = None
    for row in range(segment.first, segment.last):
        cells = [cell for cell in segment.lattice.begun_in(row) if cell.text.strip()]
        if _is_page_number(segment, row, cells) or (block.heading_rows and not block.data_rows and _is_furniture(catalog, cells)):
            continue
        if not cells:
            if any(cell.row == row for cell in segment.lattice.row(row)) and block.heading_rows:
                block.data_rows.append((row, group))
        elif _is_group(vocabulary, cells):
            group = cells[0].text
        elif _is_heading(catalog, vocabulary, cells):
            if block.data_rows:
                yield block
                block = Block(segment)
            block.heading_rows.append(row)
        else:
            group = None if group and 0 < level(cells[0].text) <= level(group) else group
            block.data_rows.append((row, group))
    if block.heading_rows or block.data_rows:
        yield block


def understand_columns(vocabulary: Vocabulary, block: Block, eligible: list[Label]) -> list[Assignment]:
    """Fill in `block.columns`: group the grid columns by their headings and assign them to the eligible labels.

    Also finds out whether the headings have slipped. Returns the assignments, whose lines are places in `block.columns`.
    """
    columns = list(_logical_columns(vocabulary, block))
    certain = block.segment.lattice.grid.spans == "stated"
    lines = [Line(number, column.path, certain) for number, column in enumerate(columns) if column.path]
    lines = [line for line in lines if vocabulary.knows(line.text, "item", "extra") or not vocabulary.knows(line.text, "group")]
    found: dict[int, Assignment] = {item.line.position: item for item in align(lines, eligible, vocabulary)}
    block.columns = [
        LogicalColumn(column.first, column.last, column.path, found[number].label, found[number].certain) if number in found else column
        for number, column in enumerate(columns)
    ]
    missing = any(label.role == "item" and label not in {item.label for item in found.values()} for label in eligible)
    slipped = (
        any(_has_slipped(block, row, missing) for row in block.heading_rows)
        or _lines_disagree(block, eligible)
        or _is_cut_across(vocabulary, block)
    )
    block.headings_slipped = slipped or any(
        column.label is None and column.path and vocabulary.knows(column.path[-1], "item") and _stands_over_nothing(block, column)
        for column in block.columns
    )
    return list(found.values())


def continue_columns(before: Block, block: Block) -> None:
    """Give a block without headings (a table that goes on in a new grid) the columns of the block before.

    Where the grid has more or fewer columns, its labels are cut otherwise (their merged columns show only where a row
    needs them), and the data stand in the same columns counted from the right.
    """
    shift = block.segment.lattice.last - before.segment.lattice.last
    data = before.value_columns
    at_right = bool(data) and data[-1].last == before.segment.lattice.last and all(column.last - column.first == 1 for column in data)
    if shift and not (at_right and data[0].first + shift > block.segment.lattice.first):
        return
    kept = before.columns if not shift else data
    block.columns = [replace(column, first=column.first + shift, last=column.last + shift) for column in kept]
    block.headings_slipped = before.headings_slipped


def _lines_disagree(block: Block, labels: list[Label]) -> bool:
    """Whether headings on different lines stand in another order than in the form, where their widths are only inferred.

    Then a cell is missing or too many in one of the lines, and the lines do not fit each other.
    """
    lattice = block.segment.lattice
    if lattice.grid.spans == "stated":
        return False
    order = {label.label: number for number, label in enumerate(labels)}
    placed = [
        (max(row for row in block.heading_rows if (cell := lattice.at(row, column.first)) and cell.text.strip()), order[column.label.label])
        for column in block.value_columns
        if column.label is not None
    ]
    return any(line != other_line and number > other for at, (line, number) in enumerate(placed) for other_line, other in placed[at + 1 :])


def _is_cut_across(vocabulary: Vocabulary, block: Block) -> bool:
    """Whether a heading of one column stands over the heading of another, where widths are only inferred: 总计 over 其他."""
    if block.segment.lattice.grid.spans == "stated":
        return False
    above = {text for column in block.columns for text in column.path[:-1]}
    return any(vocabulary.knows(text, "item") and not vocabulary.knows(text, "group") for text in above)


def _has_slipped(block: Block, row: int, missing: bool) -> bool:
    """Whether a heading row lacks a cell, so that what stands behind the gap is moved to the left.

    A spare column without headings lacks one too: then no heading is missing, and nothing is printed in it.
    """
    lattice = block.segment.lattice
    if sum(bool(cell.text.strip()) for cell in lattice.begun_in(row)) < 2:
        return False
    for column in range(lattice.first, lattice.last):
        if lattice.at(row, column) is not None:
            continue
        below = [cell for number, _ in block.data_rows if (cell := lattice.at(number, column)) is not None]
        if len(below) * 2 <= len(block.data_rows):
            continue
        headed = any((cell := lattice.at(other, column)) is not None and cell.text.strip() for other in block.heading_rows)
        if missing or headed or any(cell.text.strip() for cell in below):
            return True
    return False


def _stands_over_nothing(block: Block, column: LogicalColumn) -> bool:
    """Whether no data row has a cell below a heading, so that a heading row has one too many."""
    between = block.segment.lattice.between
    return bool(block.data_rows) and not any(between(row, column.first, column.last) for row, _ in block.data_rows)


def _logical_columns(vocabulary: Vocabulary, block: Block) -> Iterator[LogicalColumn]:
    lattice = block.segment.lattice
    previous: tuple[tuple[int, int], ...] | None = None
    start = lattice.first
    path: tuple[str, ...] = ()
    for column in range(lattice.first, lattice.last):
        over = [cell for row in block.heading_rows if (cell := lattice.at(row, column)) is not None and cell.text.strip()]
        over = [cell for cell in over if not _is_corner(vocabulary, cell.text)]
        place = tuple(dict.fromkeys((cell.row, cell.column) for cell in over))
        if place != previous or not place:
            if column > lattice.first:
                yield LogicalColumn(start, column, path)
            start, path = column, tuple(dict.fromkeys(cell.text for cell in over))
        previous = place
    yield LogicalColumn(start, lattice.last, path)


def _is_corner(vocabulary: Vocabulary, text: str) -> bool:
    """Whether a text is furniture, damaged perhaps, and more like that than like a heading."""
    named = vocabulary.named(text)
    if named:
        return any(label.role == "corner" for label in named)
    corners = [vocabulary.likeness(text, label) for label in vocabulary.labels if label.role == "corner"]
    others = [vocabulary.likeness(text, label) for label in vocabulary.labels if label.role != "corner"]
    return max(corners, default=0.0) >= max(_SPEAKS, *others)


def _is_page_number(segment: Segment, row: int, cells: list[GridCell]) -> bool:
    """A row that holds nothing but the number of a page; a bare number is one only where the row has no other cell."""
    if len(cells) != 1 or segment.lattice.grid.columns < 2:
        return False
    text = compact(cells[0].text)
    if _PAGE_NUMBER.fullmatch(text):
        return True
    return len(segment.lattice.begun_in(row)) == 1 == len(segment.lattice.row(row)) and bool(_BARE_PAGE_NUMBER.fullmatch(text))


def _is_furniture(catalog: Catalog, cells: list[GridCell]) -> bool:
    """Whether a row below headings numbers their columns from 1 on, or gives the unit of each."""
    texts = [compact(cell.text) for cell in cells]
    if len(texts) < _ENOUGH_NUMBERED:
        return False
    units = {unit.unit for unit in catalog.units}
    behind = texts[1:] if _UNIT_WORD.match(texts[0]) else texts
    return texts == [str(number) for number in range(1, len(texts) + 1)] or all(text in units for text in behind)


def _is_group(vocabulary: Vocabulary, cells: list[GridCell]) -> bool:
    return len(cells) == 1 and _hits(vocabulary, cells, "row", "group") > 0


def _is_heading(catalog: Catalog, vocabulary: Vocabulary, cells: list[GridCell]) -> bool:
    """A row without any value, in which more cells speak for columns (or are furniture) than for rows."""
    if any(is_value(catalog, cell) for cell in cells):
        return False
    columns = _hits(vocabulary, cells, "column", "item", "group", "extra")
    corners = sum(vocabulary.knows(cell.text, "corner") for cell in cells)
    rows = _hits(vocabulary, cells, "row", "item")
    if columns and columns + corners == rows:  # 企业, 科研, 其他: shortened headings beside one that is a row label too
        columns = _hits(vocabulary, cells, "column", "item", "group", "extra", least=_WHISPERS)
        rows = _hits(vocabulary, cells, "row", "item", least=_WHISPERS)
    return columns + corners > rows


def _hits(vocabulary: Vocabulary, cells: list[GridCell], axis: Axis, *roles: Role, least: float = _SPEAKS) -> int:
    return sum(bool(vocabulary.alike(cell.text, least, axis, *roles)) for cell in cells)
