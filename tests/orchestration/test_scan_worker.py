"""A scan of several pages is read in a worker within the limits of time and memory that every file has."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from pipeline.catalog.model import Catalog
from pipeline.common.settings import Limits
from pipeline.orchestration.reading import read_bytes
from pipeline.orchestration.workers import run
from tests.reports.layout import printed_tables

PAGES = 4
LIMITS = Limits(seconds=120, memory_mb=1024)


def pages_read(file: str) -> int | str:
    """On how many pages of a file something is read in a table (runs in the worker)."""
    reading = read_bytes(Path(file).read_bytes())
    if reading.document is None:
        return str(reading.error_message)
    return len({cell.page for grid in reading.document.grids() for cell in grid.cells if cell.text})


def test_a_scan_of_several_pages_goes_through_a_worker_within_its_limits(catalog: Catalog, scans: ModuleType, tmp_path: Path) -> None:
    content = scans.made(catalog, 7)
    (page,) = scans.render_pictures.pictures_of(content, printed_tables(catalog, content)[2:])[0]
    file = tmp_path / "scan.tiff"
    file.write_bytes(scans.render_scan.wrapped([page] * PAGES, "tiff", 200))
    (done,) = run(pages_read, [str(file)], 1, LIMITS)
    assert done.result == PAGES
