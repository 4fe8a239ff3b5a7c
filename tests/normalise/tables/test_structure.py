"""Tables cut, merged or copied otherwise than the form: what is there is read or said to be unread, never called blank."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.report import normalise
from pipeline.readers import text
from pipeline.readers.model import Document, Paragraph
from tests.normalise.grids import FIFTEEN, REMEDIES_HEAD, REQUESTS_HEAD, TITLE, codes, grid, numbers, report_of, states

SEVEN = ["1", "2", "3", "4", "5", "6", "21"]
ZEROS = ["0"] * 7


def requests_of(*rows: list[str]) -> list[list[str]]:
    return [*REQUESTS_HEAD, ["一、本年新收政府信息公开申请数量*3", *ZEROS], ["二、上年结转政府信息公开申请数量*3", *ZEROS], *rows]


def test_a_group_that_is_merged_too_far_down_names_no_row(catalog: Catalog) -> None:
    rows = [["（四）无法提供*2^3", "1.本机关不掌握相关政府信息", *ZEROS], ["2.没有现成信息需要另行制作", *SEVEN]]
    report = report_of(catalog, requests_of(*rows))
    assert numbers(report, "requests.unavailable.would_need_creating/")["total"] == 21


def test_a_label_of_the_row_names_it_though_a_merged_one_stands_right_of_it(catalog: Catalog) -> None:
    rows = [["三、本年度办理结果", "（六）其他处理^3", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", *ZEROS]]
    rows += [["2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", *ZEROS], ["3.其他", *SEVEN]]
    report = report_of(catalog, requests_of(*rows))
    assert numbers(report, "requests.other.remaining/")["total"] == 21


def test_the_figures_of_a_row_that_has_lost_a_cell_are_unread_and_not_blank(catalog: Catalog) -> None:
    rows = [["三、本年度办理结果^2", "（一）予以公开*2", *SEVEN], ["（二）部分公开*2", *SEVEN[1:]]]
    report = report_of(catalog, requests_of(*rows))
    assert states(report, "requests.partly_granted") == {"unreadable"}
    assert states(report, "requests.granted") == {"number"}


def test_sums_beside_the_name_of_a_group_are_no_row_that_is_not_understood(catalog: Catalog) -> None:
    rows = [["三、本年度办理结果^4", "（一）予以公开*2", *ZEROS], ["（二）部分公开*2", *ZEROS]]
    rows += [["（三）不予公开*2", *SEVEN], ["^1", "1.属于国家秘密", *SEVEN]]
    report = report_of(catalog, requests_of(*rows))
    assert numbers(report, "requests.denied.state_secret/")["total"] == 21
    assert codes(report, "requests") == {"cells_missing"}


def test_a_row_in_a_group_that_names_it_alone_may_be_a_row_that_is_missing(catalog: Catalog) -> None:
    rows = [["三、本年度办理结果", *ZEROS[:6]], ["（一）予以公开", *SEVEN]]
    head = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "自然人", "商业企业", "科研机构", "社会公益组织"]
    table = [[*head, "法律服务机构", "其他", "总计"], ["一、本年新收政府信息公开申请数量", *ZEROS], *rows]
    report = report_of(catalog, grid(table, spans="inferred"))
    assert numbers(report, "requests.granted/")["total"] == 21
    assert "blank" not in states(report, "requests.carried_in")


def test_figures_under_headings_that_are_not_known_are_unread_and_not_blank(catalog: Catalog) -> None:
    head = [["项目*3^2", "甲^2", "乙*5", "合计^2"], ["丙", "丁", "戊", "己", "庚"]]
    report = report_of(catalog, [*head, ["一、本年新收政府信息公开申请数量*3", *SEVEN], ["四、结转下年度继续办理*3", *SEVEN]])
    assert "blank" not in states(report, "requests.new")
    assert codes(report, "requests") & {"cell_unplaced", "label_unmatched"}


def test_figures_whose_own_heading_was_not_seen_are_unread_and_not_blank(catalog: Catalog) -> None:
    table = [
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "7"],
        ["行政处罚", "8"],
        ["行政强制", "9"],
        ["信息", "金"],
        ["行政事业性收费", "32"],
    ]
    report = report_of(catalog, table)
    assert states(report, "proactive.fees") == {"unreadable"}
    assert "cell_unplaced" in codes(report, "proactive")


def test_a_number_of_a_higher_level_ends_a_group_that_has_a_row_of_its_own(catalog: Catalog) -> None:
    head = [["勾稽关系^2", "自然人^2", "法人或其他组织*5", "总计^2"], REQUESTS_HEAD[2]]
    rows = [["（六）其他处理", *[""] * 7], ["3.其他", *ZEROS], ["（七）总计", *SEVEN], ["四、结转下年度继续办理", *ZEROS]]
    report = report_of(catalog, [*head, ["一、本年新收政府信息公开申请数量", *ZEROS], *rows])
    assert numbers(report, "requests.handled/")["total"] == 21
    assert numbers(report, "requests.other.remaining/")["total"] == 0


def test_two_labels_in_one_cell_are_not_one_label_with_an_explanation(catalog: Catalog) -> None:
    two = [["（三）不予公开*2", "3.危及“三安全一稳定”\n4.保护第三方合法权益", "6 4", *["1 2"] * 5, "11 14"]]
    report = report_of(catalog, requests_of(*two))
    assert states(report, "requests.denied.security_and_stability") == {"unreadable"}
    assert "label_unmatched" in codes(report, "requests")


def test_a_table_of_some_rows_contradicts_only_what_it_prints(catalog: Catalog) -> None:
    part = [["类别", "自然人", "法人或其他组织", "总计"], ["本年新收政府信息公开申请数量", "1", "4", "5"], ["予以公开", "1", "1", "2"]]
    whole = requests_of(["三、本年度办理结果", "（一）予以公开*2", *SEVEN])
    report = report_of(catalog, part, grid(whole, 1))
    assert numbers(report, "requests.granted/")["enterprise"] == 2
    assert states(report, "requests.new") == {"number", "unreadable"}
    assert "cell_conflict" in codes(report, "requests")


def test_a_copied_row_with_a_cell_less_than_all_others_is_not_placed(catalog: Catalog) -> None:
    head = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "自然人", "商业企业", "科研机构", "社会公益组织"]
    rows = [[*head, "法律服务机构", "其他", "总计"]]
    labels = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（二）部分公开"]
    labels += ["1.属于国家秘密"]
    labels += [
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
    ]
    rows += [[label, "", *SEVEN] for label in labels]
    rows[3] = [labels[2], "", *SEVEN[1:]]
    document = text.read("\n".join(" | ".join(row) for row in rows).encode())
    (report,) = normalise(catalog, Document((Paragraph(TITLE.format(year=2021)), *document.blocks)))
    assert states(report, "requests.granted") == {"unreadable"}
    assert numbers(report, "requests.partly_granted/")["total"] == 21


def test_a_heading_too_many_makes_all_of_them_doubtful(catalog: Catalog) -> None:
    """The data are as many as the form has headings, and any of the headings may be the one too many."""
    lowest = [*REMEDIES_HEAD[2][:5], "总计", *REMEDIES_HEAD[2][5:]]
    report = report_of(catalog, [*REMEDIES_HEAD[:2], lowest, FIFTEEN])
    assert not numbers(report, "remedies.litigation_after_review.")
    assert "cell_unplaced" in codes(report, "remedies")


def test_a_copied_row_with_a_cell_more_than_headings_is_not_placed(catalog: Catalog) -> None:
    """The first figure is blank, so that the row seems to begin one cell further on."""
    rows = [["（三）不予公开", "1.属于国家秘密", *ZEROS], ["", "2.其他法律行政法规禁止公开", "", *SEVEN]]
    head = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
        ["", "自然人", "法人或其他组织", "总计"],
        ["", "", *REQUESTS_HEAD[2], ""],
    ]
    table = [*head, ["一、本年新收政府信息公开申请数量", *ZEROS], *rows, ["四、结转下年度继续办理", *ZEROS]]
    dump = "\n".join("\n".join(f"\t{cell}" for cell in row) + "\n" for row in table)
    document = text.read(dump.encode())
    (report,) = normalise(catalog, Document((Paragraph(TITLE.format(year=2021)), *document.blocks)))
    assert "number" not in states(report, "requests.denied.barred_by_law")
    assert states(report, "requests.denied.state_secret") == {"number"}


def test_figures_below_headings_whose_group_is_lost_are_unread_and_not_blank(catalog: Catalog) -> None:
    results = REMEDIES_HEAD[2][:5]
    tables = [
        [["行政复议*5"], results, FIFTEEN[:5]],
        [["行政诉讼*5"], ["未经复议直接起诉*5"], results, FIFTEEN[5:10]],
        [results, FIFTEEN[10:]],
    ]
    report = report_of(catalog, *tables)
    assert states(report, "remedies.litigation_after_review.") == {"unreadable"}
    assert numbers(report, "remedies.review.")["total"] == 42


def test_damaged_headings_are_no_row(catalog: Catalog) -> None:
    """`自 | 法人或 | 总计`: too little is left to know them as headings, and 总计 at their end names no row."""
    head = [["（本列数据的勾稽关系为*3^3", "申请人*7"], ["自^2", "法人或*5", "总计^2"], ["商业企业", "科研机", "社会公益", "法律", "其他"]]
    rows = [["一、本年新收政府信息*3", *"1234567"], ["4.无正当理由大量反复申请*3", *"1234567"], ["（七）总*3", *"2345678"]]
    report = report_of(catalog, [*head, *rows])
    assert states(report, "requests.new") == {"unreadable"}


def test_the_last_row_of_2019_cut_short_is_no_reason_to_take_the_form_of_2021(catalog: Catalog) -> None:
    rows = [["三、本年度办理结果^3", "（一）予以公开*2", *"1234567"], ["（六）其他*2", *"2345678"], ["（七）总计*2", *"3456789"]]
    report = report_of(catalog, [*REQUESTS_HEAD, *rows], year=2020)
    assert {table.form for table in report.tables if table.table == "requests"} == {"2019"}
    assert numbers(report, "requests.other/")["total"] == 8


@pytest.mark.parametrize("joint", ["", "\n", "："])
def test_groups_in_front_of_their_labels_in_one_cell(catalog: Catalog, joint: str) -> None:
    rows = [[f"（三）不予公开{joint}1.属于国家秘密*3", *"1234567"], [f"三、本年度办理结果{joint}（一）予以公开*3", *"2345678"]]
    report = report_of(catalog, [*REQUESTS_HEAD, *rows, [f"（六）其他处理{joint}3.其他*3", *"3456789"]])
    assert [numbers(report, f"requests.{field}/")["total"] for field in ("denied.state_secret", "granted", "other.remaining")] == [7, 8, 9]
