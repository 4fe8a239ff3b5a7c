"""A file that changes between the look at the folder and its reading is never kept as what it was before."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.orchestration.reading import Task, process


def test_another_content_than_was_scanned_gives_nothing(tmp_path: Path) -> None:
    place = tmp_path / "年报.txt"
    place.write_text("原来的内容")
    scanned = hashlib.sha256(place.read_bytes()).hexdigest()
    assert process(Task(scanned, scanned, place, None, None), DEFAULT_CATALOG).summary
    place.write_text("后来的内容")
    outcome = process(Task(scanned, scanned, place, None, None), DEFAULT_CATALOG)
    assert (outcome.reading, outcome.summary, outcome.opened) == (b"", b"", False)
