"""The same table several times in one file: copies of one table, and several reports one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.identity import is_title
from pipeline.normalise.segments import Segment, is_value
from pipeline.normalise.title import is_body, is_year
from pipeline.normalise.wording import label_key
from pipeline.readers.model import Document, Paragraph

_ENOUGH = 2  # labels of a table that stand in it a second time, from which it is a second table
_OWN_METADATA = ("title", "article_title")  # what a page says of itself is said of its first report


def copies_of(catalog: Catalog, segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments of one printed table, cut where it begins anew: its labels come again after its values have come."""
    copies: list[list[Segment]] = []
    seen: set[str] = set()
    has_values = False
    for segment in segments:
        labels = labels_in(catalog, segment)
        if not copies or (has_values and len(seen & labels) >= _ENOUGH):
            copies.append([])
            seen, has_values = set(), False
        copies[-1].append(segment)
        seen |= labels
        has_values = has_values or _has_values(catalog, segment)
    return copies


def reports_in(catalog: Catalog, document: Document, segments: Sequence[Segment]) -> list[tuple[Document, list[Segment]]]:
    """The reports of a document, each with its segments: a new one begins at a title behind which tables come that were there before."""
    by_grid: dict[int, list[Segment]] = {}
    for segment in segments:
        by_grid.setdefault(segment.lattice.grid.index, []).append(segment)
    starts = [0]
    seen: dict[str, set[str]] = {}
    title: int | None = None
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if seen and title is None and is_title(block.text):
                title = number
            continue
        for segment in by_grid.get(block.index, ()):
            labels = labels_in(catalog, segment)
            if title is not None and len(seen.get(segment.table, set()) & labels) >= _ENOUGH:
                starts.append(_with_lines_above(document, title))
                seen, title = {}, None
            seen.setdefault(segment.table, set()).update(labels)
    ends = [*starts[1:], len(document.blocks)]
    if len(starts) == 1:
        return [(document, list(segments))]
    parts = [_part(document, start, end) for start, end in zip(starts, ends, strict=True)]
    return [(part, [segment for grid in part.grids() for segment in by_grid.get(grid.index, ())]) for part in parts]


def labels_in(catalog: Catalog, segment: Segment) -> set[str]:
    """The ids of the labels that name the rows of a segment (the columns, for a table whose rows have none)."""
    naming = _naming_labels(catalog, segment.table)
    cells = (cell for row in range(segment.first, segment.last) for cell in segment.lattice.begun_in(row))
    return {naming[key] for cell in cells if not cell.text.isdigit() and (key := label_key(cell.text)) in naming}


def _has_values(catalog: Catalog, segment: Segment) -> bool:
    rows = range(segment.first, segment.last)
    return any(is_value(catalog, cell) for row in rows for cell in segment.lattice.begun_in(row))


def _with_lines_above(document: Document, title: int) -> int:
    """The place at which a title begins: with the body or the year on the lines above it."""
    for above in (title - 1, title - 2):
        block = document.blocks[above]
        if not isinstance(block, Paragraph) or not (is_body(block.text) or is_year(block.text)):
            return above + 1
    return title - 2


def _part(document: Document, start: int, end: int) -> Document:
    if start == 0:
        return replace(document, blocks=document.blocks[:end])
    metadata = {key: value for key, value in document.metadata.items() if key not in _OWN_METADATA}
    return replace(document, blocks=document.blocks[start:end], metadata=metadata)


@lru_cache(maxsize=32)
def _naming_labels(catalog: Catalog, table: str) -> dict[str, str]:
    """Wordings and the ids of their labels, for those on one axis only: 其他 and 总计 head both a row and a column of 表三."""
    found: dict[str, dict[str, str]] = {"row": {}, "column": {}}
    for label in catalog.labels:
        if label.table == table and label.role == "item":
            found[label.axis].update({label_key(text): label.label for text in label.texts})
    rows = {key: label for key, label in found["row"].items() if key not in found["column"]}
    return rows or found["column"]
