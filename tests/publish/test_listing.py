"""Lists: a list that is too long for a sheet goes on in the next one, and no row is left out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter

from pipeline.catalog import Catalog
from pipeline.checks.names import Names
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing
from pipeline.publish.workbook.styles import Styles
from pipeline.warehouse.store import Store
from tests.publish.reading import rows_of, sheet_names

COLUMNS = (Column("单位", 20, "long"), Column("数", 10, "number", "批注的内容"), Column("比", 10, "percent"))


@contextmanager
def open_book(path: Path, catalog: Catalog, most_rows: int) -> Iterator[Book]:
    with Tables(Store(path.parent, catalog)) as tables:
        workbook = xlsxwriter.Workbook(str(path))
        yield Book(workbook, Styles(workbook), catalog, Names(catalog), tables, most_rows)
        workbook.close()


def test_a_list_that_is_too_long_goes_on_in_further_sheets(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "list.xlsx"
    rows = [[f"单位{number}", number, 0.5] for number in range(10)]
    with open_book(path, catalog, most_rows=7) as book:
        assert write_listing(book, Listing("清单", "清单", COLUMNS, ("一行说明",)), rows) == 10
    assert sheet_names(path) == ["清单", "清单（2）", "清单（3）"]
    found = [row for name in sheet_names(path) for row in rows_of(path, name)[3:]]
    assert found == rows
    assert all(rows_of(path, name)[2] == ["单位", "数", "比"] for name in sheet_names(path))


def test_headings_stay_in_place_can_be_filtered_and_carry_their_remarks(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "list.xlsx"
    with open_book(path, catalog, most_rows=100) as book:
        write_listing(book, Listing("清单", "清单", COLUMNS, fixed=1), [["甲", 1, 0.25], ["乙", -2, ("attention", "1/3")]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.read("xl/workbook.xml").decode()
        remarks = archive.read("xl/comments1.xml").decode()
    assert re.search(r'<pane xSplit="1" ySplit="2" topLeftCell="B3"[^>]*state="frozen"', sheet)
    assert '<autoFilter ref="A2:C4"/>' in sheet
    assert 'orientation="landscape"' in sheet
    assert '<ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/>' in sheet
    assert "清单!$A:$A,清单!$2:$2" in names
    assert "批注的内容" in remarks
    assert rows_of(path, "清单")[3] == ["乙", -2, "1/3"]


def test_an_empty_list_says_so(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "list.xlsx"
    with open_book(path, catalog, most_rows=100) as book:
        assert write_listing(book, Listing("清单", "清单", COLUMNS, empty="没有问题。"), []) == 0
    assert rows_of(path, "清单")[2][0] == "没有问题。"


def test_a_column_of_numbers_is_as_wide_as_its_numbers_and_no_wider(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "list.xlsx"
    columns = (Column("单位", 15, "long"), Column("多", 10, "number"), Column("少", 30, "number"))
    with open_book(path, catalog, most_rows=100) as book:
        write_listing(book, Listing("清单", "清单", columns), [["甲", Decimal("592372449.123456"), 7]])
    widths = openpyxl.load_workbook(path)["清单"].column_dimensions
    assert widths["B"].width >= len("592,372,449.123456")
    assert widths["C"].width < 10


YEARS = (Column("年度", 8, "year"), Column("单位", 20, "long"), Column("数", 10, "number"))


def test_of_a_list_over_all_years_the_latest_goes_on_paper(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "list.xlsx"
    rows = [[2024, "甲", 1], [2024, "乙", 2], [2023, "甲", 3]]
    with open_book(path, catalog, most_rows=100) as book:
        write_listing(book, Listing("清单", "清单", YEARS, latest_year=True), rows)
    sheet = openpyxl.load_workbook(path)["清单"]
    assert sheet.print_area == "'清单'!$A$1:$C$5"
    assert "只印最近的 2024 年度" in sheet["A2"].value
    assert sheet["B6"].value == "甲"


def test_in_the_workbook_of_a_year_the_year_stands_in_the_title(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "list.xlsx"
    with open_book(path, catalog, most_rows=100) as book:
        write_listing(replace(book, year=2024), Listing("清单", "清单", YEARS, fixed=2, printed=2, latest_year=True), [[2024, "甲", 1]])
    assert rows_of(path, "清单") == [["2024 年度清单", ""], ["单位", "数"], ["甲", 1]]
    sheet = openpyxl.load_workbook(path)["清单"]
    assert (sheet.freeze_panes, sheet.print_area) == ("B3", "'清单'!$A$1:$A$3")
