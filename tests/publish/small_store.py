"""A small warehouse whose sums are known: three bodies of an invented city over two years, across the change of forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from pipeline.catalog import Catalog
from pipeline.catalog.divisions import directory
from pipeline.catalog.registry import Registry
from pipeline.indicators.comparison import out_agency_comparison
from pipeline.indicators.coverage import out_rule_coverage
from pipeline.indicators.ratios import out_indicators
from pipeline.indicators.rollup import out_rollup
from pipeline.indicators.submission import out_submission_status
from pipeline.indicators.values import out_values
from pipeline.indicators.year_over_year import out_year_over_year
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.warehouse.schema import empty_table, from_rows
from pipeline.warehouse.store import Store
from tests.indicators.builders import FORM_2019, FORM_2021, FiledReport, all_bodies, core_cells, core_report_tables

FIRST, SECOND, CITY = "云泽市甲局", "云泽市乙局", "云泽市人民政府"
LOOKS_LIKE_A_FORMULA = "=1+1"
NOT_TAKEN = ("通知", "散乱")
UNREADABLE = "行列对不上，未能读取。"
REPORTS = (
    FiledReport(
        FIRST,
        2020,
        {"proactive.procurement.amount": Decimal("123456.78"), ("requests.new", "total"): 20},
        FORM_2019,
        published_on=date(2021, 1, 5),
    ),
    FiledReport(SECOND, 2020, {("requests.new", "total"): 5}, FORM_2019),
    FiledReport(
        FIRST,
        2021,
        {
            "proactive.fees.amount": Decimal("592372449.5"),
            "proactive.licensing.decisions": 7,
            ("requests.new", "natural_person"): 3,
            ("requests.new", "total"): 30,
            ("requests.handled", "total"): 20,
            ("requests.granted", "total"): 5,
        },
        FORM_2021,
        published_on=date(2022, 2, 10),
    ),
    FiledReport(
        CITY,
        2021,
        {
            "proactive.fees.amount": "not_applicable",
            "proactive.licensing.decisions": "blank",
            "remedies.review.total": "blank",
            ("requests.new", "natural_person"): 4,
            ("requests.new", "total"): 6,
            ("requests.handled", "total"): 6,
            ("requests.granted", "total"): 5,
        },
        FORM_2021,
    ),
)


def small_store(
    folder: Path, catalog: Catalog, reports: Sequence[FiledReport] = REPORTS, renamed: Mapping[str, str] = MappingProxyType({})
) -> Store:
    """The store with everything that a workbook is made of; 乙局 has not reported on 2021. renamed: the old name by the new one."""
    store = Store(folder, catalog)
    names = sorted({report.agency for report in reports})
    agencies = from_rows(catalog, "core_agencies", [_agency(name, renamed.get(name, name), reports) for name in names])
    _write(store, "core_agencies", agencies)
    printed = [{"agency_id": f"id-{name}", "name": name, "name_kind": "printed"} for name in names]
    _write(store, "core_agency_names", from_rows(catalog, "core_agency_names", printed))
    _write(store, "raw_files", from_rows(catalog, "raw_files", _files(reports)))
    before: pa.Table = empty_table(catalog, "out_values")
    for year in sorted({report.year for report in reports}):
        made = _tables_of(catalog, year, [report for report in reports if report.year == year], agencies, before)
        for table, data in made.items():
            _write(store, table, data, year)
        before = made["out_values"]
    for table, rows in {"core_reports": _refused(), "core_problems": _problems_of_refused()}.items():
        _write(store, table, from_rows(catalog, table, rows))
    return store


def _tables_of(
    catalog: Catalog, year: int, filed: Sequence[FiledReport], agencies: pa.Table, values_before: pa.Table
) -> dict[str, pa.Table]:
    """The tables of one year; the one finding is of 2021."""
    reports = from_rows(catalog, "core_reports", [_report(report) for report in filed])
    tables = core_report_tables(catalog, filed)
    values = out_values(catalog, reports, core_cells(catalog, filed), tables)
    indicators = out_indicators(catalog, values)
    has_finding = year == 2021
    findings = from_rows(catalog, "core_findings", [_finding()] if has_finding else [])
    told = from_rows(catalog, "out_findings", [_out_finding()] if has_finding else [])
    cells = from_rows(catalog, "core_finding_cells", _cells_of_finding() if has_finding else [])
    areas = all_bodies(catalog, filed)
    bodies = Bodies(Registry(), directory(catalog.folder))
    versions, coverage = empty_table(catalog, "core_report_versions"), empty_table(catalog, "core_report_coverage")
    return {
        "core_reports": reports,
        "core_problems": from_rows(catalog, "core_problems", _problems(year)),
        "core_finding_cells": cells,
        "out_values": values,
        "out_indicators": indicators,
        "out_agency_comparison": out_agency_comparison(catalog, values, indicators),
        "out_year_over_year": out_year_over_year(catalog, values, values_before),
        "core_area_bodies": areas,
        "out_rollup": out_rollup(catalog, values, reports, tables, coverage, areas, told, cells),
        "out_submission_status": out_submission_status(catalog, bodies, agencies, reports, findings, versions, year),
        "out_findings": told,
        "out_rule_coverage": out_rule_coverage(catalog, empty_table(catalog, "core_rule_results"), reports, year),
    }


def _refused() -> list[dict[str, object]]:
    """Files without a report: they belong to no year."""
    common = {"report_index": 0, "status": "refused", "is_current": False, "copies": 1, "title": ""}
    return [{**common, "report_id": f"{name}-0", "sha256": name, "path": f"{name}.docx"} for name in NOT_TAKEN]


def _problems_of_refused() -> list[dict[str, object]]:
    """What is said of the second of them; the first is no report, and only that is said."""
    common = {"severity": "error", "message": "没有取得任何数字。", "code": "not_a_report", "problem": 0}
    unreadable = {"code": "table_unreadable", "message": UNREADABLE, "problem": 1}
    said = [{**common, "report_id": f"{name}-0"} for name in NOT_TAKEN]
    return [
        *said,
        *({**said[1], **unreadable, "table": table, "problem": number} for number, table in enumerate(("requests", "remedies"), 1)),
    ]


def _write(store: Store, table: str, data: pa.Table, year: int | None = None) -> None:
    store.write(table, data, year=year, fingerprint="test")


def _report(report: FiledReport) -> dict[str, object]:
    names = {
        "report_id": report.report_id,
        "report_year": report.year,
        "sha256": f"sha-{report.report_id}",
        "path": f"{report.report_id}.docx",
    }
    body = {"agency_id": f"id-{report.agency}", "agency_name": report.agency, "agency_kind": _kind(report.agency)}
    body |= {"status": report.status, "title": "年度报告"}
    return {**names, **body, "report_index": 0, "published_on": report.published_on, "is_current": report.current, "copies": report.copies}


def _agency(name: str, first_name: str, reports: Sequence[FiledReport]) -> dict[str, object]:
    years = [report.year for report in reports if report.agency == name]
    row = {
        "agency_id": f"id-{name}",
        "agency_name": name,
        "agency_kind": _kind(name),
        "lineage_id": f"id-{first_name}",
        "registered": False,
    }
    return {**row, "first_year": min(years), "last_year": max(years)}


def _kind(name: str) -> str:
    return "government" if name == CITY else "department"


def _files(reports: Sequence[FiledReport]) -> list[dict[str, object]]:
    read = [
        {
            "path": f"{row.report_id}.docx",
            "sha256": f"sha-{row.report_id}",
            "size_bytes": 1000,
            "kind": "docx",
            "read_status": "read",
            "reports": 1,
        }
        for row in reports
    ]
    picture = {"path": "扫描/照片.jpg", "sha256": "b", "size_bytes": 9, "kind": "jpeg", "read_status": "not_read", "reports": 0}
    common = {"size_bytes": 7, "kind": "docx", "read_status": "read", "reports": 0}
    others = [{**common, "path": f"{name}.docx", "sha256": name} for name in NOT_TAKEN]
    again = {**others[0], "path": "扫描/通知.docx"}
    return [*read, {**picture, "reason_code": "unsupported_kind", "reason": "暂不能读取图片，请改报文字版。"}, *others, again]


def _problems(year: int) -> list[dict[str, object]]:
    report_id = f"{FIRST}-{year}-0"
    warning = {"report_id": report_id, "report_year": year, "problem": 0, "code": "cell_unplaced", "severity": "error", "table": "requests"}
    remark = {"report_id": report_id, "report_year": year, "problem": 1, "code": "label_inferred", "severity": "info", "message": "推断"}
    copy = {**remark, "problem": 2, "code": "copy_same", "message": "另有数字相同的报告。"}
    return [{**warning, "message": "数字无法归位。", "grid": 1, "row": 2, "column": 3}, remark, copy] if year == 2021 else []


def _finding() -> dict[str, object]:
    body = {"finding_id": "f1", "report_id": f"{FIRST}-2021-0", "report_year": 2021, "agency_id": f"id-{FIRST}", "agency_name": FIRST}
    rule = {
        "rule": "R3",
        "part": "",
        "severity": "E",
        "weak": False,
        "table": "requests",
        "place": "表三“本年新收”行",
        "message": "总计与分项不符。",
    }
    return {**body, **rule, "expected": Decimal(3), "actual": Decimal(30), "difference": Decimal(27)}


def _out_finding() -> dict[str, object]:
    return {
        **_finding(),
        "title_zh": "各列合计",
        "location": "第2张表第4行第10列",
        "raw": LOOKS_LIKE_A_FORMULA,
        "path": f"{FIRST}-2021-0.docx",
        "status": "open",
    }


def _cells_of_finding() -> list[dict[str, object]]:
    common = {"finding_id": "f1", "report_year": 2021, "report_id": f"{FIRST}-2021-0", "field": "requests.new"}
    total = {"position": 0, "applicant": "total", "side": "left", "label": "本年新收（总计）", "state": "number", "value": Decimal(30)}
    part = {"position": 1, "applicant": "enterprise", "side": "right", "label": "本年新收（商业企业）", "state": "blank", "raw": " "}
    return [
        {**common, **total, "raw": LOOKS_LIKE_A_FORMULA, "location": "第2张表第4行第10列"},
        {**common, **part, "location": "第2张表第4行第5列"},
    ]
