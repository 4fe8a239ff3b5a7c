"""An installation in a folder of its own, and what a build does in it, for the tests of the whole."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.common.settings import Settings
from pipeline.intake import manifest
from pipeline.intake.files import scan
from pipeline.orchestration.build import Run, run_build
from pipeline.orchestration.workspace import Workspace
from tests.sample.__main__ import ROOT
from tests.sample.files import SampleFile, report_files, sources_files

RAW = ROOT / "data" / "raw"
DECISIONS = ROOT / "data" / "decisions"
Stamp = tuple[int, int]  # time of the last change, inode: another where a file was written anew


@dataclass(frozen=True)
class Installation:
    """Folders below one root; nothing of it is shared with the checkout but the catalogue."""

    settings: Settings

    @classmethod
    def at(cls, root: Path, workers: int = 1) -> Installation:
        """An installation with an empty raw folder."""
        (root / "raw").mkdir(parents=True)
        return cls(Settings(root / "raw", root / "warehouse", root / "decisions", workers=workers))

    @property
    def raw(self) -> Path:
        return self.settings.raw

    @property
    def workspace(self) -> Workspace:
        """Opened anew at each call, as each run does."""
        return Workspace(self.settings)

    def with_catalog(self, folder: Path) -> Installation:
        """The same folders under another catalogue."""
        return Installation(replace(self.settings, catalog=folder))

    def copied(self, root: Path) -> Installation:
        """A copy of the folders at another root, with the times of change of its files, and a manifest that knows the copies."""
        shutil.copytree(self.raw.parent, root)
        copy = Installation(Settings(root / "raw", root / "warehouse", root / "decisions", self.settings.catalog, self.settings.workers))
        if known := manifest.load(copy.workspace.manifest):  # a copy has a ctime of its own
            manifest.update(copy.workspace.manifest, known, scan(copy.raw, {}))
        return copy

    def build(self, *years: int, accept_fewer_figures: bool = False) -> Run:
        return run_build(self.settings, years, accept_fewer_figures=accept_fewer_figures)

    def build_only(self, *tables: str, years: tuple[int, ...] = (), accept_fewer_figures: bool = False) -> Run:
        """Build these tables with all that they are made of, for a test that asks for nothing else: that takes a fraction of the time."""
        return run_build(self.settings, years, accept_fewer_figures=accept_fewer_figures, only=tables)

    def build_tables(self, *years: int) -> Run:
        """Build every table, and nothing of what people get."""
        return self.build_only(*(table.table for table in self.workspace.catalog.tables), years=years)

    def put(self, path: str, data: bytes) -> Path:
        """A file below raw."""
        place = self.raw / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        return place

    def rows(self, table: str, *columns: str) -> list[dict[str, Any]]:
        """The rows of a table, of all years."""
        rows: list[dict[str, Any]] = self.workspace.store.read(table, columns=list(columns) or None).to_pylist()
        return rows

    def stamps(self) -> dict[tuple[str, str], Stamp]:
        """(table, partition) -> stamp of its Parquet file; the partition is "" for tables that are not kept by year."""
        folder = self.workspace.store.folder
        return {_place(folder, path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.rglob("*.parquet")}

    def parquet(self) -> dict[str, bytes]:
        """Every file of the Parquet tree with its bytes."""
        folder = self.workspace.store.folder
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _place(folder: Path, path: Path) -> tuple[str, str]:
    table, *partition, _ = path.relative_to(folder).parts
    return table, partition[0].removeprefix("report_year=") if partition else ""


def written_anew(before: dict[tuple[str, str], Stamp], after: dict[tuple[str, str], Stamp]) -> dict[str, set[str]]:
    """table -> partitions that are new, gone or written again."""
    places = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    return {table: {partition for other, partition in places if other == table} for table, _ in places}


def sample_files(*names: str, years: tuple[int, ...] = ()) -> list[SampleFile]:
    """The files of some bodies of the sample (by the end of their names, none: of all) on some years (none: on all)."""
    return [
        file
        for file in report_files()
        if file.content.agency.endswith(names or ("",)) and file.content.report_year in (years or (file.content.report_year,))
    ]


def copy_registry(installation: Installation) -> None:
    """The registry of the checkout, which holds the bodies of the sample."""
    shutil.copytree(DECISIONS, installation.settings.decisions)


def copy_sample(installation: Installation, files: list[SampleFile]) -> None:
    """Copies of committed sample files under the same paths, with the sources.csv of their folders."""
    folders = {folder for file in files for folder in Path(file.path).parents}
    sources = [path for path in sources_files() if Path(path).parent in folders]
    for path in [*(file.path for file in files), *sources]:
        place = installation.raw / path
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(RAW / path, place)
