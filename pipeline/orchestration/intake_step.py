"""The first step of a run: what lies in raw, what of it is new, and what each file is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec
import pyarrow as pa

from pipeline.intake import manifest
from pipeline.intake.archives import SEPARATOR
from pipeline.intake.files import Changes, FoundFile, changes, is_sources, scan_all
from pipeline.intake.sources import Statement, read_sources
from pipeline.normalise.filing.attachments import pages_of_attachments, statements_of_pages
from pipeline.orchestration.page_pictures import (
    WithPictures,
    kind_by_name,
    page_of_pictures,
    pages_with_pictures,
    read_by_themselves,
)
from pipeline.orchestration.read_all import SUMMARY, cache_key, read_all
from pipeline.orchestration.reading import FileSummary, Outcome, Task
from pipeline.orchestration.workspace import Workspace
from pipeline.readers.records import Record
from pipeline.warehouse.schema import from_rows

_summary = msgspec.msgpack.Decoder(FileSummary)
_NOT_SEEN = "文件在读取时打不开或者正在改动，可能正被占用、复制或已移走；下次运行时再试。"

Statements = dict[str, Statement]


@dataclass(frozen=True)
class Intake:
    """What a run found in raw: the files, how they differ from the last run, and how many had to be read."""

    raw_files: pa.Table
    changes: Changes
    source_problems: tuple[str, ...]
    files_read: int


def take_in(workspace: Workspace) -> Intake:
    """Scan raw, read every file that this version of the code has not read yet, and say what each file is."""
    before = manifest.load(workspace.manifest)
    listed = scan_all(workspace.settings.raw, before)
    sources = read_sources(listed)
    found = [file for file in listed if not is_sources(file.path)]
    statements = sources.statements
    illustrated, files_read = _read_pages_first(workspace, found, statements)
    filed = read_by_themselves(found, illustrated)
    files_read += read_all(workspace, _unread(workspace, filed, statements, illustrated))
    summaries = _summaries(workspace, filed, statements)
    pages = pages_of_attachments(summaries, statements)
    if pages:  # understood anew, with what their pages say; nothing is opened a second time
        statements = statements | {item.path: item for item in statements_of_pages(pages, summaries, statements)}
        read_all(workspace, _unread(workspace, filed, statements, illustrated))
        summaries = _summaries(workspace, filed, statements)
    manifest.update(workspace.manifest, before, found)
    inside = Counter(outer for file in found for outer in _archives_around(file.path))
    rows = [
        _archive_row(file, inside[file.path]) if file.is_archive else _row(file, statements, summaries.get(file.path), pages.get(file.path))
        for file in filed
    ]
    in_page = page_of_pictures(illustrated)
    rows += [_picture_row(file, in_page[file.path]) for file in found if file.path in in_page]
    rows.sort(key=lambda row: str(row["path"]))
    return Intake(from_rows(workspace.catalog, "raw_files", rows), changes(before, found), tuple(sources.problems), files_read)


def summary_of(outcome: Outcome) -> FileSummary:
    """What an outcome that has one says of its file."""
    return _summary.decode(outcome.summary)


def _read_pages_first(workspace: Workspace, found: list[FoundFile], statements: Statements) -> tuple[dict[str, WithPictures], int]:
    """The pages with pictures beside them, and how many files had to be opened to know; pictures wait until it is known whose they are."""
    first = [file for file in found if not kind_by_name(file.path)]
    if len(first) == len(found):
        return {}, 0
    files_read = read_all(workspace, _unread(workspace, first, statements, {}))
    return pages_with_pictures(found, _summaries(workspace, first, statements), statements), files_read


def _summaries(workspace: Workspace, found: Iterable[FoundFile], statements: Statements) -> dict[str, FileSummary]:
    """What is known of the files, by path."""
    keys = {file.path: key for file in found if (key := _key(file, statements))}
    known = load_summaries(workspace, keys.values())
    return {path: known[key] for path, key in keys.items() if key in known}


def load_summaries(workspace: Workspace, keys: Iterable[str]) -> dict[str, FileSummary]:
    """What the cache knows of files, by cache key."""
    with workspace.cache() as cache:
        return {key: _summary.decode(payload) for key, payload in cache.get_many(SUMMARY, workspace.report_version, keys).items()}


def _unread(
    workspace: Workspace, found: Iterable[FoundFile], statements: Statements, illustrated: Mapping[str, WithPictures]
) -> list[Task]:
    """One task for each content, with what is stated of it, that this version of the code has not understood yet."""
    tasks: dict[str, Task] = {}
    for file in found:
        if file.sha256 and not file.is_archive:
            year, agency = _stated(file, statements)
            key = cache_key(file.sha256, year, agency)
            pictures = illustrated[file.path].places if file.path in illustrated else ()
            tasks.setdefault(key, Task(key, file.sha256, file.place, year, agency, pictures=pictures))
    understood = load_summaries(workspace, tasks)
    limits = workspace.settings.limits
    allowed = {"time_limit": limits.seconds, "memory_limit": limits.memory_mb}
    stopped = {key for key, summary in understood.items() if summary.limit and summary.limit < allowed.get(summary.error_code or "", 0)}
    return [task for key, task in tasks.items() if key not in understood or key in stopped]


def _row(file: FoundFile, statements: Statements, summary: FileSummary | None, page: str | None) -> Record:
    statement = statements.get(file.path)
    year, agency = _stated(file, statements)
    code, reason = file.code, file.reason
    if file.sha256 and summary is None:
        code, reason = "cannot_open", _NOT_SEEN
    elif summary:
        code, reason = summary.error_code, summary.error_message
    return {
        "path": file.path,
        "sha256": file.sha256 or "",
        "size_bytes": file.size,
        "kind": summary.kind if summary else "unknown",
        "read_status": "not_read" if code else "read",
        "reason_code": code,
        "reason": reason,
        "reports": summary.reports if summary else 0,
        "stated_agency": agency,
        "stated_year": year,
        "page_path": page,
        "source_url": statement.url if statement else None,
        "published_on": statement.published_on if statement else None,
    }


def _picture_row(file: FoundFile, page: str) -> Record:
    """The row of a picture that belongs to a page."""
    return {
        "path": file.path,
        "sha256": file.sha256 or "",
        "size_bytes": file.size,
        "kind": kind_by_name(file.path) or "unknown",
        "read_status": "in_page",
        "reason": f"这张图片属于网页“{page}”，随网页一起读取。",
        "reports": 0,
        "page_path": page,
    }


def _archive_row(file: FoundFile, inside: int) -> Record:
    """The row of an archive, whose files have rows of their own."""
    return {
        "path": file.path,
        "sha256": file.sha256 or "",
        "size_bytes": file.size,
        "kind": "zip",
        "read_status": "not_read" if file.reason else "unpacked",
        "reason_code": file.code,
        "reason": file.reason or f"压缩包已解开，里面的 {inside} 个文件各成一行。",
        "reports": 0,
    }


def _archives_around(path: str) -> Iterator[str]:
    """The paths that can be archives in which this file lies."""
    return (path[:place] for place, sign in enumerate(path) if sign == SEPARATOR)


def _key(file: FoundFile, statements: Statements) -> str | None:
    return cache_key(file.sha256, *_stated(file, statements)) if file.sha256 else None


def _stated(file: FoundFile, statements: Statements) -> tuple[int | None, str | None]:
    statement = statements.get(file.path)
    return (statement.report_year, statement.agency or None) if statement else (None, None)
