"""Tables of a report that name rows of the form below headings of their own, and wordings that agencies use for them."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from tests.normalise.grids import DOCUMENTS_2021, FIFTEEN, REMEDIES_HEAD, REQUESTS_HEAD, codes, numbers, report_of

COUNTED = [["事项", "数量"], ["行政许可", "23"], ["行政处罚", "17"], ["行政强制", "0"], ["总计", "40"]]
DECISIONS = [
    [["第二十条第（五）项*2"], ["信息内容", "本年处理决定数量"], ["行政许可", "6"]],
    [["第二十条第（六）项*2"], ["信息内容", "本年处理决定数量"], ["行政处罚", "7"], ["行政强制", "8"]],
    [["第二十条第（八）项*2"], ["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "9"]],
]


@pytest.mark.parametrize("place", [0, 1, 2, 4])
def test_statistics_that_place_nothing_are_no_part_of_a_whole_table(catalog: Catalog, place: int) -> None:
    pieces = [DOCUMENTS_2021, *DECISIONS]
    report = report_of(catalog, *pieces[:place], COUNTED, *pieces[place:])
    assert numbers(report, "proactive.")["licensing.decisions"] == 6
    assert len(numbers(report, "proactive.")) == 10
    assert codes(report, "proactive") == set()


def test_rows_that_find_no_place_are_said_where_the_table_is_not_whole(catalog: Catalog) -> None:
    report = report_of(catalog, COUNTED, DOCUMENTS_2021, *DECISIONS[1:])
    assert codes(report, "proactive") & {"label_unmatched", "cell_unplaced"}
    assert "licensing.decisions" not in numbers(report, "proactive.")


def test_sum_and_total_are_the_same_word(catalog: Catalog) -> None:
    head = [[text.replace("总计", "合计").replace("其他", "其它") for text in row] for row in REMEDIES_HEAD]
    report = report_of(catalog, [*head, FIFTEEN])
    assert sorted(numbers(report, "remedies.").values()) == sorted(map(int, FIFTEEN))
    assert codes(report, "remedies") == set()


@pytest.mark.parametrize("year", [2020, 2021])
def test_other_is_written_with_another_character(catalog: Catalog, year: int) -> None:
    head = [[text.replace("总计", "合计").replace("其他", "其它") for text in row] for row in REQUESTS_HEAD]
    other = [["（六）其它处理*3", *"2222222"]] if year == 2020 else [["（六）其它处理", "3.其它*2", *"2222222"]]
    report = report_of(
        catalog, [*head, ["一、本年新收政府信息公开申请数量*3", *"1234567"], *other, ["（七）合计*3", *"3333333"]], year=year
    )
    assert numbers(report, "requests.new/")["other_organization"] == 6
    assert set(numbers(report, "requests.other" + ("/" if year == 2020 else ".remaining/")).values()) == {2}
    assert set(numbers(report, "requests.handled/").values()) == {3}
    assert codes(report, "requests") == {"cells_missing"}
