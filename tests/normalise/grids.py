"""Grids and documents written by hand: `grid` takes rows of cells, `"text*3"` is a cell over three columns, `"text^2"` over two rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Grid, GridCell, Paragraph

TITLE = "瀚川市沐云区财政局{year}年政府信息公开工作年度报告"
_CELL = re.compile(r"(?P<text>.*?)(?:\*(?P<columns>\d+))?(?:\^(?P<rows>\d+))?", re.DOTALL)

APPLICANTS = ["自然人^2", "法人或其他组织*5", "总计^2"]
REQUESTS_HEAD = [
    ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）*3^3", "申请人情况*7"],
    APPLICANTS,
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
REMEDIES_HEAD = [
    ["行政复议*5", "行政诉讼*10"],
    ["结果维持^2", "结果纠正^2", "其他结果^2", "尚未审结^2", "总计^2", "未经复议直接起诉*5", "复议后起诉*5"],
    ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2,
]
FIFTEEN = [str(number * 7) for number in range(2, 17)]
DOCUMENTS_2021 = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "1", "2"], ["行政规范性文件", "3", "4", "5"]]


def grid(rows: Sequence[Sequence[str]], index: int = 0, spans: Literal["stated", "inferred"] = "stated") -> Grid:
    """Place the cells as a browser does."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, texts in enumerate(rows):
        column = 0
        for written in texts:
            match = _CELL.fullmatch(written)
            assert match is not None
            while (row, column) in taken:
                column += 1
            wide, tall = int(match["columns"] or 1), int(match["rows"] or 1)
            cells.append(GridCell(row, column, match["text"], tall, wide))
            taken |= {(row + down, column + right) for down in range(tall) for right in range(wide)}
            column += wide
    return Grid(index, len(rows), max(column for _, column in taken) + 1, tuple(cells), spans)


def report_of(catalog: Catalog, *tables: Sequence[Sequence[str]] | Grid, year: int = 2021) -> Report:
    """The one report of a document that holds the tables below a title."""
    grids = [table if isinstance(table, Grid) else grid(table, number) for number, table in enumerate(tables)]
    (report,) = normalise(catalog, Document((Paragraph(TITLE.format(year=year)), *grids)))
    return report


def numbers(report: Report, prefix: str = "") -> dict[str, Decimal]:
    """The numbers of a report by field (and applicant), for those that begin with `prefix`."""
    values = {cell.field + (f"/{cell.applicant}" if cell.applicant else ""): cell.value for cell in report.cells if not cell.extra}
    return {key.removeprefix(prefix): value for key, value in values.items() if value is not None and key.startswith(prefix)}


def states(report: Report, prefix: str) -> set[str]:
    """The states of the cells of the fields that begin with `prefix`."""
    return {cell.state for cell in report.cells if cell.field.startswith(prefix)}


def codes(report: Report, table: str | None = None) -> set[str]:
    """The codes of the problems of a severity above info (of one table)."""
    return {item.code for item in report.problems if item.severity != "info" and table in (None, item.table)}
