"""`python -m tests.series_page`: builds the sample in a folder of its own and writes docs/series.md from it.

`--database FILE` takes a warehouse that is there, `--body NAME` another body.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.common.settings import Settings
from pipeline.orchestration.build import run_build
from tests.series_page.page import choose_body, series_page

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "series.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.series_page", description=__doc__)
    parser.add_argument("--database", type=Path)
    parser.add_argument("--body")
    parser.add_argument("--page", type=Path, default=PAGE)
    asked = parser.parse_args()
    if asked.database:
        write(asked.database, asked.body, asked.page)
        return 0
    with TemporaryDirectory() as folder:
        settings = Settings(ROOT / "data" / "raw", Path(folder), ROOT / "data" / "decisions", workers=os.cpu_count() or 1)
        run = run_build(settings)
        if not run.success:
            sys.stderr.write("\n".join(run.blocked) + "\n")
            return 1
        write(Path(folder) / "gongkai.duckdb", asked.body, asked.page)
    return 0


def write(database: Path, body: str | None, page: Path) -> None:
    """Write the page from the DuckDB file of a warehouse."""
    with duckdb.connect(database, read_only=True) as connection:
        page.write_text(series_page(connection, body or choose_body(connection)), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
