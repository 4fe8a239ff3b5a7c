"""What corrections make of findings: settled, still there, caused; and corrected figures as the rules see them."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa

from pipeline.checks.corrected import Standing, compared, with_corrections
from pipeline.checks.model import Finding, FindingCell


def finding(finding_id: str, place: str = "表三“总计”列", rule: str = "R1", field: str = "requests.new", **more: str) -> Finding:
    cell = FindingCell("left", "r1", field, "total", "本年新收", "number", Decimal(8), "8", "第1行", None)
    said = {"severity": "E", "table": "requests", "message": f"说明{finding_id}", **more}
    return Finding(
        finding_id=finding_id,
        rule=rule,
        part="",
        place=place,
        expected=None,
        actual=None,
        difference=None,
        weak=False,
        cells=(cell,),
        **said,  # type: ignore[arg-type]
    )


def told(printed: list[Finding], corrected: list[Finding]) -> dict[str, tuple[str, bool, str | None]]:
    rows: list[Standing] = list(compared(printed, corrected))
    assert len({row.finding.finding_id for row in rows}) == len(rows)
    return {row.finding.finding_id: (row.found_in, row.settled, row.after_correction) for row in rows}


def test_a_finding_that_the_corrected_figures_do_not_show_is_settled() -> None:
    assert told([finding("a")], []) == {"a": ("printed", True, None)}


def test_a_finding_that_is_still_there_keeps_its_id_and_says_what_has_changed() -> None:
    assert told([finding("a")], [finding("a")]) == {"a": ("printed", False, None)}
    assert told([finding("a")], [finding("b")]) == {"a": ("printed", False, "说明b")}
    assert told([finding("a")], [finding("b", field="requests.handled")]) == {"a": ("printed", False, "说明b")}


def test_a_finding_that_only_the_corrected_figures_show_is_caused() -> None:
    assert told([finding("a")], [finding("a"), finding("b", place="表三“自然人”列")]) == {
        "a": ("printed", False, None),
        "b": ("corrected", False, None),
    }
    assert told([finding("a")], [finding("b", rule="R3")]) == {"a": ("printed", True, None), "b": ("corrected", False, None)}
    # what had to be read as 0 and what fails are two matters
    assert told([finding("a", severity="I")], [finding("b")]) == {"a": ("printed", True, None), "b": ("corrected", False, None)}


def test_of_two_findings_at_one_place_each_is_its_own() -> None:
    printed = [finding("a", field="requests.new"), finding("b", field="requests.handled")]
    assert told(printed, [finding("c", field="requests.handled")]) == {"a": ("printed", True, None), "b": ("printed", False, "说明c")}


def test_only_the_corrected_cells_of_the_report_change() -> None:
    cell = {"report_id": "r1", "field": "requests.new", "applicant": "total", "state": "blank", "value": None, "raw": " "}
    more = {"confidence": 0.5, "is_extra": False}
    rows = [{**cell, **more}, {**cell, **more, "field": "requests.handled"}, {**cell, **more, "report_id": "r2"}]
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("report_id", "field", "applicant", "state", "raw")),
            *(("value", pa.decimal128(24, 6)), ("confidence", pa.float64()), ("is_extra", pa.bool_())),
        ]
    )
    tables = {"core_cells": pa.Table.from_pylist(rows, schema=schema), "core_reports": pa.table({"report_id": ["r1", "r2"]})}
    after = with_corrections(tables, {("r1", ("requests.new", "total")): Decimal("6.000000")})
    assert after["core_reports"] is tables["core_reports"]
    changed = [row for row in after["core_cells"].to_pylist() if row not in tables["core_cells"].to_pylist()]
    assert len(after["core_cells"]) == 3
    assert [{name: row[name] for name in ("report_id", "field", "state", "value", "raw", "confidence")} for row in changed] == [
        {"report_id": "r1", "field": "requests.new", "state": "number", "value": Decimal(6), "raw": "6", "confidence": 1.0}
    ]
