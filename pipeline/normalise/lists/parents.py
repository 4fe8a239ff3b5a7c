"""What a row of a list is under: several rows are printed alike, and only what they belong to tells them apart.

The same words are taken for a label only where the row above that names the group is understood, every row between is
too, and the numbering has not begun anew. Anything else leaves the row open: its place alone proves nothing.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Label
from pipeline.normalise.lists.lines import ListLine, rows_named
from pipeline.normalise.lists.marks import marked
from pipeline.normalise.tables.labels import Vocabulary


def understood(catalog: Catalog, words: Vocabulary, lines: Sequence[ListLine]) -> dict[int, Label]:
    """The labels that lines have by their words, and by what they are under where the words are not enough; by the place of the line."""
    named = [tuple(label for label in rows_named(words, line.marked.text) if label.role != "corner") for line in lines]
    found = {place: labels[0] for place, labels in enumerate(named) if len(labels) == 1}
    found = {place: label for place, label in found.items() if not _is_under_another(words, lines, found, place)}
    seen = {label.label for label in found.values()}
    for place, labels in enumerate(named):
        if len(labels) > 1 and (label := _by_parent(catalog, words, lines, found, named, place, seen)):
            found[place] = label
    return found


def _is_under_another(words: Vocabulary, lines: Sequence[ListLine], found: Mapping[int, Label], place: int) -> bool:
    """Whether a row that says 其中 (or follows one that does) stands below an item that is not the one its label belongs to."""
    item = {label.label for label in words.of("row", "item")}
    label = found[place]
    if label.parent not in item:
        return False
    owner = _owner(lines, place)
    above = found.get(owner) if owner is not None else None
    return above is not None and above.label in item and label.parent not in (above.label, above.parent)


def _owner(lines: Sequence[ListLine], place: int) -> int | None:
    """The row of which a row after 其中 is a part: the one before those that say 其中 or have no number of their own."""
    at = place
    inner = lines[at].marked.inner
    while at > 0 and (lines[at].marked.inner or not lines[at].marked.level):
        at -= 1
        inner = inner or lines[at].marked.inner
    return at if inner and at < place else None


def _by_parent(
    catalog: Catalog,
    words: Vocabulary,
    lines: Sequence[ListLine],
    found: Mapping[int, Label],
    named: Sequence[tuple[Label, ...]],
    place: int,
    seen: set[str],
) -> Label | None:
    """The one of several labels with the same words that belongs to what the line is under; None where that is open."""
    by_parent: dict[str | None, Label] = {label.parent: label for label in named[place] if label.parent}
    parent = _merged(catalog, words, lines[place], by_parent)
    if parent is None:
        parent = _above(lines, found, named, place, by_parent, seen)
    chosen = by_parent.get(parent)
    return chosen if chosen is not None and all(label is not chosen for label in found.values()) else None


def _merged(catalog: Catalog, words: Vocabulary, line: ListLine, parents: Container[str | None]) -> str | None:
    """The group that a merged cell beside the label names."""
    groups = (label.label for text in line.above for label in rows_named(words, marked(catalog, text).text))
    return next((group for group in groups if group in parents), None)


def _above(
    lines: Sequence[ListLine],
    found: Mapping[int, Label],
    named: Sequence[tuple[Label, ...]],
    place: int,
    parents: Mapping[str | None, Label],
    seen: set[str],
) -> str | None:
    """The group of the rows right above, up to the one that names it or to one that belongs to it alone."""
    line, number = lines[place].marked, lines[place].marked.number
    for at in range(place - 1, -1, -1):
        above, label = lines[at].marked, found.get(at)
        beside = bool(line.level) and above.level == line.level
        if beside and (number is None or above.number is None or above.number >= number):
            return None  # numbered anew, and no row between says for what
        number = above.number if beside else number
        if label is None:
            if named[at] or not line.level or above.level < line.level:
                return None  # it may have named another group
        elif label.label in parents:
            is_below = not line.level or not above.level or above.level < line.level
            return label.label if is_below and (set(filter(None, parents)) <= seen or number == 1) else None
        else:
            return label.parent if label.parent in parents else None
    return None
