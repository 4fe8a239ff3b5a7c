"""Figures of a scan that were read without certainty, confirmed by the sums that the report itself prints.

A figure is taken only as it was read from the picture, never worked out: two identities that have nothing but this cell in common (its
row and its column) must both call for exactly one of the readings that the reader kept, all their other cells being certain, and no
identity that can be told may call for another figure. Where the form has but one identity for a cell (表四), most of at least three
readings have to say what it calls for, and that is no nought. Anything less leaves the cell unreadable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.checks.expand import CellTerm, Relation
from pipeline.checks.model import CellKey
from pipeline.checks.rulebook import rule_book
from pipeline.normalise.model import Cell, Problem, Report
from pipeline.normalise.problems import problem
from pipeline.normalise.tables.remarks import LEAST_CONFIDENCE
from pipeline.normalise.tables.values import read_value

_LEAST_READINGS = 3
DOUBTFUL, CONFIRMED, CONFLICT = "cell_doubtful", "cell_confirmed", "cell_conflict"


def confirmed(catalog: Catalog, report: Report) -> Report:
    """The report with those doubtful cells taken that its sums confirm; each says so with a problem `cell_confirmed`."""
    doubtful = {(cell.field, cell.applicant): cell for cell in report.cells if _is_doubtful(cell, report.problems)}
    if not doubtful:
        return report
    equations = list(identities(catalog, report))
    cells = {(cell.field, cell.applicant): cell for cell in report.cells if not cell.extra}
    taken: dict[CellKey, Cell] = {}
    while found := next(_confirmable(catalog, doubtful, cells, equations), None):  # each one taken may make another certain
        key = found.field, found.applicant
        del doubtful[key]
        cells[key] = taken[key] = found
    if not taken:
        return report
    return replace(
        report,
        cells=tuple(cell if cell.extra else cells[cell.field, cell.applicant] for cell in report.cells),
        problems=tuple(_said(catalog, report, taken)),
    )


def _is_doubtful(cell: Cell, problems: Sequence[Problem]) -> bool:
    """Whether nothing but the certainty of the reader keeps a figure from being taken."""
    if cell.extra or cell.state != "unreadable" or cell.confidence >= LEAST_CONFIDENCE or cell.locator is None:
        return False
    said = {item.code for item in problems if (item.field, item.locator) == (cell.field, cell.locator)}
    return said == {DOUBTFUL} and not any(item.code == CONFLICT and item.table == cell.table for item in problems)


def identities(catalog: Catalog, report: Report) -> Iterator[Relation]:
    """The equations of the rules that hold within one report without condition, between cells of the form alone."""
    expander = rule_book(catalog).expander
    found = {table.table: table.form for table in report.tables}
    forms = tuple(found.get(table) for table in catalog.table_ids)
    for rule in catalog.rules:
        if rule.holds is None or rule.holds.relation != "=" or rule.when or (rule.forms and not set(rule.forms) & set(forms)):
            continue
        for instance in expander.instances(rule, forms, None):
            relation = instance.holds
            if relation and not instance.uses_previous and relation.left and relation.right and not any(t.extra for t in relation.terms):
                yield relation


def _confirmable(
    catalog: Catalog, doubtful: Mapping[CellKey, Cell], cells: Mapping[CellKey, Cell], equations: Sequence[Relation]
) -> Iterator[Cell]:
    for key, cell in doubtful.items():
        binding = [relation for relation in equations if [term.key for term in relation.terms].count(key) == 1]
        called = [(relation, figure) for relation in binding if (figure := called_for(relation, key, cells)) is not None]
        figures = {figure for _, figure in called}
        if len(figures) != 1:
            continue
        figure = figures.pop()
        text = _reading_of(catalog, cell, figure)
        proved = cross([relation for relation, _ in called], key) or (len(binding) == 1 and _is_mostly_read(catalog, cell, figure))
        if text is not None and proved:
            yield replace(cell, state="number", value=read_value(catalog, text).number, raw=text)


def _reading_of(catalog: Catalog, cell: Cell, figure: Decimal) -> str | None:
    """The reading that says `figure`. A nought has to be what every reading says: with an empty cell or a sign the sums hold as well."""
    texts = list(dict.fromkeys((cell.raw, *cell.readings)))
    saying = [text for text in texts if (value := read_value(catalog, text)).number == figure and value.unit is None]
    return saying[0] if saying and (figure != 0 or len(saying) == len(texts)) else None


def _is_mostly_read(catalog: Catalog, cell: Cell, figure: Decimal) -> bool:
    """Whether most of at least three readings say `figure`, which is no nought: an empty cell would fit as well."""
    texts = (cell.raw, *cell.readings)
    saying = sum(read_value(catalog, text).number == figure for text in texts)
    return figure != 0 and len(texts) >= _LEAST_READINGS and 2 * saying > len(texts)


def called_for(relation: Relation, key: CellKey, cells: Mapping[CellKey, Cell]) -> Decimal | None:
    """The figure that makes the equation true; None where another of its cells is no number."""
    balance, own = relation.left_constant - relation.right_constant, Decimal(0)
    for sign, terms in ((1, relation.left), (-1, relation.right)):
        for term in terms:
            number = _number(term, cells)
            if term.key == key:
                own = sign * term.coefficient
            elif number is None:
                return None
            else:
                balance += sign * term.coefficient * number
    return -balance / own


def _number(term: CellTerm, cells: Mapping[CellKey, Cell]) -> Decimal | None:
    cell = cells.get(term.key)
    return cell.value if cell else None


def cross(relations: Sequence[Relation], key: CellKey) -> bool:
    """Whether two of the equations share this cell alone, so that one wrong figure elsewhere cannot bend both."""
    others = [{term.key for term in relation.terms} - {key} for relation in relations]
    return any(not one & other for place, one in enumerate(others) for other in others[:place])


def _said(catalog: Catalog, report: Report, taken: Mapping[CellKey, Cell]) -> Iterator[Problem]:
    """The problems of the report, where those of the cells taken say that and why they were."""
    places = {(cell.field, cell.locator): cell for cell in taken.values()}
    names = rule_book(catalog).expander.names
    forms = {table.table: table.form for table in report.tables}
    for item in report.problems:
        cell = places.get((item.field or "", item.locator))
        if cell is None or item.code != DOUBTFUL:
            yield item
            continue
        where = names.full(catalog.field(forms[cell.table] or "", cell.field), cell.applicant)
        message = f"“{where}”图上的字迹识别为“{cell.raw.strip()}”，没有把握，但与所在各项合计相符，已采用。如有疑问请对照原件。"
        yield problem(catalog, CONFIRMED, message, cell)
