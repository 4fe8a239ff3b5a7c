"""Files that are small to write and large to read end in bounded time, with an honest result."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.floods import FLOODS, RUNS, flood
from tests.hostile.parsing import codes, parse

LOST = {"time_limit", "memory_limit", "reader_crashed", "internal_error"}
TAKEN_LONG = (  # what once took quadratic time, at a size at which that is felt
    "html: spans with text",
    "html: links",
    "html: rowspan of 65534",
    "html: both",
    "html: comments",
    "html: links to reports",
    "html: pictures in a cell",
    "html: raised figures",
    "xlsx: unclosed cells",
    "pdf: characters on a page",
)


@pytest.mark.parametrize("kind", sorted({name.split(":")[0] for name in FLOODS}))
def test_no_flood_stops_its_reader(kind: str, tmp_path: Path) -> None:
    names = [name for name in FLOODS if name.startswith(f"{kind}:")]
    found = parse(tmp_path, ((name, flood(name, 0.02)) for name in names))
    assert {name: codes(lines) & LOST for name, lines in found.items() if codes(lines) & LOST} == {}


def test_what_took_quadratic_time_does_so_no_more(tmp_path: Path) -> None:
    found = parse(tmp_path, ((name, flood(name, 0.5)) for name in TAKEN_LONG))
    assert {name: codes(lines) & LOST for name, lines in found.items() if codes(lines) & LOST} == {}


@pytest.mark.parametrize(
    "name",
    ["html: one huge table", "xlsx: opposite corners", "xlsx: merged all over", "docx: too large"],
)
def test_absurd_sizes_are_refused_and_said(name: str, tmp_path: Path) -> None:
    ((line,),) = parse(tmp_path, [(name, flood(name))]).values()
    assert (line["status"], codes([line]), line["cells"]) == ("refused", {"too_large"}, [])


@pytest.mark.parametrize("name", ["html: deep divs", "html: deep tables", "docx: deep tables", "docx: deep controls"])
def test_what_is_nested_too_deeply_is_refused_and_said(name: str, tmp_path: Path) -> None:
    ((line,),) = parse(tmp_path, [(name, flood(name))]).values()
    assert (line["status"], codes([line]), line["cells"]) == ("refused", {"damaged"}, [])


def test_a_report_beside_a_flood_is_read(tmp_path: Path) -> None:
    names = ["html: a report after a huge table", "html: a report with wide spans", *(f"paragraph: {name}" for name in RUNS)]
    found = parse(tmp_path, ((name, flood(name, 0.1)) for name in names))
    assert {name: [line["status"] for line in lines] for name, lines in found.items()} == {name: ["parsed"] for name in names}


def test_a_flood_in_a_cell_costs_that_cell_alone(tmp_path: Path) -> None:
    names = [f"cell: {name}" for name in RUNS]
    found = parse(tmp_path, ((name, flood(name, 0.01)) for name in names))
    (whole,) = parse(tmp_path, [("whole", flood("paragraph: spaces", 0.00001))])["whole"]
    for name, (line,) in found.items():
        changed = [cell["raw"] for cell, other in zip(line["cells"], whole["cells"], strict=True) if cell["value"] != other["value"]]
        assert len(changed) <= 1, name
        assert line["status"] in ("parsed", "partial"), name
