"""The unit of money that a line above a table names (单位：件、元), for amounts whose own heading has none."""

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
    """The segments, with the one unit of money that the line right above their grid names."""
    units = _named_above(catalog, document)
    return [replace(segment, unit_above=units.get(segment.lattice.grid.index)) for segment in segments] if units else list(segments)


def _named_above(catalog: Catalog, document: Document) -> dict[int, str]:
    found: dict[int, str] = {}
    above = ""
    for block in document.blocks:
        if isinstance(block, Grid):
            if unit := unit_named(catalog, above):
                found[block.index] = unit
            above = ""
        elif isinstance(block, Paragraph) and block.text.strip():
            above = block.text.strip().splitlines()[-1]
    return found


def unit_named(catalog: Catalog, line: str) -> str | None:
    """The one unit of money that a line names as the unit of a table; None where it names none, or several."""
    match = _UNITS.search(compact(simplified(line)))
    named = set(_BETWEEN.split(match["units"])) if match else set()
    money = [unit.unit for unit in catalog.units if unit.kind == "money" and unit.unit in named]
    return money[0] if len(money) == 1 else None
