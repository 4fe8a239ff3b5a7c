"""DOC files saved by LibreOffice say what the same documents say as DOCX."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from pipeline.catalog import Catalog
from pipeline.intake.kinds import kind_of
from pipeline.normalise.report import normalise
from pipeline.readers import docx, registry
from tests.readers.docx_samples import shape, texts
from tests.readers.golden_doc.sources import FOLDER, FORMS, SOURCES


@pytest.mark.parametrize("name", SOURCES)
def test_a_doc_is_read_as_its_docx(name: str) -> None:
    data = (FOLDER / f"{name}.doc").read_bytes()
    assert kind_of(data) == "doc"
    assert registry.read("doc", data) == docx.read((FOLDER / f"{name}.docx").read_bytes())


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_of_a_form_is_found(form: str, catalog: Catalog) -> None:
    (report,) = normalise(catalog, registry.read("doc", (FOLDER / f"form_{form}.doc").read_bytes()))
    found = {(cell.field, cell.applicant): cell.value for cell in report.cells}
    assert report.status == "parsed"
    with (FOLDER / f"form_{form}.csv").open(encoding="utf-8", newline="") as file:
        assert found == {(field, applicant or None): Decimal(value) for field, applicant, value in csv.reader(file)}


def test_automatic_numbers_are_read() -> None:
    document = registry.read("doc", (FOLDER / "lists.doc").read_bytes())
    assert texts(document)[:3] == ["一、总体情况", "（一）主动公开情况", "（二）依申请公开情况"]
    (grid,) = document.grids()
    assert {(0, 0, 3, 1, "（三）不予公开"), (1, 1, 1, 1, "2.危及“三安全一稳定”"), (2, 2, 1, 1, "12")} <= shape(grid)


def test_only_what_is_printed_is_read() -> None:
    document = registry.read("doc", (FOLDER / "revisions.doc").read_bytes())
    assert texts(document) == ["12¹件", "收到12件", "共3件", "合计7项", "一", "二\t三𠮷四"]
    (grid,) = document.grids()
    assert [cell.text for cell in grid.cells] == ["规章", "收到12件", "7", "乙", "", "5"]


def test_a_table_in_a_table_is_read_where_it_stands() -> None:
    document = registry.read("doc", (FOLDER / "nested.doc").read_bytes())
    assert texts(document) == ["表前", "表后", "注", "两表之间", "完"]
    expected = {
        (0, 0, 1, 2, "甲"),
        (0, 2, 1, 1, "1"),
        (1, 0, 2, 1, "乙"),
        (1, 1, 1, 1, "丙"),
        (2, 1, 1, 1, "丁"),
        (1, 2, 1, 1, "2"),
        (2, 2, 1, 1, "3"),
    }
    assert [shape(grid) for grid in document.grids()] == [expected, expected]
