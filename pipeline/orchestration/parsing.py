"""`gongkai parse`: one file named in the call to JSON lines, without any warehouse (runs in a worker process)."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.catalog.agencies import deadline_for, kind_of_agency
from pipeline.catalog.model import Catalog
from pipeline.checks.facts import facts_from_report
from pipeline.checks.problems import problems_of
from pipeline.checks.rulebook import check_report
from pipeline.common.errors import ReadError
from pipeline.intake.archives import place_of
from pipeline.intake.beside import files_beside
from pipeline.normalise.agencies.names import provisional_id
from pipeline.normalise.filing.attachments import with_text
from pipeline.normalise.model import Problem, Report
from pipeline.normalise.output import refused_line, report_line
from pipeline.orchestration.reading import NOT_UNDERSTOOD, FileSummary, catalog_in, known_of, read_bytes, understood
from pipeline.orchestration.unpacking import Source, read_source
from pipeline.readers.beside import by_name
from pipeline.warehouse.readings import Reading

_log = logging.getLogger(__name__)


Line = tuple[str, bool]  # the JSON of a report, and whether it was parsed whole


class Parsed(NamedTuple):
    """A file as JSON lines, and what has to be known to tell whether it belongs to another. known is None where nothing could be read."""

    lines: list[Line]
    known: FileSummary | None = None


def parse_file(source: Source, catalog_folder: Path, page: str | None = None) -> Parsed:
    """One file. page: the page that it is attached to, which says body and year and has the text."""
    catalog = catalog_in(catalog_folder)
    if source.refusal:
        return _refused(catalog, source.name, None, *source.refusal)
    try:
        data = read_source(source.name)
        said = _reports_of_page(catalog, page) if page else []
    except ReadError as error:
        return _refused(catalog, source.name, None, error.code, error.message)
    sha256 = hashlib.sha256(data).hexdigest()
    reading = _read(data, source.name)
    if reading.document is None:
        return _refused(catalog, source.name, sha256, reading.error_code or "damaged", reading.error_message or "")
    try:
        stated = (said[0].report_year, said[0].agency) if said else (None, None)
        reports = understood(catalog, reading.document, *stated)
        if page and said:
            reports[0] = _belonging(catalog, reports[0], said[0], page)
        lines = [
            (report_line(catalog, source.name, sha256, report, findings_of(catalog, sha256, report)), report.status == "parsed")
            for report in reports
        ]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a defect of ours: it may cost this file, never those after it
        _log.exception("%s", source.name)
        return _refused(catalog, source.name, sha256, *NOT_UNDERSTOOD)
    return Parsed(lines, known_of(reading, reports))


def _read(data: bytes, name: str) -> Reading:
    return read_bytes(data, by_name(files_beside(place_of(Path(name)))))


def _refused(catalog: Catalog, source: str, sha256: str | None, code: str, message: str) -> Parsed:
    return Parsed([(refused_line(catalog, source, sha256, code, message), False)])


def _reports_of_page(catalog: Catalog, page: str) -> list[Report]:
    document = _read(read_source(page), page).document
    return understood(catalog, document) if document else []


def _belonging(catalog: Catalog, report: Report, page: Report, page_name: str) -> Report:
    """The report in an attached file, under the body that its page names."""
    return replace(with_text(catalog, report, page, page_name), agency=report.agency or page.agency)


def findings_of(catalog: Catalog, sha256: str, report: Report) -> tuple[Problem, ...]:
    """The rules of one report that fail."""
    if report.status == "refused":
        return ()
    name = report.agency or ""
    kind = kind_of_agency(catalog, name)
    facts = facts_from_report(
        report,
        catalog,
        report_id=f"{sha256[:16]}-{report.index}",
        agency_id=provisional_id(name),
        agency_name=name,
        agency_kind=kind.kind,
        agency_level=kind.level,
        deadline=deadline_for(catalog, name, report.report_year) if report.report_year and name else None,
    )
    return problems_of(check_report(facts, None, catalog))
