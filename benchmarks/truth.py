"""What stands in the measured files: for the sample what its generator printed, for the real reports the truth files beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from benchmarks.files import Group
from pipeline.normalise.model import Report
from tests.sample.files import truths

Key = tuple[str, str | None]  # field, applicant


class Truth(NamedTuple):
    """The year of a report, and its cells: key -> state and value."""

    report_year: int
    cells: dict[Key, tuple[str, Decimal | None]]


class Score(NamedTuple):
    """Cells right, cells wrong (another figure or sign than printed), and all cells known; the rest was not found."""

    right: int
    wrong: int
    known: int


def known(group: Group) -> list[tuple[Path, Truth]]:
    """The files of a group whose figures are known, in order."""
    if group.source == "sample":
        by_name = {truth["source"].rpartition("/")[2]: truth for truth in truths()}
    else:
        by_name = {truth["source"]: truth for truth in _beside(group.paths)}
    return [(path, truth_of(by_name[path.name])) for path in group.paths if path.name in by_name]


def _beside(paths: Iterable[Path]) -> list[dict]:
    files = (path.with_suffix(".truth.json") for path in paths)
    return [json.loads(file.read_bytes()) for file in files if file.is_file()]


def truth_of(stated: dict) -> Truth:
    """What a truth file says, in the format of the contract of `gongkai parse`."""
    cells = {(field, applicant): (state, None if value is None else Decimal(value)) for field, applicant, value, state in stated["cells"]}
    return Truth(stated["report_year"], cells)


def score(truth: Truth, reports: Iterable[Report]) -> Score:
    """How the cells of the first report agree with the truth; a cell given as blank or unreadable where a figure stands was not found."""
    first = next(iter(reports), None)
    found = {(cell.field, cell.applicant): (cell.state, cell.value) for cell in first.cells} if first else {}
    right = sum(1 for key, cell in truth.cells.items() if found.get(key) == cell)
    claimed = {key: cell for key, cell in found.items() if cell[0] in ("number", "not_applicable") and key in truth.cells}
    return Score(right, sum(1 for key, cell in claimed.items() if truth.cells[key] != cell), len(truth.cells))
