"""What a person sees of a workbook that its values do not tell: errors, formulas without a result, formats, hidden lines."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.formatting.rule import CellIsRule, FormulaRule, Rule
from openpyxl.styles import Color, Font, PatternFill

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Cell, Report
from pipeline.normalise.report import normalise
from pipeline.readers import xls, xlsx
from pipeline.readers.model import Document
from tests.normalise.grids import DOCUMENTS_2021, TITLE
from tests.readers.test_xlsx import rewritten

TITLE_2021 = TITLE.format(year=2021)


def new(change: Callable[[Any], None]) -> Document:
    """Written by openpyxl, which gives formulas no result."""
    book, saved = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append([TITLE_2021])
    for row in DOCUMENTS_2021:
        sheet.append([int(text) if text.isdigit() else text for text in row])
    change(sheet)
    book.save(saved)
    return xlsx.read(saved.getvalue())


def old(change: Callable[[Any], None]) -> Document:
    """Written by xlwt, which gives formulas no result either."""
    book, saved = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Sheet1", cell_overwrite_ok=True)
    for row, line in enumerate([[TITLE_2021], *DOCUMENTS_2021]):
        for column, text in enumerate(line):
            sheet.write(row, column, int(text) if text.isdigit() else text)
    change(sheet)
    book.save(saved)
    return xls.read(saved.getvalue())


def made_rules(catalog: Catalog, document: Document) -> tuple[Report, list[Cell]]:
    """The report, and its three cells of 规章 (in the file: 0, 1, 2)."""
    (report,) = normalise(catalog, document)
    return report, [cell for cell in report.cells if cell.locator and cell.locator.row == 1][:3]


def codes(report: Report) -> set[tuple[str, str | None]]:
    return {(item.code, item.table) for item in report.problems}


def unread_new(sheet: Any) -> None:
    sheet["B3"] = "=PRODUCT(C3:D3)"
    sheet["C3"] = "#REF!"
    sheet["C3"].data_type = "e"


def unread_old(sheet: Any) -> None:
    sheet.write(2, 1, xlwt.Formula("SUM(C3:D3)"))
    sheet.row(2).set_cell_error(2, "#REF!")


@pytest.mark.parametrize(("document", "formula"), [(new(unread_new), "=PRODUCT(C3:D3)"), (old(unread_old), "=（公式未计算）")])
def test_errors_and_formulas_without_a_result_are_unread(catalog: Catalog, document: Document, formula: str) -> None:
    report, cells = made_rules(catalog, document)
    assert [(cell.state, cell.raw) for cell in cells] == [("unreadable", formula), ("unreadable", "#REF!"), ("number", "2")]
    assert ("cell_unreadable", "proactive") in codes(report)


def zeros_new(sheet: Any) -> None:
    sheet["B3"].number_format = '#,##0;-#,##0;"-"'


def zeros_old(sheet: Any) -> None:
    sheet.write(2, 1, 0, xlwt.easyxf(num_format_str='#,##0;-#,##0;"-"'))


@pytest.mark.parametrize("document", [new(zeros_new), old(zeros_old)])
def test_a_zero_shown_as_a_dash_is_said_and_no_warning(catalog: Catalog, document: Document) -> None:
    """0 is stored and nobody typed a dash: an accounting format is no mistake of the office."""
    report, cells = made_rules(catalog, document)
    assert [cell.value for cell in cells] == [0, 1, 2]
    (said,) = [item for item in report.problems if item.code in ("zero_shown_as_dash", "number_shown_otherwise")]
    assert (said.code, said.severity, said.table) == ("zero_shown_as_dash", "info", "proactive")
    assert "显示为“-”" in said.message


def white(sheet: Any) -> None:
    sheet["B3"].font = Font(color="FFFFFFFF")


def white_on_blue(sheet: Any) -> None:
    white(sheet)
    sheet["B3"].fill = PatternFill("solid", fgColor="FF1F4E79")


def white_text(sheet: Any) -> None:
    sheet["B3"] = "0"
    white(sheet)


def white_old(sheet: Any) -> None:
    sheet.write(2, 1, 0, xlwt.easyxf("font: colour white"))


def white_text_old(sheet: Any) -> None:
    sheet.write(2, 1, "0", xlwt.easyxf("font: colour white; pattern: pattern solid, fore_colour white"))


def white_on_blue_old(sheet: Any) -> None:
    sheet.write(2, 1, 0, xlwt.easyxf("font: colour white; pattern: pattern solid, fore_colour dark_blue"))


@pytest.mark.parametrize("document", [new(white), new(white_text), old(white_old), old(white_text_old)])
def test_white_figures_on_white_are_read_and_said(catalog: Catalog, document: Document) -> None:
    report, cells = made_rules(catalog, document)
    assert [cell.value for cell in cells] == [0, 1, 2]
    (said,) = [item.message for item in report.problems if item.code == "number_shown_otherwise"]
    assert "显示为空白" in said


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color=Color(indexed=9)), None),
        (Font(color=Color(theme=0, tint=-0.01)), None),
        (Font(color="FFFEFEFE"), PatternFill("solid", fgColor="FFFFFFFF")),
        (Font(color="FFFF0000"), PatternFill("solid", fgColor="FFFF0000")),
        (Font(sz=1), None),
    ],
)
def test_figures_that_nobody_sees_are_said(font: Font, fill: PatternFill | None) -> None:
    def unseen(sheet: Any) -> None:
        sheet["B3"].font = font
        if fill:
            sheet["B3"].fill = fill

    (grid,) = new(unseen).grids()
    assert [cell.shown for cell in grid.cells if cell.shown is not None] == [""]


@pytest.mark.parametrize("style", ["font: height 20", "font: colour red; pattern: pattern solid, fore_colour red"])
def test_figures_of_an_old_workbook_that_nobody_sees_are_said(style: str) -> None:
    (grid,) = old(lambda sheet: sheet.write(2, 1, 0, xlwt.easyxf(style))).grids()
    assert [cell.shown for cell in grid.cells if cell.shown is not None] == [""]


@pytest.mark.parametrize("document", [new(white_on_blue), old(white_on_blue_old)])
def test_white_figures_on_a_dark_ground_are_seen(catalog: Catalog, document: Document) -> None:
    report, _ = made_rules(catalog, document)
    assert not report.problems or "number_shown_otherwise" not in {item.code for item in report.problems}


def test_hidden_sheets_with_figures_are_said(catalog: Catalog) -> None:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    book.active.append([TITLE_2021])
    for name, value in (("旧表", 3), ("说明", "文字")):
        sheet = book.create_sheet(name)
        sheet.append([value])
        sheet.sheet_state = "hidden"
    book.save(saved)
    assert xlsx.read(saved.getvalue()).metadata["hidden_sheets"] == "旧表"
    (report,) = normalise(catalog, xlsx.read(saved.getvalue()))
    assert "cells_hidden" in {item.code for item in report.problems}


def no_zeros_new(sheet: Any) -> None:
    sheet.sheet_view.showZeros = False


def no_zeros_old(sheet: Any) -> None:
    sheet.show_zero_values = False


@pytest.mark.parametrize("document", [new(no_zeros_new), old(no_zeros_old)])
def test_a_sheet_that_shows_no_zeros(catalog: Catalog, document: Document) -> None:
    report, _ = made_rules(catalog, document)
    (said,) = [item.message for item in report.problems if item.code == "number_shown_otherwise"]
    assert "显示为空白" in said


def hidden_new(sheet: Any) -> None:
    sheet.insert_rows(3)
    sheet["A3"], sheet["B3"], sheet["C3"], sheet["D3"] = "规章", 7, 8, 9
    sheet.row_dimensions[3].hidden = True
    sheet.insert_cols(3)
    sheet["C2"], sheet["C4"], sheet["C5"] = "本年制发件数", 6, 6
    sheet.column_dimensions["C"].hidden = True


def hidden_old(sheet: Any) -> None:
    rows = [["规章", 0, 6, 1, 2], ["规章", 7, 6, 8, 9], ["行政规范性文件", 3, 6, 4, 5]]
    for row, line in enumerate([["信息内容", "本年制发件数", "本年制发件数", "本年废止件数", "现行有效件数"], *rows], start=1):
        for column, value in enumerate(line):
            sheet.write(row, column, value)
    sheet.row(3).hidden = True
    sheet.col(2).hidden = True


@pytest.mark.parametrize("document", [new(hidden_new), old(hidden_old)])
def test_hidden_lines_are_left_out_and_said(catalog: Catalog, document: Document) -> None:
    report, cells = made_rules(catalog, document)
    assert [cell.value for cell in cells] == [0, 1, 2]
    assert document.metadata == {"kind": "workbook", "hidden": "Sheet1" if "Sheet1" in document.metadata["hidden"] else "Sheet"}
    assert ("cells_hidden", None) in codes(report)
    assert not {"cell_conflict", "table_repeated", "cell_unplaced", "label_unmatched"} & {code for code, _ in codes(report)}


def test_merged_cells_lose_what_is_hidden_of_them() -> None:
    book, saved = xlsxwriter.Workbook(saved_to := io.BytesIO()), saved_to
    sheet = book.add_worksheet()
    sheet.merge_range("A1:C1", "甲")
    sheet.merge_range("D1:D3", "乙")
    sheet.write_row("A2", ["a", 1, 2])
    sheet.write_row("A3", ["b", 3, 4])
    sheet.set_column("B:B", None, None, {"hidden": True})
    sheet.set_row(1, None, None, {"hidden": True})
    book.close()
    (grid,) = xlsx.read(saved.getvalue()).grids()
    assert [(cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in grid.cells] == [
        (0, 0, "甲", 1, 2),
        (0, 2, "乙", 2, 1),
        (1, 0, "b", 1, 1),
        (1, 1, "4", 1, 1),
    ]


@pytest.mark.parametrize(("figure", "result", "text"), [(5, 0, "=B1*2"), (5, 6, "6"), (0, 0, "0")])
def test_the_zeros_of_a_program_that_cannot_compute_are_no_results(figure: int, result: int, text: str) -> None:
    """xlsxwriter writes 0 for every formula whose result it is not told, and leaves the sum to Excel."""
    book = xlsxwriter.Workbook(saved := io.BytesIO())
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["规章", figure])
    sheet.write_row("A2", ["文件", 0])
    sheet.write_formula("C1", "=B1*2", None, result)
    book.close()
    (grid,) = xlsx.read(saved.getvalue()).grids()
    assert grid.cells[2].text == text


def test_a_formula_whose_result_is_no_text_is_blank() -> None:
    book = xlsxwriter.Workbook(saved := io.BytesIO())
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["规章", 1, 2])
    sheet.write_row("A2", ["文件", 0])
    sheet.write_formula("C2", '=IF(B2=0,"",B2)', None, "x")
    book.close()
    emptied = rewritten(saved.getvalue(), lambda _, part: part.replace(b"<v>x</v>", b"<v></v>"))
    (grid,) = xlsx.read(emptied).grids()
    assert grid.cells[5].text == ""


def test_decimals_that_the_format_rounds_away_are_kept_and_said() -> None:
    def rounded(sheet: Any) -> None:
        sheet["B3"] = 59237.2449
        sheet["B3"].number_format = "#,##0.00"

    (grid,) = new(rounded).grids()
    cell = grid.cells[5]
    assert (Decimal(cell.text), cell.shown) == (Decimal("59237.2449"), "59,237.24")


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("=SUM(A1:B1)", "12"),
        ("=A1+B1-1", "11"),
        ("=sum($A$1,B1, 3)", "15"),
        ("=-A1", "-5"),
        ("=SUM(A1:C2)", "=SUM(A1:C2)"),  # needs itself
        ("=SUM(A1:B1)+D1", "31"),  # D1 is =SUM(A1:B1)+B1
        ("=SUM(E1:F1)", "0"),
        ("=A1+F1", "=A1+F1"),  # text
        ("=SUM(表三!A1:B1)", "=SUM(表三!A1:B1)"),
        ("=AVERAGE(A1:B1)", "=AVERAGE(A1:B1)"),
        ("=SUM(A1:B1", "=SUM(A1:B1"),
    ],
)
def test_sums_are_worked_out_where_no_result_is_stored(formula: str, text: str) -> None:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append([5, 7, formula, "=SUM(A1:B1)+B1", None, "文字"])
    book.save(saved)
    (grid,) = xlsx.read(saved.getvalue()).grids()
    assert next(cell.text for cell in grid.cells if (cell.row, cell.column) == (0, 2)) == text


@pytest.mark.parametrize(
    ("others", "formula"),
    [
        (["12", 2], "=SUM(A1:B1)"),  # Excel leaves out a figure that is text: 2
        (["#N/A", 2], "=SUM(A1:B1)"),
        (["文字", 2], "=SUM(A1+B1)"),
        ([True, 2], "=A1+B1+D1"),
        ([5, 2], "=SUM(A1:B1-B1)"),  # 3 and 0
    ],
)
def test_what_excel_adds_up_otherwise_is_left_unread(others: list[Any], formula: str) -> None:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    book.active.append([*others, formula, "文字"])
    book.save(saved)
    (grid,) = xlsx.read(saved.getvalue()).grids()
    assert next(cell.text for cell in grid.cells if (cell.row, cell.column) == (0, 2)) == formula


def test_that_sums_were_worked_out_is_said(catalog: Catalog) -> None:
    def summed(sheet: Any) -> None:
        sheet["B3"] = "=SUM(C3:D3)"

    report, cells = made_rules(catalog, new(summed))
    assert (cells[0].value, cells[0].state) == (3, "number")
    assert ("formula_computed", None) in codes(report)


CONDITIONS = [
    (CellIsRule(operator="equal", formula=["0"], font=Font(color="FFFFFFFF")), {"0": ""}),
    (CellIsRule(operator="greaterThan", formula=["1"], font=Font(color="FFFFFFFF")), {"2": ""}),
    (CellIsRule(operator="between", formula=["1", "2"], font=Font(color="FFFFFFFF")), {"1": "", "2": ""}),
    (FormulaRule(formula=["$A3=1"], font=Font(color="FFFFFFFF")), {"0": "", "1": "", "2": ""}),  # may hold
    (CellIsRule(operator="equal", formula=["0"], font=Font(color="FFFF0000")), {}),
]


@pytest.mark.parametrize(("rule", "unseen"), CONDITIONS)
def test_figures_that_a_condition_hides_are_said(rule: Rule, unseen: dict[str, str]) -> None:
    def conditional(sheet: Any) -> None:
        sheet.conditional_formatting.add("B3:D3", rule)

    (grid,) = new(conditional).grids()
    assert {cell.text: cell.shown for cell in grid.cells if cell.row == grid.cells[5].row and cell.shown is not None} == unseen


def test_what_is_left_of_computing_with_fractions_is_no_digit() -> None:
    def astray(sheet: Any) -> None:
        sheet["B3"], sheet["C3"] = 1.0000000001, 645.985000000001

    (grid,) = new(astray).grids()
    assert [cell.text for cell in grid.cells][5:7] == ["1", "645.985"]


def test_scaled_numbers_are_taken_as_they_are_shown(catalog: Catalog) -> None:
    def scaled(sheet: Any) -> None:
        sheet["B3"] = 12000
        sheet["B3"].number_format = "0,"

    report, cells = made_rules(catalog, new(scaled))
    assert (cells[0].value, cells[0].raw) == (12, "12")
    (said,) = [item.message for item in report.problems if item.code == "number_shown_otherwise"]
    assert "存的是“12000”，显示为“12”" in said
    assert "按显示的数采用" in said


def test_a_count_that_is_shown_whole_is_taken_whole(catalog: Catalog) -> None:
    def fraction(sheet: Any) -> None:
        sheet["B3"] = 93.4
        sheet["B3"].number_format = "#,##0"

    report, cells = made_rules(catalog, new(fraction))
    assert (cells[0].value, cells[0].raw) == (93, "93")
    (said,) = [item.message for item in report.problems if item.code == "number_shown_otherwise"]
    assert "存的是“93.4”，显示为“93”" in said
