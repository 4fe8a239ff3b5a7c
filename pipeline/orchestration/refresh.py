"""Making the tables of a layer anew, year by year, and only where what they are made of has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from pipeline.common.versions import digest_of_file
from pipeline.normalise.agencies.duties import Roster
from pipeline.orchestration.derived import Derived, Year
from pipeline.orchestration.filing import CORE_TABLES, RAW_TABLES, core_tables, files_by_year, fingerprint, raw_tables
from pipeline.orchestration.workspace import Workspace, digest


@dataclass
class Refreshed:
    """What became of a step: rows of each table over all years, and the years made anew, left as they were, and gone."""

    rows: dict[str, int] = field(default_factory=dict)
    made: list[Year] = field(default_factory=list)
    unchanged: list[Year] = field(default_factory=list)
    removed: list[Year] = field(default_factory=list)


def refresh_raw(workspace: Workspace) -> Refreshed:
    """raw_cells and raw_text of every year whose files have changed."""
    files = files_by_year(workspace)
    wanted = {year: fingerprint(workspace, listed) for year, listed in files.items()}
    return _refresh(workspace, RAW_TABLES, wanted, lambda year: raw_tables(workspace, year, files[year]))


def refresh_core(workspace: Workspace) -> Refreshed:
    """The core tables of every year whose files, or whose understanding, have changed, or all where the registry has."""
    files = files_by_year(workspace)
    wanted = {year: digest([fingerprint(workspace, listed), workspace.registry.digest]) for year, listed in files.items()}
    return _refresh(workspace, CORE_TABLES, wanted, lambda year: core_tables(workspace, year, files[year]))


def refresh_derived(workspace: Workspace, step: Derived) -> Refreshed:
    """The tables of a derived step, for every report year (or once, where they are not kept by year)."""
    by_year = workspace.catalog.table(step.tables[0]).by_year
    reported = report_years(workspace)
    due = Roster(workspace.catalog, workspace.bodies).years(reported) if step.roster_years else []
    years: list[Year] = [*sorted({*reported, *due})] if by_year else [None]
    wanted = {year: _inputs_fingerprint(workspace, step, year) for year in years}
    return _refresh(workspace, step.tables, wanted, lambda year: step.make(workspace, year or 0))


def report_years(workspace: Workspace) -> list[int]:
    """The years for which there are reports, ascending."""
    return [year for year in workspace.store.years("core_reports") if year is not None]


def _inputs_fingerprint(workspace: Workspace, step: Derived, year: Year) -> str:
    """What a year of a step is made of: the contents of the tables it reads, the decisions, and our code."""
    store = workspace.store
    same = [store.content(table, year if workspace.catalog.table(table).by_year else None) for table in step.same_year]
    before = [store.content(table, year - 1) for table in step.year_before if year is not None]
    earlier = [
        (table, each, store.content(table, each))
        for table in step.years_before
        for each in store.years(table)
        if year and (each or year) < year
    ]
    after = [store.content(table, year + 1) for table in step.year_after if year is not None]
    every = [(table, each, store.content(table, each)) for table in step.all_years for each in store.years(table)]
    decided = [digest_of_file(workspace.settings.decisions / name) for name in step.decisions]
    expired = sorted(workspace.expired_waivers) if step.today else ()
    beside = ("before", *before, "earlier", *earlier, "after", *after, "all", *every)
    return digest([workspace.table_version, *same, *beside, "decided", *decided, "expired", *expired])


def _refresh(
    workspace: Workspace, tables: tuple[str, ...], wanted: Mapping[Year, str], make: Callable[[Year], dict[str, pa.Table]]
) -> Refreshed:
    result = Refreshed()
    store = workspace.store
    for done, (year, current) in enumerate(sorted(wanted.items(), key=lambda item: item[0] or 0), start=1):
        if not _due(workspace, tables, year, current):
            result.unchanged.append(year)
            continue
        for table, data in make(year).items():
            store.write(table, data, year=year, fingerprint=current)
        result.made.append(year)
        workspace.progress(workspace.catalog.table(tables[0]).label_zh, done, len(wanted))
    gone = {year for table in tables for year in store.years(table)} - set(wanted)
    for year in sorted(gone, key=lambda year: year or 0):
        for table in tables:
            store.remove(table, year)
        result.removed.append(year)
    result.rows = {table: store.count(table) for table in tables}
    return result


def _due(workspace: Workspace, tables: tuple[str, ...], year: Year, current: str) -> bool:
    """Whether a year is to be made: what it is made of has changed, or it was asked for."""
    asked_for = workspace.years is not None and year in workspace.years
    return asked_for or any(workspace.store.fingerprint(table, year) != current for table in tables)
