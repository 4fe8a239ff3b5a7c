"""Reading a workbook back, as another program would."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

Rows = list[list[Any]]


def sheet_names(path: Path) -> list[str]:
    return CalamineWorkbook.from_path(path).sheet_names


def rows_of(path: Path, name: str) -> Rows:
    """All cells of a sheet from A1 on; an empty cell is ""."""
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python(skip_empty_area=False)


def fill_of(path: Path, name: str, row: int, column: int) -> str:
    """The background of a cell as #RRGGBB, "" for none."""
    number = sheet_names(path).index(name) + 1
    with ZipFile(path) as parts:
        sheet = etree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
        styles = etree.fromstring(parts.read("xl/styles.xml"))
    (style,) = sheet.xpath(f"//*[local-name()='c'][@r='{xl_rowcol_to_cell(row, column)}']/@s")
    fill = styles.xpath("//*[local-name()='cellXfs']/*")[int(style)].get("fillId")
    colours = styles.xpath("//*[local-name()='fills']/*")[int(fill)].xpath(".//*[local-name()='fgColor']/@rgb")
    return f"#{colours[0][2:]}" if colours else ""


def merged_in(path: Path, name: str) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    return set(CalamineWorkbook.from_path(path).get_sheet_by_name(name).merged_cell_ranges or [])


def records_of(path: Path, name: str, first_heading: str) -> list[dict[str, Any]]:
    """The rows of a list under its headings; `first_heading` is where the headings begin."""
    rows = rows_of(path, name)
    top = next(number for number, row in enumerate(rows) if row[0] == first_heading)
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def row_of(rows: Rows, label: str) -> list[Any]:
    """The one row in which `label` stands, without empty cells before and after it."""
    found = [row for row in rows if label in row]
    assert len(found) == 1, (label, len(found))
    return found[0]


def out_of_order(parts: Sequence[str], text: str) -> list[str]:
    """The parts that do not stand in a text after those before them."""
    missed, end = [], 0
    for part in parts:
        place = text.find(part, end)
        if place < 0:
            missed.append(part)
        else:
            end = place + len(part)
    return missed
