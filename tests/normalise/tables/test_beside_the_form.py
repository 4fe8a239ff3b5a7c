"""Rows, columns and words that stand beside those of the form: subtotals, last year's total, translations."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from tests.normalise.grids import APPLICANTS, REQUESTS_HEAD, codes, numbers, report_of

SEVEN = [str(number) for number in range(1, 7)] + ["21"]


def test_a_subtotal_below_the_rows_of_a_group_is_no_row_of_its_own(catalog: Catalog) -> None:
    labels = [label for label in catalog.labels_of("2021", "requests") if (label.axis, label.role) == ("row", "item")]
    rows = [[f"{label.texts[0]}*3", *SEVEN] for label in labels]
    place = next(place for place, label in enumerate(labels) if label.label == "unavailable.still_unclear")
    report = report_of(catalog, [*REQUESTS_HEAD, *rows[: place + 1], ["小计*3", *["9"] * 7], *rows[place + 1 :]])
    assert set(numbers(report, "requests.").values()) == set(map(int, SEVEN))
    assert codes(report, "requests") == set()


def test_a_column_for_last_year_is_known(catalog: Catalog) -> None:
    head = [[*REQUESTS_HEAD[0][:1], "申请人情况*8"], [*APPLICANTS, "上年总计^2"], REQUESTS_HEAD[2]]
    report = report_of(catalog, [*head, ["一、本年新收政府信息公开申请数量*3", *SEVEN, "99"]])
    assert sorted(numbers(report, "requests.new/").values()) == [1, 2, 3, 4, 5, 6, 21]
    assert codes(report, "requests") == {"cells_missing"}


@pytest.mark.parametrize("other", ["\nNatural person", " རང་བྱུང་མི", " (natural)"])
def test_translations_beside_labels_are_left_out(catalog: Catalog, other: str) -> None:
    head = [REQUESTS_HEAD[0], [f"自然人{other}^2", *APPLICANTS[1:]], [f"商业企业{other}", *REQUESTS_HEAD[2][1:]]]
    report = report_of(catalog, [*head, [f"一、本年新收政府信息公开申请数量{other}*3", *SEVEN]])
    assert numbers(report, "requests.new/")["natural_person"] == 1
    assert codes(report, "requests") == {"cells_missing"}
