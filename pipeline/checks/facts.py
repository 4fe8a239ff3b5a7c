"""From a report as normalised to the facts that rules are checked on."""

from __future__ import annotations

from datetime import date

from pipeline.catalog.model import Catalog
from pipeline.checks.core_facts import ADDED
from pipeline.checks.model import ReportFacts
from pipeline.normalise.model import Report


def facts_from_report(
    report: Report,
    catalog: Catalog,
    *,
    report_id: str,
    agency_id: str,
    agency_name: str,
    agency_kind: str | None = None,
    agency_level: str | None = None,
    stated_agency: str | None = None,
    published_on: date | None = None,
    deadline: date | None = None,
    path: str = "",
) -> ReportFacts:
    """The facts of one report. What the report does not say about its body is stated by the caller.

    published_on: the date from sources.csv; without it the date that the page gives (ISO) is taken.
    """
    form_due = catalog.form_due(report.report_year) if report.report_year is not None else None
    return ReportFacts(
        report_id=report_id,
        agency_id=agency_id,
        agency_name=agency_name,
        agency_kind=agency_kind,
        agency_level=agency_level,
        report_year=report.report_year,
        form_due=form_due.form if form_due else None,
        tables={found.table: found for found in report.tables},
        cells={(cell.field, cell.applicant): cell for cell in report.cells if not cell.extra},
        extra_cells={(cell.field, cell.applicant): cell for cell in report.cells if cell.extra},
        sections=report.sections,
        title=report.title,
        title_agency=report.agency,
        title_year=report.title_year,
        period_year=report.period_year,
        stated_agency=stated_agency,
        published_on=published_on or _date(report.published_on),
        deadline=deadline,
        path=path,
        claims=report.claims,
        added_rows=frozenset(
            (problem.table, problem.locator.table, problem.locator.row)
            for problem in report.problems
            if problem.code in ADDED and problem.table and problem.locator
            if problem.locator.table is not None and problem.locator.row is not None
        ),
        only_tables=any(problem.code == "only_tables" for problem in report.problems),
    )


def _date(text: str | None) -> date | None:
    """A date of the form 2024-01-19 (a time after it is ignored); None for anything else, which leaves S12 not assessable."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
