"""表四 as three small tables, named by the lines above them."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.around.group_captions import group_in
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Grid, Paragraph
from tests.normalise.grids import grid

TITLE = Paragraph("瀚川市沐云区财政局2023年政府信息公开工作年度报告")
HEADINGS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
FIGURES = (["1", "2", "0", "0", "3"], ["0", "0", "0", "1", "1"], ["5", "0", "0", "0", "5"])
EXPECTED = {"review": "3", "litigation_direct": "1", "litigation_after_review": "5"}


def totals(catalog: Catalog, lines: list[list[str]], group_rows: list[str] | None = None) -> dict[str, str]:
    """The totals read of three small tables, each below its lines."""
    blocks: list[Paragraph | Grid] = [TITLE]
    for index, figures in enumerate(FIGURES):
        blocks += [Paragraph(line) for line in lines[index]]
        above = [[group_rows[index], "", "", "", ""]] if group_rows else []
        blocks.append(grid([*above, HEADINGS, figures], index))
    (report,) = normalise(catalog, Document(tuple(blocks)))
    cells = [cell for cell in report.cells if cell.table == "remedies" and cell.state == "number"]
    return {cell.field.split(".")[1]: str(cell.value) for cell in cells if cell.field.endswith(".total")}


@pytest.mark.parametrize(
    "lines",
    [
        [["（一）行政复议"], ["（二）行政诉讼", "1.未经复议直接起诉"], ["2.复议后起诉"]],
        [["四、政府信息公开行政复议、行政诉讼情况", "行政复议情况"], ["行政诉讼（未经复议直接起诉）"], ["行政诉讼（复议后起诉）"]],
        [["行政复议"], ["未经复议直接起诉的行政诉讼"], ["行政复议后起诉"]],
    ],
)
def test_the_line_above_names_the_group(catalog: Catalog, lines: list[list[str]]) -> None:
    assert totals(catalog, lines) == EXPECTED


def test_a_group_alone_in_a_row_of_headings_is_over_all(catalog: Catalog) -> None:
    assert totals(catalog, [[], [], []], ["行政复议", "未经复议直接起诉", "复议后起诉"]) == EXPECTED


@pytest.mark.parametrize(
    "lines",
    [
        [[], [], []],
        [["行政复议"], ["行政复议"], ["行政复议"]],
        [["行政复议、未经复议直接起诉"], ["行政诉讼"], ["全年没有行政复议。"]],
    ],
)
def test_without_a_name_of_its_own_nothing_is_taken(catalog: Catalog, lines: list[list[str]]) -> None:
    assert totals(catalog, lines) == {}


def test_a_line_that_names_several_names_none(catalog: Catalog) -> None:
    assert group_in(catalog, "remedies", "四、政府信息公开行政复议、行政诉讼情况") is None
    assert group_in(catalog, "remedies", "行政诉讼") is None
    assert group_in(catalog, "requests", "法人或其他组织") is None
