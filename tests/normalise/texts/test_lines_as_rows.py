"""Tables told from running text, a cell a line or a row a line: only where no row has lost a cell."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Paragraph

TITLE = "瀚川市沐云区财政局2023年政府信息公开工作年度报告"
PROACTIVE = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "0", "1", "2", "行政规范性文件", "3", "0", "9"]
REMEDIES = ["行政复议", "行政诉讼", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "复议后起诉"]
REMEDIES += ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2
APPLICANTS = ["申请人情况", "自然人", "法人或其他组织", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def read(catalog: Catalog, *lines: str) -> dict[tuple[str, str | None], str]:
    """The figures taken from a report whose text has these lines."""
    (report,) = normalise(catalog, Document(tuple(Paragraph(line) for line in (TITLE, "二、主动公开政府信息情况", *lines))))
    return {(cell.field, cell.applicant): str(cell.value) for cell in report.cells if cell.state == "number"}


@pytest.mark.parametrize(
    "lines", [PROACTIVE, [" ".join(PROACTIVE)], [" | ".join(PROACTIVE[:4]), *PROACTIVE[4:]], ["\u3000".join(PROACTIVE)]]
)
def test_rows_that_lost_no_cell_are_read(catalog: Catalog, lines: list[str]) -> None:
    assert read(catalog, *lines) == {
        ("proactive.regulations.issued", None): "0",
        ("proactive.regulations.repealed", None): "1",
        ("proactive.regulations.in_force", None): "2",
        ("proactive.normative_documents.issued", None): "3",
        ("proactive.normative_documents.repealed", None): "0",
        ("proactive.normative_documents.in_force", None): "9",
    }


@pytest.mark.parametrize(("unit", "yuan"), [("元", "1500"), ("万元", "15000000")])
def test_the_unit_in_a_heading_is_that_of_its_figures(catalog: Catalog, unit: str, yuan: str) -> None:
    fees = ["第二十条第（八）项", "信息内容", f"本年收费金额（单位：{unit}）", "行政事业性收费", "1500"]
    found = read(catalog, *PROACTIVE, "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "4", *fees)
    assert found["proactive.fees.amount", None] == yuan


def test_the_fifteen_results_are_read(catalog: Catalog) -> None:
    found = read(catalog, *REMEDIES, *(str(2 * number) for number in range(15)))
    assert found["remedies.review.total", None] == "8"
    assert found["remedies.litigation_direct.upheld", None] == "10"
    assert found["remedies.litigation_after_review.total", None] == "28"


def test_wrapped_labels_and_groups_are_understood(catalog: Catalog) -> None:
    rows = ["三、本年度办理结果", "（一）予以公开", *["1", "2", "3", "4", "5", "6", "21"]]
    rows += ["（二）部分公开（区分处理的，只计这一情形，", "不计其他情形）", *["0", "0", "0", "0", "0", "0", "7"]]
    found = read(catalog, *APPLICANTS, *rows)
    assert found["requests.granted", "natural_person"] == "1"
    assert found["requests.granted", "other_organization"] == "6"
    assert found["requests.partly_granted", "total"] == "7"


@pytest.mark.parametrize(
    "lines",
    [
        [piece for piece in PROACTIVE if piece != "3"],  # a blank is lost
        [*PROACTIVE[:8], "7", *PROACTIVE[8:]],  # a figure too many
        [*PROACTIVE, "行政许可"],  # a row has no figure left
        PROACTIVE[4:],  # no headings
        [*PROACTIVE[:2], *PROACTIVE[3:]],  # a heading is lost
        [piece.replace("行政规范性文件", "甲乙丙丁") for piece in PROACTIVE],  # a word that is not known
    ],
)
def test_otherwise_nothing_is_taken(catalog: Catalog, lines: list[str]) -> None:
    assert read(catalog, *lines) == {}


def test_pages_are_not_read_by_counting(catalog: Catalog) -> None:
    """There a figure may stand over two columns, or in two pieces."""
    document = Document(tuple(Paragraph(line, page=1) for line in (TITLE, *PROACTIVE)))
    assert not any(cell.state == "number" for report in normalise(catalog, document) for cell in report.cells)


def test_nothing_is_taken_from_lines_that_were_recognised_in_a_picture(catalog: Catalog) -> None:
    lines = (TITLE, "二、主动公开政府信息情况", *PROACTIVE)
    (report,) = normalise(catalog, Document(tuple(Paragraph(line, recognised=True) for line in lines)))
    assert not [cell for cell in report.cells if cell.state == "number"]
    assert {table.table: table.state for table in report.tables}["proactive"] == "unreadable"
