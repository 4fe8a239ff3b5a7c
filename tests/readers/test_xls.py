"""Workbooks before 2007 are read as those after it: the same report gives the same document."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import olefile
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog import Catalog
from pipeline.common.errors import ReadError
from pipeline.normalise.report import normalise
from pipeline.readers import xls, xlsx
from tests.reports import render_xls, render_xlsx
from tests.reports.layout import printed_tables
from tests.test_renderers import made


def workbook(fill: Callable[[Any], None]) -> bytes:
    book, saved = xlwt.Workbook(), io.BytesIO()
    fill(book.add_sheet("表"))
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize("sheets", ["one", "each"])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_same_report_gives_the_same_document(catalog: Catalog, form: str, sheets: Any, numbers: bool) -> None:
    content = made(form)
    tables = printed_tables(catalog, content)
    old = xls.read(render_xls.render(content, tables, sheets=sheets, numbers=numbers))
    assert old == xlsx.read(render_xlsx.render(content, tables, sheets=sheets, numbers=numbers))
    (report,) = normalise(catalog, old)
    assert report.status == "parsed"
    found = {(cell.field, cell.applicant): (cell.state, cell.value) for cell in report.cells if not cell.extra}
    assert found == {key: (figure.state, figure.value) for key, figure in content.figures.items()}


def test_far_corners_are_refused_and_far_formats_are_not() -> None:
    def corners(sheet: Any) -> None:
        sheet.write(0, 0, "a")
        sheet.write(65_535, 255, "b")

    def formats(sheet: Any) -> None:
        sheet.write(0, 0, "a")
        sheet.write(0, 1, 1)
        sheet.write(65_535, 255, None)

    with pytest.raises(ReadError) as raised:
        xls.read(workbook(corners))
    assert raised.value.code == "too_large"
    assert len(list(xls.read(workbook(formats)).grids())) == 1


def test_a_password_is_said() -> None:
    """The record of a password follows the first record of the workbook."""
    whole = workbook(lambda sheet: sheet.write(0, 0, "规章"))
    place = whole.index(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005)) + 20
    locked = whole[:place] + struct.pack("<HHHH", 0x002F, 4, 0, 0) + whole[place + 8 :]
    with pytest.raises(ReadError) as raised:
        xls.read(locked)
    assert raised.value.code == "password"


def test_sectors_that_run_in_circles_are_damage() -> None:
    """The library would follow them until no memory is left, and end the process."""
    whole = bytearray(workbook(lambda sheet: [sheet.write(row, 0, row) for row in range(500)]))
    with olefile.OleFileIO(io.BytesIO(whole)) as container:
        table, (first, second, *_) = struct.unpack_from("<I", whole, 0x4C)[0], container.fat
    assert (first, second) == (1, 2)
    struct.pack_into("<I", whole, (table + 1) * 512 + 4 * container.first_dir_sector, container.first_dir_sector)
    with pytest.raises(ReadError) as raised:
        xls.read(bytes(whole))
    assert raised.value.code == "damaged"


@given(st.floats(0, 1), st.binary(max_size=20))
def test_a_broken_workbook_is_read_or_refused(share: float, rest: bytes) -> None:
    whole = workbook(lambda sheet: [sheet.write(row, column, row) for row in range(9) for column in range(3)])
    place = int(share * len(whole))
    try:
        xls.read(whole[:place] + rest + whole[place + len(rest) :])
        xls.read(whole[:place] + rest)
    except ReadError as error:
        assert error.code in {"damaged", "password", "too_large"}


@pytest.mark.parametrize("extent", [(0, 2**32 - 1, 0, 3), (9, 0, 0, 3), (0, 9, 3, 0), (0, 9, 0, 65_535)])
def test_an_impossible_extent_is_damage(extent: tuple[int, int, int, int]) -> None:
    """The library would ask for petabytes and take the process with it."""
    whole = workbook(lambda sheet: sheet.write(0, 0, "规章"))
    place = whole.index(struct.pack("<HH", 0x0200, 14)) + 4
    with pytest.raises(ReadError) as raised:
        xls.read(whole[:place] + struct.pack("<IIHH", *extent) + whole[place + 12 :])
    assert raised.value.code == "damaged"
