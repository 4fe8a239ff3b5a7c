"""Tables whose cells stand in running text, a cell a line or a row a line: boxes of a mobile page, texts saved without tabs.

Such text has lost its empty cells, so that a figure tells its place only where no row has lost any: where below known headings
each known label is followed by just as many figures as there are headings. One row with more or fewer, or a word that is not
known, and nothing of that table is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.unfolding import Heading
from pipeline.normalise.texts.lines_as_list import list_in
from pipeline.normalise.texts.pieces import Named, Piece, is_figure, label_at, pieces_of
from pipeline.normalise.texts.table_words import Headings, Words, words_of
from pipeline.readers.model import Document, Grid, GridCell, Paragraph

_ENOUGH_ROWS = 2


def with_tables_of_lines(catalog: Catalog, document: Document, missing: Sequence[str]) -> Document:
    """The document with those of the tables `missing` that can be told from its paragraphs, in the place of these.

    Not from pages, where places tell more than numbers of figures do, nor from what was recognised in pictures: it is not certain.
    """
    if any(block.page is not None or block.recognised for block in document.paragraphs()):
        return document
    pieces = list(pieces_of(document))
    grids: list[tuple[Grid, frozenset[int]]] = []
    index = 1 + max((grid.index for grid in document.grids()), default=-1)
    for table in missing:
        forms = [row.form for row in catalog.form_tables if row.table == table]
        if catalog.is_list(forms[0], table):
            if found := list_in(catalog, words_of(catalog, forms[0], table), pieces, index):
                grids.append(found)
                index += 1
            continue
        attempts = [_table_in(catalog, words_of(catalog, form, table), pieces) for form in forms]
        best = max(attempts, key=lambda attempt: (attempt.rows_seen, attempt.is_whole))
        if best.is_whole:
            grids.append((best.grid(index), frozenset(best.blocks)))
            index += 1
    return put_in(document, grids) if grids else document


def put_in(document: Document, grids: Sequence[tuple[Grid, frozenset[int]]]) -> Document:
    """The document with as many blocks as before, so that the places of the others stay what they are."""
    blocks = list(document.blocks)
    for grid, taken in grids:
        for number in taken:
            blocks[number] = Paragraph("")
        blocks[min(taken)] = grid
    return replace(document, blocks=tuple(blocks))


@dataclass
class _Attempt:
    """A table read as one form has it: how many rows of figures were seen, the printed rows, and the blocks that they came from."""

    rows_seen: int = 0
    is_whole: bool = True
    rows: list[list[GridCell]] = field(default_factory=list)
    blocks: set[int] = field(default_factory=set)

    def grid(self, index: int) -> Grid:
        """The rows as a grid."""
        cells = tuple(cell for row in self.rows for cell in row)
        return Grid(index, len(self.rows), max(cell.column + cell.column_span for cell in cells), cells)


def _table_in(catalog: Catalog, words: Words, pieces: Sequence[Piece]) -> _Attempt:
    """The table as one form has it; not whole where it is not there or a figure may stand in another place."""
    attempt = _Attempt()
    headings: Headings | None = None
    labels_of_rows = 1 if words.rows else 0
    for run in _runs(catalog, words.known, pieces):
        if not _speaks_for(words, run, headings):
            continue
        for labels, values in _label_and_figures(run):
            opened, headed, rest = _headed(words, labels)
            headings = headed or headings
            names = [item for item in rest if item.key not in words.groups]
            if not (values or names or headed):
                continue
            attempt.rows_seen += bool(values)
            if (
                not headings
                or len(names) != labels_of_rows
                or not {item.key for item in names} <= words.rows
                or len(values) != headings.columns
            ):
                attempt.is_whole = False
                continue
            printed = {item.key: item.text for item in labels}
            attempt.rows += _printed(len(attempt.rows), opened, headed, rest, values, labels_of_rows, printed)
            attempt.blocks.update(*(item.blocks for item in (*labels, *values)))
    attempt.is_whole = attempt.is_whole and attempt.rows_seen >= (_ENOUGH_ROWS if words.rows else 1)
    return attempt


def _speaks_for(words: Words, run: Sequence[Named], headings: Headings | None) -> bool:
    """Whether a run belongs to the table, and is not a word of another one or a figure in a sentence."""
    labels = [item for item in run if item.key]
    if not labels:
        return headings is not None and len(run) == headings.columns > 1
    return len({item.key for item in labels} & words.rows) >= _ENOUGH_ROWS or _headed(words, labels)[1] is not None


def _runs(catalog: Catalog, known: frozenset[str], pieces: Sequence[Piece]) -> Iterator[list[Named]]:
    """The runs of pieces that are labels of the table or figures."""
    run: list[Named] = []
    at = 0
    while at < len(pieces):
        found = label_at(catalog, known, pieces, at)
        if found:
            run.append(found[0])
            at = found[1]
            continue
        piece = pieces[at]
        if piece.text and is_figure(catalog, piece.text):  # also behind a word that is not known: it may be a damaged label
            run.append(Named(None, piece.text, frozenset({piece.block})))
        elif run:
            yield run
            run = []
        at += 1
    if run:
        yield run


def _label_and_figures(run: Sequence[Named]) -> Iterator[tuple[list[Named], list[Named]]]:
    labels: list[Named] = []
    for of_figures, items in groupby(run, key=lambda item: item.key is None):
        if of_figures:
            yield labels, list(items)
            labels = []
        else:
            labels = list(items)
    if labels:
        yield labels, []


def _headed(words: Words, labels: Sequence[Named]) -> tuple[list[Named], Headings | None, list[Named]]:
    """The labels cut into those before the headings, the headings as the form has them, and those behind."""
    for start in range(len(labels)):
        for headings_of_part in words.headings:
            keys = headings_of_part.keys
            headings = labels[start : start + len(keys)]
            if len(headings) == len(keys) and all(item.key in allowed for item, allowed in zip(headings, keys, strict=True)):
                before = [item for item in labels[:start] if item.key not in words.corners]
                if all(item.key in words.groups for item in before):
                    return before, headings_of_part, [item for item in labels[start + len(keys) :] if item.key not in words.corners]
    return [], None, [item for item in labels if item.key not in words.corners]


def _printed(
    number: int,
    opened: Sequence[Named],
    headed: Headings | None,
    labels: Sequence[Named],
    values: Sequence[Named],
    shift: int,
    printed: Mapping[str | None, str],
) -> Iterator[list[GridCell]]:
    """The rows of cells of one row of figures, with the headings and groups above it.

    printed: the headings by their keys as they are printed, with their units.
    """
    for item in opened:
        yield [GridCell(number, 0, item.text, 1, shift + len(values))]
        number += 1
    lines = headed.lines if headed else ()
    for order, line in enumerate(lines):
        over_labels = [GridCell(number, 0, "", len(lines))] if shift and not order else []
        yield over_labels + [GridCell(number, shift + item.column, _wording(item, printed), item.rows, item.columns) for item in line]
        number += 1
    for item in labels[:-1] if shift else ():
        yield [GridCell(number, 0, item.text, 1, shift + len(values))]
        number += 1
    label = [GridCell(number, 0, labels[-1].text)] if shift else []
    yield label + [GridCell(number, shift + column, item.text) for column, item in enumerate(values)]


def _wording(heading: Heading, printed: Mapping[str | None, str]) -> str:
    """The heading as it is printed; in the words of the form where it is not."""
    return next((printed[key] for key in sorted(heading.wordings) if key in printed), min(heading.wordings))
