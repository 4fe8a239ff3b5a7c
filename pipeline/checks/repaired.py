"""Figures that had to be put together (13 over 810, 1 5), confirmed by the sums that the report itself prints.

In narrow columns (the fifteen of 表四) large figures stand on two lines as a matter of course. Where an equation, all of whose other cells
are certain, calls for just the figure that was put together, nobody has to look it up. A nought is never confirmed: the sums hold
without it as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.checks.confirmation import called_for, identities
from pipeline.checks.expand import Relation
from pipeline.checks.model import CellKey
from pipeline.normalise.model import Cell, Locator, Problem, Report
from pipeline.normalise.problems import problem

REPAIRED, CONFIRMED = "number_repaired", "number_confirmed"


def with_repairs_confirmed(catalog: Catalog, report: Report) -> Report:
    """The report, with those repaired figures that its sums call for no longer a warning but a note `number_confirmed`."""
    said = {(item.field, item.locator) for item in report.problems if item.code == REPAIRED}
    open_cells = {
        (cell.field, cell.applicant): cell for cell in report.cells if not cell.extra and (cell.field, cell.locator) in said and cell.value
    }
    if not open_cells:
        return report
    equations = list(identities(catalog, report))
    cells = {(cell.field, cell.applicant): cell for cell in report.cells if not cell.extra}
    confirmed: dict[CellKey, Cell] = {}
    while keys := [key for key in open_cells if _is_called_for(key, open_cells, cells, equations)]:  # each one makes others certain
        for key in keys:
            confirmed[key] = open_cells.pop(key)
    by_place = {(cell.field, cell.locator): cell for cell in confirmed.values()}
    return replace(report, problems=tuple(_said(catalog, item, by_place) for item in report.problems))


def _is_called_for(key: CellKey, open_cells: Mapping[CellKey, Cell], cells: Mapping[CellKey, Cell], equations: Sequence[Relation]) -> bool:
    """Whether an equation between this cell and certain ones calls for its figure, and none for another."""
    certain = {other: cell for other, cell in cells.items() if other not in open_cells}
    binding = [relation for relation in equations if [term.key for term in relation.terms].count(key) == 1]
    figures = {figure for relation in binding if (figure := called_for(relation, key, certain)) is not None}
    return figures == {cells[key].value}


def _said(catalog: Catalog, item: Problem, confirmed: Mapping[tuple[str, Locator | None], Cell]) -> Problem:
    cell = confirmed.get((item.field or "", item.locator)) if item.code == REPAIRED else None
    return problem(catalog, CONFIRMED, item.message.replace("，请对照原件。", "，与所在合计相符。"), cell) if cell else item
