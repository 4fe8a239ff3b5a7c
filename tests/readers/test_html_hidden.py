"""What a browser shows and what it hides: styles, fields of forms, pictures in cells."""

from __future__ import annotations

import pytest

from pipeline.readers.html import read
from tests.readers.html_samples import body, grid, lines


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


def test_a_class_that_the_page_hides_counts_in_cells() -> None:
    style = "<style>/* 提示 */ .no, p.away{display:none} .a .b{display:none} /* 旧样式 .x, .y{display:none} */</style>"
    document = body(f'{style}<p class="no">甲<table><tr><td>乙<td>1<i class="x no">2</i><i class="b y">3</i></table>')
    (found,) = document.grids()
    assert [cell.text for cell in found.cells] == ["乙", "13"]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["甲"]


def test_a_figure_on_a_button_in_a_cell_is_not_blank() -> None:
    page = "<button>打印</button><table><tr><td>规章</td><td><button>12</button></td></tr><tr><td>其他</td><td>3</td></tr></table>"
    document = read(page.encode())
    assert [cell.text for grid in document.grids() for cell in grid.cells] == ["规章", "12", "其他", "3"]
    assert not any("打印" in paragraph.text for paragraph in document.paragraphs())


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
