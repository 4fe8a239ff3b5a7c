"""What is in a cell and is not seen, and what is seen and is not in the text: style sheets, places off the screen, directions."""

from __future__ import annotations

import pytest

from pipeline.readers.invisible import without_invisible
from tests.readers.html_samples import body, grid

OFF_SCREEN = [
    'style="position:absolute;left:-9999px"',
    'style="display:inline-block;text-indent:-9999px"',
    'style="position:absolute; clip: rect(0, 0, 0, 0)"',
    'style="clip-path: inset(50%)"',
    'style="max-height:0;overflow:hidden"',
    'style="transform:scale(0)"',
    'class="msocomanchor"',
]
SHEETS = [
    "td .no{visibility:hidden}",
    "table.t tr > td i.no { left:-9999px; position:absolute }",
    "@media screen{.no{display:none}}",
    ".no:first-child{display:none}",
    "[data-old]{display:none}",
    "#old{opacity:0}",
]
ELSEWHERE = ["@media print{.no{display:none}}", "@media (max-width:600px){td i{display:none}}", ".no:hover{display:none}"]


def figure(markup: str, sheet: str = "") -> str:
    """What the second cell of a row prints."""
    found = grid(f"<style>{sheet}</style><table class=t><tr><td>规章</td><td>{markup}</td></tr><tr><td>其他</td><td>3</td></tr></table>")
    return next(cell.text for cell in found.cells if (cell.row, cell.column) == (0, 1))


@pytest.mark.parametrize("attribute", OFF_SCREEN)
def test_figures_off_the_screen_join_no_other(attribute: str) -> None:
    assert figure(f"1<span {attribute}>2</span>") == "1"


@pytest.mark.parametrize("sheet", SHEETS)
def test_rules_of_the_sheet_hide_in_cells(sheet: str) -> None:
    assert figure("1<b><i class=no id=old data-old=1>2</i></b>", sheet) == "1"


@pytest.mark.parametrize("sheet", ELSEWHERE)
def test_rules_for_paper_phones_and_pointers_hide_nothing(sheet: str) -> None:
    assert figure("1<i class=no>2</i>", sheet) == "12"


def test_slides_off_the_screen_stay_where_they_are_no_figures() -> None:
    assert [paragraph.text for paragraph in body('<div style="left:-1200px">正文</div>').paragraphs()] == ["正文"]


def test_hidden_rows_are_left_out_and_invisible_cells_keep_their_place() -> None:
    sheet = "<style>tr:nth-child(2){display:none} .v{visibility:hidden}</style>"
    rows = "<tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr><tr style='visibility:collapse'><td>丙</td><td>3</td></tr>"
    found = grid(f"{sheet}<table><tbody>{rows}<tr><td class=v>丁</td><td>4</td></tr></table>")
    assert [cell.text for cell in found.cells] == ["甲", "1", "", "4"]


def test_figures_that_the_sheet_writes_are_printed() -> None:
    sheet = ".a::before{content:'\\31 '} .a:before{content:\"12\"} .b:after{content:attr(data-n)} td:after{content:'件'}"
    assert figure("<i class=a></i>", sheet) == "12"
    assert figure("<i class=b data-n=4>3</i>", sheet) == "34"


@pytest.mark.parametrize(
    "markup",
    ["<bdo dir=rtl>21</bdo>", "<i style='direction: rtl; unicode-bidi: bidi-override'><b>2</b>1</i>", "&#x202E;21&#x202C;", "&#x202E;21"],
)
def test_letters_from_right_to_left_are_read_as_printed(markup: str) -> None:
    document = without_invisible(body(f"<table><tr><td>规章</td><td>{markup}</td></tr></table>"))
    assert [cell.text for found in document.grids() for cell in found.cells] == ["规章", "12"]


def test_what_a_script_works_out_is_not_blank() -> None:
    assert figure("<script>document.write(a+1)</script>").strip()
    assert figure("<math><mn>12</mn></math>") == "12"


@pytest.mark.parametrize(
    ("markup", "sheet"),
    [
        ("12<i class=s>1</i>", ".s{vertical-align:super}"),
        ("12<span class=MsoFootnoteReference>1</span>", "span.MsoFootnoteReference\n\t{mso-style-priority:99;\n\tvertical-align:super;}"),
        ("12<span style='position:relative;top:-3.0pt;mso-text-raise:3.0pt'>1</span>", ""),
        ("12<span style='vertical-align:0.5em'>1</span>", ""),
        ("12<a href='#_ftn1' name='_ftnref1'>1</a>", ""),
    ],
)
def test_marks_of_notes_join_no_figure(markup: str, sheet: str) -> None:
    assert figure(markup, sheet) == "12¹"


@pytest.mark.parametrize(
    "markup", ["<a href='#detail'>12</a>", "1<span style='position:relative;top:-1px'>2</span>", "1<a href='/d?id=2'>2</a>"]
)
def test_figures_that_are_no_marks_of_notes(markup: str) -> None:
    assert figure(markup) == "12"


def test_copies_that_a_script_lays_over_a_table_are_left_out() -> None:
    table = "<table><tr><td>规章</td><td>12</td></tr></table>"
    document = body(f"<div class='el-table'>{table}<div class='el-table__fixed' style='width:80px'>{table}</div></div>")
    assert [cell.text for found in document.grids() for cell in found.cells] == ["规章", "12"]
