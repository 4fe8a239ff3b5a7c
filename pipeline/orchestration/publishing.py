"""Making what people get, and only where what it is made of has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path

import pyarrow.compute as pc

from pipeline.catalog.office import FILE as OFFICE
from pipeline.common.versions import digest_of_file
from pipeline.orchestration.refresh import Refreshed, report_years
from pipeline.orchestration.workspace import Workspace, digest
from pipeline.publish.folder import put_in_place
from pipeline.publish.letters.untold import UntoldFile, untold_files
from pipeline.publish.year import year_files

_YEAR = "publish/"  # before the year, in the note of what was published
_ALSO_USED = (  # beside the out tables
    *("core_finding_cells", "core_reports", "core_report_tables", "core_problems", "core_rule_results"),
    *("core_suggestions", "core_report_coverage", "core_agency_names"),
)


def publish(workspace: Workspace, path: Path, make: Callable[[], None]) -> bool:
    """Run `make`, which writes `path`, unless the file is there and was made of the same tables; True where it was made.

    What each file was made of is kept beside the cache: a DuckDB file and a workbook have no place for it that people
    would not see.
    """
    current = _fingerprint(workspace)
    known = _published(workspace)
    if path.exists() and known.get(path.name) == [current, path.stat().st_size]:
        return False
    make()
    _write_note(workspace, {**known, path.name: [current, path.stat().st_size]})
    return True


def publish_years(workspace: Workspace, only: Iterable[int] | None = None) -> Refreshed:
    """Write what the office gets of each report year (of these alone) below publish/<year>, where what it is made of has changed.

    A year on which nobody has reported yet has its reminders, where the roster says who owes.
    Files of other years are taken away. `rows` of the result counts the files of each year.
    """
    result = Refreshed()
    there = published_years(workspace)
    years = there if only is None else sorted(set(only) & set(there))
    untold = untold_files(workspace.store)
    for done, year in enumerate(years, start=1):
        _publish_year(workspace, year, untold, result)
        workspace.progress("年度文件", done, len(years))
    if only is None:
        for year in sorted(_years_written(workspace) - set(there)):
            _take_away(workspace, year)
            result.removed.append(year)
    return result


def _take_away(workspace: Workspace, year: int) -> None:
    name, begun = f"{_YEAR}{year}", _Begun(workspace, year)
    with begun.noting():
        put_in_place(workspace.year_folder(year), (), {*_files_of(_published(workspace).get(name)), *begun.paths})
        _write_note(workspace, {key: value for key, value in _published(workspace).items() if key != name})


def _years_written(workspace: Workspace) -> set[int]:
    """The years for which files were written, or were being written when a run was killed."""
    noted = {int(name.removeprefix(_YEAR)) for name in _published(workspace) if name.startswith(_YEAR)}
    begun = _note(workspace).parent.glob(_Begun.NAME.format("*"))
    return noted | {int(path.stem.rpartition("-")[2]) for path in begun}


def published_years(workspace: Workspace) -> list[int]:
    """The years on which there are reports, or on which the roster says that there should be, ascending.

    Of later years only the one after the last on which somebody reported: a slip in the roster (2062) must not remind of 36 years.
    """
    reported = report_years(workspace)
    asked = [year for year in workspace.store.years("out_submission_status") if year is not None]
    last = max(reported or asked[:1], default=0) + 1
    return sorted({*reported, *(year for year in asked if year <= last)})


def _publish_year(workspace: Workspace, year: int, untold: Sequence[UntoldFile], result: Refreshed) -> None:
    name, folder, current = f"{_YEAR}{year}", workspace.year_folder(year), _year_fingerprint(workspace, year, untold)
    known = _published(workspace).get(name)
    begun = _Begun(workspace, year)
    before = _files_of(known)
    if before and not begun.paths and known == [current, before] and all(_size(folder / path) == size for path, size in before.items()):
        result.unchanged.append(year)
        result.rows[str(year)] = len(before)
        return
    files = year_files(workspace.store, workspace.catalog, workspace.settings.decisions, year, untold)
    with begun.noting() as note:
        sizes = put_in_place(folder, files, {*before, *begun.paths}, note)
        _write_note(workspace, {**_published(workspace), name: [current, sizes]})
    result.made.append(year)
    result.rows[str(year)] = len(sizes)


class _Begun:
    """The files of a year that a run began to write and may not have come to note: without this list a letter that is no longer due
    would stay for ever where a run was killed.
    """

    NAME = "publishing-{}.txt"

    def __init__(self, workspace: Workspace, year: int) -> None:
        self._list = _note(workspace).with_name(self.NAME.format(year))
        listed = self._list.read_text(encoding="utf-8", errors="replace") if self._list.is_file() else ""
        self.paths = set(filter(None, listed.splitlines()))

    @contextmanager
    def noting(self) -> Iterator[Callable[[str], None]]:
        """Takes down each path before it is written; the list goes when the block ends well, and stays when it does not."""
        self._list.parent.mkdir(parents=True, exist_ok=True)
        with self._list.open("a", encoding="utf-8") as stream:

            def note(path: str) -> None:
                stream.write(f"{path}\n")
                stream.flush()

            yield note
        self._list.unlink()


def _files_of(known: object) -> dict[str, int]:
    """The files of a year and their sizes, as the note has them."""
    return known[1] if isinstance(known, list) and len(known) == 2 and isinstance(known[1], dict) else {}


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _year_fingerprint(workspace: Workspace, year: int, untold: Iterable[UntoldFile]) -> str:
    """What the files of a year are made of: its tables, those that have no year, what the office states of itself, files that nobody
    knows whose they are, and our code.
    """
    tables = workspace.catalog.tables
    used = [table for table in tables if table.layer == "out" or table.table in _ALSO_USED]
    contents = [(table.table, workspace.store.content(table.table, year if table.by_year else None)) for table in used]
    decided = workspace.store.read("core_decisions").filter(pc.field("report_year") == year).to_pylist()
    office = digest_of_file(workspace.settings.decisions / OFFICE)
    perhaps = [astuple(file) for file in untold if file.may_be_of(year)]
    return digest([workspace.publish_version, office, perhaps, *contents, *decided])


def forget(workspace: Workspace, path: Path) -> None:
    """Have `path` made anew next time, because it cannot be read."""
    _write_note(workspace, {name: made_of for name, made_of in _published(workspace).items() if name != path.name})


def _fingerprint(workspace: Workspace) -> str:
    """What all tables are made of, with our own code (which makes the file) and the catalogue (which names its parts)."""
    store = workspace.store
    tables = [table.table for table in workspace.catalog.tables]
    return digest(
        [workspace.publish_version, *((table, year, store.content(table, year)) for table in tables for year in store.years(table))]
    )


def _write_note(workspace: Workspace, made_of: dict[str, object]) -> None:
    note = _note(workspace)
    note.parent.mkdir(parents=True, exist_ok=True)
    temporary = note.with_name(f".{note.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(json.dumps(made_of, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
        temporary.replace(note)  # cut short it would forget which letters are ours to take away
    finally:
        temporary.unlink(missing_ok=True)


def _published(workspace: Workspace) -> dict[str, object]:
    """What each published file was made of, and its size in bytes: a file cut short is not the one that was published."""
    try:
        known = json.loads(_note(workspace).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # never published, or the note is broken: then everything is made anew
        return {}
    return known if isinstance(known, dict) else {}


def _note(workspace: Workspace) -> Path:
    return workspace.settings.warehouse / "cache" / "published.json"
