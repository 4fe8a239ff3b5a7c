"""The sums that go into the official form, and what to say of them: from the stored tables of a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.catalog import Catalog
from pipeline.catalog.wordings import Wordings
from pipeline.publish.form.write import FilledForm
from pipeline.publish.stored import Tables

_TOTALS = """
    SELECT form, "table", field, applicant, label, total, bodies_counted, bodies_blank
    FROM out_rollup WHERE area_id = '' AND report_year = ?
"""
_GOVERNMENTS = """
    SELECT DISTINCT agency_name FROM out_submission_status JOIN core_agencies USING (agency_id, agency_name)
    WHERE agency_kind = 'government' ORDER BY 1
"""
_MISSING = "SELECT agency_name FROM out_submission_status WHERE submission IN ('not_reported', 'unusable') ORDER BY 1"
_MOST_NAMED = 20


@dataclass(frozen=True)
class _Sum:
    """One cell of the form, added up: over how many bodies, and how many more gave no figure."""

    form: str
    table: str
    field: str
    applicant: str
    label: str
    total: Decimal | None
    bodies: int
    blank: int


def filled_forms(tables: Tables, catalog: Catalog, year: int) -> list[FilledForm]:
    """The form due for `year` with the sums of the area; none where no form with tables is due. `tables` hold that year alone."""
    due = catalog.form_due(year)
    if due is None or not catalog.tables_of(due.form):
        return []
    sums = [_Sum(*row) for row in tables.rows(_TOTALS, year)]
    filled = [cell for cell in sums if cell.form == due.form]
    governments = [name for (name,) in tables.rows(_GOVERNMENTS)]
    area = governments[0] if len(governments) == 1 else catalog.wordings("form.area_unknown")
    missing = [name for (name,) in tables.rows(_MISSING)]
    others = sorted({cell.form for cell in sums if cell.bodies and cell.form != due.form})
    remarks = [*_remarks(catalog, year, due.form, filled, missing), *_others(catalog, others)]
    return [FilledForm(area, year, due.form, {(cell.field, cell.applicant): cell.total for cell in filled}, remarks)]


def _remarks(catalog: Catalog, year: int, form: str, sums: Sequence[_Sum], missing: Sequence[str]) -> Iterator[str]:
    say = catalog.wordings
    if any(cell.total is not None for cell in sums):
        yield say("form.remark.scope", count=max(cell.bodies + cell.blank for cell in sums), year=year)
    else:
        yield say("form.remark.none")
    if missing:
        yield say("form.remark.missing", count=len(missing), names=_listed(missing, say))
    for table in catalog.tables_of(form):
        within = [cell for cell in sums if cell.table == table.table]
        blank = [cell.label for cell in within if cell.total is None]
        partly = sum(1 for cell in within if cell.total is not None and cell.blank)
        if blank:
            yield say("form.remark.blank", table=table.number_zh, count=len(blank), cells=_listed(blank, say))
        if partly:
            yield say("form.remark.partly", table=table.number_zh, count=partly)


def _others(catalog: Catalog, forms: Sequence[str]) -> Iterator[str]:
    titles = {row.form: row.title_zh for row in catalog.forms}
    if forms:
        yield catalog.wordings("form.remark.other_form", forms="、".join(titles[form] for form in forms))


def _listed(names: Sequence[str], say: Wordings) -> str:
    more = say("form.and_more", count=len(names)) if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more
