"""A list of one figure a row (统计表 of 2014-2018) whose cells stand in running text: a cell a line, a row a line, or `label：12件`.

Such text has lost its empty cells, and a crawler may have removed lines that repeat (every 0). So a list is taken only where each
label of the form has one figure behind it, and just one: a second one may belong to another column (历年累计, last year), of which nobody
can tell which figure is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.catalog.model import Catalog
from pipeline.normalise.texts.pieces import Piece, is_figure, label_at
from pipeline.normalise.texts.table_words import Words
from pipeline.normalise.wording import compact, label_key
from pipeline.readers.model import Grid, GridCell

_ENOUGH_ROWS = 10  # labels of the form with a figure; fewer may be words of a sentence
_HEADINGS = 5  # words above the first row that may be headings
_OF_YEAR = re.compile(r"^(?:20\d\d年|[上去]一?年)[度数]?$")
_ENDS = re.compile(r"[；;。]")
_COMMAS = re.compile(r"[，,](?!\d{3})")
_BEHIND = re.compile(r"(?P<label>.*[^\d.,，])(?P<figure>\d[\d.,，]*\D{0,3})")
_LONGEST_GAP = 3  # rows running that are not known; more is text that follows the list


@dataclass
class _Row:
    label: str
    is_known: bool
    unit: str = ""
    figure: str = ""
    blocks: set[int] = field(default_factory=set)


def list_in(catalog: Catalog, words: Words, pieces: Sequence[Piece], index: int) -> tuple[Grid, frozenset[int]] | None:
    """The list as a grid of labels, units and figures, and the blocks that it came from; None where it cannot be told."""
    pieces = [part for piece in pieces for part in _parted(catalog, words, piece)]
    first = next((at for at in range(len(pieces)) if _begins(catalog, words, pieces, at)), None)
    if first is None or _has_more_columns(catalog, pieces[max(0, first - _HEADINGS) : first]):
        return None
    rows = _rows(catalog, words, pieces, first)
    items = [row for row in rows or () if label_key(row.label) not in words.groups and row.is_known]
    if not rows or len(items) < _ENOUGH_ROWS or not all(row.figure for row in items):
        return None
    headings = ["统计指标", "单位", "统计数"]
    lines = [headings, *([row.label, row.unit, row.figure] for row in rows)]
    cells = tuple(GridCell(number, column, text) for number, line in enumerate(lines) for column, text in enumerate(line))
    return Grid(index, len(lines), len(headings), cells), frozenset().union(*(row.blocks for row in rows))


def _parted(catalog: Catalog, words: Words, piece: Piece) -> Iterator[Piece]:
    """A label with its figure in one word (收到申请数：12件；收到申请数12件) as two; several such words in one line as so many pairs."""
    for text in filter(None, _ENDS.split(piece.text)):
        pairs = [pair for part in _COMMAS.split(text) if (pair := _pair(catalog, words, part))]
        if pairs and len(pairs) == len(_COMMAS.split(text)):
            yield from (Piece(part, piece.block) for pair in pairs for part in pair)
        elif pair := _pair(catalog, words, text):
            yield from (Piece(part, piece.block) for part in pair)
        else:
            yield Piece(text if text != piece.text.rstrip("；;。") else piece.text, piece.block)
    if not piece.text:
        yield piece


def _pair(catalog: Catalog, words: Words, text: str) -> tuple[str, str] | None:
    """A label and its figure; without a colon between them only where the label is one of the form."""
    label, colon, figure = text.replace("：", ":").rpartition(":")
    if colon and label and is_figure(catalog, figure):
        return label, figure
    match = _BEHIND.fullmatch(text)
    if match and label_key(match["label"]) in words.rows and is_figure(catalog, match["figure"]):
        return match["label"], match["figure"]
    return None


def _has_more_columns(catalog: Catalog, headings: Sequence[Piece]) -> bool:
    """Whether a second column of figures is headed right above the first row."""
    extra = {label_key(text) for label in catalog.labels if label.axis == "column" and label.role == "extra" for text in label.texts}
    return any(label_key(piece.text) in extra or _OF_YEAR.search(piece.text) for piece in headings)


def _begins(catalog: Catalog, words: Words, pieces: Sequence[Piece], at: int) -> bool:
    """Whether a row begins here, and not a heading of the text that is worded like one: a unit or a figure stands behind its label."""
    label = label_at(catalog, words.rows, pieces, at)
    if label is None or label[1] >= len(pieces):
        return False
    behind = pieces[label[1]].text
    return is_figure(catalog, behind) or compact(behind) in {unit.unit for unit in catalog.units}


def _row_label(catalog: Catalog, words: Words, pieces: Sequence[Piece], at: int) -> tuple[str, int] | None:
    """The label of a row or group that begins with a piece, as printed, and the piece behind it."""
    found = label_at(catalog, words.rows | words.groups, pieces, at)
    return (found[0].text, found[1]) if found else None


def _rows(catalog: Catalog, words: Words, pieces: Sequence[Piece], first: int) -> list[_Row] | None:
    """The rows up to the last one that is known; None where a label has two figures behind it."""
    units = {unit.unit for unit in catalog.units}
    rows: list[_Row] = []
    at = first
    while at < len(pieces) and not (len(rows) > _LONGEST_GAP and not any(row.is_known for row in rows[-_LONGEST_GAP - 1 :])):
        piece, behind = pieces[at], at + 1
        label = _row_label(catalog, words, pieces, at)
        if label:
            rows.append(_Row(label[0], is_known=True))
            behind = label[1]
        elif compact(piece.text) in units and not rows[-1].unit and not rows[-1].figure:
            rows[-1].unit = piece.text
        elif is_figure(catalog, piece.text):
            if rows[-1].figure:
                return None if rows[-1].is_known else _known(rows)
            rows[-1].figure = piece.text
        elif rows[-1].unit or rows[-1].figure:
            rows.append(_Row(piece.text, is_known=False))
        else:
            rows[-1].label += piece.text
        rows[-1].blocks.update(item.block for item in pieces[at:behind])
        at = behind
    return _known(rows)


def _known(rows: Sequence[_Row]) -> list[_Row]:
    last = max(number for number, row in enumerate(rows) if row.is_known)
    return list(rows[: last + 1])
