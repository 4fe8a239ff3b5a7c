"""The list of form 2014 told from running text, where each label has just one figure behind it."""

from __future__ import annotations

from itertools import count

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Paragraph

TITLE = "瀚川市沐云区财政局2016年政府信息公开工作年度报告"
PROSE = ["一、主动公开情况", "全年主动公开政府信息 77 条。", "二、回应解读情况", "没有。", "附：政府信息公开情况统计表"]
HEADINGS = ["统计指标", "单位", "统计数"]


def rows_of(catalog: Catalog) -> list[list[str]]:
    """The printed labels of the list in order, each item with its unit and a figure of its own."""
    units = {field.row: field.unit if field.kind != "money" else "万元" for field in catalog.fields_of("2014", "statistics")}
    numbers = count(11)
    rows = [label for label in catalog.labels_of("2014", "statistics") if label.axis == "row" and label.role != "corner"]
    return [[label.texts[0], units[label.label], str(next(numbers))] if label.role == "item" else [label.texts[0]] for label in rows]


def read(catalog: Catalog, lines: list[str]) -> dict[str, str]:
    """The figures taken from a report whose text has these lines."""
    (report,) = normalise(catalog, Document(tuple(Paragraph(line) for line in (TITLE, *PROSE, *lines))))
    return {cell.field: cell.raw for cell in report.cells if cell.state == "number"}


def expected(catalog: Catalog, rows: list[list[str]]) -> dict[str, str]:
    figures = {row[0]: row[-1] for row in rows if len(row) > 1}
    by_label = {label.label: label.texts[0] for label in catalog.labels_of("2014", "statistics") if label.axis == "row"}
    return {
        field.field: figures[by_label[field.row or ""]]
        for field in catalog.fields_of("2014", "statistics")
        if by_label[field.row or ""] in figures and list(by_label.values()).count(by_label[field.row or ""]) == 1
    }


@pytest.mark.parametrize("separator", ["\n", " ", "\u3000", " | "])
@pytest.mark.parametrize("has_units", [True, False])
def test_a_list_without_cells_is_read(catalog: Catalog, separator: str, has_units: bool) -> None:
    rows = [row if has_units else row[::2] for row in rows_of(catalog)]
    lines = [line for row in (HEADINGS, *rows) for line in separator.join(row).split("\n")]
    found = read(catalog, lines)
    assert len(found) == len(catalog.fields_of("2014", "statistics"))
    assert found.items() >= expected(catalog, rows).items()


def in_sentences(rows: list[list[str]], between: str, behind: str) -> list[str]:
    """Each row as one line: its label, its figure and its unit."""
    return [f"{row[0]}{between}{row[2]}{row[1]}{behind}" if len(row) > 1 else row[0] for row in rows]


@pytest.mark.parametrize(("between", "behind"), [("：", ""), (":", "；"), ("：", "。"), ("", ""), ("： ", "；")])
def test_labels_with_their_figures_in_one_line_each(catalog: Catalog, between: str, behind: str) -> None:
    rows = rows_of(catalog)
    found = read(catalog, in_sentences(rows, between, behind))
    assert len(found) == len(catalog.fields_of("2014", "statistics"))
    assert {key: found[key].rstrip("；。件条个次篇人万元") for key in expected(catalog, rows)} == expected(catalog, rows)


def test_several_rows_in_one_line(catalog: Catalog) -> None:
    lines = in_sentences(rows_of(catalog), "：", "")
    found = read(catalog, [*lines[:1], "，".join(lines[1:3]), "；".join(lines[3:5]), *lines[5:]])
    assert len(found) == len(catalog.fields_of("2014", "statistics"))


@pytest.mark.parametrize("lost", [1, 7, 40])
def test_a_line_that_a_crawler_removed_leaves_the_list_unread(catalog: Catalog, lost: int) -> None:
    """Its label stands there without a figure."""
    rows = rows_of(catalog)
    items = [row for row in rows if len(row) > 1]
    lines = in_sentences(rows, "：", "")
    at = rows.index(items[lost])
    lines[at] = items[lost][0] + "："
    assert read(catalog, lines) == {}


@pytest.mark.parametrize("lost", [1, 7, 40])
def test_a_lost_figure_leaves_the_list_unread(catalog: Catalog, lost: int) -> None:
    """A blank that was dropped and a line that a crawler removed because it repeats look the same."""
    rows = rows_of(catalog)
    items = [row for row in rows if len(row) > 1]
    items[lost].pop()
    assert read(catalog, [piece for row in rows for piece in row]) == {}


@pytest.mark.parametrize("heading", ["历年累计", "2015年", "上年数"])
def test_a_second_column_is_told_by_its_heading(catalog: Catalog, heading: str) -> None:
    """Each row may have lost the blank of either column."""
    assert read(catalog, [*HEADINGS, heading, *(piece for row in rows_of(catalog) for piece in row)]) == {}


def test_an_explanation_on_a_line_of_its_own_belongs_to_its_label(catalog: Catalog) -> None:
    lines = [line for row in rows_of(catalog) for piece in row for line in piece.replace("（不", "\n（不").split("\n")]
    assert len(read(catalog, lines)) == len(catalog.fields_of("2014", "statistics"))


def test_two_figures_behind_a_label_are_not_told_apart(catalog: Catalog) -> None:
    """A second column may have lost any of its cells."""
    rows = [[*row, "907"] if len(row) > 1 and number % 2 else row for number, row in enumerate(rows_of(catalog))]
    assert read(catalog, [piece for row in rows for piece in row]) == {}


def test_labels_apart_from_their_figures_are_not_counted(catalog: Catalog) -> None:
    """A copy column by column: all labels, then all figures."""
    rows = [row for row in rows_of(catalog) if len(row) > 1]
    assert read(catalog, [row[0] for row in rows] + [row[-1] for row in rows]) == {}
