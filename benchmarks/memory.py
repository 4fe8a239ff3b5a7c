"""Peak memory of a process that reads the files of one container and nothing else.

`python -m benchmarks.memory CONTAINER FILE…` is that process; without a file it only loads what every reading needs.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.files import ROOT
from benchmarks.machine import peak_megabytes
from pipeline.catalog import load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.normalise.report import normalise
from pipeline.readers.registry import read


def peak(container: str, paths: Sequence[Path]) -> float:
    """Megabytes that reading `paths`, one after the other, takes at the most in a fresh process."""
    call = [sys.executable, "-m", "benchmarks.memory", container, *map(str, paths)]
    return float(subprocess.run(call, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Read the files named in the call and print the peak."""
    container, *files = sys.argv[1:]
    catalog = load_catalog(DEFAULT_CATALOG)
    for file in files:
        normalise(catalog, read(container, Path(file).read_bytes()))
    print(peak_megabytes())


if __name__ == "__main__":
    main()
