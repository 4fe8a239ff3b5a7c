"""Reading one list: every figure under the label of its row."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Label
from pipeline.normalise.lists.alike import likeness_of_damaged, resembles
from pipeline.normalise.lists.columns import Columns, ValueColumn, columns_of
from pipeline.normalise.lists.figures import figure_under
from pipeline.normalise.lists.lines import Band, ListLine, bands_of, lines_of, rows_named
from pipeline.normalise.lists.parents import understood
from pipeline.normalise.tables.alignment import Assignment, Line, assign, still_open
from pipeline.normalise.tables.interpretation import Interpretation, Placed, Stray
from pipeline.normalise.tables.labels import Vocabulary, vocabulary
from pipeline.normalise.tables.segments import Segment
from pipeline.normalise.tables.values import read_value
from pipeline.normalise.wording import label_key
from pipeline.readers.model import GridCell

# Rows with figures that are not of the form, for each row that is: where there are more, a place has a list of its own
# (35 coded lines, 历年累计 since 2008), in which the same words may count something else.
_MOST_STRANGE = 0.5


def interpret_list(catalog: Catalog, form: str, table: str, segments: Sequence[Segment]) -> Interpretation:
    """Read the segments of one printed list, in order, as `form` has it."""
    words = vocabulary(catalog, form, table)
    result = Interpretation(form, table, is_cut=any(segment.lattice.grid.is_cut for segment in segments))
    lines, columns = _lines(catalog, words, segments)
    labels = words.of("row", "item", "group", "extra")
    assignments = assign([Line(place, ()) for place in range(len(lines))], labels, _scores(catalog, words, lines, labels))
    known = {item.line.position: item for item in assignments}
    strange = [place for place, line in enumerate(lines) if place not in known and _has_figure(catalog, line, columns[place])]
    if len(strange) > _MOST_STRANGE * sum(item.label.role == "item" for item in assignments):
        result.is_of_a_place = True
        return result
    for place in strange:
        _note_stranger(words, result, assignments, lines[place], place)
    for place, item in known.items():
        _place(catalog, result, lines[place], columns[place], item)
    for band, its_columns in dict(zip((line.band for line in lines), columns, strict=True)).items():
        _note_columns(result, band, its_columns, [line for line in lines if line.band == band])
    result.is_perfect = not (result.unmatched or result.unplaced or result.inferred or result.local)
    return result


def _lines(catalog: Catalog, words: Vocabulary, segments: Sequence[Segment]) -> tuple[list[ListLine], list[Columns]]:
    """The rows of all lists, one list after the other, and the columns that each row has."""
    lines: list[ListLine] = []
    columns: list[Columns] = []
    for segment in segments:
        for band in bands_of(catalog, words, segment):
            of_band = list(lines_of(catalog, words, band))
            its_columns = columns_of(catalog, words, band, of_band, columns[-1] if columns else None)
            lines += of_band
            columns += [its_columns] * len(of_band)
    return lines, columns


def _scores(catalog: Catalog, words: Vocabulary, lines: Sequence[ListLine], labels: Sequence[Label]) -> list[list[float]]:
    """How well each line fits each label: wholly by its words and what it is under, else as what damage may have left of them."""
    certain = understood(catalog, words, lines)
    alike: dict[str, int] = {}
    keys = [{label_key(text) for text in label.texts} for label in labels]
    for label_keys in keys:
        for key in label_keys:
            alike[key] = alike.get(key, 0) + 1
    several = [any(alike[key] > 1 for key in label_keys) for label_keys in keys]
    scores = []
    for place, line in enumerate(lines):
        if place in certain:
            scores.append([float(label is certain[place]) for label in labels])
        elif rows_named(words, line.marked.text):  # known words in a place where they are not known to stand
            scores.append([0.0] * len(labels))
        else:
            key = label_key(line.marked.text)
            scores.append(
                [
                    0.0 if shared else max(likeness_of_damaged(key, known) for known in label_keys)
                    for label_keys, shared in zip(keys, several, strict=True)
                ]
            )
    return scores


def _has_figure(catalog: Catalog, line: ListLine, columns: Columns) -> bool:
    """Whether a number stands in a row, in whatever column."""
    cells = (cell for cell in line.cells if cell.column not in columns.ignored)
    return any(read_value(catalog, cell.text).state == "number" for cell in cells)


def _note_stranger(words: Vocabulary, result: Interpretation, assignments: Sequence[Assignment], line: ListLine, place: int) -> None:
    """Say that a row with a figure has no place in the form: a row of its own, or one of the form that cannot be told."""
    items = words.of("row", "item")
    free = still_open(assignments, [place], items)
    result.open_places |= {(label, None) for label in free}
    if line.label is None:
        result.unplaced.append(Stray("", line.band.lattice.grid.index, _first_figure(line)))
        return
    key = label_key(line.marked.text)
    taken = {item.label.label for item in assignments}
    meant = [label for label in items if label.label not in taken and any(resembles(key, label_key(text)) for text in label.texts)]
    stray = Stray(line.label.text, line.band.lattice.grid.index, line.label)
    if meant or free or not key:
        result.open_places |= {(label.label, None) for label in meant}
        result.unmatched.append(stray)
    else:
        result.local.append(stray)


def _first_figure(line: ListLine) -> GridCell:
    return next((cell for cell in line.cells if cell.text.strip()), line.cells[0])


def _place(catalog: Catalog, result: Interpretation, line: ListLine, columns: Columns, item: Assignment) -> None:
    """Place the figures of a row whose label is known."""
    assert line.label is not None
    label, grid = item.label, line.band.lattice.grid.index
    if label.role != "item":
        if _has_figure(catalog, line, columns):
            result.local.append(Stray(line.label.text, grid, line.label))
        return
    if not item.certain:
        result.inferred.append(Stray(line.marked.text, grid, line.label))
    if columns.count is None:
        result.open_places.add((label.label, None))
        return
    for column in (columns.count, *columns.extra):
        result.placed.append(_placed(catalog, line, columns, column, label))
    result.weight += 1


def _placed(catalog: Catalog, line: ListLine, columns: Columns, column: ValueColumn, label: Label) -> Placed:
    assert column.label is not None and line.label is not None
    cell, legible = figure_under(catalog, line, columns, column)
    headings = (*filter(None, (line.unit,)), line.label.text, *reversed(column.headings))
    return Placed(label, column.label, line.band.lattice.grid.index, cell, legible, headings)


def _note_columns(result: Interpretation, band: Band, columns: Columns, lines: Sequence[ListLine]) -> None:
    """Say that figures stand in columns that are not understood; where none is that of the list, nothing of it is taken."""
    grid = band.lattice.grid.index
    for column in columns.strange:
        cells = [cell for line in lines for cell in line.cells if cell.column == column.column and cell.text.strip()]
        if cells and columns.count is None:
            result.unplaced.append(Stray("", grid, cells[0]))
            return
        if cells:
            result.local.append(Stray(column.headings[-1] if column.headings else cells[0].text, grid, cells[0]))
