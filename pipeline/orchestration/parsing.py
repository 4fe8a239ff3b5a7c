"""`gongkai parse`: one file named in the call to JSON lines, without any warehouse (runs in a worker process)."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

from pipeline.catalog.agencies import deadline_for, kind_of_agency
from pipeline.catalog.model import Catalog
from pipeline.checks.facts import facts_from_report
from pipeline.checks.problems import problems_of
from pipeline.checks.rulebook import check_report
from pipeline.common.errors import ReadError
from pipeline.intake.archives import place_of
from pipeline.intake.beside import files_beside
from pipeline.normalise.agencies import provisional_id
from pipeline.normalise.model import Problem, Report
from pipeline.normalise.output import refused_line, report_line
from pipeline.orchestration.reading import NOT_UNDERSTOOD, catalog_in, read_bytes, understood
from pipeline.orchestration.unpacking import Source, read_source
from pipeline.readers.beside import by_name

_log = logging.getLogger(__name__)


Line = tuple[str, bool]  # the JSON of a report, and whether it was parsed whole


def parse_file(source: Source, catalog_folder: Path) -> list[Line]:
    """The JSON lines of one file."""
    catalog = catalog_in(catalog_folder)
    if source.refusal:
        return [(refused_line(catalog, source.name, None, *source.refusal), False)]
    return list(_lines(catalog, source.name))


def _lines(catalog: Catalog, source: str) -> Iterator[Line]:
    try:
        data = read_source(source)
    except ReadError as error:
        yield refused_line(catalog, source, None, error.code, error.message), False
        return
    sha256 = hashlib.sha256(data).hexdigest()
    reading = read_bytes(data, by_name(files_beside(place_of(Path(source)))))
    if reading.document is None:
        yield refused_line(catalog, source, sha256, reading.error_code or "damaged", reading.error_message or ""), False
        return
    try:
        reports = understood(catalog, reading.document)
        lines = [report_line(catalog, source, sha256, report, findings_of(catalog, sha256, report)) for report in reports]
    except MemoryError:
        raise
    except Exception:  # a defect of ours: it may cost this file, never those after it
        _log.exception("%s", source)
        yield refused_line(catalog, source, sha256, *NOT_UNDERSTOOD), False
        return
    for report, line in zip(reports, lines, strict=True):
        yield line, report.status == "parsed"


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
