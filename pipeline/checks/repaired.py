"""Figures that had to be put together (13 over 810, 1 5), held against the sums that the report itself prints.

In narrow columns (the fifteen of 表四) large figures stand on two lines as a matter of course. Where an equation, all of whose other cells
are certain, calls for just the figure that was put together, nobody has to look it up. A nought is never confirmed: the sums hold
without it as well. Two figures in one cell look the same as one figure that was cut: what the sums contradict is therefore not taken, nor
is `12 13` where no sum calls for 1213.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.checks.confirmation import called_for, cross, identities
from pipeline.checks.expand import Relation
from pipeline.checks.model import CellKey
from pipeline.normalise.model import Cell, Locator, Problem, Report
from pipeline.normalise.problems import problem

REPAIRED, CONFIRMED, UNREADABLE = "number_repaired", "number_confirmed", "cell_unreadable"
_CUT = re.compile(r"\d\s+\d")
_CUT_IN_TWO = re.compile(r"(?<![.,，．\d])\d+\s+\d{1,2}(?![\d.,，．])")  # 12 13, 1 1; 13 810 is cut as thousands are

Place = tuple[str, Locator | None]


def with_repairs_confirmed(catalog: Catalog, report: Report) -> Report:
    """The report, with those repaired figures that its sums call for no longer a warning but a note `number_confirmed`.

    Of the others those that may be two figures are `unreadable`, and so is every cut figure that a sum contradicts.
    """
    said = {(item.field, item.locator) for item in report.problems if item.code == REPAIRED}
    open_cells = {(cell.field, cell.applicant): cell for cell in report.cells if not cell.extra and (cell.field, cell.locator) in said}
    if not open_cells:
        return report
    equations = list(identities(catalog, report))
    cells = {(cell.field, cell.applicant): cell for cell in report.cells if not cell.extra}
    confirmed: dict[CellKey, Cell] = {}
    while keys := [key for key in open_cells if _is_called_for(key, open_cells, cells, equations)]:  # each one makes others certain
        for key in keys:
            confirmed[key] = open_cells.pop(key)
    doubted = {key: cell for key, cell in open_cells.items() if _may_be_two(key, open_cells, cells, equations)}
    return replace(
        report,
        cells=tuple(_unread(cell) if not cell.extra and (cell.field, cell.applicant) in doubted else cell for cell in report.cells),
        problems=tuple(_said(catalog, item, _by_place(confirmed), _by_place(doubted)) for item in report.problems),
    )


def _is_called_for(key: CellKey, open_cells: Mapping[CellKey, Cell], cells: Mapping[CellKey, Cell], equations: Sequence[Relation]) -> bool:
    """Whether an equation between this cell and certain ones calls for its figure, and none for another; blanks count as 0 at the last."""
    if not cells[key].value:
        return False
    called = _called_for(key, open_cells, cells, equations) or _called_for(key, open_cells, _blanks_as_nought(cells), equations)
    return called == {cells[key].value} or (not called and _is_crossed(key, cells, equations))


def _is_crossed(key: CellKey, cells: Mapping[CellKey, Cell], equations: Sequence[Relation]) -> bool:
    """Whether every equation holds, and two of them (its row and its column) have nothing but this cell in common."""
    binding = [relation for relation in equations if [term.key for term in relation.terms].count(key) == 1]
    called = [(relation, figure) for relation in binding if (figure := called_for(relation, key, cells)) is not None]
    return {figure for _, figure in called} == {cells[key].value} and cross([relation for relation, _ in called], key)


def _may_be_two(key: CellKey, open_cells: Mapping[CellKey, Cell], cells: Mapping[CellKey, Cell], equations: Sequence[Relation]) -> bool:
    """Whether a figure that was cut is contradicted by a sum, or may as well be two figures of which no sum says anything.

    A sum that holds with other figures that were cut speaks for all of them, though it is no proof of any.
    """
    printed = cells[key].raw.strip()
    if not _CUT.search(printed):
        return False
    if _called_for(key, open_cells, cells, equations) - {cells[key].value}:
        return True
    return bool(_CUT_IN_TWO.search(printed)) and cells[key].value not in _called_for(key, {}, cells, equations)


def _called_for(
    key: CellKey, open_cells: Mapping[CellKey, Cell], cells: Mapping[CellKey, Cell], equations: Sequence[Relation]
) -> set[Decimal]:
    """The figures for which the equations between this cell and certain ones call."""
    certain = {other: cell for other, cell in cells.items() if other not in open_cells}
    binding = [relation for relation in equations if [term.key for term in relation.terms].count(key) == 1]
    return {figure for relation in binding if (figure := called_for(relation, key, certain)) is not None}


def _blanks_as_nought(cells: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
    return {key: cell if cell.state in ("number", "unreadable") else replace(cell, value=Decimal(0)) for key, cell in cells.items()}


def _unread(cell: Cell) -> Cell:
    return replace(cell, state="unreadable", value=None)


def _by_place(cells: Mapping[CellKey, Cell]) -> dict[Place, Cell]:
    return {(cell.field, cell.locator): cell for cell in cells.values()}


def _said(catalog: Catalog, item: Problem, confirmed: Mapping[Place, Cell], doubted: Mapping[Place, Cell]) -> Problem:
    place = item.field or "", item.locator
    if item.code == REPAIRED and place in confirmed:
        return problem(catalog, CONFIRMED, item.message.replace("，请对照原件。", "，与所在合计相符。"), confirmed[place])
    if item.code == REPAIRED and place in doubted:
        where = item.message.split("印作")[0]
        message = f"{where}印作“{doubted[place].raw.strip()}”，是一个数被断开还是两个数，所在合计不能证明，未采用，请对照原件。"
        return problem(catalog, UNREADABLE, message, doubted[place])
    return item
