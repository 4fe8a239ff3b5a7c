"""The line between two cells was lost, so that one cell holds two labels and the cells beside or below it two figures."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.labels import vocabulary
from tests.normalise.grids import DOCUMENTS_2021, codes, numbers, report_of, states

HEAD_2019 = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]


@pytest.mark.parametrize("between", ["", "\n", " "])
@pytest.mark.parametrize("width", ["", "*2"])
@pytest.mark.parametrize("figures", ["56", "5 6", "5\n6", "5、6"])
def test_two_headings_in_one_cell_are_two_columns(catalog: Catalog, between: str, width: str, figures: str) -> None:
    heading = between.join(HEAD_2019[2:]) + width
    report = report_of(catalog, [[*HEAD_2019[:2], heading], ["行政许可", "7", figures + width]], year=2020)
    assert numbers(report, "proactive.licensing.") == {"items_previous_year": 7}
    assert states(report, "proactive.licensing.items_change") | states(report, "proactive.licensing.decisions") == {"unreadable"}
    assert "label_unmatched" in codes(report, "proactive")


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize("figures", [["35", "14", "25"], ["3\n0", "1\n4", "25"], ["3、0", "1、4", "2、5"]])
def test_two_labels_in_one_cell_are_two_rows(catalog: Catalog, between: str, figures: list[str]) -> None:
    others = [["信息内容", "本年处理决定数量*3"], ["行政许可", "9*3"], ["行政处罚", "8*3"], ["行政强制", "7*3"]]
    report = report_of(catalog, [DOCUMENTS_2021[0], [f"规章{between}行政规范性文件", *figures], *others], year=2023)
    assert numbers(report, "proactive.") == {"licensing.decisions": 9, "penalties.decisions": 8, "coercion.decisions": 7}
    assert states(report, "proactive.regulations") | states(report, "proactive.normative_documents") == {"unreadable"}
    assert "label_unmatched" in codes(report, "proactive")


def test_one_label_is_not_two(catalog: Catalog) -> None:
    """No wording of the catalogue, nor one with its explanation or a letter lost, holds two labels."""
    for row in catalog.form_tables:
        if catalog.is_list(row.form, row.table):
            continue
        words = vocabulary(catalog, row.form, row.table)
        for label in words.labels:
            for text in label.texts:
                assert not words.holds_two(text, label.axis), (row.form, text)
                assert not words.holds_two(text[:-1], label.axis), (row.form, text[:-1])
