"""Known cells against the cells of a line of `gongkai parse`: right, missing, wrong, silent.

right: state and value as known. missing: not listed, or `unreadable`: the reader did not claim to know it. wrong: another
value or state, or a number or sign that was not printed. silent: wrong, and no problem of severity error or warning names
the table. A false alarm is such a problem on a report whose cells are all right, which its oddities do not justify.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Line = Mapping[str, Any]
_LOUD = ("error", "warning")


@dataclass
class Score:
    """Counts of cells, reports and false alarms; `details` says which, in words."""

    reports: int = 0
    right: int = 0
    missing: int = 0
    wrong: int = 0
    silent: int = 0
    alarms: int = 0
    answers: int = 0
    details: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        for name in ("reports", "right", "missing", "wrong", "silent", "alarms", "answers", "details"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def cells(self) -> int:
        """The cells that were compared."""
        return self.right + self.missing + self.wrong


def compare(truth: Mapping[str, Any], lines: Sequence[Line], justified: Collection[str] = ()) -> Score:
    """The score of one file. justified: codes of problems that are no false alarms."""
    score = Score(reports=1)
    line: Line = lines[0] if lines else {}
    found: dict[tuple[str, str | None], list[Mapping[str, Any]]] = {}
    for cell in line.get("cells", ()):
        found.setdefault((cell["field"], cell["applicant"]), []).append(cell)
    known = {(row[0], row[1]): (row[2], row[3]) for row in truth["cells"]}
    for key, (value, state) in known.items():
        cells = found.get(key, [])
        if cells and all(_agrees(cell, value, state) for cell in cells):
            score.right += 1
        elif all(cell["state"] == "unreadable" for cell in cells):
            score.missing += 1
            score.details.append(f"{_name(key)} missing: {state} {value}")
        else:
            _wrong(score, line, key, f"{state} {value}", cells)
    for where in lines if truth.get("complete") else ():
        for cell in where.get("cells", ()):
            key = (cell["field"], cell["applicant"])
            if cell["state"] not in ("blank", "unreadable") and (where is not line or key not in known):
                _wrong(score, where, key, "no such cell", [cell])
    _answers(score, truth, line)
    if score.right == score.cells and "refused" not in truth.get("expect", ""):
        _count_alarms(score, lines, justified)
    return score


def _count_alarms(score: Score, lines: Sequence[Line], justified: Collection[str]) -> None:
    """Errors and warnings on a file that was read rightly."""
    for problem in (problem for where in lines for problem in where.get("problems", ())):
        if problem["severity"] in _LOUD and problem["code"] not in justified:
            score.alarms += 1
            score.details.append(f"false alarm {problem['code']}: {problem['message']}")


def _wrong(score: Score, line: Line, key: tuple[str, str | None], expected: str, cells: Sequence[Mapping[str, Any]]) -> None:
    silent = not _is_named(line, key[0].partition(".")[0])
    score.wrong += 1
    score.silent += silent
    got = " and ".join(f"{cell['state']} {cell['value']} from {cell['raw']!r}" for cell in cells)
    score.details.append(f"{_name(key)} {'SILENTLY ' if silent else ''}wrong: {expected}, read {got}")


def _answers(score: Score, truth: Mapping[str, Any], line: Line) -> None:
    """Body, year and status count as one answer."""
    expected = {"agency": truth.get("agency"), "report_year": truth.get("report_year"), "status": truth.get("expect")}
    if expected["status"] == "refused":
        expected["agency"] = expected["report_year"] = None  # what a file is that is no report, is nobody's question
    good = True
    for name, answer in expected.items():
        accepted = (
            [part.strip() for part in answer.split("|")] if isinstance(answer, str) else answer if isinstance(answer, list) else [answer]
        )
        if answer is not None and line.get(name) not in accepted:
            good = False
            score.details.append(f"{name}: expected {answer}, read {line.get(name)}")
    score.answers += good


def _is_named(line: Line, table: str) -> bool:
    naming = {table} | ({None} if line.get("status") == "refused" else set())
    return any(problem["severity"] in _LOUD and problem["table"] in naming for problem in line.get("problems", ()))


def _agrees(cell: Mapping[str, Any], value: str | None, state: str) -> bool:
    if state != "number":
        return bool(cell["state"] == state and cell["value"] is None)
    return bool(cell["state"] == state and cell["value"] is not None and value is not None and Decimal(cell["value"]) == Decimal(value))


def _name(key: tuple[str, str | None]) -> str:
    return f"{key[0]}[{key[1]}]" if key[1] else key[0]
