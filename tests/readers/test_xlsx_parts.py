"""How a workbook names its parts and writes its sheets: no way of doing so makes the reader lose what a sheet hides or how large it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from pipeline.common.errors import ReadError
from pipeline.readers.xlsx import read

Change = Callable[[str, str], tuple[str, str]]  # name and content of a part -> as another program writes them
SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def hiding_workbook() -> bytes:
    """Three rows of figures, the second hidden; the third shows a dash for its zero."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as book:
        page = book.add_worksheet()
        dash = book.add_format({"num_format": '0;-0;"-"'})
        for row in range(3):
            page.write_row(row, 0, ["甲", row + 1, 0], dash)
        page.set_row(1, None, None, {"hidden": True})
    return saved.getvalue()


def changed(change: Change) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(hiding_workbook())) as source, zipfile.ZipFile(saved, "w") as target:
        for name in source.namelist():
            target.writestr(*change(name, source.read(name).decode()))
    return saved.getvalue()


WAYS: dict[str, Change] = {
    "as it comes": lambda name, text: (name, text),
    "from the top": lambda name, text: (name, text.replace("worksheets/", "/xl/worksheets/") if name == RELATIONS else text),
    "capitals": lambda name, text: (name.replace("worksheets/sheet", "Worksheets/Sheet"), text),
    "backslashes": lambda name, text: (name.replace("/", "\\") if "worksheets" in name else name, text),
    "single quotes": lambda name, text: (name, text.replace('"', "'") if name == SHEET else text),
    "without places": lambda name, text: (name, re.sub(r'<c r="\w+"', "<c", text) if name == SHEET else text),
    "a prefix": lambda name, text: (
        name,
        re.sub(r"(</?)(?=[a-zA-Z])", r"\1x:", text).replace("xmlns=", "xmlns:x=") if name == SHEET else text,
    ),
    "comments": lambda name, text: (name, text.replace("<v>", "<!-- 值 --><v>") if name == SHEET else text),
    "zeros before the style": lambda name, text: (name, re.sub(r'\bs="(\d+)"', r's="0\1"', text) if name == SHEET else text),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_sheet_hides_is_seen_however_it_is_written(way: str) -> None:
    document = read(changed(WAYS[way]))
    (grid,) = document.grids()
    assert [(cell.text, cell.shown) for cell in grid.cells] == [
        ("甲", None),
        ("1", None),
        ("0", "-"),
        ("甲", None),
        ("3", None),
        ("0", "-"),
    ]
    assert document.metadata["hidden"] == "Sheet1"


def far(text: str) -> Change:
    """A second row at the far end of the sheet."""
    return lambda name, content: (name, content.replace("</sheetData>", f"{text}</sheetData>") if name == SHEET else content)


@pytest.mark.parametrize(
    "text",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        "<row r='1048576'>" + "<c/>" * 16_383 + "<c><v>1</v></c></row>",
    ],
)
def test_a_sheet_of_absurd_extent_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(ReadError) as raised:
        read(changed(far(text)))
    assert raised.value.code == "too_large"


@pytest.mark.parametrize("name", [SHEET, SHEET.title(), f"/{SHEET}"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_there_twice_is_damage(name: str) -> None:
    saved = io.BytesIO(hiding_workbook())
    with zipfile.ZipFile(saved, "a") as archive:
        archive.writestr(name, archive.read(SHEET).replace(b"hidden", b"spans"))
    with pytest.raises(ReadError) as raised:
        read(saved.getvalue())
    assert raised.value.code == "damaged"


def test_a_cell_outside_all_rows_is_damage() -> None:
    with pytest.raises(ReadError) as raised:
        read(changed(far("<c r='XFD1048576'><v>1</v></c>")))
    assert raised.value.code == "damaged"


@pytest.mark.parametrize("attribute", ["count", "uniqueCount"])
def test_a_list_that_claims_to_be_endless_is_damage(attribute: str) -> None:
    # the library would ask for room for all of them and end the process
    def endless(name: str, text: str) -> tuple[str, str]:
        return name, re.sub(rf'\b{attribute}="\d+"', f'{attribute}="2147483648"', text) if name.endswith("sharedStrings.xml") else text

    with pytest.raises(ReadError) as raised:
        read(changed(endless))
    assert raised.value.code == "damaged"
