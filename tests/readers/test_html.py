from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.errors import ReadError
from pipeline.readers.html import read
from pipeline.readers.model import Document, Grid, GridCell, Paragraph
from tests.readers.merged_tables import Piece, merged_tables


def body(markup: str) -> Document:
    return read(f"<html><head><meta charset=utf-8></head><body>{markup}</body></html>".encode())


def grid(markup: str) -> Grid:
    (found,) = body(markup).grids()
    return found


def places(found: Grid) -> list[tuple[int, int, str, int, int]]:
    return [(cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in found.cells]


def taken(found: Grid) -> list[tuple[int, int]]:
    """Every place of the grid that a cell covers, once for each cell."""
    return [
        (row, column)
        for cell in found.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


def lines(markup: str) -> list[str]:
    return [block.text for block in body(markup).paragraphs()]


def test_rowspan_and_colspan() -> None:
    found = grid("<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>")
    assert (found.rows, found.columns, found.spans) == (3, 3, "stated")
    assert places(found) == [
        (0, 0, "a", 2, 2),
        (0, 2, "b", 1, 1),
        (1, 2, "c", 1, 1),
        (2, 0, "d", 1, 1),
        (2, 1, "e", 1, 1),
        (2, 2, "f", 1, 1),
    ]


@pytest.mark.parametrize("colspan", ["100%", "9999", "99999999999999999999"])
def test_a_colspan_without_sense_takes_the_rest_of_the_row(colspan: str) -> None:
    found = grid(f'<table><tr><td colspan="{colspan}">题<tr><td>a<td>b<td>c<tr><td>d<td colspan="{colspan}">e</table>')
    assert found.columns == 3
    assert [cell.column_span for cell in found.cells] == [3, 1, 1, 1, 1, 2]


@pytest.mark.parametrize(("colspan", "span"), [("2;", 2), (" 2", 2), ("0", 1), ("-1", 1), ("x", 1), ("", 1)])
def test_a_colspan_as_a_browser_reads_it(colspan: str, span: int) -> None:
    found = grid(f'<table><tr><td colspan="{colspan}">题<td>x<tr><td>a<td>b<td>c</table>')
    assert found.cells[0].column_span == span


@pytest.mark.parametrize("rowspan", ["0", "3", "60000", "99999999999999999999"])
def test_a_rowspan_ends_with_the_table(rowspan: str) -> None:
    found = grid(f"<table><tr><td rowspan={rowspan}>a<td>b<tr><td>c</table>")
    assert places(found) == [(0, 0, "a", 2, 1), (0, 1, "b", 1, 1), (1, 1, "c", 1, 1)]


def test_merged_cells_never_overlap() -> None:
    found = grid("<table><tr><td>a<td rowspan=3>b<td>c<tr><td colspan=3>d<tr><td>e<td>f</table>")
    taken = [
        (row, column)
        for cell in found.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(taken) == len(set(taken))


def test_lines_and_white_space_in_a_cell() -> None:
    found = grid("<table><tr><td>本年新<br/>制作\n   数量<td><p>商业</p>\n<p>企业</p><td>&nbsp;　0 <td><div><br></div></table>")
    assert [cell.text for cell in found.cells] == ["本年新\n制作 数量", "商业\n企业", "\xa0　0", ""]


def test_text_cut_into_runs_is_joined() -> None:
    found = grid("<table><tr><td><span>1</span><font>1</font><o:p></o:p><td><b>行政</b><span><!-- x -->许可</span></table>")
    assert [cell.text for cell in found.cells] == ["11", "行政许可"]


def test_layout_tables_become_blocks_around_the_real_one() -> None:
    inner = "<table><tr><td>规章<td>0</table>"
    document = body(f"<table><tr><td><table><tr><td>首页</table><td><p>题目</p>之前{inner}之后</table>末尾")
    assert [block.text if isinstance(block, Paragraph) else block.columns for block in document.blocks] == [
        "首页",
        "题目",
        "之前",
        2,
        "之后",
        "末尾",
    ]


def test_a_table_of_one_cell_or_column_is_text() -> None:
    assert body("<table><tr><td>一段<br>二段</table><table><tr><td>a<tr><td>b</table>").blocks == tuple(
        map(Paragraph, ("一段", "二段", "a", "b"))
    )


def test_a_caption_and_stray_text_stand_before_the_table() -> None:
    document = body("<table><caption>表一</caption>外<tr><td>a<td>b</table>")
    assert lines("<table><caption>表一</caption>外<tr><td>a<td>b</table>") == ["表一", "外"]
    assert isinstance(document.blocks[-1], Grid)


def test_cells_without_rows_and_unclosed_tables() -> None:
    assert places(grid("<table><td>a<td>b<tr><td>c<td>d")) == [(0, 0, "a", 1, 1), (0, 1, "b", 1, 1), (1, 0, "c", 1, 1), (1, 1, "d", 1, 1)]
    assert lines("<tr><td>散落</td></tr>") == ["散落"]


def test_paragraphs_and_headings() -> None:
    document = body("首行<h1>题 目</h1><p>　　一段<br>二段</p><div>三<span>段</span></div><p>&nbsp;</p>")
    assert document.blocks == (
        Paragraph("首行"),
        Paragraph("题 目", heading=True),
        Paragraph("　　一段"),
        Paragraph("二段"),
        Paragraph("三段"),
    )


def test_preformatted_text_keeps_its_lines() -> None:
    assert lines("<pre>一、总体情况\n正文\n</pre>") == ["一、总体情况", "正文"]


@pytest.mark.parametrize(
    "markup",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<noscript>x</noscript>",
        "<!-- x -->",
        '<p style="DISPLAY: none">x</p>',
        '<span style="color:red;display:none">x</span>',
        "<div hidden>x</div>",
        '<span style="visibility:hidden">x</span>',
        '<span style="font-size:0px;color:red">x</span>',
        '<span style="opacity:0">x</span>',
        "<select><option>x</select>",
        "<del>x</del>",
        "<s>x</s>",
        '<span style="text-decoration: line-through">x</span>',
    ],
)
def test_what_is_not_shown_is_left_out(markup: str) -> None:
    assert lines(f"前{markup}后") in (["前后"], ["前", "后"])


def test_the_mark_of_a_note_joins_no_number() -> None:
    (grid,) = read(b"<table><tr><td>a<td>12<sup>1</sup><td>3<sub>2</sub><td><sup>4</sup></table>").grids()
    assert [cell.text for cell in grid.cells] == ["a", "12¹", "3₂", "4"]


def test_head_and_foot_of_a_table_stand_where_a_browser_shows_them() -> None:
    page = b"<table><tfoot><tr><td>c<td>3</tfoot><tbody><tr><td>b<td>2</tbody><thead><tr><td>a<td>1</thead></table>"
    (grid,) = read(page).grids()
    assert [cell.text for cell in grid.cells] == ["a", "1", "b", "2", "c", "3"]


def test_a_rowspan_that_would_push_a_full_row_aside_ends_before_it() -> None:
    rows = ["<td rowspan=3>a<td>1<td>2", "<td>3<td>4", "<td rowspan=2>b<td>5<td>6", "<td>7<td>8", *["<td>c<td>9<td>9"] * 4]
    (grid,) = read(("<table><tr>" + "<tr>".join(rows) + "</table>").encode()).grids()
    assert grid.columns == 3
    assert [(cell.row, cell.column, cell.row_span) for cell in grid.cells if cell.text in "ab"] == [(0, 0, 2), (2, 0, 2)]


def test_what_the_page_says_about_itself() -> None:
    document = read(
        '<head><title>\n 甲局年报 </title><title>第二个</title><meta name="ArticleTitle" content="甲局2023年年报"/>'
        '<meta name="PubDate" content="2024-1-9 10:26"/><meta property="og:site_name" content="云岭县"/></head><p>x'.encode()
    )
    assert document.metadata == {
        "title": "甲局年报",
        "article_title": "甲局2023年年报",
        "published_on": "2024-01-09",
        "site_name": "云岭县",
    }
    assert read(b'<meta name="PubDate" content="2024-13-45"/><p>x').metadata == {}


def test_pictures_that_may_hold_a_table() -> None:
    ornaments = '<img src="/images/qr.png"><img src="x.png" alt="扫一扫"><img src="a.png" width=16 height="16px">'
    assert body(f'<img src="t1.jpg">{ornaments}<img src=b.png width=600>').pictures == 2


@pytest.mark.parametrize("tag", ["table><tr><td", "div", "font"])
def test_what_lies_too_deep_is_refused_and_not_lost(tag: str) -> None:
    with pytest.raises(ReadError) as raised:
        body(f"<{tag}>" * 10_000 + "规章")
    assert raised.value.code == "damaged"


def test_a_thousand_unclosed_tags_are_read() -> None:
    assert lines("<font>" * 1_000 + "一<p>二") == ["一", "二"]


def test_a_thousand_nested_tables_are_read() -> None:
    found = grid("<table><tr><td>x</td><td>" * 300 + "<table><tr><td>规章<td>0</table>")
    assert [cell.text for cell in found.cells] == ["规章", "0"]


TOKENS = [
    *"<>/ab \n\0\x01&;\"'=x规",
    "<table>",
    "<td rowspan=2>",
    "<td colspan=3>",
    "<tr>",
    "</td>",
    "</tr>",
    "</table>",
    "<p>",
    "<pre>",
    "<br>",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=80).map("".join))
def test_any_markup_gives_a_document_or_a_read_error(markup: str) -> None:
    try:
        document = read(markup.encode())
    except ReadError:
        return
    for found in document.grids():
        assert len(taken(found)) == len(set(taken(found)))
        assert all(row < found.rows and column < found.columns for row, column in taken(found))


TEXTS = st.text(st.sampled_from("规章0 件/<&　\xa0\n"), max_size=6)


def shown(text: str) -> str:
    """What a browser shows of a text whose line feeds are <br>."""
    lines = (" ".join(part for part in line.split(" ") if part) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


@given(merged_tables(TEXTS))
def test_random_tables_come_back(pieces: list[Piece]) -> None:
    rows: dict[int, str] = dict.fromkeys(range(max(piece.row + piece.row_span for piece in pieces)), "")
    for piece in pieces:
        text = html.escape(piece.text).replace("\n", "<br>")
        rows[piece.row] += f"<td rowspan={piece.row_span} colspan={piece.column_span}>{text}</td>"
    markup = "<table>" + "".join(f"<tr>{cells}</tr>" for cells in rows.values()) + "</table>"
    expected = tuple(GridCell(piece.row, piece.column, shown(piece.text), piece.row_span, piece.column_span) for piece in pieces)
    document = body(markup)
    columns = max(piece.column + piece.column_span for piece in pieces)
    assert [(found.rows, found.columns, found.cells) for found in document.grids()] == [(len(rows), columns, expected)]


GRIDS = {
    "ankang_2019": [(18, 7)],
    "beijingjie_2020": [(18, 7)],
    "changchun_2020": [(3, 4), (12, 7)],
    "eryuan_202102": [(3, 4), (3, 4)],
    "hangzhou_style_2025": [(14, 4), (28, 10), (4, 15)],
    "huachuan_2021": [(14, 7), (6, 10)],
    "hushi_2019": [(7, 7)],
    "nanyuan_post_2021": [(4, 4), (4, 4), (4, 4), (3, 4)],
    "nileke_2023": [(14, 4), (12, 10)],
    "niuhua_202201": [(3, 4), (14, 4)],
    "qianjin_2020": [(18, 4)],
    "qijiazi_2023": [(14, 7), (5, 10)],
    "shekou_2022": [(14, 4)],
    "shiqiao_2019": [(18, 5), (7, 12)],
    "shuyang_fgj_2023": [(6, 4), (14, 4), (28, 10), (4, 15)],
    "tuanjie_2020": [(18, 7)],
    "tuofenglu_2020": [(18, 7), (5, 10)],
    "xiliu_202401": [(14, 4)],
    "xinjiu_2021": [(14, 7), (6, 10)],
    "yanan_2021": [(14, 4)],
    "yelang_2023": [(18, 7)],
    "zhongcun_2020": [(18, 7)],
    "zhongshan_2021": [(15, 5)],
}


@pytest.mark.real
def test_real_pages(real_reports: Path) -> None:
    for name, shapes in GRIDS.items():
        document = read((real_reports / f"{name}.html").read_bytes())
        assert [(found.rows, found.columns) for found in document.grids()] == shapes, name
        assert "\ufffd" not in "".join(block.text for block in document.paragraphs()), name
        assert document.pictures == (2 if name == "beijingjie_2020" else 0), name


def test_fields_of_a_form_print_their_values_in_cells() -> None:
    page = (
        "<form>搜索<input name=q value=年报></form>"
        "<table><tr><td>规章</td><td><input type=text value=12></td><td><input value='3'>件</td></tr>"
        "<tr><td>其他<input type=hidden value=99></td><td><textarea>无</textarea></td><td><input type=text></td></tr></table>"
    )
    document = read(page.encode())
    (grid,) = document.grids()
    assert [cell.text for cell in grid.cells] == ["规章", "12", "3件", "其他", "无", ""]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["搜索"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<img src="5.png">', "\ufffc"),
        ('1<img src="5.png">', "1\ufffc"),
        ('<img src="spacer.gif">', ""),
        ('<img src="5.png" width="1">', ""),
        ('<img src="5.png">规章', "规章"),
        ("<svg><text>5</text></svg>", "\ufffc"),
        ("<input type=checkbox checked>", "\ufffc"),
        ("<select><option>3<option selected>12</select>", "12"),
    ],
)
def test_a_picture_and_the_chosen_option_show_in_the_text_of_a_cell(markup: str, text: str) -> None:
    found = grid(f"<table><tr><td>甲<td>{markup}</td></tr></table>")
    assert found.cells[1].text == text


def test_a_class_that_the_page_hides_counts_in_cells() -> None:
    style = "<style>.no, p.away{display:none} .a .b{display:none}</style>"
    document = body(f'{style}<p class="no">甲<table><tr><td>乙<td>1<i class="x no">2</i><i class=b>3</i></table>')
    (found,) = document.grids()
    assert [cell.text for cell in found.cells] == ["乙", "13"]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["甲"]


REPORT = "沐云区财政局2023年政府信息公开工作年度报告"
OTHER = "沐云区教育局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        (f"<li><a href='1.html'>{OTHER}</a></li>", []),
        (f"<li><span>·</span><a href='1.html'>{OTHER}</a> 2024-01-09</li>", ["· 2024-01-09"]),
        (f"<p><a href='1.html'>{OTHER}</a>已经公布。</p>", [f"{OTHER}已经公布。"]),
        (f"<h1><a href='#'>{OTHER}</a></h1>", [OTHER]),
        (f"<p><a name='top'>{OTHER}</a></p>", [OTHER]),
        (f"<p><a href='#'>{REPORT}</a></p>", [REPORT]),
        ("<p><a href='2.html'>下一页</a></p>", ["下一页"]),
    ],
)
def test_links_to_other_reports_are_no_titles_of_the_page(markup: str, kept: list[str]) -> None:
    document = read(f"<head><meta charset=utf-8><title>{REPORT}_沐云区</title></head><body>{markup}".encode())
    assert [paragraph.text for paragraph in document.paragraphs()] == kept


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><p>前</p></body></html><p>后</p>",
        "<html><body><p>前</p></html>\n<html><head><title>二</title></head><body><p>后</p></body></html>",
        "<body><div><!DOCTYPE html><HTML><head><style>p{}</style></head><body><p>前</p></BODY ></HTML\n></div><p>后</p></body>",
    ],
    ids=("after the end", "two pages", "a page in a page"),
)
def test_what_comes_after_the_end_of_the_page_is_read_as_in_a_browser(text: str) -> None:
    assert [block.text for block in read(text.encode()).paragraphs()] == ["前", "后"]


def test_every_line_of_a_heading_is_one() -> None:
    found = [(block.text, block.heading) for block in body("<h1><span>甲<br>乙</span></h1><p>丙<br>丁").paragraphs()]
    assert found == [("甲", True), ("乙", True), ("丙", False), ("丁", False)]
