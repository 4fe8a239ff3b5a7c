"""The list of statistics of 2014 written by hand: every row of the form with its unit and a figure of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Grid, Paragraph
from tests.normalise.grids import TITLE, grid

HEAD = ["统计指标", "单位", "统计数"]
NOTHING = "——"
PROSE = ["一、概述", "本年度报告由本局编制。", "二、主动公开政府信息情况", "见附表。"]

# Lists that places have made for themselves, `label/unit`
CODED = (
    *("主动公开信息数/条", "全文电子化的主动公开信息数/条", "提供服务类信息数/条", "网站专栏页面访问量/人次", "咨询电话接听数/人次"),
    *(
        "申请总数/条",
        "1.当面申请数/条",
        "2.传真申请数/条",
        "3.电子邮件申请数/条",
        "4.网上申请数/条",
        "5.信函申请数/条",
        "6.其他形式申请数/条",
    ),
    *("对申请的答复总数/条", "1.同意公开答复数/条", "2.同意部分公开答复数/条", "3.否决公开答复总数/条", "(1)“信息不存在”数/条"),
    *("(2)“非本部门掌握”数/条", "(3)“申请内容不明确”数/条", "行政复议数/件", "行政诉讼数/件", "行政申诉数/件", "收取费用总数/元"),
    *("1.全职人员数/人", "2.兼职人员数/人"),
)
SINCE = (
    *("主动公开文件信息数/条", "1.纸质文件数/条", "2.电子文件数/条", "网站公开政府信息数/条", "受理申请总数/条", "1.当面申请数/条"),
    *("2.网上申请数/条", "3.信函、传真申请数/条", "对申请的答复总数/条", "1.同意公开答复数/条", "2.同意部分公开答复数/条"),
    *("3.不予公开答复数/条", "4.其他类型答复数/条", "行政复议数/件", "行政诉讼数/件"),
)

Row = list[str]
Change = Callable[[str, Row], Sequence[str] | None]


def rows(catalog: Catalog, change: Change = lambda label, row: row) -> list[Row]:
    """Label, unit and figure of each row; `change` takes the id of the label and the row, and gives the row or None."""
    units = {field.row: "万元" if field.kind == "money" else field.unit for field in catalog.fields_of("2014", "statistics")}
    numbers = {field.row: str(3 * number) for number, field in enumerate(catalog.fields_of("2014", "statistics"), start=11)}
    labels = [label for label in catalog.labels_of("2014", "statistics") if label.axis == "row" and label.role in ("item", "group")]
    made = (change(label.label, [label.texts[0], units.get(label.label, NOTHING), numbers.get(label.label, NOTHING)]) for label in labels)
    return [list(row) for row in made if row is not None]


def expected(catalog: Catalog) -> dict[str, int]:
    """The figure of each field, without `statistics.`; amounts in yuan."""
    return {
        field.field.removeprefix("statistics."): 3 * number * (10_000 if field.kind == "money" else 1)
        for number, field in enumerate(catalog.fields_of("2014", "statistics"), start=11)
    }


def report_with(
    catalog: Catalog,
    *tables: Sequence[Sequence[str]] | Grid,
    lines: Sequence[str] = (),
    year: int = 2016,
    spans: Literal["stated", "inferred"] = "stated",
) -> Report:
    """A report in prose with these tables behind it."""
    grids = [table if isinstance(table, Grid) else grid(table, index, spans) for index, table in enumerate(tables)]
    (report,) = normalise(catalog, Document((*map(Paragraph, [TITLE.format(year=year), *PROSE, *lines]), *grids)))
    return report
