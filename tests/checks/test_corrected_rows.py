"""Corrections as rows of the core tables: which hold, and what stands beside the cells of a finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.checks.corrected import Standing
from pipeline.checks.corrected_rows import corrections_in_force, standing_cell_rows, standing_rows
from pipeline.checks.model import Finding, FindingCell

from .build_report import make_report

CELL = FindingCell("left", "r1", "requests.new", "total", "本年新收（总计）", "number", Decimal(8), "8 件", "第1行", None)
FINDING = Finding(
    "f1", "R1", "", "E", False, "requests", "总计", None, None, None, "不等。", (CELL, replace(CELL, field="requests.handled"))
)
KEY = ("r1", ("requests.new", "total"))


def row(state: str = "in_force", **more: object) -> dict[str, object]:
    cell = {"report_id": "r1", "field": "requests.new", "applicant": "total", "corrected_value": Decimal(6)}
    return {"decision_state": state, **cell, "state": "number", "value": Decimal(8), "raw": "8 件", **more}


def test_only_corrections_in_force_hold_and_those_of_two_years_together() -> None:
    years = (
        pa.Table.from_pylist([row(), row("lapsed", field="requests.handled")]),
        pa.Table.from_pylist([row(report_id="r0", applicant="")]),
    )
    corrections, printed = corrections_in_force(*years)
    assert corrections == {KEY: Decimal(6), ("r0", ("requests.new", None)): Decimal(6)}
    assert printed[KEY] == {"state": "number", "value": Decimal(8), "raw": "8 件"}


def test_a_corrected_cell_stands_as_printed_with_the_value_in_force_beside_it(catalog: Catalog) -> None:
    corrections, printed = corrections_in_force(pa.Table.from_pylist([row()]))
    seen = replace(FINDING, cells=(replace(CELL, value=Decimal(6), raw="6"), FINDING.cells[1]))  # as the second run has it
    for finding in (FINDING, seen):
        first, second = standing_cell_rows(make_report(catalog), [Standing(finding)], corrections, printed)
        assert (first["raw"], first["value"], first["corrected_value"]) == ("8 件", Decimal(8), Decimal(6))
        assert (second["field"], second["raw"], second.get("corrected_value")) == ("requests.handled", "8 件", None)


def test_a_sum_of_several_reports_under_the_id_of_the_first_is_left_as_it_is(catalog: Catalog) -> None:
    corrections, printed = corrections_in_force(pa.Table.from_pylist([row()]))
    together = replace(FINDING, cells=(replace(CELL, value=Decimal(20), raw="20"),))
    (only,) = standing_cell_rows(make_report(catalog), [Standing(together)], corrections, printed)
    assert (only["raw"], only.get("corrected_value")) == ("20", None)


def test_a_finding_says_what_corrections_make_of_it(catalog: Catalog) -> None:
    (only,) = standing_rows(make_report(catalog), [Standing(FINDING, "corrected", settled=True, after_correction="仍不等。")])
    assert (only["finding_id"], only["found_in"], only["settled"], only["after_correction"]) == ("f1", "corrected", True, "仍不等。")
