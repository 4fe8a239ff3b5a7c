"""The units that a line above a table names (单位：万件、元), for amounts and counts whose own headings have none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.segments import Segment
from pipeline.normalise.wording import compact, simplified
from pipeline.readers.model import Document, Grid, Paragraph

_UNITS = re.compile(r"(?<![\u4e00-\u9fff])(?:计量|金额)?单位[:：](?P<units>[^:：。]{1,20}?)[)）]?$")
_BETWEEN = re.compile(r"[、,，/／;；和及或]|人民币")


def with_units_above(catalog: Catalog, document: Document, segments: Sequence[Segment]) -> list[Segment]:
    """The segments, with the one unit of money, and the one of counts, that the line right above their grid names."""
    units = _named_above(catalog, document)
    return [replace(segment, units_above=units.get(segment.lattice.grid.index, ())) for segment in segments] if units else list(segments)


def _named_above(catalog: Catalog, document: Document) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    above = ""
    for block in document.blocks:
        if isinstance(block, Grid):
            if units := units_named(catalog, above):
                found[block.index] = units
            above = ""
        elif isinstance(block, Paragraph) and block.text.strip():
            above = block.text.strip().splitlines()[-1]
    return found


def units_named(catalog: Catalog, line: str) -> tuple[str, ...]:
    """The one unit of money and the one of counts that a line names as the units of a table; none of a kind of which it names several."""
    match = _UNITS.search(compact(simplified(line)))
    named = set(_BETWEEN.split(match["units"])) if match else set()
    by_kind = ([unit.unit for unit in catalog.units if unit.kind == kind and unit.unit in named] for kind in ("money", "count"))
    return tuple(units[0] for units in by_kind if len(units) == 1)
