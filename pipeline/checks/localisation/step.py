"""One year's rows of core_suggestions and core_finding_parts, on as many processes as are allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pipeline.catalog import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.checks.localisation.locate import Located, locate
from pipeline.checks.localisation.records import finding_part_rows, findings_by_report, suggestion_rows
from pipeline.checks.localisation.windows import Window
from pipeline.readers.records import Record

_FEW = 100  # windows for which starting processes costs more than it saves
_AT_ONCE = 25
_catalogs: dict[Path, Catalog] = {}


def located_rows(
    catalog: Catalog,
    windows: Iterable[Window],
    findings: Iterable[Mapping[str, Any]],
    finding_cells: Iterable[Mapping[str, Any]],
    workers: int,
) -> tuple[list[Record], list[Record]]:
    """The rows of both tables. findings, finding_cells: rows of core_findings and core_finding_cells of the year."""
    by_report = findings_by_report(findings, finding_cells)
    suggestions: list[Record] = []
    finding_parts: list[Record] = []
    for located in located_in(catalog, list(windows), workers):
        suggestions.extend(suggestion_rows(catalog, located))
        finding_parts.extend(finding_part_rows(catalog, located, by_report.get(located.report.report_id, {})))
    return suggestions, finding_parts


def located_in(catalog: Catalog, windows: list[Window], workers: int) -> Iterator[Located]:
    """What is broken in each window, in their order."""
    if workers < 2 or len(windows) < _FEW:
        for window in windows:
            yield from locate(catalog, window)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for found in pool.map(_in_process, [catalog.folder] * len(windows), windows, chunksize=_AT_ONCE):
            yield from found


def _in_process(folder: Path, window: Window) -> list[Located]:
    if folder not in _catalogs:
        _catalogs[folder] = load_catalog(folder)
    return locate(_catalogs[folder], window)
