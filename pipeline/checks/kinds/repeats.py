"""Kinds about what was taken over from another report: whole tables of the year before, and prose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field, Rule
from pipeline.checks.evidence import finding_cell, is_absent
from pipeline.checks.expand import Expander
from pipeline.checks.kind import NOT_APPLICABLE, NOT_ASSESSABLE, PASS, Assessment, Check, Glance, Kind
from pipeline.checks.model import Alike, Beside, CellKey, ReportFacts
from pipeline.checks.names import quoted
from pipeline.common.errors import CatalogError
from pipeline.normalise.model import Cell

Place = tuple[Field, str | None]


def _table_repeated(_: Rule, expander: Expander) -> Check:
    catalog, names = expander.catalog, expander.names

    def of_table(facts: ReportFacts, previous: ReportFacts, form: str, table: str) -> Assessment:
        if not (facts.table_found(table) and previous.table_found(table)):
            return NOT_ASSESSABLE
        if previous.form_of(table) != form:
            return NOT_APPLICABLE
        places = _places(catalog, form, table)
        pairs = [(place, facts.cells.get(_key(place)), previous.cells.get(_key(place))) for place in places]
        known = [pair for pair in pairs if not (_is_lost(pair[1]) or _is_lost(pair[2]))]
        if any(_value(now) != _value(before) for _, now, before in known):
            return PASS
        if len(known) < len(pairs):
            return NOT_ASSESSABLE
        figures = [(place, now) for place, now, _ in known if _value(now)]
        if not figures:
            return NOT_APPLICABLE
        cells = tuple(finding_cell(names, facts, field, applicant, now) for (field, applicant), now in figures)
        details = {"count": str(len(figures)), "total": str(len(pairs))}
        return Assessment("fail", place=names.table(form, table), table=table, cells=cells, details=details)

    def check(facts: ReportFacts, previous: ReportFacts | None) -> list[Assessment]:
        forms = [(table, form) for table in catalog.table_ids if (form := facts.form_of(table)) and catalog.fields_of(form, table)]
        return [NOT_ASSESSABLE if previous is None else of_table(facts, previous, form, table) for table, form in forms]

    return check


def _places(catalog: Catalog, form: str, table: str) -> list[Place]:
    columns = [row.applicant for row in catalog.applicants]
    return [(field, column) for field in catalog.fields_of(form, table) for column in (columns if field.by_applicant else [None])]


def _key(place: Place) -> CellKey:
    return place[0].field, place[1]


def _is_lost(cell: Cell | None) -> bool:
    return is_absent(cell) or (cell is not None and cell.state == "unreadable")


def _value(cell: Cell | None) -> object:
    return cell.value if cell else None


def _text_repeated(rule: Rule, _: Expander) -> Check:
    relation = next((name for name in _BESIDE if name == rule.parameters["relation"]), None)
    if relation is None:
        raise CatalogError(f"rules.csv 的 {rule.rule}：参数 relation 应为 {'、'.join(_BESIDE)} 之一。")

    def tells(facts: ReportFacts) -> Assessment | None:
        found = facts.alike.get(relation, "alone")
        return None if isinstance(found, Alike) else _UNLIKE[found]

    def look(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        found = facts.alike[relation]
        assert isinstance(found, Alike)
        details = {"other": quoted(found.agency_name), "other_year": str(found.report_year), "share": str(found.percent)}
        return [Assessment("fail", place="正文", details=details)]

    return Glance(tells, look)


_BESIDE: tuple[Beside, ...] = get_args(Beside)
_UNLIKE: Mapping[str, Assessment] = {"unlike": PASS, "short": NOT_APPLICABLE, "alone": NOT_ASSESSABLE}
TEXT_REPEATED = Kind(_text_repeated, needs=frozenset({"relation"}), says=frozenset({"other", "other_year", "share"}))
TABLE_REPEATED = Kind(_table_repeated, says=frozenset({"count", "total"}), looks_back=True)
