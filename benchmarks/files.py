"""The files that are measured: the sample in data/raw, and the real reports where they are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.intake.kinds import kind_of
from pipeline.readers.registry import READERS
from tests.real_reports import REAL_REPORTS

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "raw"
_NOT_REPORTS = frozenset({".csv", ".json", ".md"})  # sources.csv, and what stands beside the real reports


class Group(NamedTuple):
    """The files of one container from one place. source: `sample` or `real`."""

    source: str
    container: str
    paths: tuple[Path, ...]


def groups(most: int | None = None) -> list[Group]:
    """All files by source and container, in the order of the readers; `most` files of each, spread over all of them."""
    found = {source: list(_reports(folder)) for source, folder in (("sample", SAMPLE), ("real", REAL_REPORTS)) if folder.is_dir()}
    listed = []
    for container in READERS:
        for source, files in found.items():
            paths = [path for path, kind in files if kind == container]
            if paths:
                step = 1 if most is None else -(-len(paths) // most)
                listed.append(Group(source, container, tuple(paths[::step])))
    return listed


def _reports(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _NOT_REPORTS and not path.name.startswith("."):
            yield path, kind_of(path.read_bytes())
