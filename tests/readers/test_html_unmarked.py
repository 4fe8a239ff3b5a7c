"""Tables that are made of other elements than <table>."""

from __future__ import annotations

import pytest

from pipeline.readers.html import read
from pipeline.readers.model import Document, Grid
from tests.readers.pdf_samples import rows_of

ROWS = [["信息内容", "本年制发件数", "本年废止件数"], ["规章", "0", ""], ["规范性文件", "", "9"]]


def page(body: str, style: str = "") -> Document:
    return read(f"<html><head><style>{style}</style></head><body><p>前文</p>{body}<p>后文</p></body></html>".encode())


def nested(outer: str, row: str, cell: str, rows: list[list[str]] = ROWS) -> str:
    inner = "".join(
        f"<{row}>" + "".join(f"<{cell}>{text}</{cell.split()[0]}>" for text in texts) + f"</{row.split()[0]}>" for texts in rows
    )
    return f"<{outer}>{inner}</{outer.split()[0]}>"


STYLED = nested('div style="DISPLAY: table; width:100%"', "div style='display:table-row'", "div style='display:table-cell'")
GRID = (
    '<div style="display:grid;grid-template-columns:2fr 1fr minmax(60px, 1fr)">'
    + "".join(f"<div>{text}</div>" for row in ROWS for text in row)
    + "</div>"
)


@pytest.mark.parametrize(
    "body",
    [
        STYLED,
        nested('div class="t"', 'div class="r odd"', 'div class="c"'),
        nested("ul class=t", "li class=r", "span class=c"),
        nested("div role=table", "div role=row", "span role=cell"),
        nested("div", "ul", "li"),
        nested("div", "dl", "dd"),
        nested("section", "div", "div"),
        "<dl>" + "".join(f"<dt>{row[0]}</dt>" + "".join(f"<dd>{text}</dd>" for text in row[1:]) for row in ROWS) + "</dl>",
        GRID,
    ],
)
def test_what_is_set_as_a_table_is_one(body: str) -> None:
    document = page(body, ".t{display:table}.t > .r, p.x{display:table-row} .r .c{display: table-cell;border:1px}")
    (grid,) = document.grids()
    assert (rows_of(grid), grid.spans) == (ROWS, "stated")
    assert [paragraph.text for paragraph in document.paragraphs()] == ["前文", "后文"]


def test_spans_of_roles_and_of_grids_count() -> None:
    head = '<span role=columnheader aria-colspan="2">法人</span>'
    (grid,) = page(f"<div role=grid><div role=row>{head}</div><div role=row><i role=cell>1</i><i role=cell>2</i></div></div>").grids()
    assert [(cell.row, cell.column, cell.column_span, cell.text) for cell in grid.cells] == [
        (0, 0, 2, "法人"),
        (1, 0, 1, "1"),
        (1, 1, 1, "2"),
    ]
    cells = '<div style="grid-row: span 2">甲</div><div style="grid-column: 2 / 4">乙</div><div>1</div><div>2</div>'
    (grid,) = page(f'<div style="display:grid;grid-template-columns:repeat(3,1fr)">{cells}</div>').grids()
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


def test_rows_of_different_length_state_no_widths() -> None:
    rows = [["行政复议", "行政诉讼"], ["1", "2", "3", "4"]]
    (grid,) = page(nested("div role=table", "div role=row", "div role=cell", rows)).grids()
    assert grid.spans == "inferred"


@pytest.mark.parametrize(
    "body",
    [
        nested("div", "div", "div", [["规章", "0", "1"], ["规范性文件", "9"]]),  # a blank was left out
        nested("ul", "li", "span", [["通知", "2024-01-02"], ["公告", "2024-01-03"]]),  # a list of news
        nested(
            "div style='display:table'", "div style='display:table-row'", "div style='display:table-cell'", [["栏目", "正文。" * 99]] * 2
        ),
        '<div style="display:grid;grid-template-columns:repeat(2,1fr)"><div>1</div><div>2</div><div>3</div></div>',  # an open row
        '<div style="display:grid;grid-template-columns:repeat(auto-fill,90px)"><div>1</div><div>2</div></div>',
        '<div style="display:grid;grid-template-columns:1fr 1fr"><b style="grid-column:2">1</b><b>2</b><b>3</b><b>4</b></div>',
    ],
)
def test_what_is_not_explicit_stays_text(body: str) -> None:
    assert not any(isinstance(block, Grid) for block in page(body).blocks)


def test_beside_true_tables_rows_of_divs_are_layout() -> None:
    document = page("<table><tr><td>1</td><td>2</td></tr></table>" + nested("div", "div", "div"))
    assert len(list(document.grids())) == 1
