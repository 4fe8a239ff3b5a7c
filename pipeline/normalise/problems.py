"""Making a `Problem` with the severity that the catalogue gives to its code."""

from __future__ import annotations

from functools import lru_cache

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import ProblemCode
from pipeline.normalise.model import Cell, Locator, Problem


def problem(
    catalog: Catalog, code: str, message: str, cell: Cell | None = None, *, table: str | None = None, locator: Locator | None = None
) -> Problem:
    """A problem of a code in problems.csv, at a cell, in a table, or of the report as a whole. Raises KeyError for an unknown code."""
    severity = _codes(catalog)[code].severity
    if cell is not None:
        return Problem(code, severity, message, cell.table, cell.field, cell.locator)
    return Problem(code, severity, message, table, None, locator)


@lru_cache(maxsize=8)
def _codes(catalog: Catalog) -> dict[str, ProblemCode]:
    return {row.code: row for row in catalog.problems}
