"""Reading one file and taking its reports out (runs in a worker process)."""

from __future__ import annotations

import hashlib
import logging
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pipeline.catalog import Catalog, load_catalog
from pipeline.checks.confirmation import confirmed
from pipeline.checks.repaired import with_repairs_confirmed
from pipeline.common.errors import ReadError
from pipeline.intake.beside import files_at
from pipeline.intake.files import Place
from pipeline.intake.kinds import kind_of
from pipeline.normalise.gathered import gathered
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.beside import Beside, by_name, nothing_beside
from pipeline.readers.model import Document
from pipeline.readers.registry import read
from pipeline.warehouse.readings import Reading, decode_reading, encode_reading, encode_reports

_log = logging.getLogger(__name__)


class Task(NamedTuple):
    """A file to read. reading: what an earlier run made of it, where only the understanding is to be redone.

    pictures: of a page, the places of its pictures by their names; `sha256` is then that of page and pictures together.
    """

    key: str
    sha256: str
    place: Place
    stated_year: int | None
    stated_agency: str | None
    reading: bytes | None = None
    pictures: tuple[tuple[str, Place], ...] = ()


class FileSummary(Struct, frozen=True):
    """The little that every run has to know of every file: its kind, why it was not read, the years it reports on.

    reports: how many reports it holds from which figures were taken.
    agency: the body of its first report. is_page, attachments: whether it is a web page, and the files that it links to.
    pictures: the names of the files that its pictures are in, relative to the page.
    limit: the limit that stopped the reading, in seconds or megabytes; under a higher one the file is tried again.
    """

    kind: str
    error_code: str | None
    error_message: str | None
    years: list[int | None]
    reports: int
    limit: int | None = None
    agency: str | None = None
    is_page: bool = False
    attachments: list[str] = []
    pictures: list[str] = []


class Outcome(NamedTuple):
    """What became of a file, as payloads for the cache; the summary is empty where it could not be opened just now, or has changed.

    opened: whether the file itself was read, and not just what an earlier run made of it understood again.
    """

    key: str
    sha256: str
    reading: bytes
    reports: bytes
    summary: bytes
    opened: bool


def process(task: Task, catalog_folder: Path) -> Outcome:
    """Read one file, or what an earlier run made of it, and take its reports out."""
    if task.reading is not None:
        return _outcome(task, decode_reading(task.reading), catalog_folder)
    try:
        data = task.place.read_bytes()
    except (OSError, ReadError):  # a file inside an archive that was changed since the scan
        return _not_now(task)
    if not task.pictures and hashlib.sha256(data).hexdigest() != task.sha256:
        return _not_now(task)  # changed since the scan: what it says now would be kept as what it said then
    return _outcome(task, read_bytes(data, by_name(files_at(dict(task.pictures)))), catalog_folder)


def _not_now(task: Task) -> Outcome:
    return Outcome(task.key, task.sha256, b"", b"", b"", opened=False)


def read_bytes(data: bytes, beside: Beside = nothing_beside) -> Reading:
    """Tell the kind of a file and read it, a page with the pictures beside it; a file that cannot be read gives a reading that says why."""
    kind = kind_of(data)
    try:
        return Reading(read(kind, data, beside), kind=kind)
    except ReadError as error:
        return Reading.failed(error, kind)


def understood(catalog: Catalog, document: Document, stated_year: int | None = None, stated_agency: str | None = None) -> list[Report]:
    """The reports of a document, with what a scan left in doubt taken where the sums that it prints confirm it. See `normalise`."""
    reports = normalise(catalog, document, stated_year, stated_agency)
    settled = [with_repairs_confirmed(catalog, confirmed(catalog, report)) for report in reports]
    return [replace(report, problems=gathered(report.problems)) for report in settled]


def _outcome(task: Task, reading: Reading, catalog_folder: Path) -> Outcome:
    reports: list[Report] = []
    code, message = reading.error_code, reading.error_message
    if reading.document is not None:
        try:
            reports = understood(catalog_in(catalog_folder), reading.document, task.stated_year, task.stated_agency)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - a defect of ours: it may cost this file, never the night
            _log.exception("%s", task.place)
            code, message = NOT_UNDERSTOOD
    summary = known_of(reading, reports, code, message)
    encoded = msgspec.msgpack.encode(summary)
    return Outcome(task.key, task.sha256, encode_reading(reading), encode_reports(reports), encoded, opened=task.reading is None)


def known_of(reading: Reading, reports: list[Report], code: str | None = None, message: str | None = None) -> FileSummary:
    """What every run has to know of a file. code, message: why it was not read, or not understood."""
    return FileSummary(
        reading.kind,
        code,
        message,
        years=sorted({report.report_year for report in reports}, key=lambda year: year or 0),
        reports=sum(report.status != "refused" for report in reports),
        agency=reports[0].agency if reports else None,
        is_page=reading.kind in ("html", "mht"),
        attachments=_listed(reading, "attachments"),
        pictures=_listed(reading, "pictures"),
    )


def _listed(reading: Reading, key: str) -> list[str]:
    return reading.document.metadata.get(key, "").splitlines() if reading.document else []


# code and message for a file on which our own code failed; what failed is in the log
NOT_UNDERSTOOD = ("internal_error", "程序在理解这个文件时出错，未采用任何数字。请把文件转交维护人员。")


@lru_cache(maxsize=1)
def catalog_in(folder: Path) -> Catalog:
    """The catalogue in a folder, loaded once a process."""
    return load_catalog(folder)
