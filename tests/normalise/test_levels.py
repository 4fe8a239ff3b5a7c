"""汇总 and 本级 in one report: two reports where lines above the tables say which is which, and one clear problem a table elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.around.levels import level_in
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Paragraph
from tests.normalise.grids import FIFTEEN, REMEDIES_HEAD, REQUESTS_HEAD, TITLE, codes, grid, numbers, states

ROWS = ["一、本年新收政府信息公开申请数量*3", "二、上年结转政府信息公开申请数量*3", "四、结转下年度继续办理*3"]


def requests(factor: int) -> list[list[str]]:
    return [*REQUESTS_HEAD, *([label, *(str(factor * number) for number in range(1, 8))] for label in ROWS)]


def read(catalog: Catalog, *blocks: str | Sequence[Sequence[str]]) -> list[Report]:
    """The reports of a document with a title, lines and tables."""
    placed = [Paragraph(block) if isinstance(block, str) else grid(block, number) for number, block in enumerate(blocks)]
    return normalise(catalog, Document((Paragraph(TITLE.format(year=2021)), *placed)))


REMEDIES = [*REMEDIES_HEAD, FIFTEEN]


@pytest.mark.parametrize(("whole", "own"), [("全区汇总数据", "区本级数据"), ("（一）全县", "（二）县政府本级"), ("汇总：", "局机关：")])
def test_lines_above_the_tables_tell_two_reports(catalog: Catalog, whole: str, own: str) -> None:
    first, second = read(catalog, whole, requests(10), REMEDIES, "五、问题", own, requests(1), REMEDIES)
    assert (numbers(first, "requests.new/")["total"], numbers(second, "requests.new/")["total"]) == (70, 7)
    assert (first.level, second.level) == ("whole_area", "own_office")
    assert (first.agency, first.report_year) == (second.agency, second.report_year)
    assert "cell_conflict" not in codes(first) | codes(second)


def test_pairs_of_tables_in_each_section(catalog: Catalog) -> None:
    first, second = read(catalog, "本机关", requests(1), "全市", requests(10), "本机关", REMEDIES, "全市", REMEDIES)
    assert (first.level, numbers(first, "requests.new/")["total"]) == ("whole_area", 70)
    assert (second.level, numbers(second, "requests.new/")["total"]) == ("own_office", 7)


def test_a_table_that_stands_once_is_that_of_the_area_and_doubted(catalog: Catalog) -> None:
    first, second = read(catalog, "全区汇总", requests(10), "区本级", requests(1), "四、行政复议、行政诉讼情况", REMEDIES)
    assert len(numbers(first, "remedies")) == 15
    assert not numbers(second, "remedies")
    assert "table_repeated" in codes(first, "remedies")


def test_two_copies_that_nothing_tells_apart_are_one_problem_a_table(catalog: Catalog) -> None:
    (report,) = read(catalog, requests(10), requests(1))
    assert states(report, "requests.new") == {"unreadable"}
    said = [item for item in report.problems if item.code == "cell_conflict"]
    assert len(said) == 1
    assert "21 " in said[0].message
    (report,) = read(catalog, "汇总", requests(10), "全区", requests(1))
    assert states(report, "requests.new") == {"unreadable"}


@pytest.mark.parametrize("line", ["汇总和本级数据", "全区共收到申请12件", "全区各单位扎实推进，效果良好", "本年度", "规章"])
def test_lines_that_tell_no_level(catalog: Catalog, line: str) -> None:
    assert level_in(catalog, line) is None
