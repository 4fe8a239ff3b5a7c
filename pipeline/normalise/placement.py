"""Reading one printed table as one form has it: every data cell under the label of its row and of its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.catalog.model import Catalog, Label
from pipeline.catalog.validate import APPLICANT_COLUMN
from pipeline.normalise.alignment import CLEAR, Assignment, Line, align
from pipeline.normalise.labels import Vocabulary, vocabulary
from pipeline.normalise.rows import Block, LogicalColumn, blocks_of, understand_columns
from pipeline.normalise.segments import Segment, is_value
from pipeline.readers.model import GridCell

_DOUBT = 0.4  # what an inferred label takes from the weight of a placed cell when forms are compared


@dataclass(frozen=True, slots=True)
class Placed:
    """A data cell and what it is. cell is None where the row or column is there but the place is a hole.

    legible False: several cells, or one that covers several places, stand where one is due; none of them is taken.
    headings: the texts over and beside the cell, in which a unit may stand.
    """

    row: Label | None
    column: Label
    grid: int
    cell: GridCell | None
    legible: bool
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stray:
    """A row, column or cell that is not understood: its label ("" for none) and the cell at which it begins."""

    text: str
    grid: int
    cell: GridCell


@dataclass
class Interpretation:
    """One printed table read as one form."""

    form: str
    table: str
    placed: list[Placed] = field(default_factory=list)
    unmatched: list[Stray] = field(default_factory=list)
    unplaced: list[Stray] = field(default_factory=list)
    inferred: list[Stray] = field(default_factory=list)
    weight: float = 0.0


def interpret(catalog: Catalog, form: str, table: str, segments: Sequence[Segment]) -> Interpretation:
    """Read the segments of one printed table, in order, as `form` has it."""
    words = vocabulary(catalog, form, table)
    reading = _Reading(catalog, words, Interpretation(form, table))
    blocks = [block for segment in segments for block in blocks_of(catalog, words, segment)]
    for before, block in zip([None, *blocks], blocks, strict=False):
        reading.columns(block, before)
    reading.rows(blocks)
    return reading.result


class _Reading:
    """The state of one interpretation: what was found so far."""

    def __init__(self, catalog: Catalog, words: Vocabulary, result: Interpretation) -> None:
        self.catalog, self.words, self.result = catalog, words, result
        self.fields = catalog.fields_of(words.form, words.table)
        self.row_labels = words.of("row", "item")

    def columns(self, block: Block, before: Block | None) -> None:
        """Understand the headings of a block; a block without headings continues the columns of the one before."""
        if block.heading_rows:
            understand_columns(self.words, block, self._eligible_columns(block))
        elif before and before.segment.lattice.grid.columns == block.segment.lattice.grid.columns:
            block.columns = before.columns
        for column in block.columns:
            if column.path and (column.label is None or not column.certain):
                self._note_column(block, column)

    def rows(self, blocks: Sequence[Block]) -> None:
        """Assign the data rows of all blocks together and place their cells."""
        data = [(block, row, group) for block in blocks for row, group in block.data_rows]
        if not self.row_labels:
            self._single_row([(block, row) for block, row, _ in data])
            return
        lines = [Line(number, self._path(block, row, group), _certain(block)) for number, (block, row, group) in enumerate(data)]
        candidates = [line for line in lines if line.path and not self._names_a_group(line.text)]
        found = {item.line.position: item for item in align(candidates, self.row_labels, self.words)}
        for number, (block, row, _) in enumerate(data):
            if number in found:
                self._place_row(block, row, found[number])
            else:
                self._note_row(block, row, lines[number])

    def _names_a_group(self, text: str) -> bool:
        return self.words.knows(text, "group", "corner") and not self.words.knows(text, "item")

    def _eligible_columns(self, block: Block) -> list[Label]:
        """The labels that may stand over this block: those of the fields whose rows it seems to hold."""
        texts = [cell.text for row, _ in block.data_rows for cell in block.segment.lattice.row(row) if cell.text.strip()]
        rows = {label.label for label in self.row_labels if any(self.words.likeness(text, label) >= CLEAR for text in texts)}
        fields = [item for item in self.fields if item.row in rows] or list(self.fields)
        wanted = {item.column for item in fields}
        labels = self.words.of("column", "item", "extra")
        return [label for label in labels if label.label in wanted or APPLICANT_COLUMN in wanted]

    def _path(self, block: Block, row: int, group: str | None) -> tuple[str, ...]:
        texts = [cell.text for cell in _label_cells(self.catalog, block, row)]
        return tuple(dict.fromkeys(([group] if group and texts else []) + texts))

    def _single_row(self, data: list[tuple[Block, int]]) -> None:
        """A table without row labels: the one row that holds anything (the first, if none does)."""
        data = [(block, row) for block, row in data if block.value_columns]
        filled = [
            (block, row) for block, row in data if any(cell.text.strip() for cell in block.segment.lattice.row(row) if cell.row == row)
        ]
        for block, row in filled[1:]:
            self._note_row(block, row, Line(0, ()))
        for block, row in (filled or data)[:1]:
            self._place_row(block, row, None)

    def _place_row(self, block: Block, row: int, assignment: Assignment | None) -> None:
        label = assignment.label if assignment else None
        labels = _label_cells(self.catalog, block, row)
        if assignment and not assignment.certain:
            self.result.inferred.append(Stray(assignment.line.text, block.segment.lattice.grid.index, labels[-1]))
        beside = tuple(cell.text for cell in labels[-1:])
        for column, cell, legible in _cells_under(self.catalog, block, row, labels):
            assert column.label is not None
            placed = Placed(label, column.label, block.segment.lattice.grid.index, cell, legible, column.path + beside)
            self.result.placed.append(placed)
            certain = (assignment is None or assignment.certain, column.certain)
            self.result.weight += 1 - _DOUBT * certain.count(False)
        for cell in self._values_outside(block, row):
            self.result.unplaced.append(Stray(cell.text, block.segment.lattice.grid.index, cell))

    def _values_outside(self, block: Block, row: int) -> Iterator[GridCell]:
        """Values of a placed row that stand under no heading at all."""
        for column in block.columns:
            if column.label is None and not column.path and column.first >= block.first_value_column:
                for cell in block.segment.lattice.between(row, column.first, column.last):
                    if cell.row == row and cell.column >= column.first and is_value(self.catalog, cell):
                        yield cell

    def _note_row(self, block: Block, row: int, line: Line) -> None:
        """A data row that was not assigned: said where it holds values, unless it is a group that may carry a subtotal."""
        cells = [cell for cell in block.segment.lattice.row(row) if cell.row == row]
        values = [cell for cell in cells if is_value(self.catalog, cell)]
        if not values or self._names_a_group(line.text):
            return
        place = Stray(line.text, block.segment.lattice.grid.index, values[0])
        (self.result.unmatched if line.path else self.result.unplaced).append(place)
        self.result.weight -= 1

    def _note_column(self, block: Block, column: LogicalColumn) -> None:
        lattice = block.segment.lattice
        over = next(cell for row in reversed(block.heading_rows or [0]) if (cell := lattice.at(row, column.first)) and cell.text.strip())
        stray = Stray(column.path[-1], lattice.grid.index, over)
        if column.label is not None:
            self.result.inferred.append(stray)
            return
        below = [cell for row, _ in block.data_rows for cell in lattice.between(row, column.first, column.last)]
        if any(is_value(self.catalog, cell) for cell in below):
            self.result.unmatched.append(stray)
            self.result.weight -= 1


def _certain(block: Block) -> bool:
    return block.segment.lattice.grid.spans == "stated"


def _label_cells(catalog: Catalog, block: Block, row: int) -> list[GridCell]:
    """The printed labels of a data row: what stands left of the data, or before the first value where the row has slipped."""
    cells = [cell for cell in block.segment.lattice.between(row, 0, block.first_value_column) if cell.text.strip()]
    labels: list[GridCell] = []
    for cell in cells:
        if is_value(catalog, cell):
            break
        labels.append(cell)
    return labels


def _cells_under(catalog: Catalog, block: Block, row: int, labels: list[GridCell]) -> Iterator[tuple[LogicalColumn, GridCell | None, bool]]:
    """For each understood column the cell of the row that stands under it, and whether it is certain that it does."""
    columns = block.value_columns
    end_of_labels = max((cell.column + cell.column_span for cell in labels), default=0)
    under = [_under(block, row, column) for column in columns]
    fits = end_of_labels <= block.first_value_column and not any(
        is_value(catalog, cell) for cell in block.segment.lattice.between(row, end_of_labels, block.first_value_column)
    )
    if fits and all(legible for _, legible in under):
        yield from ((column, cell, True) for column, (cell, _) in zip(columns, under, strict=True))
        return
    # The row is cut otherwise than its headings. Where it has exactly one cell for each column, their order decides.
    rest = [cell for cell in block.segment.lattice.row(row) if cell.row == row and cell.column >= end_of_labels]
    while len(rest) > len(columns) and not rest[-1].text.strip():
        rest.pop()
    in_order = len(rest) == len(columns) == sum(column.label is not None or bool(column.path) for column in block.columns)
    for number, (column, (cell, legible)) in enumerate(zip(columns, under, strict=True)):
        yield (column, rest[number], True) if in_order else (column, cell, legible and fits)


def _under(block: Block, row: int, column: LogicalColumn) -> tuple[GridCell | None, bool]:
    """The one cell of a row under a column; not legible where there are several, or one that is shared."""
    cells = block.segment.lattice.between(row, column.first, column.last)
    printed = [cell for cell in cells if cell.text.strip()]
    if not printed:
        return (cells[0] if cells else None), True
    cell = printed[0]
    data_rows = {number for number, _ in block.data_rows}
    shared = any(
        other is not column and other.first < cell.column + cell.column_span and cell.column < other.last for other in block.value_columns
    ) or any(other != row and cell.row <= other < cell.row + cell.row_span for other in data_rows)
    return cell, len(printed) == 1 and not shared
