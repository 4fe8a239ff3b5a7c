"""Kinds about whole tables: is it there, is it of the form that is due, is every cell of it a number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.catalog.row_types import Field, Rule
from pipeline.checks.evidence import finding_cell
from pipeline.checks.expand import Expander
from pipeline.checks.gaps import gaps_text
from pipeline.checks.kind import NOT_APPLICABLE, NOT_ASSESSABLE, PASS, Assessment, Check, Kind
from pipeline.checks.model import CellKey, ReportFacts
from pipeline.checks.names import Names
from pipeline.normalise.model import Cell

_MISSING = {"absent": "缺少", "unreadable": "未能读取"}


def _without_form(facts: ReportFacts) -> list[Assessment]:
    """No form is due: because the year is not known, or because no form is known for that year."""
    return [NOT_ASSESSABLE if facts.report_year is None else NOT_APPLICABLE]


def _form_due(_: Rule, expander: Expander) -> Check:
    names = expander.names

    def check(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        due = facts.form_due
        if due is None:
            return _without_form(facts)
        results = []
        for row in expander.catalog.tables_of(due):
            found = facts.tables.get(row.table)
            if found is None or found.state != "found" or found.form is None:
                results.append(NOT_ASSESSABLE)
            elif found.form == due:
                results.append(PASS)
            else:
                place = names.table(found.form, row.table)
                details = {"form_found": names.form(found.form), "form_due": names.form(due)}
                results.append(Assessment("fail", place=place, table=row.table, details=details))
        if not any(found.state == "found" for row in expander.catalog.tables_of(due) if (found := facts.tables.get(row.table))):
            results += _of_another_form(facts, names, due)
        return results

    return check


def _of_another_form(facts: ReportFacts, names: Names, due: str) -> list[Assessment]:
    """Tables that the form due does not have, where none of its own is there: the report has another form."""
    details = {"form_due": names.form(due)}
    return [
        Assessment("fail", place=names.table(found.form, table), table=table, details={**details, "form_found": names.form(found.form)})
        for table, found in facts.tables.items()
        if found.state == "found" and found.form is not None and found.form != due
    ]


def _table_present(_: Rule, expander: Expander) -> Check:
    def check(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        if facts.form_due is None:
            return _without_form(facts)
        results = []
        for row in expander.catalog.tables_of(facts.form_due):
            found = facts.tables.get(row.table)
            state = found.state if found else "absent"
            details = {"state": _MISSING.get(state, ""), "title": row.title_zh}
            results.append(PASS if state == "found" else Assessment("fail", place=row.number_zh, table=row.table, details=details))
        return results

    return check


def _cells_complete(_: Rule, expander: Expander) -> Check:
    catalog, names = expander.catalog, expander.names
    applicants = tuple(row.applicant for row in catalog.applicants)

    @cache
    def keys_of(form: str, table: str) -> list[tuple[Field, str | None]]:
        return [(row, name) for row in catalog.fields_of(form, table) for name in (applicants if row.by_applicant else (None,))]

    def of_table(facts: ReportFacts, printed: Mapping[CellKey, Cell], form: str, table: str) -> Assessment:
        cells = [(row, applicant, printed.get((row.field, applicant))) for row, applicant in keys_of(form, table)]
        wanting = [entry for entry in cells if entry[2] is None or entry[2].value is None]
        if not wanting:
            return PASS
        return Assessment(
            "fail",
            place=names.table(form, table),
            table=table,
            cells=tuple(finding_cell(names, facts, *entry) for entry in wanting),
            details={"count": str(len(wanting)), "total": str(len(cells)), "list": gaps_text(names, cells)},
        )

    def check(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        results, printed = [], dict(facts.cells.items())
        for table in catalog.table_ids:
            form = facts.form_of(table)
            if form is None or not catalog.fields_of(form, table):
                continue
            results.append(of_table(facts, printed, form, table) if facts.table_found(table) else NOT_ASSESSABLE)
        return results or _without_form(facts)

    return check


FORM_DUE = Kind(_form_due, says=frozenset({"form_found", "form_due"}), by_profile=True)
TABLE_PRESENT = Kind(_table_present, says=frozenset({"state", "title"}), by_profile=True)
CELLS_COMPLETE = Kind(_cells_complete, says=frozenset({"count", "total", "list"}))
