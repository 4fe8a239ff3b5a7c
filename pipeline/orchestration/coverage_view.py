"""`gongkai coverage`: what the governments' reports cover, and rows for coverage.csv where nobody can tell. Each gives lines of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pipeline.catalog.decisions import COLUMNS, COVERAGES, COVERAGES_DECIDED
from pipeline.checks.core_facts import COVERAGE
from pipeline.orchestration.wanted import Row
from pipeline.orchestration.workspace import Workspace


def listing(workspace: Workspace, year: int | None) -> list[str]:
    """Every government's report with what it covers and why, those of which nothing is known first."""
    rows, names = _rows(workspace, year), _names(workspace)
    lines = [
        f"{names[row['report_id']]} {row['report_year']} 年度 【{COVERAGES[row['coverage']]}】{row['coverage_reason']}"
        f"（报告标记 {row['report_digest']}）"
        for row in sorted(rows, key=lambda row: (row["coverage"] != "unknown", -row["report_year"], row["agency_id"]))
    ]
    unknown = sum(row["coverage"] == "unknown" for row in rows)
    said = f"，其中 {unknown} 份不能判断，其所属地区的汇总可能缺少政府本级；用 gongkai cover 写明" if unknown else ""
    return [*lines, f"共 {len(rows)} 份政府报告{said}。"]


def proposed(workspace: Workspace, year: int | None) -> list[str]:
    """Rows of coverage.csv for reports of which nothing is known: what the body's report on the nearest other year covers."""
    known = {(row["agency_id"], row["report_year"]): row["coverage"] for row in _rows(workspace, None) if row["coverage"] != "unknown"}
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS[COVERAGES_DECIDED], lineterminator="\n")
    table.writeheader()
    for row in _rows(workspace, year):
        if row["coverage"] == "unknown":
            table.writerow({**_keys(row), **_like_the_nearest(workspace, row, known)})
    return out.getvalue().splitlines()


def _keys(row: Row) -> dict[str, str]:
    return {
        "agency_id": row["agency_id"],
        "report_year": str(row["report_year"]),
        "report_digest": row["report_digest"],
        "status": "active",
    }


def _like_the_nearest(workspace: Workspace, row: Row, known: dict[tuple[str, int], str]) -> dict[str, str]:
    lineage = workspace.bodies.history.lineage_id
    of_body = {year: coverage for (agency_id, year), coverage in known.items() if lineage(agency_id) == lineage(row["agency_id"])}
    if not of_body:
        return {"reason": "没有其他年度可以参照，请向该单位核实后填写范围"}
    nearest = min(of_body, key=lambda year: (abs(year - row["report_year"]), -year))
    return {"coverage": COVERAGES[of_body[nearest]], "reason": f"与 {nearest} 年度报告的范围相同，请核实"}


def _rows(workspace: Workspace, year: int | None) -> list[Row]:
    rows: list[Row] = workspace.store.read(COVERAGE, None if year is None else [year]).to_pylist()
    return rows


def _names(workspace: Workspace) -> dict[str, str]:
    rows: Iterator[Row] = iter(workspace.store.read("core_reports", columns=["report_id", "agency_name"]).to_pylist())
    return {row["report_id"]: row["agency_name"] for row in rows}
