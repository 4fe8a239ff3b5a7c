"""Last year's table printed once more, as the line above it says."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Grid, Paragraph
from tests.normalise.grids import FIFTEEN, REMEDIES_HEAD, TITLE, codes, grid, numbers

EARLIER = [str(int(number) + 1) for number in FIFTEEN]


def report_with(catalog: Catalog, *blocks: str | list[str]) -> Report:
    """Lines, and tables of the figures given, below the title of 2021."""
    placed: list[Paragraph | Grid] = [Paragraph(TITLE.format(year=2021))]
    for number, block in enumerate(blocks):
        placed.append(Paragraph(block) if isinstance(block, str) else grid([*REMEDIES_HEAD, block], number))
    (report,) = normalise(catalog, Document(tuple(placed)))
    return report


@pytest.mark.parametrize(
    "caption",
    [
        "2020年行政复议、行政诉讼情况：",
        "附件：2020年度数据对照",
        "表1　2020 年情况",
        "上年度情况",
        "去年的数字",
        "附：上年（2020年）同期数据",
        "2020年行政复议情况（对比）",
        "样表（仅供参考）",
        "填写示例",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_table_of_an_earlier_year_is_no_copy(catalog: Catalog, caption: str, first: bool) -> None:
    blocks: list[str | list[str]] = [caption, EARLIER, "表2 2021年情况", FIFTEEN]
    report = report_with(catalog, *(blocks if first else blocks[2:] + blocks[:2]))
    assert sorted(numbers(report, "remedies.").values()) == sorted(map(int, FIFTEEN))
    assert codes(report, "remedies") == set()
    assert "other_year" in {item.code for item in report.problems}


def test_an_earlier_year_above_the_first_row(catalog: Catalog) -> None:
    earlier = grid([["2020年政府信息公开行政复议、行政诉讼情况*15"], *REMEDIES_HEAD, EARLIER], 0)
    document = Document((Paragraph(TITLE.format(year=2021)), earlier, grid([*REMEDIES_HEAD, FIFTEEN], 1)))
    (report,) = normalise(catalog, document)
    assert sorted(numbers(report, "remedies.").values()) == sorted(map(int, FIFTEEN))


@pytest.mark.parametrize(
    "caption",
    [
        "2022年1月编",
        "数据截至2020年12月31日",
        "2020年和2021年情况",
        "我局2020年没有行政复议。",
        "行政复议情况",
        "与2020年相比有关情况",
        "与上年同期相比",
        "自2020年以来的情况",
        "2020年结转的案件",
    ],
)
def test_copies_that_differ_without_such_a_line_are_in_conflict(catalog: Catalog, caption: str) -> None:
    report = report_with(catalog, "表二", FIFTEEN, caption, EARLIER)
    assert "cell_conflict" in codes(report, "remedies")


def test_the_only_table_is_read_whatever_stands_above_it(catalog: Catalog) -> None:
    report = report_with(catalog, "2020年行政复议、行政诉讼情况", FIFTEEN)
    assert len(numbers(report, "remedies.")) == 15


def test_what_may_be_said_of_the_table_of_the_year_takes_nothing_away(catalog: Catalog) -> None:
    report = report_with(catalog, "较2020年有变化的情况：", FIFTEEN, "上年数据：", EARLIER)
    assert sorted(numbers(report, "remedies.").values()) == sorted(map(int, FIFTEEN))


@pytest.mark.parametrize("first", [True, False])
def test_a_form_left_empty_contradicts_nothing(catalog: Catalog, first: bool) -> None:
    blocks: list[str | list[str]] = [[""] * 15, "表", FIFTEEN]
    report = report_with(catalog, *(blocks if first else reversed(blocks)))
    assert sorted(numbers(report, "remedies.").values()) == sorted(map(int, FIFTEEN))
    assert codes(report, "remedies") <= {"copy_blank"}
