"""表四 as three small tables, of which only the line above says whether it is 行政复议, 未经复议直接起诉 or 复议后起诉."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.segments import Segment
from pipeline.normalise.wording import compact, simplified
from pipeline.readers.model import Document, Grid, Paragraph

_LONGEST = 40  # characters of such a line; more is a sentence about the cases
_LINES_ABOVE = 2


def with_groups_above(catalog: Catalog, document: Document, segments: Sequence[Segment]) -> list[Segment]:
    """The segments, those of a table whose rows have no labels with the group of columns that the line above their grid names.

    Only where each of several such grids has a line of its own, and no two the same.
    """
    named = dict(_named_above(catalog, document, {segment.lattice.grid.index for segment in segments}))
    groups = [group for segment in segments if (group := _group(segment, named))]
    if len(groups) < 2 or len(set(groups)) < len(groups):
        return list(segments)
    return [replace(segment, group=_group(segment, named)) for segment in segments]


def _group(segment: Segment, named: dict[int, dict[str, str]]) -> str | None:
    return named.get(segment.lattice.grid.index, {}).get(segment.table)


def _named_above(catalog: Catalog, document: Document, grids: set[int]) -> list[tuple[int, dict[str, str]]]:
    """For each grid the groups that the lines right above it name, by table."""
    found = []
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above.append(block.text)
        elif isinstance(block, Grid):
            if block.index in grids:
                lines = [line for text in above[-_LINES_ABOVE:] for line in text.splitlines()][::-1]
                by_table = {}
                for table in catalog.table_ids:
                    group = next((group for line in lines if (group := group_in(catalog, table, line))), None)
                    if group:
                        by_table[table] = group
                found.append((block.index, by_table))
            above = []
    return found


def group_in(catalog: Catalog, table: str, line: str) -> str | None:
    """The one group with headings of its own that a short line names; None where it names several, or none."""
    text = compact(simplified(line))
    if len(text) > _LONGEST or "。" in text:
        return None
    found = set()
    for wording, group in _wordings(catalog, table):
        if wording in text:
            found.add(group)
            text = text.replace(wording, " ")
    leaves = [group for group in found if group in _leaf_groups(catalog, table)]
    if len(leaves) != 1 or not found - set(leaves) <= _above(catalog, table, leaves[0]):
        return None
    return leaves[0]


@lru_cache(maxsize=32)
def _wordings(catalog: Catalog, table: str) -> tuple[tuple[str, str], ...]:
    """The wordings of the groups of columns and their ids, the longest first; none for a table whose rows have labels."""
    labels = [label for label in catalog.labels if label.table == table]
    if any(label.axis == "row" and label.role == "item" for label in labels):
        return ()
    pairs = {(compact(text), label.label) for label in labels if (label.axis, label.role) == ("column", "group") for text in label.texts}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@lru_cache(maxsize=32)
def _leaf_groups(catalog: Catalog, table: str) -> frozenset[str | None]:
    return frozenset(label.parent for label in catalog.labels if (label.table, label.axis, label.role) == (table, "column", "item"))


@lru_cache(maxsize=128)
def _above(catalog: Catalog, table: str, group: str) -> frozenset[str]:
    """The groups around a group."""
    parents = {label.label: label.parent for label in catalog.labels if (label.table, label.role) == (table, "group")}
    found: set[str] = set()
    current = parents.get(group)
    while current:
        found.add(current)
        current = parents.get(current)
    return frozenset(found)
