"""Golden cases: the lines of the list of real oddities that concern tables, one test each."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Paragraph
from tests.normalise.grids import DOCUMENTS_2021, FIFTEEN, REMEDIES_HEAD, REQUESTS_HEAD, codes, grid, numbers, report_of, states

NEW = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"
ROWS = [[f"{NEW}*3", *"1234567"], [f"{CARRIED}*3", *"2345678"]]


def test_a_whole_table(catalog: Catalog) -> None:
    report = report_of(catalog, [*REQUESTS_HEAD, *ROWS])
    assert numbers(report, "requests.new/") == dict(
        zip([applicant.applicant for applicant in catalog.applicants], map(int, "1234567"), strict=True)
    )


def test_the_locator_names_grid_row_and_column(catalog: Catalog) -> None:
    report = report_of(catalog, DOCUMENTS_2021)
    place = next(cell.locator for cell in report.cells if cell.field == "proactive.normative_documents.in_force")
    assert place is not None
    assert (place.table, place.row, place.column) == (0, 2, 3)


def test_merges_lost_and_replaced_by_empty_cells(catalog: Catalog) -> None:
    head = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "", "申请人情况", *[""] * 6],
        ["", "", "", "自然人", "法人或其他组织", *[""] * 4, "总计"],
    ]
    head += [["", "", "", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""]]
    rows = [
        [NEW, "", "", *"1234567"],
        ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", *"7654321"],
        ["", "", "2.其他法律行政法规禁止公开", *"1111111"],
    ]
    report = report_of(catalog, [*head, *rows])
    assert numbers(report, "requests.new/")["total"] == 7
    assert numbers(report, "requests.denied.state_secret/")["natural_person"] == 7
    assert codes(report, "requests") == {"cells_missing"}


def test_merges_lost_so_that_rows_move_to_the_left(catalog: Catalog) -> None:
    rows = [["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", *"1234567"], ["2.其他法律行政法规禁止公开", *"7654321"]]
    report = report_of(catalog, [*REQUESTS_HEAD, *rows])
    assert list(numbers(report, "requests.denied.barred_by_law/").values()) == [7, 6, 5, 4, 3, 2, 1]


def test_a_row_that_lost_a_value_is_not_read(catalog: Catalog) -> None:
    report = report_of(catalog, [*REQUESTS_HEAD, ROWS[0], [f"{CARRIED}*3", *"234567"]])
    assert states(report, "requests.carried_in") == {"unreadable"}
    assert "cell_unplaced" in codes(report, "requests")


def test_a_row_that_slipped_with_a_blank_in_front_is_not_guessed(catalog: Catalog) -> None:
    rows = [["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", *"1234567"], ["2.其他法律行政法规禁止公开", "", *"654321"]]
    report = report_of(catalog, [*REQUESTS_HEAD, *rows])
    assert states(report, "requests.denied.barred_by_law") == {"unreadable"}


def test_a_heading_row_that_lost_a_cell_gives_no_figures(catalog: Catalog) -> None:
    report = report_of(catalog, [["信息内容", "本年废止件数", "现行有效件数"], ["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", "6"]])
    assert not numbers(report)
    assert "cell_unplaced" in codes(report, "proactive")


@pytest.mark.parametrize("printed", ["三\n、\n本\n年\n度\n办\n理\n结\n果", "三、本年度\n办理结果"])
def test_labels_wrapped_inside_a_cell(catalog: Catalog, printed: str) -> None:
    rows = [[f"{printed}^2", "（一）予以\n公开*2", *"1234567"], ["（二）部分公开（区分处理的，\n只计这一情形）*2", *"2222222"]]
    report = report_of(catalog, [*REQUESTS_HEAD, *rows])
    assert numbers(report, "requests.granted/")["total"] == 7
    assert numbers(report, "requests.partly_granted/")["total"] == 2


def test_damaged_labels_are_read_and_named(catalog: Catalog) -> None:
    table = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件"],
        ["规章", *"123"],
        ["行政规范性文", *"456"],
        ["信息内容", "本年收费金额（单位：万元）*3"],
        ["行政事业型收费", "7*3"],
    ]
    report = report_of(catalog, table)
    assert numbers(report, "proactive.") == {
        **{f"regulations.{name}": value for name, value in zip(("issued", "repealed", "in_force"), (1, 2, 3), strict=True)},
        **{f"normative_documents.{name}": value for name, value in zip(("issued", "repealed", "in_force"), (4, 5, 6), strict=True)},
        "fees.amount": 70000,
    }
    assert [item.code for item in report.problems].count("label_inferred") == 2


def test_two_columns_headed_alike_are_told_by_their_order(catalog: Catalog) -> None:
    table = [["信息内容", "本年新", "本年新", "对外公开总数量"], ["规章", *"123"], ["规范性文件", *"456"]]
    found = numbers(report_of(catalog, table, year=2019), "proactive.regulations.")
    assert found == {"made": 1, "newly_disclosed": 2, "disclosed_total": 3}


def test_explanations_inside_labels_are_no_figures(catalog: Catalog) -> None:
    table = [
        ["信息内容", "本年制发件数（含2021年）", "本年废止件数", "现行有效件数"],
        ["规章：指有权机关制定的8种文件", *"123"],
        ["行政规范性文件（-8）", *"456"],
    ]
    assert numbers(report_of(catalog, table), "proactive.regulations.") == {"issued": 1, "repealed": 2, "in_force": 3}


def test_a_row_of_one_province_is_said_and_disturbs_nothing(catalog: Catalog) -> None:
    report = report_of(catalog, [*DOCUMENTS_2021, ["其他主动公开文件", "7", "8", "9"]])
    assert sorted(numbers(report).values()) == [0, 1, 2, 3, 4, 5]
    assert "label_unmatched" in codes(report, "proactive")


def test_a_row_left_out_is_blank_but_one_that_may_stand_under_another_name_is_unknown(catalog: Catalog) -> None:
    assert states(report_of(catalog, [DOCUMENTS_2021[0], DOCUMENTS_2021[1]]), "proactive.normative_documents") == {"blank"}
    report = report_of(catalog, [*DOCUMENTS_2021[:2], ["某类文件", "7", "8", "9"]])
    assert states(report, "proactive.normative_documents") == {"unreadable"}


@pytest.mark.parametrize(
    ("name", "expected"), [("小计", set()), ("法人小计", set()), ("备用", {"label_unmatched"}), ("", {"label_unmatched"})]
)
def test_an_extra_column_disturbs_nothing(catalog: Catalog, name: str, expected: set[str]) -> None:
    head = [["*3^3", "申请人情况*8"], ["自然人^2", "法人或其他组织*6", "总计^2"], [*REQUESTS_HEAD[2], name]]
    report = report_of(catalog, [*head, [f"{NEW}*3", *"123456", "99", "7"], [f"{CARRIED}*3", *"234567", "88", "8"]])
    assert list(numbers(report, "requests.new/").values()) == [1, 2, 3, 4, 5, 6, 7]
    assert codes(report, "requests") == {"cells_missing", *expected}


def test_another_order_of_columns(catalog: Catalog) -> None:
    table = [["信息内容", "现行有效件数", "本年制发件数", "本年废止件数"], ["规章", *"312"]]
    assert numbers(report_of(catalog, table), "proactive.regulations.") == {"issued": 1, "repealed": 2, "in_force": 3}


def test_spare_empty_columns(catalog: Catalog) -> None:
    rows = [[*DOCUMENTS_2021[0], ""], *([*row, ""] for row in DOCUMENTS_2021[1:])]
    assert sorted(numbers(report_of(catalog, rows)).values()) == [0, 1, 2, 3, 4, 5]


def test_several_small_tables(catalog: Catalog) -> None:
    fees = [["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "1.5"]]
    licensing = [["信息内容", "本年处理决定数量"], ["行政许可", "8"]]
    report = report_of(catalog, fees, licensing, DOCUMENTS_2021)
    assert numbers(report, "proactive.")["fees.amount"] == Decimal(15000)
    assert numbers(report, "proactive.")["licensing.decisions"] == 8


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("page_number", ["- 4 -", "第4页 共6页", "4"])
def test_a_table_over_two_pages_with_the_page_number_between(catalog: Catalog, repeated: bool, page_number: str) -> None:
    second = [*(REQUESTS_HEAD if repeated else []), ROWS[1]]
    whole = report_of(catalog, [*REQUESTS_HEAD, ROWS[0], [page_number], *second])
    assert numbers(whole, "requests.carried_in/")["total"] == 8
    assert codes(whole, "requests") == {"cells_missing"}
    assert numbers(report_of(catalog, [*REQUESTS_HEAD, ROWS[0]], second)) == numbers(whole)


def test_a_page_break_that_changes_the_label_columns(catalog: Catalog) -> None:
    first = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）^3", "申请人情况*7"],
        *REQUESTS_HEAD[1:],
        [NEW, *"1234567"],
    ]
    second = [["三、本年度办理结果^2", "（一）予以公开*2", *"2222222"], ["（三）不予公开", "1.属于国家秘密", *"3333333"]]
    report = report_of(catalog, first, second)
    assert numbers(report, "requests.denied.state_secret/")["other_organization"] == 3


@pytest.mark.parametrize("apart", [True, False])
def test_remedies_as_one_row_of_numbers(catalog: Catalog, apart: bool) -> None:
    tables = [REMEDIES_HEAD, [FIFTEEN]] if apart else [[*REMEDIES_HEAD, FIFTEEN]]
    assert list(map(str, numbers(report_of(catalog, *tables), "remedies.").values())) == FIFTEEN


def test_a_bare_row_without_headings_is_not_read(catalog: Catalog) -> None:
    assert not numbers(report_of(catalog, DOCUMENTS_2021, [FIFTEEN]), "remedies.")


def test_numbered_columns_are_no_values(catalog: Catalog) -> None:
    numbering = [str(number) for number in range(1, 16)]
    assert list(map(str, numbers(report_of(catalog, [*REMEDIES_HEAD, numbering, FIFTEEN]), "remedies.").values())) == FIFTEEN


def test_a_lone_figure_below_the_row_of_values_is_said(catalog: Catalog) -> None:
    report = report_of(catalog, [*REMEDIES_HEAD, FIFTEEN, ["", "7", *[""] * 13]])
    assert list(numbers(report, "remedies.").values()) == list(map(int, FIFTEEN))
    assert codes(report, "remedies") == {"cell_unplaced"}


def test_two_rows_of_values_are_both_refused(catalog: Catalog) -> None:
    report = report_of(catalog, [*REMEDIES_HEAD, FIFTEEN, FIFTEEN[::-1]])
    assert not numbers(report, "remedies.")
    assert codes(report, "remedies") == {"table_unreadable"}


def test_labels_down_and_values_beside(catalog: Catalog) -> None:
    names = ("结果纠正", "其他结果", "尚未审结", "总计")
    turned = [["行政复议^5", "结果维持", "8"], *([name, value] for name, value in zip(names, "2479", strict=True))]
    report = report_of(catalog, turned)
    assert list(map(int, numbers(report, "remedies.").values())) == [8, 2, 4, 7, 9]
    place = next(cell.locator for cell in report.cells if cell.field == "remedies.review.total")
    assert place is not None
    assert (place.row, place.column) == (4, 2)


def test_tables_side_by_side(catalog: Catalog) -> None:
    left, right = [*DOCUMENTS_2021, ["", "", "", ""]], [*REMEDIES_HEAD, FIFTEEN]
    report = report_of(catalog, [[*a, *b] for a, b in zip(left, right, strict=True)])
    assert numbers(report, "proactive.")["normative_documents.in_force"] == 5
    assert numbers(report, "remedies.")["review.upheld"] == 14


def test_a_title_inside_the_table(catalog: Catalog) -> None:
    report = report_of(catalog, [["二、主动公开政府信息情况*4"], ["单位：件*4"], *DOCUMENTS_2021])
    assert sorted(numbers(report).values()) == [0, 1, 2, 3, 4, 5]


def test_the_tables_of_two_forms_in_one_report(catalog: Catalog) -> None:
    """Each table is read as the form that it bears."""
    other = [["三、本年度办理结果", "（六）其他处理*2", *"1234567"], ["（七）总计*3", *"2345678"]]
    report = report_of(catalog, DOCUMENTS_2021, [*REQUESTS_HEAD, *ROWS, *other], year=2022)
    assert {item.table: item.form for item in report.tables if item.form} == {"proactive": "2021", "requests": "2019"}
    assert numbers(report, "requests.other/")["total"] == 7


def test_of_two_copies_the_form_that_is_due_counts_and_the_other_is_said(catalog: Catalog) -> None:
    old = [["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", *"789"], ["规范性文件", *"789"]]
    report = report_of(catalog, old, DOCUMENTS_2021)
    assert sorted(numbers(report).values()) == [0, 1, 2, 3, 4, 5]
    assert "table_repeated" in codes(report, "proactive")


def test_copies_that_differ_are_no_mixture(catalog: Catalog) -> None:
    second = [DOCUMENTS_2021[0], DOCUMENTS_2021[1], ["行政规范性文件", "3", "4", "6"]]
    report = report_of(catalog, DOCUMENTS_2021, second)
    assert states(report, "proactive.normative_documents.in_force") == {"unreadable"}
    assert numbers(report, "proactive.normative_documents.") == {"issued": 3, "repealed": 4}
    assert {"cell_conflict", "table_repeated"} <= codes(report, "proactive")


def test_shortened_headings_beside_one_that_names_a_row_too(catalog: Catalog) -> None:
    """其他 heads a column and, in the form of 2021, names a row; the row of headings is no data row for that."""
    head = [*REQUESTS_HEAD[:2], ["企业", "科研", "公益组织", "法律服务", "其他"]]
    blank = ["三、本年度办理结果", "（六）其他处理", "3.其他", *[""] * 7]
    report = report_of(catalog, [*head, *ROWS, blank], year=2023)
    assert numbers(report, "requests.new/") == dict(
        zip([applicant.applicant for applicant in catalog.applicants], map(int, "1234567"), strict=True)
    )
    assert {item.form for item in report.tables if item.table == "requests"} == {"2021"}
    assert states(report, "requests.other.remaining") == {"blank"}


def test_figures_of_a_part_without_headings_are_unread_and_not_blank(catalog: Catalog) -> None:
    rest = [["三、本年度办理结果", "（一）予以公开", "5", "6"], ["", "（二）部分公开", "7", ""]]
    report = report_of(catalog, [*REQUESTS_HEAD, *ROWS], grid(rest, 1, spans="inferred"))
    assert states(report, "requests.granted") == states(report, "requests.partly_granted") == {"unreadable"}
    assert states(report, "requests.new") == {"number"}
    assert "cell_unplaced" in codes(report, "requests")


def test_copies_that_agree_need_no_word(catalog: Catalog) -> None:
    """The page for print and the page for phones hold the same table."""
    report = report_of(catalog, DOCUMENTS_2021, DOCUMENTS_2021)
    assert sorted(numbers(report).values()) == [0, 1, 2, 3, 4, 5]
    assert "table_repeated" not in codes(report)


def test_two_reports_in_one_file_are_read_apart(catalog: Catalog) -> None:
    second = [DOCUMENTS_2021[0], DOCUMENTS_2021[1], ["行政规范性文件", "7", "8", "9"]]
    titles = ["沐云区人民政府2021年政府信息公开工作年度报告", "沐云区人民政府办公室2021年政府信息公开工作年度报告"]
    blocks = (Paragraph(titles[0]), grid(DOCUMENTS_2021, 0), Paragraph(titles[1]), grid(second, 1))
    reports = normalise(catalog, Document(blocks, {"title": titles[0]}))
    assert [(report.index, report.agency) for report in reports] == [(0, "沐云区人民政府"), (1, "沐云区人民政府办公室")]
    assert [numbers(report)["proactive.normative_documents.in_force"] for report in reports] == [5, 9]


def test_a_running_title_over_every_page_is_no_second_report(catalog: Catalog) -> None:
    title = Paragraph("沐云区财政局2021年政府信息公开工作年度报告")
    blocks = (title, grid([*REQUESTS_HEAD, ROWS[0]], 0), title, grid([*REQUESTS_HEAD, ROWS[1]], 1))
    (report,) = normalise(catalog, Document(blocks))
    assert numbers(report, "requests.carried_in/")["total"] == 8


def test_group_headings_moved_by_an_empty_cell_give_no_figures_to_a_neighbour(catalog: Catalog) -> None:
    head = [REMEDIES_HEAD[0], [*REMEDIES_HEAD[1][:5], "", *REMEDIES_HEAD[1][5:]], REMEDIES_HEAD[2]]
    report = report_of(catalog, [*head, [*FIFTEEN, ""]])
    assert "label_unmatched" in codes(report, "remedies")
    assert "litigation_after_review.upheld" not in numbers(report, "remedies.")


def test_columns_beyond_the_edge_of_the_page_are_unknown_and_rows_that_lack_are_blank(catalog: Catalog) -> None:
    head = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）*3^3", "申请人情况*4"],
        ["自然人^2", "法人或其他组织*3"],
        ["商业企业", "科研机构", "社会公益组织"],
    ]
    whole = grid([*head, [f"{NEW}*3", *"1234"], [f"{CARRIED}*3", *"2345"]])
    cut = report_of(catalog, replace(whole, is_cut=True))
    assert {cell.state for cell in cut.cells if cell.applicant == "total"} == {"unreadable"}
    assert {cell.state for cell in cut.cells if cell.field == "requests.carried_out" and cell.applicant == "enterprise"} == {"blank"}
    assert numbers(cut, "requests.new/") == numbers(report_of(catalog, whole), "requests.new/")
    assert any(item.code == "cells_missing" and "没有印全" in item.message for item in cut.problems if item.table == "requests")
    assert {cell.state for cell in report_of(catalog, whole).cells if cell.applicant == "total"} == {"blank"}
