"""The measure itself: what counts as right, missing, wrong, silent and a false alarm, and that the command runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.accuracy.__main__ import main
from tests.accuracy.compare import Line, compare
from tests.accuracy.measure import made_reports, measure, parsed
from tests.optional import left_out
from tests.reports.made import drawn_report, make

KEY = ("requests.new", "total")


def cell(state: str, value: str | None, field: str = KEY[0], applicant: str | None = KEY[1]) -> dict[str, Any]:
    return {"field": field, "applicant": applicant, "state": state, "value": value, "raw": value or ""}


def truth(state: str = "number", value: str | None = "12") -> dict[str, Any]:
    return {"source": "a.txt", "complete": True, "cells": [[*KEY, value, state]]}


def line(*cells: dict[str, Any], table: str | None = None, code: str = "cell_unplaced", severity: str = "error") -> Line:
    problems = [{"code": code, "severity": severity, "table": table, "message": ""}] if table else []
    return {"status": "parsed", "cells": list(cells), "problems": problems}


@pytest.mark.parametrize(
    ("cells", "table", "counts"),
    [
        ([cell("number", "12.0")], None, (1, 0, 0, 0)),
        ([cell("number", "13")], None, (0, 0, 1, 1)),
        ([cell("number", "13")], "requests", (0, 0, 1, 0)),
        ([cell("number", "13")], "remedies", (0, 0, 1, 1)),
        ([cell("blank", None)], None, (0, 0, 1, 1)),
        ([cell("unreadable", None)], None, (0, 1, 0, 0)),
        ([], None, (0, 1, 0, 0)),
        ([cell("number", "12"), cell("number", "13")], None, (0, 0, 1, 1)),
        ([cell("number", "12"), cell("number", "1", "remedies.review.total", None)], None, (1, 0, 1, 1)),
        ([cell("number", "12"), cell("blank", None, "remedies.review.total", None)], None, (1, 0, 0, 0)),
    ],
)
def test_cells_are_counted_as_the_measure_says(cells: list[dict[str, Any]], table: str | None, counts: tuple[int, ...]) -> None:
    score = compare(truth(), [line(*cells, table=table)])
    assert (score.right, score.missing, score.wrong, score.silent) == counts


@pytest.mark.parametrize(("severity", "justified", "alarms"), [("error", (), 1), ("info", (), 0), ("error", ("cell_unplaced",), 0)])
def test_a_problem_without_a_reason_is_a_false_alarm(severity: str, justified: tuple[str, ...], alarms: int) -> None:
    score = compare(truth(), [line(cell("number", "12"), table="requests", severity=severity)], justified)
    assert score.alarms == alarms


@pytest.mark.real
def test_the_measure_agrees_with_the_tool_that_measures_us(real_reports: Path, tmp_path: Path) -> None:
    """Damaged reports, so that every kind of difference occurs."""
    tool = real_reports.parent / "tools" / "score.py"
    if not tool.is_file():
        left_out(f"{tool} is not there")
    ours, truths, lines = [0] * 4, [], []
    for seed, name in enumerate(("labels_blank", "column_spans_lost", "slashes")):
        made = make(drawn_report("2019", seed), "html", [name], seed)
        path = tmp_path / f"{name}.html"
        path.write_bytes(made.data())
        truths.append(tmp_path / f"{name}.truth.json")
        known = made.truth(path.name)
        truths[-1].write_text(json.dumps(known), encoding="utf-8")
        found = parsed([path])[path]
        for item in found:
            item["problems"] = item["problems"] if seed % 2 else []
        lines += found
        score = compare(known, found)
        ours = [before + more for before, more in zip(ours, (score.right, score.wrong, score.missing, score.silent), strict=True)]
    output = tmp_path / "lines.jsonl"
    output.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    run = subprocess.run([sys.executable, tool, *truths, "--", output], capture_output=True, text=True, check=False)
    right, wrong, missing, silent = ours
    last = run.stdout.strip().splitlines()[-1]
    assert f"score: right {right} of {right + wrong + missing}, wrong {wrong}, missing {missing}" in last
    assert f"silent {silent}, " in last


def test_the_command_measures_and_says_what_is_wrong(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.accuracy.__main__.REAL_REPORTS", Path("/nowhere"))
    assert main(["--reports", "1", "--container", "html", "--quirk", "slashes", "--quirk", "lost_row"]) == 0
    page = capsys.readouterr().out
    assert "| numbers: slashes | 3 |" in page
    assert "| tables: lost_row | 3 |" in page


def test_a_wrong_reader_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(paths: list[Path]) -> dict[Path, list[dict[str, Any]]]:
        found = parsed(paths)
        for item in (item for lines in found.values() for line in lines for item in line["cells"]):
            item["value"] = "99" if (item["field"], item["applicant"]) == KEY else item["value"]
        return found

    monkeypatch.setattr("tests.accuracy.measure.parsed", careless)
    scores = [item.score for item in measure(made_reports(1, ["html"], ["padded_figures"]))]
    assert sum(score.silent for score in scores) == 2
