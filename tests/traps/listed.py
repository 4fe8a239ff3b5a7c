"""The list of traps, and the cases that its oddities make: each in a few containers, taking turns, and in both forms where it can be."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from pipeline.intake.kinds import kind_of
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.registry import read
from tests.reports.containers import TRIED
from tests.reports.made import YEARS, Made, drawn_report, make, the_catalog
from tests.reports.quirks import QUIRKS, Quirk

_CASES = 2  # containers and forms in which each oddity is tried here; `python -m tests.accuracy` tries them all


@dataclass(frozen=True)
class Trap:
    """A line of the list. quirks: the oddities that set the trap; without any, a test function bears its name."""

    heading: str
    trap: str
    quirks: tuple[str, ...]


def traps() -> list[Trap]:
    """The whole list."""
    with (Path(__file__).parent / "traps.csv").open(encoding="utf-8", newline="") as file:
        return [Trap(row["heading"], row["trap"], tuple(row["quirks"].split())) for row in csv.DictReader(file)]


def cases(heading: str) -> list[Any]:
    """Made reports for the traps of one heading; their ids name the trap, the oddity, the container and the form."""
    listed = [(trap.trap, name) for trap in traps() if trap.heading == heading for name in trap.quirks]
    return [
        pytest.param(container, form, name, id=f"{trap}-{name}-{container}-{form}")
        for turn, (trap, name) in enumerate(listed)
        for container, form in _places(QUIRKS[name], turn)
    ]


def _places(quirk: Quirk, turn: int) -> Iterator[tuple[str, str]]:
    places = [place for place in product(TRIED, YEARS) if quirk.fits(*place)]
    step = max(len(places) // _CASES, 1) | 1  # odd, so that the forms take turns too
    yield from dict.fromkeys(places[(turn + number * step) % len(places)] for number in range(_CASES))


def reports_in(data: bytes) -> list[Report]:
    """What the pipeline makes of the bytes of a file."""
    return normalise(the_catalog(), read(kind_of(data), data))


def check(container: str, form: str, name: str) -> tuple[Made, Report]:
    """Print, parse and compare a report with one oddity: nothing is wrong without a word, and no more is lost than has to be."""
    made = make(drawn_report(form, 0), container, [name])
    (report,) = reports_in(made.data())
    assert not silently_wrong(made, report)
    assert report.status in made.statuses
    if made.keeps == "none":
        assert report.cells == ()
    if made.keeps == "all":
        assert not differing(made, report)
        assert {item.code for item in report.problems if item.severity != "info"} <= made.says
        assert (report.agency, report.report_year) == (made.content.agency, made.content.report_year)
    return made, report


def differing(made: Made, report: Report) -> list[str]:
    """The cells that do not say what is printed."""
    found = {(cell.field, cell.applicant): (cell.state, cell.value) for cell in report.cells if not cell.extra}
    return [
        f"{key}: {figure}, read {found.get(key)}"
        for key, figure in made.printed.items()
        if found.get(key, ("unreadable", None)) != (figure.state, figure.value)
    ]


def silently_wrong(made: Made, report: Report) -> list[str]:
    """The cells that claim something else than is printed, in tables that no error or warning of the reader names.

    One digit that a scan lost shows in the sums only, which are not the reader's business.
    """
    named = {item.table for item in report.problems if item.severity in ("error", "warning")}
    lost = {quirk.name for quirk in made.quirks} & {"ten_read_as_one"}
    printed = made.printed
    return [
        f"{cell.field}[{cell.applicant}]: {cell.raw!r} read as {cell.state} {cell.value}"
        for cell in report.cells
        if not cell.extra and cell.state != "unreadable" and cell.table not in named and not lost
        if (figure := printed.get((cell.field, cell.applicant))) is None or (cell.state, cell.value) != (figure.state, figure.value)
    ]
