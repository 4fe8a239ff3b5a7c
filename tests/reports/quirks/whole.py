"""Oddities of a whole report: another form than the year's, a mixture of forms, tables or reports that come more than once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from pipeline.catalog.model import Catalog
from tests.reports.content import Figure, Key, ReportContent, plain
from tests.reports.quirks.model import Registry, Tables

WHOLE = Registry("tables")


@WHOLE.content(forms={"2019"}, says={"S2", "S9"})
def old_form_in_a_later_year(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """The form of 2019 in a report for 2022 or 2023."""
    year = random.choice([2022, 2023])
    old = str(content.report_year)

    def moved(text: str) -> str:
        return text.replace(old, str(year))

    published = content.published_on.replace(year=year + 1) if content.published_on else None
    return replace(
        content, report_year=year, title=moved(content.title), opening=tuple(map(moved, content.opening)), published_on=published
    )


@WHOLE.content(forms={"2021"}, says={"S2"})
def requests_of_the_old_form(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """表三 of 2019 beside 表二 of 2021: one row （六）其他处理 for three."""
    return replace(content, table_forms={"requests": "2019"}, figures=_with_old_requests(content, catalog))


def _with_old_requests(content: ReportContent, catalog: Catalog) -> dict[Key, Figure]:
    figures = dict(content.figures)
    parts = [key for key in figures if key[0].startswith("requests.other.")]
    for applicant in dict.fromkeys(key[1] for key in parts):
        merged = [figures.pop(key) for key in parts if key[1] == applicant]
        values = [figure.value for figure in merged if figure.value is not None]
        figures["requests.other", applicant] = Figure(plain(sum(values, Decimal(0))), sum(values, Decimal(0))) if values else merged[0]
    return figures


@WHOLE.tables(containers={"html", "doc", "docx", "text", "pdf"})
def tables_printed_twice(tables: Tables, random: Random) -> Tables:
    """Every table comes twice with the same figures: for print and for phones."""
    return tuple(copy for table in tables for copy in (table, table))
