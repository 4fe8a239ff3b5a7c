"""Reports for tests: a consistent one of either form, and changes to it written as text.

A figure is written as it would be printed; `value|printed` where the two differ; "" is a blank, "/" a sign for nothing,
"?" something unreadable, "absent" a cell that the report does not have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace as structs_replace

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from pipeline.checks.model import Alike, CopyDifference, CopyFacts, Outlier, ReportFacts
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.claims.reading import read_paragraph
from pipeline.normalise.model import Cell, Locator, Section, State, TableFound

YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
TEXTS = {
    "overview": "2023年，本单位认真落实政府信息公开条例，统计期限为1月1日至12月31日。",
    "proactive": "全年主动公开政府信息240条。",
    "requests": "全年收到申请14件。",
    "remedies": "全年发生行政复议4件。",
    "problems": "存在的主要问题是更新不够及时，下一步将按月检查栏目。",
    "other": "本年度没有收取信息处理费。",
}
COLUMNS = {
    "natural_person": {"new": 10, "carried_in": 2, "granted": 5, "partly_granted": 1, "denied.third_party_rights": 1}
    | {"unavailable.not_held": 2, "not_processed.petition": 1, "handled": 10, "carried_out": 2},
    "enterprise": {"new": 3, "granted": 3, "handled": 3},
    "other_organization": {"new": 1, "granted": 1, "handled": 1},
}
REMEDIES = {
    "review": {"upheld": 2, "corrected": 1, "pending": 1, "total": 4},
    "litigation_direct": {"upheld": 1, "total": 1},
    "litigation_after_review": {"upheld": 1, "total": 1},
}
PROACTIVE = {
    "2021": {"normative_documents.issued": "3", "normative_documents.repealed": "1", "normative_documents.in_force": "20"}
    | {"licensing.decisions": "120", "penalties.decisions": "45", "fees.amount": "925000|92.5"},
    "2019": {"normative_documents.made": "3", "normative_documents.newly_disclosed": "3", "normative_documents.disclosed_total": "20"}
    | {"licensing.items_previous_year": "10", "licensing.items_change": "-2", "licensing.decisions": "120"}
    | {"other_services.items_previous_year": "410", "other_services.items_change": "-24", "penalties.decisions": "45"}
    | {"fees.items_previous_year": "2", "procurement.items": "9", "procurement.amount": "4030000|403万元"},
}
STATISTICS = {
    "disclosed": "200",
    "disclosed_normative_documents": "2",
    "normative_documents_issued": "3",
    "channel.website": "180",
    "channel.wechat": "80",
    "response.press_conferences": "3",
    "response.press_conferences_by_head": "1",
    "requests.received": "14",
    "requests.received.online": "9",
    "requests.received.letter": "5",
    "requests.closed": "13",
    "requests.closed.on_time": "12",
    "requests.closed.extended": "1",
    "requests.answered": "13",
    "requests.answered.already_public": "4",
    "requests.answered.granted": "5",
    "requests.answered.denied": "2",
    "requests.denied.trade_secret": "1",
    "requests.denied.other_law": "1",
    "requests.answered.does_not_exist": "2",
    "review": "4",
    "review.upheld": "4",
    "litigation": "1",
    "litigation.corrected": "1",
    "capacity.staff": "5",
    "capacity.staff.full_time": "1",
    "capacity.staff.part_time": "4",
    "capacity.budget": "52000|5.2",
}
_OTHER_TABLES_BEFORE = {"requests.granted[total]": "8", "remedies.review.total": "5"}  # a table that is the same again is suspected
YEAR_BEFORE = {
    "2014": {"statistics.disclosed": "190"},
    "2021": _OTHER_TABLES_BEFORE | {"proactive.normative_documents.in_force": "18"},
    "2019": _OTHER_TABLES_BEFORE | {"proactive.licensing.items_previous_year": "12", "proactive.other_services.items_previous_year": "434"},
}
_KEY = re.compile(r"([a-z_.]+)(?:\[([a-z_]+)\])?")


def consistent_figures(form: str) -> dict[str, str]:
    """Figures of a report that breaks no rule; every cell that is not named is 0."""
    if form == "2014":
        return {f"statistics.{field}": text for field, text in STATISTICS.items()}
    figures = {f"proactive.{field}": text for field, text in PROACTIVE[form].items()}
    totals: dict[str, int] = {}
    for applicant, column in COLUMNS.items():
        for row, number in column.items():
            figures[f"requests.{row}[{applicant}]"] = str(number)
            totals[row] = totals.get(row, 0) + number
    figures |= {f"requests.{row}[total]": str(number) for row, number in totals.items()}
    return figures | {f"remedies.{group}.{row}": str(number) for group, rows in REMEDIES.items() for row, number in rows.items()}


def cell_from_text(field: Field, applicant: str | None, text: str, place: int, extra: bool = False) -> Cell:
    """The cell that a figure written as above stands for."""
    value, _, printed = text.partition("|")
    state: State = {"": "blank", "/": "not_applicable", "?": "unreadable"}.get(text, "number")  # type: ignore[assignment]
    number = Decimal(value) if state == "number" else None
    table = ("proactive", "requests", "remedies", "statistics").index(field.table)
    return Cell(field.table, field.field, applicant, state, number, printed or value, Locator(table, place, 2), extra=extra)


def make_report(
    catalog: Catalog,
    form: str = "2021",
    change: Mapping[str, str] | None = None,
    *,
    year: int | None = None,
    tables: Mapping[str, str] | None = None,
    sections: Mapping[str, str] | None = None,
    section_order: list[str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> ReportFacts:
    """The consistent report of a form with some figures, tables (form, "absent", "unreadable"), sections or facts changed."""
    year = year or YEARS[form]
    forms = {table.table: form for table in catalog.tables_of(form)} | dict(tables or {})
    cells, extra = _cells(catalog, forms, consistent_figures(form) | dict(change or {}))
    texts = TEXTS | dict(sections or {})
    order = section_order or [name for name, text in texts.items() if text != "absent"]
    headings = {section.section: section.headings[0] for section in catalog.sections}
    due = catalog.form_due(year)
    report = ReportFacts(
        report_id=f"report-{year}",
        agency_id="a-1",
        agency_name="云川市青禾区民政局",
        agency_kind="department",
        agency_level="county",
        report_year=year,
        form_due=due.form if due else None,
        tables={table: _found(table, state) for table, state in forms.items()},
        cells=cells,
        extra_cells=extra,
        sections=tuple(Section(name, place, place, headings[name], texts[name]) for place, name in enumerate(order, start=1)),
        title=f"云川市青禾区民政局{year}年政府信息公开工作年度报告",
        title_agency="云川市青禾区民政局",
        title_year=year,
        period_year=year,
        stated_agency="青禾区民政局",
        published_on=date(year + 1, 1, 20),
        deadline=date(year + 1, 1, 31),
        path="report.html",
        claims=_claims(catalog, {name: texts[name] for name in order}, year),
    )
    return replace(report, **{name: _fact(name, value) for name, value in (facts or {}).items()})


def _fact(name: str, value: Any) -> Any:
    """A fact as a case writes it: "none" for None; copies as pairs of the rule that decided and kinds of difference.

    What is alike: name, year and share of the other report.
    """
    if name == "outliers":
        return {
            against: tuple(Outlier(field, None if column == "none" else column, usual) for field, column, usual in found)
            for against, found in value.items()
        }
    if name == "alike":
        return {beside: Alike(*found) if isinstance(found, list) else found for beside, found in value.items()}
    if name != "copies":
        return None if value == "none" else value
    field = "requests.new"
    return tuple(
        CopyFacts(
            f"copy-{number}",
            f"另一份{number}.docx",
            copy["rule"],
            tuple(
                CopyDifference(
                    *(kind, "requests", field, "total"),
                    *("number", Decimal(14), "14", "第2张表第4行第10列"),
                    *(("absent", None, "", "未找到该单元格") if kind == "missing" else ("number", Decimal(15), "15", "第1页第4行第10列")),
                )
                for kind in copy.get("differences", [])
            ),
        )
        for number, copy in enumerate(value)
    )


def _claims(catalog: Catalog, texts: Mapping[str, str], year: int) -> tuple[Claim, ...]:
    """The figures that the sections state; each section is one paragraph."""
    claims: list[Claim] = []
    for block, (section, text) in enumerate(texts.items()):
        before = len(claims)
        read_paragraph(catalog, text, year, None, claims)
        claims[before:] = [structs_replace(claim, block=block, section=section) for claim in claims[before:]]
    return tuple(claims)


def _found(table: str, state: str) -> TableFound:
    return TableFound(table, None, state) if state in ("absent", "unreadable") else TableFound(table, state, "found")  # type: ignore[arg-type]


def _cells(
    catalog: Catalog, forms: Mapping[str, str], figures: Mapping[str, str]
) -> tuple[dict[tuple[str, str | None], Cell], dict[tuple[str, str | None], Cell]]:
    wanted = {(match[1], match[2]): text for key, text in figures.items() if (match := _KEY.fullmatch(key))}
    assert len(wanted) == len(figures), "a figure is not written as field or field[applicant]"
    cells: dict[tuple[str, str | None], Cell] = {}
    extra: dict[tuple[str, str | None], Cell] = {}
    columns = [row.applicant for row in catalog.applicants]
    fields = [field for table, form in forms.items() for field in catalog.fields_of(form, table)]
    for place, field in enumerate(fields):
        for applicant in columns if field.by_applicant else [None]:
            text = wanted.pop((field.field, applicant), "0")
            if text != "absent":
                cells[field.field, applicant] = cell_from_text(field, applicant, text, place)
    by_id = {field.field: field for field in fields}
    for (name, applicant), text in wanted.items():
        if applicant not in columns and name in by_id and applicant:
            extra[name, applicant] = cell_from_text(by_id[name], applicant, text, 0, extra=True)
    return cells, extra
