"""Texts of which only the order of cells within a row is known, and from which cells are gone: unread is neither zero nor blank."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.report import normalise
from pipeline.readers import text
from tests.normalise.grids import FIFTEEN, REMEDIES_HEAD, TITLE, codes, grid, report_of, states
from tests.properties.reports import parsed
from tests.reports.made import drawn_report, make

HEAD_2021 = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数"


def claimed_wrongly(name: str, form: str, seed: int) -> list[str]:
    """The cells that claim anything else than what is printed."""
    made = make(drawn_report(form, seed), "text", [name], seed)
    printed = {key: (state, value) for key, (_, value, state) in made.printed.items()}
    cells = [cell for cell in parsed(made).cells if cell.state != "unreadable"]
    return [f"{cell.field} {cell.applicant}" for cell in cells if printed[cell.field, cell.applicant] != (cell.state, cell.value)]


@pytest.mark.parametrize("name", ["empty_cells_dropped", "column_spans_lost", "a_cell_left_out", "a_cell_too_many", "two_values_merged"])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_nothing_wrong_is_claimed_of_cells_that_are_gone(name: str, form: str) -> None:
    assert [claimed_wrongly(name, form, seed) for seed in range(4)] == [[]] * 4


def documents(catalog: Catalog, *rows: str) -> set[str]:
    """The states of the first row, 规章, in a text of the rows."""
    (report,) = normalise(catalog, text.read("\n".join([TITLE.format(year=2023), "", *rows]).encode()))
    return states(report, "proactive.regulations")


def test_a_row_that_is_left_out_is_blank_unless_the_blanks_of_others_are_gone(catalog: Catalog) -> None:
    other = "行政许可 | 4 | 5 | 6"
    assert documents(catalog, HEAD_2021, "行政规范性文件 | 3 | 1 | 2", other) == {"blank"}
    assert documents(catalog, HEAD_2021, "行政规范性文件 | 3 | 1", other) == {"unreadable"}


def test_a_label_without_cells_is_not_a_blank_row(catalog: Catalog) -> None:
    whole = "行政规范性文件 | 3 | 1 | 2"
    assert documents(catalog, HEAD_2021, "规章", whole) == {"unreadable"}
    assert documents(catalog, HEAD_2021, "规章 | | |", whole) == {"blank"}
    assert documents(catalog, "规章", "我区没有制定规章。", HEAD_2021, whole) == {"blank"}


@pytest.mark.parametrize("figures", [FIFTEEN[1:], [*FIFTEEN, "1"]])
def test_a_row_without_label_that_is_cut_otherwise_than_its_headings_is_not_taken(catalog: Catalog, figures: list[str]) -> None:
    report = report_of(catalog, grid([*REMEDIES_HEAD, figures], spans="inferred"))
    assert states(report, "remedies") <= {"unreadable"}
    assert codes(report, "remedies")
