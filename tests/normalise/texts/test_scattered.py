"""Tables whose cells stand in running text and lost one are said to be there, and not read; menus and prose are no tables."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers import html
from pipeline.readers.model import Document, Paragraph
from tests.normalise.grids import DOCUMENTS_2021

TITLE = "瀚川市沐云区财政局2021年政府信息公开工作年度报告"
DOCUMENTS = [*DOCUMENTS_2021[:2], DOCUMENTS_2021[2][:-1]]
REMEDIES = [["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], ["1", "2", "3", "4", "10"]]


def found_in(catalog: Catalog, *lines: str) -> tuple[Report, dict[str, str]]:
    (report,) = normalise(catalog, Document(tuple(map(Paragraph, (TITLE, *lines)))))
    return report, {item.table: item.state for item in report.tables}


@pytest.mark.parametrize("separator", ["\n", "  ", ",", "　"], ids=["a cell a line", "spaces", "commas", "wide spaces"])
@pytest.mark.parametrize(("rows", "table"), [(DOCUMENTS, "proactive"), (REMEDIES, "remedies")])
def test_labels_without_a_whole_table(catalog: Catalog, rows: list[list[str]], table: str, separator: str) -> None:
    report, states = found_in(catalog, *(separator.join(row) for row in rows))
    assert report.status == "refused"
    assert [name for name, state in states.items() if state == "unreadable"] == [table]
    assert [item.table for item in report.problems if item.code == "table_unreadable"] == [table]


def test_boxes_of_a_mobile_page(catalog: Catalog) -> None:
    rows = "".join("<div>" + "".join(f"<div>{text}</div>" for text in row) + "</div>" for row in DOCUMENTS)
    (report,) = normalise(catalog, html.read(f"<h1>{TITLE}</h1>{rows}".encode()))
    assert next(item.state for item in report.tables if item.table == "proactive") == "unreadable"


def test_menus_and_prose_are_no_tables(catalog: Catalog) -> None:
    menu = ["规章", "规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"]
    _, states = found_in(
        catalog, *menu, " ".join(menu), "收到自然人、商业企业、科研机构申请，予以公开、部分公开，结果维持、结果纠正各1件。"
    )
    assert set(states.values()) == {"absent"}
