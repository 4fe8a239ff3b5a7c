"""Reading one printed table as one form has it: every data cell under the label of its row and of its column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Label
from pipeline.catalog.validate import APPLICANT_COLUMN
from pipeline.normalise.tables.alignment import CLEAR, Assignment, Line, align, open_in_any_order, still_open
from pipeline.normalise.tables.fitting import cells_under, has_lost_cells, label_cells, unit_cells
from pipeline.normalise.tables.grouped_rows import by_group
from pipeline.normalise.tables.interpretation import Interpretation, Placed, Stray
from pipeline.normalise.tables.labels import Vocabulary, vocabulary
from pipeline.normalise.tables.rows import Block, LogicalColumn, blocks_of, continue_columns, understand_columns
from pipeline.normalise.tables.segments import Segment, is_value
from pipeline.normalise.tables.single_row import the_row_of_values
from pipeline.normalise.tables.strange_columns import strange_cell, strange_columns
from pipeline.readers.model import GridCell

_DOUBT = 0.4  # what an inferred label takes from the weight of a placed cell when forms are compared


def interpret(catalog: Catalog, form: str, table: str, segments: Sequence[Segment]) -> Interpretation:
    """Read the segments of one printed table, in order, as `form` has it."""
    words = vocabulary(catalog, form, table)
    is_cut = any(segment.lattice.grid.is_cut for segment in segments)
    reading = _Reading(catalog, words, Interpretation(form, table, is_cut=is_cut))
    blocks = [block for segment in segments for block in blocks_of(catalog, words, segment)]
    if not reading.row_labels:
        blocks = list(by_group(words, blocks))
    for before, block in zip([None, *blocks], blocks, strict=False):
        reading.columns(block, before)
    reading.rows(blocks)
    result = reading.result
    strays = result.unmatched or result.unplaced or result.inferred
    places = {(placed.row.label if placed.row else None, placed.column.label) for placed in result.placed if placed.legible}
    result.is_perfect = not strays and len(places) == len(result.placed) and _whole_form(catalog, form, table) <= places
    return result


@lru_cache(maxsize=32)
def _whole_form(catalog: Catalog, form: str, table: str) -> frozenset[tuple[str | None, str | None]]:
    """Every place of a table: the labels of its row and its column."""
    applicants = [applicant.applicant for applicant in catalog.applicants]
    return frozenset(
        (field.row, column) for field in catalog.fields_of(form, table) for column in (applicants if field.by_applicant else [field.column])
    )


class _Reading:
    """The state of one interpretation: what was found so far."""

    def __init__(self, catalog: Catalog, words: Vocabulary, result: Interpretation) -> None:
        self.catalog, self.words, self.result = catalog, words, result
        self.fields = catalog.fields_of(words.form, words.table)
        self.row_labels = words.of("row", "item")
        self.open_columns: dict[int, set[str]] = {}  # by the place of a block in memory

    def columns(self, block: Block, before: Block | None) -> None:
        """Understand the headings of a block; a block without headings continues the columns of the one before."""
        if block.heading_rows:
            eligible = self._eligible_columns(block)
            found = understand_columns(self.words, block, eligible)
            strange = strange_columns(self.catalog, self.words, block)
            self.open_columns[id(block)] = open_in_any_order(found, strange, eligible)
        else:
            if before:
                continue_columns(before, block)
            strange = strange_columns(self.catalog, self.words, block)
        for number, column in enumerate(block.columns):
            self._note_column(block, column, is_strange=number in strange)

    def rows(self, blocks: Sequence[Block]) -> None:
        """Assign the data rows of all blocks together and place their cells."""
        if not self.row_labels:
            self._single_row(blocks)
            return
        data = [(block, row, group) for block in blocks for row, group in block.data_rows]
        lines = [Line(number, self._path(block, row, group), _certain(block)) for number, (block, row, group) in enumerate(data)]
        candidates = [line for line in lines if line.path and not self._names_a_group(line.text)]
        found = {item.line.position: item for item in align(candidates, self.row_labels, self.words)}
        strange, groups = [], []
        for number, (block, row, _) in enumerate(data):
            if number in found:
                self._place_row(block, row, found[number])
            elif values := self._figures_of(block, row):
                place = Stray(lines[number].text, block.segment.lattice.grid.index, values[0])
                if self._names_a_group(lines[number].text):
                    groups.append((number, place))
                else:
                    self._note_row(place)
                    strange.append(number)
        assigned = list(found.values())
        still = still_open(assigned, strange, self.row_labels)
        for number, place in groups:  # a subtotal, unless it may be a row that is missing and lost its own label
            if opened := still_open(assigned, [number], self.row_labels):
                self._note_row(place)
                still |= opened
        self.result.open_places |= {(label, None) for label in still}

    def _figures_of(self, block: Block, row: int) -> list[GridCell]:
        """The values of a row that was not assigned; whatever it holds, where a label of it is two in one: `0、3` is no value."""
        cells = [cell for cell in block.segment.lattice.begun_in(row) if cell.text.strip()]
        labels = [cell for cell in cells if self.words.holds_two(cell.text, "row")]
        return [cell for cell in cells if is_value(self.catalog, cell) or (labels and cell not in labels)]

    def _names_a_group(self, text: str) -> bool:
        return self.words.knows(text, "group", "corner") and not self.words.knows(text, "item")

    def _eligible_columns(self, block: Block) -> list[Label]:
        """The labels that may stand over this block: those of the fields whose rows it seems to hold."""
        cells = [cell for row, _ in block.data_rows for cell in block.segment.lattice.row(row)]
        texts = {cell.text for cell in cells if cell.text.strip() and not is_value(self.catalog, cell)}
        rows = {label for text in texts for label in self.words.alike(text, CLEAR, "row", "item")}
        fields = [item for item in self.fields if item.row in rows] or list(self.fields)
        wanted = {item.column for item in fields}
        labels = self.words.of("column", "item", "extra")
        if block.column_group:
            labels = tuple(label for label in labels if block.column_group in self.words.ancestors(label))
        return [label for label in labels if label.label in wanted or APPLICANT_COLUMN in wanted]

    def _path(self, block: Block, row: int, group: str | None) -> tuple[str, ...]:
        cells = label_cells(self.catalog, block, row)
        if len(cells) > 1 and _certain(block) and cells[-1].column + cells[-1].column_span == block.segment.lattice.last:
            return ()  # headings that are too damaged to be told: no figure can stand behind the last of them
        texts = [cell.text for cell in cells]
        return tuple(dict.fromkeys(([group] if group and texts else []) + texts))

    def _single_row(self, blocks: Sequence[Block]) -> None:
        """A table without row labels: the one row that holds its values, or one in each of its parts that share no heading."""
        headed = [block for block in blocks if block.value_columns]
        heads = [column.label for block in headed for column in block.value_columns]
        for part in [[block] for block in headed] if len(set(heads)) == len(heads) else [headed]:
            rows = [(block, row) for block in part for row, _ in block.data_rows]
            chosen, others = the_row_of_values(self.catalog, rows)
            for block, row in others:
                values = (cell for cell in block.segment.lattice.begun_in(row) if is_value(self.catalog, cell))
                if value := next(values, None):
                    self._note_row(Stray("", block.segment.lattice.grid.index, value))
            if chosen:
                self._place_row(*chosen, None)
            elif others:
                self.result.open_places.add((None, None))
        if any(not block.value_columns and strange_columns(self.catalog, self.words, block) for block in blocks):
            # figures below headings that are not understood: which ones, is open
            self.result.open_places.add((None, None))

    def _place_row(self, block: Block, row: int, assignment: Assignment | None) -> None:
        label = assignment.label if assignment else None
        grid = block.segment.lattice.grid.index
        labels = label_cells(self.catalog, block, row)
        if assignment and not assignment.certain:
            self.result.inferred.append(Stray(assignment.line.text, grid, labels[-1]))
        beside = tuple(cell.text for cell in [*unit_cells(self.catalog, block, row), *labels[-1:]])
        above = block.segment.units_above
        if not block.value_columns:  # a part whose headings are not known: its figures are there, and not blank
            self._lose_row(block, row, label)
        fitted = list(cells_under(self.catalog, block, row, labels))
        if not all(item.legible for item in fitted):  # what is not under a heading here may stand under another one
            dropped = has_lost_cells(block, row, labels)  # then a row that is blank may be dropped as a whole
            self.result.open_places.add((label.label if label and not dropped else None, None))
        for column, cell, legible in fitted:
            assert column.label is not None
            self.result.placed.append(Placed(label, column.label, grid, cell, legible, column.path + beside + above))
            certain = (assignment is None or assignment.certain, column.certain)
            self.result.weight += 1 - _DOUBT * certain.count(False)
        for open_column in self.open_columns.get(id(block), ()):
            self.result.open_places.add((label.label if label else None, open_column))

    def _lose_row(self, block: Block, row: int, label: Label | None) -> None:
        values = [cell for cell in block.segment.lattice.begun_in(row) if is_value(self.catalog, cell)]
        if values:
            self.result.unplaced.append(Stray("", block.segment.lattice.grid.index, values[0]))
            self.result.open_places.add((label.label if label else None, None))

    def _note_row(self, place: Stray) -> None:
        """Say that a data row that holds values was not assigned."""
        (self.result.unmatched if place.text else self.result.unplaced).append(place)
        self.result.weight -= 1

    def _note_column(self, block: Block, column: LogicalColumn, is_strange: bool) -> None:
        lattice = block.segment.lattice
        over = [cell for row in reversed(block.heading_rows) if (cell := lattice.at(row, column.first)) and cell.text.strip()]
        if column.label is not None:
            if not column.certain and over:
                self.result.inferred.append(Stray(column.path[-1], lattice.grid.index, over[0]))
        elif is_strange:
            if column.path and over:
                self.result.unmatched.append(Stray(column.path[-1], lattice.grid.index, over[0]))
            elif value := strange_cell(self.catalog, self.words, block, column):
                self.result.unplaced.append(Stray("", lattice.grid.index, value))
            self.result.weight -= 1


def _certain(block: Block) -> bool:
    return block.segment.lattice.grid.spans == "stated"
