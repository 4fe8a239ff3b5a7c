"""Which reports belong to which year, and the raw and core tables of one year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from pipeline.catalog import Catalog
from pipeline.catalog.divisions import directory
from pipeline.common.errors import GongkaiError
from pipeline.intake.archives import place_of
from pipeline.normalise.agencies.body import body_of
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.filing.attachments import with_text
from pipeline.normalise.filing.core_rows import core_rows
from pipeline.normalise.filing.recognition import bodies_by_code, with_agency_of_its_place, with_years_of_its_place
from pipeline.normalise.filing.records import FiledReport
from pipeline.normalise.model import Report
from pipeline.orchestration.intake_step import load_summaries, summary_of
from pipeline.orchestration.page_pictures import places_of
from pipeline.orchestration.read_all import READING, REPORTS, cache_key, outcomes
from pipeline.orchestration.reading import Outcome, Task
from pipeline.orchestration.workspace import Workspace, digest
from pipeline.readers.records import Record, raw_cells, raw_text
from pipeline.warehouse.cache import ResultCache
from pipeline.warehouse.readings import decode_reading, decode_reports
from pipeline.warehouse.schema import from_rows

Year = int | None
RAW_TABLES = ("raw_cells", "raw_text")
CORE_TABLES = (
    *("core_reports", "core_report_evidence", "core_report_versions", "core_report_tables", "core_cells"),
    *("core_sections", "core_claims", "core_problems"),
)
_AT_ONCE = 500


@dataclass(frozen=True)
class FiledFile:
    """A content that was read, under the first of its paths, with what sources.csv states of it.

    copy: 0; or a number for each further body or year that is stated for the same content at another path.
    page_path, page_key: the page to which the file is attached, and the key of that page's reports in the cache.
    """

    sha256: str
    path: str
    stated_agency: str | None
    stated_year: Year
    published_on: date | None
    copy: int = 0
    page_path: str | None = None
    page_key: str | None = None

    @property
    def key(self) -> str:
        """The key of its reports in the cache."""
        return cache_key(self.sha256, self.stated_year, self.stated_agency)


def files_by_year(workspace: Workspace) -> dict[Year, list[FiledFile]]:
    """The files that hold a report on each year, each content once; those without any year under None."""
    columns = ["sha256", "path", "read_status", "stated_agency", "stated_year", "published_on", "page_path"]
    contents: dict[str, list[FiledFile]] = defaultdict(list)
    for row in workspace.store.read("raw_files", columns=columns).to_pylist():
        if row.pop("read_status") == "read":
            contents[row["sha256"]].append(FiledFile(**row))
    files = _with_pages([file for paths in contents.values() for file in _told_apart(paths)])
    summaries = load_summaries(workspace, (file.key for file in files))
    by_year: dict[Year, list[FiledFile]] = defaultdict(list)
    for file in files:
        for year in summaries[file.key].years if file.key in summaries else []:
            by_year[year].append(file)
    return dict(by_year)


def _told_apart(paths: list[FiledFile]) -> Iterator[FiledFile]:
    """The files that one content stands for: one, or one for each body and year that is stated of it at some path."""
    stated = {file.key: file for file in reversed(paths) if file.stated_agency or file.stated_year}
    dates = sorted(file.published_on for file in paths if file.published_on)
    first = replace(paths[0], published_on=dates[-1] if dates else None)
    yield from (replace(file, copy=number) for number, file in enumerate(reversed(stated.values()))) if stated else (first,)


def _with_pages(files: list[FiledFile]) -> list[FiledFile]:
    """The files with the keys of the pages to which they are attached, without those pages, which are no reports of their own."""
    pages = {file.page_path for file in files if file.page_path}
    keys = {file.path: file.key for file in files if file.path in pages}
    return [replace(file, page_key=keys.get(file.page_path or "")) for file in files if file.path not in pages]


def fingerprint(workspace: Workspace, files: Iterable[FiledFile]) -> str:
    """What the raw and core tables of a year are made of: its files, what is stated of them, and our code."""
    return digest([workspace.table_version, *sorted(map(repr, files))])


def raw_tables(workspace: Workspace, year: Year, files: list[FiledFile]) -> dict[str, pa.Table]:
    """raw_cells and raw_text of the files that hold a report on `year`."""
    cells: list[Record] = []
    texts: list[Record] = []
    with workspace.cache() as cache:
        for part in _parts([file for file in files if file.copy == 0]):
            payloads = cache.get_many(READING, workspace.reader_version, (file.sha256 for file in part))
            for file in part:
                payload = payloads.get(file.sha256) or _read_again(workspace, file).reading
                document = decode_reading(payload).document
                if document is not None:
                    cells.extend(raw_cells(file.sha256, year, document))
                    texts.extend(raw_text(file.sha256, year, document))
    return {"raw_cells": from_rows(workspace.catalog, "raw_cells", cells), "raw_text": from_rows(workspace.catalog, "raw_text", texts)}


def core_tables(workspace: Workspace, year: Year, files: list[FiledFile]) -> dict[str, pa.Table]:
    """The core tables that describe the reports on `year`, with the current one of each body marked."""
    catalog, bodies, codes = workspace.catalog, workspace.bodies, bodies_by_code(workspace.registry)
    read = (with_years_of_its_place(catalog, with_agency_of_its_place(catalog, codes, item)) for item in _reports(workspace, year, files))
    filed = [_with_body(catalog, bodies, item) for item in read]
    rows = core_rows(catalog, bodies, codes, year, filed)
    return {table: from_rows(catalog, table, rows[table]) for table in CORE_TABLES}


def areas_of(workspace: Workspace, year: int) -> dict[str, tuple[str, str]]:
    """The division of each registered body that has one, as its code and its name in that year."""
    divisions = directory(workspace.settings.catalog)
    coded = {row.agency_id: row.division_code for row in workspace.registry.agencies if row.division_code}
    names = {code: division.full_name if (division := divisions.as_of(code, year)) else code for code in set(coded.values())}
    return {agency_id: (code, names[code]) for agency_id, code in coded.items()}


def _with_body(catalog: Catalog, bodies: Bodies, item: FiledReport) -> FiledReport:
    if item.agency_name is None:
        return item
    year, title = item.report.report_year, item.report.agency
    body = body_of(catalog, bodies, item.agency_name, year)
    return replace(item, body=body, title_agency_id=bodies.resolve(title, year).agency_id if title else None)


def _reports(workspace: Workspace, year: Year, files: list[FiledFile]) -> Iterator[FiledReport]:
    with workspace.cache() as cache:
        for part in _parts(files):
            payloads = cache.get_many(REPORTS, workspace.report_version, (file.key for file in part))
            for file in part:
                payload = payloads.get(file.key) or _read_again(workspace, file).reports
                for read in decode_reports(payload):
                    if read.report_year == year:
                        report = _with_text_of_page(workspace, cache, file, read) if file.page_key else read
                        stated = file.stated_agency if report.index == 0 else None  # of several reports the first is meant
                        year_stated = file.stated_year if report.index == 0 else None
                        yield FiledReport(file.sha256, file.path, report, stated, file.published_on, file.copy, year_stated, file.page_path)


def _with_text_of_page(workspace: Workspace, cache: ResultCache, file: FiledFile, report: Report) -> Report:
    """A report that is an attachment, with the text of its page."""
    payload = cache.get_many(REPORTS, workspace.report_version, [file.page_key or ""]).get(file.page_key or "")
    page = decode_reports(payload)[0] if payload else report
    return with_text(workspace.catalog, report, page, file.page_path or "")


def _read_again(workspace: Workspace, file: FiledFile) -> Outcome:
    """Read a file whose entry in the cache was damaged. Raises GongkaiError where it cannot be opened now."""
    raw = workspace.settings.raw
    task = Task(file.key, file.sha256, place_of(raw / file.path), file.stated_year, file.stated_agency)
    (outcome,) = outcomes(workspace.settings, [task])
    if outcome.summary and (names := summary_of(outcome).pictures):
        (outcome,) = outcomes(workspace.settings, [task._replace(pictures=places_of(raw, file.path, names))])
    if not outcome.reading:
        raise GongkaiError(f"缓存中关于 {file.path} 的内容已损坏，而文件现在打不开。请确认文件可以打开后重新运行。")
    return outcome


def _parts(files: list[FiledFile]) -> Iterator[list[FiledFile]]:
    return (files[start : start + _AT_ONCE] for start in range(0, len(files), _AT_ONCE))
