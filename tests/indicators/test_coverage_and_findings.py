from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pytest

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Rule
from pipeline.common.errors import SchemaError
from pipeline.indicators.coverage import out_rule_coverage
from pipeline.indicators.findings import out_findings
from tests.indicators.builders import FiledReport, check_declared, core_reports, declared_table

REPORTS = [
    FiledReport("甲局", 2023),
    FiledReport("乙局", 2023),
    FiledReport("丙局", 2023),
    FiledReport("甲局", 2023, copy=1, current=False),
]


def rule(number: str, part: str, title: str, severity: str = "E") -> Rule:
    return Rule(number, part, "relation", severity, False, None, (), None, (), (), None, None, {}, title, "说明", "定义")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def small_catalog(catalog: Catalog) -> Catalog:
    return replace(catalog, rules=(rule("R1", "", "收办平衡"), rule("L1", "review", "复议总计"), rule("L1", "direct", "诉讼总计", "W")))


def results(catalog: Catalog, *rows: tuple[str, str, str, tuple[int, int, int, int, int]]) -> pa.Table:
    names = ("passed", "failed", "not_assessable", "not_applicable", "blank_read_as_zero")
    return declared_table(
        catalog,
        "core_rule_results",
        [
            {"report_id": report, "report_year": 2023, "rule": number, "part": part, **dict(zip(names, counts, strict=True))}
            for report, number, part, counts in rows
        ],
    )


def test_coverage_adds_up_current_reports_and_keeps_rules_that_tested_nothing(small_catalog: Catalog) -> None:
    given = results(
        small_catalog,
        ("甲局-2023-0", "R1", "", (6, 1, 0, 0, 1)),
        ("乙局-2023-0", "R1", "", (5, 0, 2, 0, 0)),
        ("丙局-2023-0", "R1", "", (0, 0, 7, 0, 0)),
        ("甲局-2023-1", "R1", "", (7, 7, 7, 7, 7)),
        ("甲局-2023-0", "L1", "direct", (0, 0, 0, 1, 0)),
    )
    table = out_rule_coverage(small_catalog, given, core_reports(small_catalog, REPORTS), 2023)
    check_declared(small_catalog, "out_rule_coverage", table)
    rows = {(row["rule"], row["part"]): row for row in table.to_pylist()}
    counts = ("passed", "failed", "not_assessable", "not_applicable", "blank_read_as_zero", "bodies")
    assert [rows["R1", ""][name] for name in counts] == [11, 1, 9, 0, 1, 2]
    assert [rows["L1", "direct"][name] for name in counts] == [0, 0, 0, 1, 0, 0]
    assert [rows["L1", "review"][name] for name in counts] == [0, 0, 0, 0, 0, 0]
    assert (rows["L1", "direct"]["title_zh"], rows["L1", "direct"]["severity"], rows["L1", "direct"]["report_year"]) == (
        "诉讼总计",
        "W",
        2023,
    )
    assert len(rows) == 3


def test_every_rule_of_the_catalogue_has_a_row_in_a_year_without_reports(catalog: Catalog) -> None:
    table = out_rule_coverage(catalog, results(catalog), core_reports(catalog, []), 2019)
    assert {(row["rule"], row["part"]) for row in table.to_pylist()} == {(row.rule, row.part) for row in catalog.rules}
    assert set(table["passed"].to_pylist()) == {0}


def test_results_of_an_unknown_rule_are_refused_not_lost(small_catalog: Catalog) -> None:
    with pytest.raises(SchemaError, match="R99"):
        out_rule_coverage(
            small_catalog, results(small_catalog, ("甲局-2023-0", "R99", "", (1, 0, 0, 0, 0))), core_reports(small_catalog, REPORTS), 2023
        )


def finding(finding_id: str, report_id: str, **more: object) -> dict[str, object]:
    return {
        "finding_id": finding_id,
        "report_id": report_id,
        "report_year": 2023,
        "agency_id": "id-甲局",
        "agency_name": "甲局",
        "rule": "L1",
        "part": "review",
        "severity": "E",
        "weak": False,
        "place": "行政复议",
        "message": "相差 1。",
        **more,
    }


def test_findings_carry_the_rule_the_first_cell_and_the_file(small_catalog: Catalog) -> None:
    findings = [
        finding("f1", "甲局-2023-0", expected=Decimal("4.5"), actual=Decimal(5), difference=Decimal("0.5"), table="remedies"),
        finding("f2", "甲局-2023-0", rule="R1", part=""),
        finding("f3", "甲局-2023-1"),
    ]
    cells = [
        {"finding_id": "f1", "position": 1, "raw": "2", "location": "第1格"},
        {"finding_id": "f1", "position": 0, "raw": "5 件", "location": "第3页表四总计"},
    ]
    parts = [{"finding_id": "f1", "report_year": 2023, "report_id": "甲局-2023-0", "suggestion_part": 1, "probable": "很可能是：…"}]
    table = out_findings(
        small_catalog,
        declared_table(small_catalog, "core_findings", findings),
        declared_table(small_catalog, "core_finding_cells", cells),
        core_reports(small_catalog, REPORTS),
        declared_table(small_catalog, "core_finding_parts", parts),
    )
    check_declared(small_catalog, "out_findings", table)
    rows = {row["finding_id"]: row for row in table.to_pylist()}
    assert set(rows) == {"f1", "f2"}
    first = rows["f1"]
    assert list(first)[:2] == ["finding_id", "report_id"]
    assert {row["report_id"] for row in rows.values()} == {"甲局-2023-0"}
    assert (first["title_zh"], first["raw"], first["location"], first["path"]) == ("复议总计", "5 件", "第3页表四总计", "甲局-2023-0.docx")
    assert (first["probable"], rows["f2"]["probable"]) == ("很可能是：…", None)
    assert (first["expected"], first["actual"], first["difference"]) == (Decimal("4.5"), 5, Decimal("0.5"))
    assert (rows["f2"]["title_zh"], rows["f2"]["raw"], rows["f2"]["location"]) == ("收办平衡", "", "")


def test_a_finding_of_an_unknown_rule_is_refused(small_catalog: Catalog) -> None:
    with pytest.raises(SchemaError, match="R99"):
        out_findings(
            small_catalog,
            declared_table(small_catalog, "core_findings", [finding("f1", "甲局-2023-0", rule="R99")]),
            declared_table(small_catalog, "core_finding_cells", []),
            core_reports(small_catalog, REPORTS),
            declared_table(small_catalog, "core_finding_parts", []),
        )
