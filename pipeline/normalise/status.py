"""What was taken of a report: all of it, a part, or nothing (`parsed`, `partial`, `refused`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Form
from pipeline.normalise.model import Problem, Report, ReportStatus, Section, TableFound
from pipeline.normalise.other_forms import is_report_text, status_of_prose
from pipeline.normalise.reading_tables import TablesRead, tables_due
from pipeline.readers.model import Document

_INCOMPLETE = {"cells_missing", "label_unmatched", "cell_unplaced", "cell_conflict", "agency_unknown", "year_unknown"}


def status_of(
    catalog: Catalog,
    document: Document,
    form: Form | None,
    title: str,
    sections: Sequence[Section],
    tables: TablesRead,
    problems: Collection[Problem],
    *,
    body_is_known: bool,
) -> ReportStatus:
    """What was taken of a report. form: the one due, None where the year is not known; problems: all that was said of it so far."""
    if form and not catalog.tables_of(form.form):
        status = status_of_prose(document, title, sections, tables.cells, known=body_is_known)
    else:
        status = _of_tables(catalog, form, tables, problems)
    if status == "refused" and form and form.in_prose and is_report_text(document, title, sections):
        return "partial"
    if status == "partial" and not title and not sections and _is_something_else(document, tables.found, problems):
        return "refused"
    return status


def status_with_agency(catalog: Catalog, report: Report) -> ReportStatus:
    """The status of a report that was in parts, now that its body is known."""
    form = catalog.form_due(report.report_year) if report.report_year else None
    due = tables_due(catalog, form) if form else set()
    whole = due <= _found(report.tables) and report.report_year is not None and not _is_incomplete(report.problems)
    return "parsed" if report.status == "partial" and whole else report.status


def _of_tables(catalog: Catalog, form: Form | None, tables: TablesRead, problems: Collection[Problem]) -> ReportStatus:
    """`parsed` where every table due was found, every row and column placed and every label understood."""
    if not any(cell.locator for cell in tables.cells):
        return "refused"
    complete = tables_due(catalog, form) <= _found(tables.found)
    return "parsed" if complete and form and not _is_incomplete(problems) else "partial"


def _is_something_else(document: Document, tables: Sequence[TableFound], problems: Collection[Problem]) -> bool:
    """Whether a text without title and sections holds only pieces of the tables: other statistics use those labels too."""
    in_pieces = {item.table for item in problems if item.code == "cells_missing"}
    return any(document.paragraphs()) and _found(tables) <= in_pieces


def _found(tables: Sequence[TableFound]) -> set[str]:
    return {table.table for table in tables if table.state == "found"}


def _is_incomplete(problems: Collection[Problem]) -> bool:
    return any(item.code in _INCOMPLETE for item in problems)
