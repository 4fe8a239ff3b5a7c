"""The list of statistics of 2014: every figure under its row, whatever the layout; nothing by its place alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest

from pipeline.catalog.model import Catalog
from tests.normalise.grids import codes, numbers
from tests.normalise.statistics import CODED, HEAD, NOTHING, SINCE, Row, expected, report_with, rows

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]）|\d\.|其中：)+")
REASONS = [["其中：涉及国家秘密", "件", "7"], ["涉及商业秘密", "件", "5"]]


def bare(_: str, row: Row) -> Row:
    return [_NUMBERING.sub("", row[0]), *row[1:]]


def unit_in_label(_: str, row: Row) -> Row:
    return [row[0] if row[1] == NOTHING else f"{row[0]}（{row[1]}）", row[2]]


def unit_in_cell(_: str, row: Row) -> Row:
    return [row[0], row[2] if row[1] == NOTHING else row[2] + row[1]]


def side_by_side(table: list[Row]) -> list[Row]:
    half = (len(table) + 1) // 2
    return [HEAD * 2, *([*left, *right] for left, right in zip(table[:half], [*table[half:], ["", "", ""]], strict=False))]


def with_more(table: list[Row], *more: str) -> list[Row]:
    """Further columns behind the figures of each row."""
    return [[*row, *(text if row[2] != NOTHING else NOTHING for text in more)] for row in table]


LAYOUTS: dict[str, Callable[[Catalog], list[Row]]] = {
    "as the form has it": lambda catalog: [HEAD, *rows(catalog)],
    "without a heading": rows,
    "without numbers": lambda catalog: [HEAD, *rows(catalog, bare)],
    "units in the labels": lambda catalog: [["统计指标", "统计数"], *rows(catalog, unit_in_label)],
    "units in the cells": lambda catalog: [["统计指标", "统计数"], *rows(catalog, unit_in_cell)],
    "a heading too many": lambda catalog: [HEAD, *rows(catalog, unit_in_label)],
    "two lists side by side": lambda catalog: side_by_side(rows(catalog)),
    "total, own, below": lambda catalog: [
        ["统计指标^2", "单位^2", "统计数*3"],
        ["合计", "沐云区本级", "镇街"],
        *with_more(rows(catalog), "4", "6"),
    ],
    "of the year and since 2008": lambda catalog: [["指标名称", "单位", "当年", "历年累计"], *with_more(rows(catalog), "999")],
    "with codes": lambda catalog: [
        ["指标名称", "代码", "计量单位", "数量"],
        *([row[0], f"{number:02}", *row[1:]] for number, row in enumerate(rows(catalog), start=1)),
    ],
    "with numbers of rows": lambda catalog: [["序号", *HEAD], *([str(number), *row] for number, row in enumerate(rows(catalog), start=1))],
    "with a title and lines to sign": lambda catalog: [
        ["政府信息公开情况统计表（2016年度）*3"],
        HEAD,
        *rows(catalog),
        ["单位负责人：张三", "审核人：李四", "联系电话：0999-1234567"],
    ],
    "a row that has lost its unit": lambda catalog: [
        HEAD,
        *rows(catalog, lambda label, row: [row[0], row[2]] if label == "complaints" else row),
    ],
}


# Merged headings, and two lists beside each other, are what the widths are for.
ONLY_WITH_WIDTHS = {"total, own, below", "two lists side by side"}


ALL_LAYOUTS = [*product(LAYOUTS, ["stated"]), *((layout, "inferred") for layout in LAYOUTS if layout not in ONLY_WITH_WIDTHS)]


@pytest.mark.parametrize(("layout", "spans"), ALL_LAYOUTS)
def test_every_figure_is_found_in_every_layout(catalog: Catalog, layout: str, spans: str) -> None:
    report = report_with(catalog, LAYOUTS[layout](catalog), spans=spans)  # type: ignore[arg-type]
    assert numbers(report, "statistics.") == expected(catalog)
    assert (report.status, codes(report)) == ("parsed", set())


def test_a_list_over_three_pages_with_its_heading_on_the_first_only(catalog: Catalog) -> None:
    table = with_more(rows(catalog), "4", "6")
    report = report_with(catalog, [[*HEAD[:2], "合计", "本级", "下级"], *table[:20]], table[20:45], table[45:])
    assert (numbers(report, "statistics."), codes(report)) == (expected(catalog), set())


@pytest.mark.parametrize("head", [[*HEAD[:2], "甲", "乙"], None])
def test_of_several_columns_without_a_total_none_is_taken(catalog: Catalog, head: Row | None) -> None:
    report = report_with(catalog, [*([head] if head else []), *with_more(rows(catalog), "4")])
    assert numbers(report, "statistics.") == {}
    assert codes(report, "statistics") & {"table_unreadable", "cell_unplaced"}


def test_a_column_that_is_not_of_the_list_is_named_and_not_taken(catalog: Catalog) -> None:
    report = report_with(catalog, [[*HEAD, "比重"], *with_more(rows(catalog), "4")])
    assert numbers(report, "statistics.") == expected(catalog)
    assert ["“比重”" in item.message for item in report.problems if item.code == "line_added"] == [True]


def test_blank_rows_are_blank_and_signs_are_signs(catalog: Catalog) -> None:
    report = report_with(
        catalog, [HEAD, *rows(catalog, lambda label, row: [*row[:2], {"review": "", "litigation": "/"}.get(label, row[2])])]
    )
    states = {cell.field: cell.state for cell in report.cells}
    assert (states["statistics.review"], states["statistics.litigation"]) == ("blank", "not_applicable")
    assert (report.status, codes(report)) == ("parsed", set())


def test_an_amount_in_yuan_is_in_yuan(catalog: Catalog) -> None:
    report = report_with(catalog, [HEAD, *rows(catalog, lambda _, row: [row[0], row[1].replace("万元", "元"), row[2]])])
    assert numbers(report, "statistics.")["capacity.budget"] == expected(catalog)["capacity.budget"] / 10_000


def test_a_large_amount_without_a_unit_is_read_as_the_form_has_it_and_said(catalog: Catalog) -> None:
    table = [[row[0], "52000" if "专项经费" in row[0] else row[2]] for row in rows(catalog)]
    report = report_with(catalog, [["统计指标", "统计数"], *table])
    assert numbers(report, "statistics.")["capacity.budget"] == 520_000_000
    assert codes(report) == {"unit_missing"}


def test_rows_that_share_a_cell_are_not_joined_to_one_figure(catalog: Catalog) -> None:
    table = rows(catalog)
    at = next(number for number, row in enumerate(table) if "收到申请数" in row[0])
    joined = ["\n".join(texts) for texts in zip(*table[at : at + 2], strict=True)]
    found = numbers(report := report_with(catalog, [HEAD, *table[:at], joined, *table[at + 2 :]]), "statistics.")
    assert not {"requests.received", "requests.received.in_person"} & set(found)
    assert "label_unmatched" in codes(report, "statistics")


def test_a_count_in_ten_thousands_is_multiplied(catalog: Catalog) -> None:
    change = lambda label, row: [row[0], "万条", row[2]] if label == "channel.website" else row  # noqa: E731
    found = numbers(report_with(catalog, [HEAD, *rows(catalog, change)]), "statistics.")
    assert found["channel.website"] == expected(catalog)["channel.website"] * 10_000


# The same words below 行政复议 and below 行政诉讼


def test_rows_alike_are_told_by_what_they_are_under_even_where_a_group_is_lost(catalog: Catalog) -> None:
    """五、行政诉讼数量 is lost, and its first row says by its words what the next two belong to."""
    report = report_with(catalog, [HEAD, *rows(catalog, lambda label, row: None if label == "litigation" else row)])
    wanted = expected(catalog)
    del wanted["litigation"]
    assert numbers(report, "statistics.") == wanted
    assert codes(report) == {"cells_missing"}


def shortened(label: str, row: Row) -> Row | None:
    return None if label == "litigation" else [row[0].replace("或者驳回原告诉讼请求", ""), *row[1:]]


def test_rows_alike_that_are_numbered_anew_without_a_group_are_left_open(catalog: Catalog) -> None:
    report = report_with(catalog, [HEAD, *rows(catalog, shortened)])
    found = numbers(report, "statistics.")
    assert {name for name in expected(catalog) if name not in found} == {name for name in expected(catalog) if "litigation" in name}
    assert codes(report, "statistics") == {"label_unmatched"}


@pytest.mark.parametrize("lost", ["review", "litigation"])
def test_rows_alike_without_numbers_and_without_their_group_are_left_open(catalog: Catalog, lost: str) -> None:
    kept = rows(catalog, lambda name, row: None if name == lost else bare(name, row))
    kept = [[row[0].replace("或者驳回原告诉讼请求", ""), *row[1:]] for row in kept]
    found = numbers(report_with(catalog, [HEAD, *kept]), "statistics.")
    wanted = expected(catalog)
    assert all(found[name] == wanted[name] for name in found)
    assert not any(name.startswith(f"{lost}.") for name in found)


@pytest.mark.parametrize("place", ["review.upheld", "litigation.upheld", "litigation.other"])
def test_a_row_lost_beside_rows_alike_costs_that_row_only(catalog: Catalog, place: str) -> None:
    report = report_with(catalog, [HEAD, *rows(catalog, lambda label, row: None if label == place else row)])
    wanted = expected(catalog)
    del wanted[place]
    assert numbers(report, "statistics.") == wanted
    assert codes(report) == {"cells_missing"}


# Rows that a place has added


def test_rows_that_a_place_has_added_are_shown_and_belong_to_no_field(catalog: Catalog) -> None:
    table = rows(catalog)
    table[4:4] = [["主动公开重点领域政府信息数", "条", "77"], ["其中：财政预算决算、“三公经费”和行政经费信息数", "条", "12"]]
    report = report_with(catalog, [HEAD, *table])
    assert (report.status, numbers(report, "statistics."), codes(report)) == ("parsed", expected(catalog), set())
    assert [item.code for item in report.problems] == ["line_added", "line_added"]


def test_reasons_below_another_outcome_are_not_those_of_the_refusals(catalog: Catalog) -> None:
    table = rows(catalog)
    at = next(number for number, row in enumerate(table) if "同意部分公开" in row[0]) + 1
    report = report_with(catalog, [HEAD, *table[:at], *REASONS, *table[at:]])
    assert (numbers(report, "statistics."), codes(report)) == (expected(catalog), set())
    without = [row for row in table if row[0] not in {"其中：涉及国家秘密", "涉及商业秘密"}]
    found = numbers(report_with(catalog, [HEAD, *without[:at], *REASONS, *without[at:]]), "statistics.")
    assert "requests.denied.state_secret" not in found
    assert "requests.denied.trade_secret" not in found


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("channel.wechat", "4.政务头条公开政府信息数"),
        ("requests.received.letter", "4.电子邮件申请数"),
        ("requests.closed.extended", "2.逾期办结数"),
        ("requests.answered.not_this_agency", "5.不属于本行政区域公开数"),
    ],
)
def test_another_row_in_the_place_of_a_row_is_not_taken_for_it(catalog: Catalog, label: str, words: str) -> None:
    report = report_with(catalog, [HEAD, *rows(catalog, lambda name, row: [words, *row[1:]] if name == label else row)])
    wanted = expected(catalog)
    del wanted[label]
    assert numbers(report, "statistics.") == wanted
    assert codes(report, "statistics")


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("requests.received.online", "3．网上申请数"),
        ("capacity.offices", "（一）政府信息公开工作机构数"),
        ("requests.answered.correction_asked", "7.告知作更改补充数"),
        ("litigation", "五、行政诉讼数"),
        ("requests.denied.state_secret", "其中：（1）涉及国家秘密"),
    ],
)
def test_other_words_for_the_same(catalog: Catalog, label: str, words: str) -> None:
    report = report_with(catalog, [HEAD, *rows(catalog, lambda name, row: [words, *row[1:]] if name == label else row)])
    assert (report.status, numbers(report, "statistics."), codes(report)) == ("parsed", expected(catalog), set())


def test_two_figures_in_a_row_are_not_guessed(catalog: Catalog) -> None:
    table = [HEAD, *rows(catalog, lambda label, row: [*row, "1"] if label == "complaints" else row)]
    report = report_with(catalog, table)
    assert "complaints" not in numbers(report, "statistics.")
    assert "cell_unplaced" in codes(report, "statistics")


@pytest.mark.parametrize("spans", ["stated", "inferred"])
def test_a_figure_in_the_place_of_a_code_is_not_lost_in_silence(catalog: Catalog, spans: str) -> None:
    table = [[row[0], f"{number:02}", *row[1:]] for number, row in enumerate(rows(catalog), start=1)]
    table = [[row[0], row[3]] if "举报投诉" in row[0] else row for row in table]
    report = report_with(catalog, [["指标名称", "代码", "计量单位", "数量"], *table], spans=spans)  # type: ignore[arg-type]
    assert [cell.state for cell in report.cells if cell.field == "statistics.complaints"] == ["unreadable"]
    assert codes(report, "statistics") == {"cell_unplaced"}


# In reports of other years


def test_a_whole_list_in_a_report_of_another_year_is_read_and_said(catalog: Catalog) -> None:
    for year in (2012, 2013, 2019):
        report = report_with(catalog, [HEAD, *rows(catalog)], year=year)
        assert (report.status, numbers(report, "statistics.")) == ("partial", expected(catalog))
        assert "form_unknown" in codes(report, "statistics")


def test_a_list_of_a_place_in_a_report_of_another_year_is_not(catalog: Catalog) -> None:
    report = report_with(catalog, [HEAD, *rows(catalog)[:9]], year=2013)
    assert (report.status, report.cells, codes(report)) == ("parsed", (), set())


# Lists that places have made for themselves: the same words may count something else there

OF_A_PLACE = {
    "coded": [
        ["指标名称", "单位", "代码", "数量"],
        *([*text.split("/"), f"{number:02}", str(5 * number % 17)] for number, text in enumerate(CODED, start=1)),
    ],
    "since 2008": [
        ["指标名称", "单位", "2016年度", "历年累计"],
        *([*text.split("/"), str(5 * number % 17), str(91 * number)] for number, text in enumerate(SINCE, start=1)),
    ],
}


@pytest.mark.parametrize("name", OF_A_PLACE)
@pytest.mark.parametrize(("year", "status"), [(2010, "parsed"), (2013, "parsed"), (2016, "partial"), (2018, "partial")])
def test_of_a_list_of_a_place_nothing_is_taken_and_that_is_said(catalog: Catalog, name: str, year: int, status: str) -> None:
    report = report_with(catalog, OF_A_PLACE[name], year=year)
    assert (report.status, report.cells) == (status, ())
    assert {item.code for item in report.problems} == {"list_of_a_place"} | ({"table_absent"} if year > 2013 else set())


def test_a_list_of_a_place_beside_the_national_one_costs_it_nothing(catalog: Catalog) -> None:
    report = report_with(catalog, [HEAD, *rows(catalog)], OF_A_PLACE["since 2008"])
    assert numbers(report, "statistics.") == expected(catalog)
    assert report.status == "parsed"


def test_rows_of_two_figures_as_lines_of_text_are_unreadable_and_not_absent(catalog: Catalog) -> None:
    report = report_with(catalog)
    assert codes(report, "statistics") == {"table_absent"}
    lines = [text for row in rows(catalog) for text in (*row, "907")]
    assert codes(report_with(catalog, lines=lines), "statistics") & {
        "table_unreadable",
        "cell_unplaced",
        "label_unmatched",
        "cells_missing",
    }
