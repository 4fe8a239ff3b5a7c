"""表四 in other shapes: a row or a small table for each kind of case."""

from __future__ import annotations

from pipeline.catalog.model import Catalog
from tests.normalise.grids import FIFTEEN, codes, grid, numbers, report_of

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def fifteen(report_numbers: dict[str, object]) -> list[str]:
    return [str(value) for value in report_numbers.values()]


def test_a_row_for_each_kind_of_case(catalog: Catalog) -> None:
    head = ["类别*2", *RESULTS]
    rows = [["行政复议*2", *FIFTEEN[:5]], ["行政诉讼^2", "未经复议直接起诉", *FIFTEEN[5:10]], ["复议后起诉", *FIFTEEN[10:]]]
    report = report_of(catalog, [head, *rows])
    assert fifteen(dict(numbers(report, "remedies."))) == FIFTEEN
    assert not codes(report, "remedies") - {"L1"}


def test_a_small_table_for_each_kind_of_case(catalog: Catalog) -> None:
    first = grid([["行政复议*5"], RESULTS, FIFTEEN[:5]], 0)
    second = grid([["行政诉讼*5"], ["未经复议直接起诉*5"], RESULTS, FIFTEEN[5:10]], 1)
    third = grid([["行政诉讼*5"], ["复议后起诉*5"], RESULTS, FIFTEEN[10:]], 2)
    report = report_of(catalog, first, second, third)
    assert fifteen(dict(numbers(report, "remedies."))) == FIFTEEN
    assert not codes(report, "remedies") - {"L1"}


def test_rows_of_two_offices_are_no_kinds_of_case(catalog: Catalog) -> None:
    report = report_of(catalog, [["单位", *RESULTS], ["行政复议科", *FIFTEEN[:5]], ["行政诉讼科", *FIFTEEN[5:10]]])
    assert not numbers(report, "remedies.")
