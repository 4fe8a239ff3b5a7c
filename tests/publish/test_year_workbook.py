"""The workbook of one year: the same sheets every year, weak evidence apart, sums beside what was published, good on paper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.catalog import Catalog
from pipeline.publish.letters.sent import YearLetters
from pipeline.publish.printed_layout import printed_table
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.lines import with_lines
from pipeline.publish.workbook.styles import ATTENTION_FILL, DOUBTFUL_FILL
from pipeline.publish.workbook.yearly import year_workbook
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from tests.publish.reading import fill_of, records_of, row_of, rows_of, sheet_names
from tests.publish.small_store import CITY, FIRST, LOOKS_LIKE_A_FORMULA, SECOND

SHEETS = [
    "说明",
    "报送情况",
    "问题清单",
    "旁证",
    "汇总表二",
    "汇总表三",
    "汇总表四",
    "同比",
    "各单位同比",
    "指标排名",
    "排名明细",
    "数据质量",
    "读取问题",
    "人工决定",
    "填报说明",
]
AREA = "云泽市人民政府"


def written(store: Store, catalog: Catalog, year: int, path: Path) -> Path:
    with Tables(store, [year]) as tables:
        path.write_bytes(year_workbook(tables, catalog, YearLetters(year)))
    return path


@pytest.fixture(scope="module")
def book(stored: Store, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(stored, catalog, 2021, tmp_path_factory.mktemp("year") / "汇总2021.xlsx")


def test_it_has_every_sheet_of_the_one_year(book: Path) -> None:
    assert sheet_names(book) == SHEETS
    status = {row["单位"]: row["报送情况"] for row in records_of(book, "报送情况", "单位")}
    assert status == {FIRST: "已报送", CITY: "已报送", SECOND: "未见报告"}
    (finding,) = records_of(book, "问题清单", "单位")
    assert (finding["单位"], finding["程度"], finding["位置"], finding["印出文字"], finding["状态"]) == (
        *(FIRST, "错误", "表三“本年新收”行"),
        *(LOOKS_LIKE_A_FORMULA, "待处理"),
    )
    assert records_of(book, "旁证", "单位")[0]["单位"] == "没有旁证。"


def test_sums_ranks_quality_and_rules_are_those_of_the_year(book: Path) -> None:
    new = row_of(rows_of(book, "汇总表三"), "一、本年新收政府信息公开申请数量")
    assert [cell for cell in new if cell != ""] == ["一、本年新收政府信息公开申请数量", 7, 0, 0, 0, 0, 0, 36]
    ranks = [(row["名次"], row["单位"], row["数值"]) for row in records_of(book, "排名明细", "指标") if row["指标"] == "申请量"]
    assert ranks == [(1, FIRST, 30), (2, CITY, 6)]
    table = rows_of(book, "指标排名")
    at = row_of(table, "单位").index("申请量（件）")
    assert [row_of(table, body)[at : at + 2] for body in (FIRST, CITY)] == [[30, 1], [6, 2]]
    quality = {row["单位"]: row for row in records_of(book, "数据质量", "单位")}
    assert quality[CITY]["空白"] == 2
    assert quality[CITY]["“/”等"] == 1
    assert any(row["项目"].startswith("一、本年新收") for row in records_of(book, "同比", "表"))


def test_it_is_made_for_paper(book: Path) -> None:
    for sheet in openpyxl.load_workbook(book):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9), sheet.title
        assert "&P" in (sheet.oddFooter.right.text or ""), sheet.title
        if sheet.title not in ("说明", "汇总表二", "汇总表四"):
            assert sheet.print_title_rows, sheet.title
        if not sheet.title.startswith("汇总表"):
            assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
            widest = 2 if sheet.title == "指标排名" else 1
            assert sheet.page_setup.fitToWidth in (None, 1, widest), sheet.title  # None: as wide as one page


def test_nothing_in_it_is_a_formula(book: Path) -> None:
    kinds = {cell.data_type for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_the_same_tables_give_the_same_bytes(book: Path, stored: Store, catalog: Catalog, tmp_path: Path) -> None:
    assert written(stored, catalog, 2021, tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


def test_a_year_without_anything_gives_a_workbook_that_says_so(stored: Store, catalog: Catalog, tmp_path: Path) -> None:
    path = written(stored, catalog, 1999, tmp_path / "empty.xlsx")
    assert [name for name in sheet_names(path) if not name.startswith("汇总表")] == [
        name for name in SHEETS if not name.startswith("汇总表")
    ]
    assert rows_of(path, "汇总表")[1][0] == "没有可以汇总的报告。"


@pytest.fixture
def area_store(tmp_path: Path, catalog: Catalog) -> Store:
    """Sums of one area over 表二 of 2021, with what its government published."""
    store = Store(tmp_path, catalog)
    common: dict[str, Any] = {"area_id": "g", "area_name": AREA, "report_year": 2021, "form": "2021", "table": "proactive", "applicant": ""}
    common |= {"label": "l", "unit": "件", "published_state": "number", "bodies_expected": 3, "bodies_counted": 2, "bodies_blank": 0}
    common |= {"bodies_other_form": 0, "bodies_missing": SECOND, "bodies_in_doubt": "", "bodies_larger": ""}
    common |= {"coverage": "whole_area", "total_kind": "lower_bound", "own_office": ""}
    figures = {
        "proactive.licensing.decisions": {
            "total": Decimal(12),
            "published": Decimal(10),
            "difference": Decimal(-2),
            "bodies_larger": f"{FIRST}（11）",
        },
        "proactive.penalties.decisions": {"total": Decimal(5), "published": Decimal(5), "difference": Decimal(0), "bodies_blank": 1},
        "proactive.coercion.decisions": {"total": Decimal(7), "bodies_in_doubt": f"{FIRST}（数字有误）"},
    }
    rows = [{**common, "field": field.field, **figures.get(field.field, {})} for field in catalog.fields_of("2021", "proactive")]
    store.write("out_rollup", from_rows(catalog, "out_rollup", rows), year=2021, fingerprint="test")
    return store


def test_what_was_published_stands_beside_the_sum(area_store: Store, catalog: Catalog, tmp_path: Path) -> None:
    path = written(area_store, catalog, 2021, tmp_path / "area.xlsx")
    rows = rows_of(path, "汇总表二")
    at = next(number for number, row in enumerate(rows) if "行政许可" in row)
    assert [[cell for cell in row if cell != ""] for row in rows[at : at + 3]] == [["行政许可", "合计", 12], ["公布", 10], ["差额", -2]]
    assert any(SECOND in str(row[0]) for row in rows)
    assert any("公布数的范围：全地区" in str(row[0]) for row in rows)

    def fill(label: str, line: int) -> str:
        top = next(number for number, row in enumerate(rows) if label in row)
        column = next(number for number, cell in enumerate(rows[top]) if cell == "合计") + 1
        return fill_of(path, "汇总表二", top + line, column)

    assert [fill("行政许可", line) for line in range(3)] == ["", "", DOUBTFUL_FILL]
    assert [fill("行政处罚", line) for line in range(3)] == [ATTENTION_FILL, "", ""]
    assert fill("行政强制", 0) == DOUBTFUL_FILL
    said = {str(cell.comment.text) for row in openpyxl.load_workbook(path)["汇总表二"].iter_rows() for cell in row if cell.comment}
    assert f"数字大于公布数的单位：{FIRST}（11）" in said


@pytest.mark.parametrize("lines", [["合计"], ["合计", "公布"], ["合计", "公布", "差额"]])
@pytest.mark.parametrize(("form", "table"), [("2021", "proactive"), ("2019", "requests"), ("2021", "remedies"), ("2014", "statistics")])
def test_a_table_with_lines_has_no_gap_and_no_overlap(form: str, table: str, lines: list[str], catalog: Catalog) -> None:
    plain = printed_table(catalog, form, table)
    lined = with_lines(plain, lines, "口径")
    covered = [
        (cell.row + down, cell.column + right)
        for cell in lined.grid.cells
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    ]
    assert len(covered) == len(set(covered)) == lined.grid.rows * lined.grid.columns
    assert lined.headings == {"proactive": 0, "requests": 3, "remedies": 3, "statistics": 1}[table]
    expected = [(cell.figure, line) for cell in plain.cells if cell.role == "figure" for line in range(len(lines))]
    assert sorted((cell.figure, line) for cell, line in lined.figures) == sorted(expected)
