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
    catalog: Catalog, *tables: Sequence[Sequence[str]] | Grid, year: int = 2016, spans: Literal["stated", "inferred"] = "stated"
) -> Report:
    """A report in prose with these tables behind it."""
    grids = [table if isinstance(table, Grid) else grid(table, index, spans) for index, table in enumerate(tables)]
    (report,) = normalise(catalog, Document((*map(Paragraph, [TITLE.format(year=year), *PROSE]), *grids)))
    return report
