"""Figures of an OFD file that are not what its texts say: hidden, covered, cut, drawn without letters, put there afterwards."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.readers import ofd

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
CLIPPED = "<ofd:Clips><ofd:Clip><ofd:Area>{}</ofd:Area></ofd:Clip></ofd:Clips>"
RESOURCES = (
    '<ofd:DrawParams><ofd:DrawParam ID="6"><ofd:FillColor Value="255 255 255"/></ofd:DrawParam><ofd:DrawParam ID="9" Relative="6"/>'
    "</ofd:DrawParams>"
    '<ofd:ColorSpaces><ofd:ColorSpace ID="4" Type="CMYK"/><ofd:ColorSpace ID="5" Type="GRAY"/><ofd:ColorSpace ID="8" Type="RGB">'
    "<ofd:Palette><ofd:CV>0 0 0</ofd:CV><ofd:CV>255 255 255</ofd:CV></ofd:Palette></ofd:ColorSpace></ofd:ColorSpaces>"
)


def text(words: str, x: float, more: str = "", inner: str = "", y: float = 30) -> str:
    """A text in the second cell, x millimetres from the left edge of the page, 4 high."""
    code = f'<ofd:TextCode X="0" Y="3.4" DeltaX="g {len(words)} 2">{words}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{x} {y} 30 4.5" Size="4" {more}>{inner}{code}</ofd:TextObject>'


def shape(box: str, path: str, more: str = "", inner: str = "") -> str:
    return f'<ofd:PathObject Boundary="{box}" {more}>{inner}<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>'


def frame(left: float) -> str:
    return shape(f"{left} 27 40 10", "M 0 0 L 40 0 L 40 10 L 0 10 C")


def packed(objects: str, other: dict[str, str] | None = None, document: str = "", entry: str = "") -> bytes:
    """A page with a table of two cells, 规章 in the first one, and `objects` over it."""
    layer = f"<ofd:Layer>{frame(20)}{frame(60)}{text('规章', 25)}{objects}</ofd:Layer>"
    page = f"<ofd:Page {NAMESPACE}><ofd:Content>{layer}</ofd:Content></ofd:Page>"
    root = (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PublicRes>Res.xml</ofd:PublicRes></ofd:CommonData>"
        f'<ofd:Pages><ofd:Page ID="1" BaseLoc="Page.xml"/></ofd:Pages>{document}</ofd:Document>'
    )
    body = f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc/Document.xml</ofd:DocRoot>{entry}</ofd:DocBody></ofd:OFD>"
    parts = {"OFD.xml": body, "Doc/Document.xml": root, "Doc/Page.xml": page, "Doc/Res.xml": f"<ofd:Res {NAMESPACE}>{RESOURCES}</ofd:Res>"}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in (parts | (other or {})).items():
            archive.writestr(name, content)
    return target.getvalue()


def last_cell(data: bytes) -> tuple[str, str | None]:
    (grid,) = ofd.read(data).grids()
    assert grid.cells[0].text == "规章"
    return grid.cells[1].text, grid.cells[1].whole


def colour(attributes: str) -> str:
    return f"<ofd:FillColor {attributes}/>"


@pytest.mark.parametrize(
    ("more", "inner"),
    [
        ("", colour('Value="255 255 255"')),
        ("", colour('Value="#ff #ff #ff"')),
        ("", colour('Value="0 0 0 0" ColorSpace="4"')),
        ("", colour('Value="255" ColorSpace="5"')),
        ("", colour('Index="1" ColorSpace="8"')),
        ("", "<ofd:FillColor><ofd:Value>255 255 255</ofd:Value></ofd:FillColor>"),
        ("", colour('Value="0 0 0" Alpha="0"')),
        ('DrawParam="9"', ""),
        ('Fill="false" Stroke="true"', '<ofd:StrokeColor Value="255 255 255"/>'),
        ("", CLIPPED.format(shape("0 0 0.1 0.1", "M 0 0 L 0.1 0 L 0.1 0.1 C").replace("PathObject", "Path"))),
    ],
)
def test_beside_a_figure_that_is_seen_no_other_is_read(more: str, inner: str) -> None:
    assert last_cell(packed(text("27", 65) + text("4", 69.5, more, inner))) == ("27", "274")


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    ground = shape("61 28 38 8", "M 0 0 L 38 0 L 38 8 L 0 8 C", 'Fill="true" Stroke="false"', colour('Value="20 40 120"'))
    assert last_cell(packed(ground + text("27", 65, "", colour('Value="255 255 255"')))) == ("27", None)


SHADING = (
    '<ofd:FillColor><ofd:AxialShd StartPoint="0 0" EndPoint="9 0"><ofd:Segment><ofd:Color Value="255 255 255"/></ofd:Segment>'
    '<ofd:Segment><ofd:Color Value="255 255 255"/></ofd:Segment></ofd:AxialShd></ofd:FillColor>'
)
TO_THE_FIGURE = CLIPPED.format(shape("64 29 12 6", "M 0 0 L 12 0 L 12 6 L 0 6 C").replace("PathObject", "Path"))
PATCH = 'Fill="true" Stroke="false"'


@pytest.mark.parametrize(
    "patch",
    [
        shape("64 29 12 6", "M 0 0 L 12 0 L 12 6 L 0 6 C", PATCH, colour('Value="255 255 255"')),
        shape("64 29 12 6", "M 0 0 L 12 0 L 12 6 L 0 6 C", PATCH, SHADING),
        shape("0 0 210 297", "M 0 0 L 210 0 L 210 297 L 0 297 C", PATCH, TO_THE_FIGURE + colour('Value="255 255 255"')),
    ],
)
def test_a_figure_that_is_covered_is_not_read_with_the_one_above(patch: str) -> None:
    assert last_cell(packed(text("201", 65) + patch + text("208", 65))) == ("208", "2018")


@pytest.mark.parametrize("more", ['Alpha="60"', "Clip"])
def test_what_is_seen_through_or_cut_away_covers_nothing(more: str) -> None:
    away = CLIPPED.format(shape("0 0 1 1", "M 0 0 L 1 0 L 1 1 L 0 1 C").replace("PathObject", "Path"))
    white = colour('Value="255 255 255"')
    attributes, inner = (PATCH, away + white) if more == "Clip" else (f"{PATCH} {more}", white)
    assert last_cell(packed(text("27", 65) + shape("60 27 40 10", "M 0 0 L 40 0 L 40 10 L 0 10 C", attributes, inner))) == ("27", None)


def test_of_two_figures_over_each_other_none_is_read() -> None:
    assert UNKNOWN in last_cell(packed(text("569", 65) + text("56", 65)))[0]


def test_a_figure_written_twice_for_bold_letters_is_read_once() -> None:
    assert last_cell(packed(text("569", 65) + text("569", 65.1))) == ("569", None)


@pytest.mark.parametrize(
    "mark",
    [
        shape("69.6 31 1.4 2.6", "M 0.2 0.1 L 1.2 0.1 L 0.6 2.5"),
        shape("69.6 32 1.4 0.3", "M 0 0.1 L 1.3 0.1"),
    ],
)
def test_a_figure_of_which_a_part_is_drawn_is_unread(mark: str) -> None:
    assert UNKNOWN in last_cell(packed(text("27", 65) + mark))[0]


def test_a_figure_that_is_struck_through_is_not_read() -> None:
    stroke = shape("65 31.8 4 0.3", "M 0 0.1 L 4 0.1")
    assert last_cell(packed(text("27", 65) + stroke + text("28", 71))) == ("28", "27 28")


def note(kind: str) -> dict[str, str]:
    ground = shape("0 0 12 6", "M 0 0 L 12 0 L 12 6 L 0 6 C", PATCH, colour('Value="255 255 255"'))
    shown = f'<ofd:Appearance Boundary="64 29 12 6">{ground}{text("208", 1, y=1)}</ofd:Appearance>'
    where = '<ofd:Page PageID="1"><ofd:FileLoc>Notes_1.xml</ofd:FileLoc></ofd:Page>'
    return {
        "Doc/Notes.xml": f"<ofd:Annotations {NAMESPACE}>{where}</ofd:Annotations>",
        "Doc/Notes_1.xml": f'<ofd:PageAnnot {NAMESPACE}><ofd:Annot Type="{kind}">{shown}</ofd:Annot></ofd:PageAnnot>',
    }


def test_what_was_written_over_a_page_afterwards_counts_but_no_watermark() -> None:
    where = "<ofd:Annotations>Notes.xml</ofd:Annotations>"
    assert last_cell(packed(text("201", 65), note("Stamp"), where)) == ("208", "2018")
    assert last_cell(packed(text("201", 65), note("Watermark"), where)) == ("201", None)


def test_the_version_in_force_is_read() -> None:
    page = packed(text("208", 65))
    with zipfile.ZipFile(io.BytesIO(page)) as archive:
        new = {f"New/{name[4:]}": archive.read(name).decode() for name in archive.namelist() if name.startswith("Doc/")}
    new["Doc/Second.xml"] = f"<ofd:DocVersion {NAMESPACE}><ofd:DocRoot>/New/Document.xml</ofd:DocRoot></ofd:DocVersion>"
    versions = '<ofd:Versions><ofd:Version Index="2" Current="true" BaseLoc="Doc/Second.xml"/></ofd:Versions>'
    assert last_cell(packed(text("201", 65), new, entry=versions)) == ("208", None)


def test_a_page_of_which_the_text_runs_upwards_is_turned() -> None:
    def up(words: str, x: float, y: float) -> str:
        return text(words, x, 'CTM="0 -1 1 0 0 20"', y=y).replace("30 4.5", "4.5 20")

    lines = "".join(shape(f"20 {y} 10 40", "M 0 0 L 10 0 L 10 40 L 0 40 C") for y in (20, 60))
    page = (
        f"<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer>{lines}{up('规章', 22, 75)}{up('27', 22, 35)}</ofd:Layer></ofd:Content></ofd:Page>"
    )
    assert last_cell(packed("", {"Doc/Page.xml": page})) == ("27", None)


def test_pale_words_strewn_over_a_page_belong_to_no_cell() -> None:
    pale = colour('Value="200 200 200" Alpha="80"')
    marks = "".join(text("沐云 8806", x, "", pale, y) for x, y in ((64, 30.5), (20, 60), (20, 90)))
    plain = text("本年度依法主动公开政府信息，未发生费用。", 20, y=120)
    assert last_cell(packed(text("27", 65) + marks + plain)) == ("27", None)


@pytest.mark.parametrize(
    "strange",
    [
        shape("0 -1e300 210 1e999", "M 0 -1e300 L 210 -1e300 L 210 1e999 L 0 1e999 C", PATCH, colour('Value="255 1e999 x" Alpha="1e999"')),
        text("4", 110, "", "<ofd:FillColor>" + "<ofd:Color>" * 60 + "</ofd:Color>" * 60 + "</ofd:FillColor>", y=1e300),
        text("4", 110, "", colour('Index="99999999999999999999" ColorSpace="8"')),
    ],
    ids=["endless", "nested", "beyond the palette"],
)
def test_strange_numbers_and_nesting_stop_nothing(strange: str) -> None:
    assert last_cell(packed(strange + text("27", 65)))[0] == "27"
