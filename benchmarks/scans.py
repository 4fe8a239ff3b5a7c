"""What a scan costs: processor time and wall clock a page, and the peak memory of a worker, on made reports as pictures.

`python -m benchmarks.scans FILE…` is that worker; it prints JSON. Nothing is measured where the optional part is not installed,
or no Chinese font is there to draw the pages with.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.files import ROOT
from benchmarks.machine import peak_megabytes
from benchmarks.truth import score, truth_of
from pipeline.catalog import Catalog
from pipeline.intake.kinds import kind_of
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document
from pipeline.readers.recognition import can_recognise
from pipeline.readers.registry import read
from tests.reports.layout import printed_tables

DAMAGES = ("clean", "skewed", "red_seal", "noisy", "photographed")
_PAGES = 3  # of a made report
_DPI = 200


@dataclass(frozen=True)
class Scan:
    """One made report as a scan. processor, wall: seconds a page; right, wrong, known: its cells."""

    damage: str
    processor: float
    wall: float
    right: int
    wrong: int
    known: int


@dataclass(frozen=True)
class Scans:
    """All scans that one worker read. starting: seconds of processor time until the models are loaded; peak: megabytes."""

    scans: tuple[Scan, ...]
    starting: float
    peak: float


def measure(catalog: Catalog, damages: tuple[str, ...] = DAMAGES) -> Scans | str:
    """The scans measured, or why there are none."""
    if not can_recognise():
        return "scans were not measured: text recognition is not installed here (`make extras`)"
    from tests.reports import render_scan
    from tests.scans import made

    if not render_scan.shows_chinese():
        return "scans were not measured: no Chinese font is installed here to draw them with"
    contents = {damage: made(catalog, seed) for seed, damage in enumerate(damages)}
    with tempfile.TemporaryDirectory(prefix="gongkai-scans-") as folder:
        paths = []
        for damage, content in contents.items():
            path = Path(folder) / f"{damage}.tiff"
            tables = printed_tables(catalog, content)
            path.write_bytes(render_scan.render(content, tables, dpi=_DPI, damage=damage, container="tiff"))
            paths.append(path)
        call = [sys.executable, "-m", "benchmarks.scans", *map(str, paths)]
        found = json.loads(subprocess.run(call, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
        documents = [msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Document) for path in paths]
    scans = []
    for (damage, content), document, (processor, wall) in zip(contents.items(), documents, found["seconds"], strict=True):
        truth = truth_of(content.truth(damage, catalog))
        scans.append(Scan(damage, processor / _PAGES, wall / _PAGES, *score(truth, normalise(catalog, document))))
    return Scans(tuple(scans), found["starting"], found["peak"])


def main() -> None:
    """Load the models, read the files named in the call, and keep the document of each beside it."""
    import numpy as np

    from pipeline.readers.scan.engine import recognise

    recognise([np.full((48, 48), 255, dtype=np.uint8)])
    starting, seconds = time.process_time(), []
    for file in map(Path, sys.argv[1:]):
        processor, wall = time.process_time(), time.perf_counter()
        data = file.read_bytes()
        document = read(kind_of(data), data)
        seconds.append((time.process_time() - processor, time.perf_counter() - wall))
        file.with_suffix(".json").write_bytes(msgspec.json.encode(document))
    print(json.dumps({"starting": starting, "seconds": seconds, "peak": peak_megabytes()}))


if __name__ == "__main__":
    main()
