"""Reports of years before the tables that are read, and papers that are no reports though some labels stand in them."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Grid, Paragraph
from tests.normalise.grids import DOCUMENTS_2021, TITLE, codes, grid

PROSE = ["一、概述", "我局公开信息12条。", "二、主动公开政府信息情况", "共12条。", "三、依申请公开政府信息情况", "收到3件。"]
STATISTICS = [
    ["统 计 指 标", "单位", "统计数"],
    ["（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "12"],
    ["其中：主动公开规范性文件数", "条", "3"],
    ["（一）收到申请数", "件", "5"],
    ["四、行政复议数量", "件", "0"],
]
CLEARED = [["类别", "本年制发件数", "本年废止件数", "现行有效件数"], ["行政规范性文件", "3", "1", "12"]]
LOCAL_LIST = [["信息类别", "公开数量"], ["规章", "0"], ["规范性文件", "3"], ["行政许可", "12"], ["行政处罚", "4"]]


def report(catalog: Catalog, title: str, *blocks: str | Grid, pictures: int = 0) -> Report:
    parts = [Paragraph(block) if isinstance(block, str) else block for block in (title, *blocks) if block]
    (found,) = normalise(catalog, Document(tuple(parts), {}, pictures))
    return found


@pytest.mark.parametrize("year", [2008, 2013])
def test_prose_is_whole_where_no_table_was_due(catalog: Catalog, year: int) -> None:
    found = report(catalog, TITLE.format(year=year), *PROSE)
    assert (found.status, found.report_year, found.cells, codes(found)) == ("parsed", year, (), set())


def test_a_list_of_the_place_gives_no_cells(catalog: Catalog) -> None:
    found = report(catalog, TITLE.format(year=2011), *PROSE, grid(LOCAL_LIST))
    assert (found.status, found.cells, codes(found)) == ("parsed", (), set())


def test_prose_without_a_body_is_partial(catalog: Catalog) -> None:
    found = report(catalog, "2010年政府信息公开工作年度报告", *PROSE)
    assert (found.status, codes(found)) == ("partial", {"agency_unknown"})


@pytest.mark.parametrize("blocks", [[], ["附件下载"], ["3月10日，我局发布了年度报告"]])
def test_a_title_alone_is_no_report(catalog: Catalog, blocks: list[str]) -> None:
    assert report(catalog, TITLE.format(year=2010), *blocks).status == "refused"


@pytest.mark.parametrize("year", [2014, 2018])
def test_a_piece_of_the_statistics_is_read_and_the_rest_said_to_be_missing(catalog: Catalog, year: int) -> None:
    found = report(catalog, TITLE.format(year=year), *PROSE, grid(STATISTICS))
    assert (found.status, codes(found)) == ("partial", {"cells_missing"})
    assert [cell.raw for cell in found.cells if cell.state == "number"] == ["12", "3", "5", "0"]


def test_the_statistics_may_be_a_picture_or_not_there(catalog: Catalog) -> None:
    assert codes(report(catalog, TITLE.format(year=2016), *PROSE, pictures=1), "statistics") == {"table_unreadable"}
    assert codes(report(catalog, TITLE.format(year=2016), *PROSE), "statistics") == {"table_absent"}


@pytest.mark.parametrize("title", ["沐云区财政局2023年行政规范性文件清理结果", "沐云区统计年鉴"])
def test_other_statistics_with_the_same_labels_are_no_report(catalog: Catalog, title: str) -> None:
    found = report(catalog, title, grid(CLEARED))
    assert (found.status, found.cells) == ("refused", ())


def test_a_piece_of_a_report_under_its_heading_is_one(catalog: Catalog) -> None:
    assert report(catalog, "二、主动公开政府信息情况", grid(DOCUMENTS_2021)).status == "partial"
