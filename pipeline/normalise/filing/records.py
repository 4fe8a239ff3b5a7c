"""Reports as rows of the core tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies.body import Body, provisional_body
from pipeline.normalise.agencies.names import agency_name, provisional_id, same_agency
from pipeline.normalise.model import Locator, Problem, Report
from pipeline.readers.records import Record, box_columns


@dataclass(frozen=True)
class FiledReport:
    """A report with what is known of its file: content hash, path below raw, and what sources.csv states of it.

    page_path: the page to which the file is attached, which then is the one that states.
    agency_of_its_place: the body that folder and file name tell, where nothing else does.
    copy: 0, or a number for each further body that is stated for the same content (a template filed twice unchanged).
    body: the body that its name means, where the registry was asked; title_agency_id: the registered one that its title means.
    """

    sha256: str
    path: str
    report: Report
    stated_agency: str | None = None
    stated_on: date | None = None
    copy: int = 0
    stated_year: int | None = None
    page_path: str | None = None
    agency_of_its_place: str | None = None
    body: Body | None = None
    title_agency_id: str | None = None

    @property
    def report_id(self) -> str:
        """Unique for a report: the beginning of the file's hash and the report's place in the file."""
        return f"{self.sha256[:16]}-{self.report.index}" + (f"-{self.copy}" if self.copy else "")

    @property
    def agency_name(self) -> str | None:
        """The body that files: as stated, as the title has it where none is stated, the fuller of the two where they agree.

        Where they disagree rule S5 says so.
        """
        title, stated = self.report.agency, self.stated_agency
        if title and stated and same_agency(title, stated):
            return max(agency_name(title), agency_name(stated), key=len)
        name = stated or title or self.agency_of_its_place
        return agency_name(name) if name else None

    @property
    def agency_id(self) -> str | None:
        """The id of the body, or None where nobody knows it."""
        if self.body:
            return self.body.agency_id
        return provisional_id(self.agency_name) if self.agency_name else None

    @property
    def published_on(self) -> date | None:
        """The day of publication: as stated, else as the page says."""
        if self.stated_on or not self.report.published_on:
            return self.stated_on
        try:
            return date.fromisoformat(self.report.published_on)
        except ValueError:
            return None


def core_report(
    catalog: Catalog, filed: FiledReport, *, is_current: bool, copies: int, version_rule: str | None, correction_mark: str | None
) -> Record:
    """The row of core_reports."""
    report = filed.report
    form = catalog.form_due(report.report_year) if report.report_year else None
    body = filed.body or (provisional_body(catalog, filed.agency_name) if filed.agency_name else None)
    return {
        "report_id": filed.report_id,
        "report_year": report.report_year,
        "sha256": filed.sha256,
        "path": filed.path,
        "report_index": report.index,
        "agency_id": body.agency_id if body else None,
        "agency_name": body.agency_name if body else None,
        "agency_kind": body.agency_kind if body else None,
        "agency_level": body.agency_level if body else None,
        "title_agency": report.agency,
        "title_agency_id": filed.title_agency_id,
        "stated_agency": filed.stated_agency,
        "form_due": form.form if form else None,
        "status": report.status,
        "title": report.title,
        "title_year": report.title_year,
        "period_year": report.period_year,
        "published_on": filed.published_on,
        "is_current": is_current,
        "copies": copies,
        "version_rule": version_rule,
        "correction_mark": correction_mark,
    }


def core_report_tables(filed: FiledReport) -> Iterator[Record]:
    """The rows of core_report_tables."""
    for table in filed.report.tables:
        yield {**_key(filed), "table": table.table, "form": table.form, "table_state": table.state}


def core_cells(filed: FiledReport) -> Iterator[Record]:
    """The rows of core_cells. A cell without an applicant has "" there, since the applicant is part of the key."""
    for cell in filed.report.cells:
        yield {
            **_key(filed),
            "table": cell.table,
            "field": cell.field,
            "applicant": cell.applicant or "",
            "state": cell.state,
            "value": cell.value,
            "raw": cell.raw,
            "confidence": cell.confidence,
            "is_extra": cell.extra,
            **_place(cell.locator),
        }


def core_sections(filed: FiledReport) -> Iterator[Record]:
    """The rows of core_sections."""
    for section in filed.report.sections:
        yield {
            **_key(filed),
            "section": section.section,
            "section_position": section.position,
            "section_number": section.number,
            "heading": section.heading,
            "text": section.text,
        }


def core_claims(filed: FiledReport) -> Iterator[Record]:
    """The rows of core_claims: the figures that the prose states, in the order of the text."""
    for number, claim in enumerate(filed.report.claims):
        yield {
            **_key(filed),
            "claim": number,
            "section": claim.section,
            "sentence": claim.sentence,
            "block": claim.block,
            "page": claim.page,
            "claim_start": claim.start,
            "claim_end": claim.end,
            "claim_kind": claim.kind,
            "claim_measure": claim.measure,
            "value": claim.value,
            "value_to": claim.value_to,
            "unit": claim.unit,
            "raw": claim.raw,
            "approximate": claim.approximate,
            "claim_period": claim.period,
            "claim_scope": claim.scope,
            "base_measure": claim.base,
            "direction": claim.direction,
            "whole_claim": claim.whole,
            "claim_rule": claim.rule,
        }


def core_problems(filed: FiledReport, more: tuple[Problem, ...] = ()) -> Iterator[Record]:
    """The rows of core_problems: what the reader noticed, and what was noticed when reports were put side by side."""
    for number, item in enumerate((*filed.report.problems, *more)):
        yield {
            **_key(filed),
            "problem": number,
            "code": item.code,
            "severity": item.severity,
            "table": item.table,
            "field": item.field,
            "message": item.message,
            **_place(item.locator),
        }


def _key(filed: FiledReport) -> Record:
    return {"report_id": filed.report_id, "report_year": filed.report.report_year}


def _place(locator: Locator | None) -> Record:
    found = locator or Locator()
    return {"grid": found.table, "row": found.row, "column": found.column, "page": found.page, **box_columns(found.bbox)}
