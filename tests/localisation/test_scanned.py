"""Pages as scans, read by our reader: what it misread is told apart from what the agency printed wrongly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from pipeline.catalog import Catalog
from pipeline.checks.facts import facts_from_report
from pipeline.checks.model import CellKey, ReportFacts
from pipeline.normalise.model import Report
from pipeline.orchestration.reading import read_bytes, understood
from tests.localisation.reports import doubtful
from tests.localisation.test_typical_errors import report, suggestions
from tests.reports import render_pdf
from tests.reports.content import Figure, ReportContent
from tests.reports.layout import printed_tables

NEW, TOTAL = ("requests.new", "natural_person"), ("requests.granted", "total")
DPI = 200


def pictures(catalog: Catalog, scans: ModuleType, content: ReportContent) -> list[Any]:
    """The pages on which 表三 stands."""
    return list(scans.render_scan.pages(render_pdf.render(content, printed_tables(catalog, content)[1:2]), DPI))


def read(catalog: Catalog, scans: ModuleType, pages: list[Any]) -> Report:
    document = read_bytes(scans.render_scan.wrapped(pages, "tiff", DPI)).document
    assert document is not None
    return max(understood(catalog, document), key=lambda each: len(each.cells))


def told(catalog: Catalog, found: Report) -> dict[CellKey, dict[str, Any]]:
    facts = facts_from_report(found, catalog, report_id="r", agency_id="a", agency_name=found.agency or "")
    return {(row["field"], row["applicant"]): row for row in suggestions(catalog, facts)}


def erased(pages: list[Any], found: Report, key: CellKey) -> None:
    """Whiten the first digit of a cell, as a scanner does that is set too light."""
    (cell,) = [cell for cell in found.cells if (cell.field, cell.applicant) == key]
    assert cell.locator is not None and cell.locator.bbox is not None and cell.locator.page is not None
    left, top, right, bottom = (round(edge * DPI / 72) for edge in cell.locator.bbox)
    inside = pages[cell.locator.page - 1][top + 6 : bottom - 6, left + 6 : right - 6]
    inked = (inside.min(axis=2) < 128).any(axis=0)
    begin = int(inked.argmax())
    end = begin + int((~inked[begin:]).argmax())
    inside[:, begin:end] = 255


def test_a_digit_that_the_scan_lost_and_digits_that_the_agency_exchanged(catalog: Catalog, scans: ModuleType) -> None:
    content = scans.made(catalog, 0)
    new, handled = (int(content.figures[key].value) for key in (NEW, TOTAL))
    wrong = Figure(str(handled)[::-1], Decimal(str(handled)[::-1]))
    pages = pictures(catalog, scans, replace(content, figures={**content.figures, TOTAL: wrong}))
    found = read(catalog, scans, pages)
    (row,) = told(catalog, found).values()
    assert (row["origin"], row["proposed_value"], row["determined"]) == ("reporting", handled, True)
    assert f"填报 {wrong.printed}，按其余数字应为 {handled}（数字前后颠倒）" in row["suggestion"]
    erased(pages, found, NEW)
    rows = told(catalog, read(catalog, scans, pages))
    assert {key: (row["origin"], row["proposed_value"], row["determined"]) for key, row in rows.items()} == {
        NEW: ("reading", new, True),
        TOTAL: ("reporting", handled, True),
    }
    assert f"识别为 {int(str(new)[1:])}，按其余数字可能是 {new}，请先对照原件" in rows[NEW]["suggestion"]


@pytest.mark.parametrize(
    ("cells", "origin"),
    [
        ({"requests.new[natural_person]": "1"}, "reading"),  # 10
        ({"requests.granted[enterprise]": "8"}, "reading"),  # 3
        ({"requests.new[total]": "41"}, "reporting"),  # 14: no reader exchanges digits
        ({"requests.granted[natural_person]": "505"}, "reporting"),  # 5
        ({"requests.granted[enterprise]": ""}, "reporting"),  # 3: nothing was there to be read
    ],
)
def test_only_what_a_reader_of_scans_does_may_be_misread(catalog: Catalog, cells: dict[str, str], origin: str) -> None:
    printed = report(catalog, cells)
    scanned = doubtful(printed, list(printed.cells), 0.999)
    assert {row["origin"] for row in suggestions(catalog, scanned)} == {origin}
    assert {row["origin"] for row in suggestions(catalog, printed)} == {"reporting"}


def test_two_cells_that_are_out_together_were_not_misread(catalog: Catalog) -> None:
    printed: ReportFacts = report(catalog, {"requests.granted[natural_person]": "6", "requests.granted[enterprise]": "2"})
    rows = suggestions(catalog, doubtful(printed, list(printed.cells), 0.999))
    assert {row["origin"] for row in rows} == {"reporting"}
    assert not any(row["determined"] for row in rows)
