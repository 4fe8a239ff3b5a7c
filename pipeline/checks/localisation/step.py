"""One year's rows of core_suggestions and core_finding_parts, on as many processes as are allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pipeline.catalog import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.checks.corrected import Corrections
from pipeline.checks.localisation.locate import locate
from pipeline.checks.localisation.records import Found, finding_part_rows, findings_by_report, suggestion_rows
from pipeline.checks.localisation.windows import Window
from pipeline.readers.records import Record

_FEW = 100  # windows for which starting processes costs more than it saves
_AT_ONCE = 20
Rows = tuple[list[Record], list[Record]]
Task = tuple[Window, dict[str, dict[str, Found]], Corrections]  # with the findings of each of its reports
_catalogs: dict[Path, Catalog] = {}


def located_rows(
    catalog: Catalog,
    windows: Iterable[Window],
    findings: Iterable[Mapping[str, Any]],
    finding_cells: Iterable[Mapping[str, Any]],
    workers: int,
    corrections: Corrections | None = None,
) -> Rows:
    """The rows of both tables. findings, finding_cells: rows of core_findings and core_finding_cells of the year.

    corrections: those in force, of the year and of the years beside it.
    """
    found = findings_by_report(findings, finding_cells)
    tasks: list[Task] = [
        (
            window,
            {facts.report_id: found.get(facts.report_id, {}) for facts in window.reports},
            {key: value for key, value in (corrections or {}).items() if key[0] in {facts.report_id for facts in window.reports}},
        )
        for window in windows
    ]
    suggestions: list[Record] = []
    finding_parts: list[Record] = []
    for made, of_findings in _made(catalog, tasks, workers):
        suggestions.extend(made)
        finding_parts.extend(of_findings)
    return suggestions, finding_parts


def _made(catalog: Catalog, tasks: list[Task], workers: int) -> Iterable[Rows]:
    if workers < 2 or len(tasks) < _FEW:
        return [_rows(catalog, task) for task in tasks]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_in_process, [catalog.folder] * len(tasks), tasks, chunksize=_AT_ONCE))


def _in_process(folder: Path, task: Task) -> Rows:
    if folder not in _catalogs:
        _catalogs[folder] = load_catalog(folder)
    return _rows(_catalogs[folder], task)


def _rows(catalog: Catalog, task: Task) -> Rows:
    window, findings, corrections = task
    suggestions: list[Record] = []
    finding_parts: list[Record] = []
    for located in locate(catalog, window, corrections=corrections):
        suggestions.extend(suggestion_rows(catalog, located))
        finding_parts.extend(finding_part_rows(catalog, located, findings[located.report.report_id]))
    return suggestions, finding_parts
