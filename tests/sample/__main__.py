"""`python -m tests.sample`: writes the sample reports, their bodies in data/decisions, the list of planted mistakes and docs/sample.md."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.sample.files import DISTRICT_FOLDER, YINZHOU_FOLDER, all_files
from tests.sample.listing import document, planted_csv
from tests.sample.registry import registry_rows, with_sample

ROOT = Path(__file__).resolve().parents[2]


def write(root: Path = ROOT) -> None:
    """Replaces the two sample folders below `root`/data/raw, the rows of the sample in `root`/data/decisions, and the two lists."""
    raw = root / "data" / "raw"
    for folder in (DISTRICT_FOLDER, YINZHOU_FOLDER):
        shutil.rmtree(raw / folder, ignore_errors=True)
    written = {f"data/raw/{path}": data for path, data in all_files().items()}
    written |= {"tests/sample/planted.csv": planted_csv(), "docs/sample.md": document()}
    for file in registry_rows():
        place = root / "data" / "decisions" / file
        written[f"data/decisions/{file}"] = with_sample(file, place.read_bytes() if place.exists() else b"")
    for path, data in written.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


if __name__ == "__main__":
    write()
