"""The sums that go into the official form, and what to say of them: from the stored tables of a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from pipeline.catalog import Catalog
from pipeline.catalog.wordings import Wordings
from pipeline.publish.form.write import FilledForm
from pipeline.publish.stored import Tables
from pipeline.publish.sums import Sum, said_of_corrections, sums_of

_MOST_NAMED = 20
_OTHER_FORM = re.compile(r"[^、]+（用[^（）]+年格式）")  # as out_rollup says it of a body


def filled_forms(tables: Tables, catalog: Catalog, year: int) -> list[FilledForm]:
    """The form due for `year` with the sums of each area, or of all bodies where the registry knows no area.

    None where no form with tables is due, or nothing was filed. `tables` hold that year alone.
    """
    due = catalog.form_due(year)
    if due is None or not catalog.tables_of(due.form):
        return []
    areas = [list(group) for _, group in groupby(sums_of(tables), key=lambda row: row.area_id)]
    known = [sums for sums in areas if sums[0].area_id] or areas
    return [_filled(catalog, year, due.form, sums) for sums in known]


def _filled(catalog: Catalog, year: int, form: str, sums: Sequence[Sum]) -> FilledForm:
    area = sums[0].area_name if sums and sums[0].area_id else catalog.wordings("form.area_unknown")
    within = [cell for cell in sums if cell.form == form]
    others = sorted({cell.form for cell in sums if cell.bodies_counted and cell.form != form})
    remarks = [*_remarks(catalog, year, form, within), *_others(catalog, others, within)]
    return FilledForm(area, year, form, {(cell.field, cell.applicant): cell.total for cell in within}, remarks)


def _remarks(catalog: Catalog, year: int, form: str, sums: Sequence[Sum]) -> Iterator[str]:
    say = catalog.wordings
    if any(cell.total is not None for cell in sums):
        yield say("form.remark.scope", count=max(cell.bodies for cell in sums), expected=sums[0].bodies_expected, year=year)
    else:
        yield say("form.remark.none")
    if sums and sums[0].bodies_missing:
        yield say("form.remark.missing", names=sums[0].bodies_missing)
    if said := said_of_corrections(sums, {field.field for field in catalog.fields if field.kind == "money"}):
        yield said
    for table in catalog.tables_of(form):
        within = [cell for cell in sums if cell.table == table.table]
        blank = [cell.label for cell in within if cell.total is None]
        partly = sum(1 for cell in within if cell.total is not None and cell.bodies_blank)
        doubts = ((cell.label, _without_other_form(cell.bodies_in_doubt)) for cell in within if not cell.bodies_blank)
        doubtful = [f"{label}：{names}" for label, names in doubts if names]
        if blank:
            yield say("form.remark.blank", table=table.number_zh, count=len(blank), cells=_listed(blank, say))
        if partly:
            yield say("form.remark.partly", table=table.number_zh, count=partly)
        if doubtful:
            yield say("form.remark.doubtful", table=table.number_zh, count=len(doubtful), cells=_listed(doubtful, say))


def _others(catalog: Catalog, forms: Sequence[str], sums: Iterable[Sum]) -> Iterator[str]:
    titles = {row.form: row.title_zh for row in catalog.forms}
    if forms:
        names = sorted({part for cell in sums for part in cell.bodies_in_doubt.split("、") if _OTHER_FORM.fullmatch(part)})
        more = "：" + "、".join(names) if names else ""
        yield catalog.wordings("form.remark.other_form", forms="、".join(titles[form] for form in forms), names=more)


def _without_other_form(names: str) -> str:
    """The bodies in doubt of a cell but those that used another form, which are the same in every cell and named once."""
    return "、".join(part for part in names.split("、") if not _OTHER_FORM.fullmatch(part))


def _listed(names: Sequence[str], say: Wordings) -> str:
    more = say("form.and_more", count=len(names)) if len(names) > _MOST_NAMED else ""
    return "；".join(names[:_MOST_NAMED]) + more
