"""True prose beside the tables that it tells of: no rule may find fault with it.

`true_prose.txt` holds a sentence a line. {n} {c} {h} {o} and so on are filled with what the table says; {m}, {k} and {b} are figures of
something else (some requests, another time, another kind of case), which a hasty reader would compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.checks.facts import facts_from_report
from pipeline.checks.rulebook import check_report
from pipeline.normalise.claims.reading import read_paragraph
from pipeline.normalise.model import Report
from tests.properties.reports import CATALOG, parsed
from tests.reports.made import drawn_report, make

TEMPLATES = (Path(__file__).parent / "true_prose.txt").read_text(encoding="utf-8").splitlines()
GROUPS = {"g": "granted", "p": "partly_granted", "d": "denied", "u": "unavailable", "x": "not_processed", "z": "other"}
FIELDS = {"n": "requests.new", "c": "requests.carried_in", "h": "requests.handled", "o": "requests.carried_out"}
REMEDIES = {"w": "litigation_direct.total", "v": "litigation_direct.upheld", "y": "litigation_after_review.total"}
OF_SOMETHING_ELSE = {"m": 6, "k": 5, "b": 731}


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [parsed(make(drawn_report(form, seed), "html", (), seed)) for form, seed in (("2019", 1), ("2021", 2), ("2021", 5))]


def told(report: Report) -> dict[str, int]:
    """What may be said of a report."""
    totals = {cell.field: int(cell.value or 0) for cell in report.cells if cell.applicant in ("total", None)}
    said = {letter: totals[field] for letter, field in FIELDS.items()}
    for letter, group in GROUPS.items():
        said[letter] = sum(value for field, value in totals.items() if f"{field}.".startswith(f"requests.{group}."))
    said |= {letter: totals[f"remedies.{field}"] for letter, field in REMEDIES.items()}
    remedies = [totals[f"remedies.{kind}.total"] for kind in ("review", "litigation_direct", "litigation_after_review")]
    return said | {"s": said["n"] + said["c"], "r": remedies[0], "l": remedies[1] + remedies[2]} | OF_SOMETHING_ELSE


def faults(report: Report, sentence: str, kind: str) -> Iterator[str]:
    """What the rules about prose find."""
    facts = facts_from_report(report, CATALOG, report_id="r", agency_id="a", agency_name="瀚川市沐云区司法局", agency_kind=kind)
    facts = replace(facts, claims=tuple(read_paragraph(CATALOG, sentence, report.report_year)))
    for result in check_report(facts, None, CATALOG):
        if result.rule.startswith("N"):
            yield from (finding.message for finding in result.findings)


@pytest.mark.parametrize("template", TEMPLATES)
def test_true_prose_is_not_found_fault_with(reports: list[Report], template: str) -> None:
    found = [fault for report in reports for kind in ("department", "government") for fault in faults(report, _of(report, template), kind)]
    assert found == []


def _of(report: Report, template: str) -> str:
    """The sentence that a template makes in a report."""
    year = report.report_year or 0
    sentence = template.format(**told(report))
    for printed, meant in (("2022年", year - 1), ("2023年", year), ("2024年", year + 1)):
        sentence = sentence.replace(printed, f"{meant}年")
    return sentence
