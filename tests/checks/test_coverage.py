"""Whether a government's report covers its area: what it says, else what its figures say, else unknown."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipeline.catalog.model import Catalog
from pipeline.checks.areas.coverage import Judgement, judge
from tests.indicators.builders import FiledReport, Key, core_cells, core_report_tables, declared_table

PERMITS, FINES, NEW = "proactive.licensing.decisions", "proactive.penalties.decisions", ("requests.new", "total")
FIGURES: tuple[Key, ...] = (PERMITS, FINES, NEW, ("requests.handled", "total"), ("requests.granted", "total"))


def judged(catalog: Catalog, own: int | Mapping[Key, int], text: str = "", title: str = "云川市青禾区人民政府2023年年度报告") -> Judgement:
    """On a government with the figures given, whose two bodies have 6 and 4 of everything."""
    figures = dict.fromkeys(FIGURES, own) if isinstance(own, int) else own
    reports = [FiledReport(name, 2023, dict.fromkeys(FIGURES, count)) for name, count in (("甲局", 6), ("乙镇", 4))]
    reports.append(FiledReport("区政府", 2023, figures))
    whole = reports[-1].report_id
    tables = (core_cells(catalog, reports), core_report_tables(catalog, reports), declared_table(catalog, "core_claims", []))
    below = [(whole, report.report_id) for report in reports[:-1]]
    return judge(catalog, {whole: title}, below, {whole: [text]}, *tables)[whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本报告所列数据为区人民政府本级数据，不含区属部门和乡镇（街道）数据。", "own_office"),
        ("以上数据仅为区政府办公室数据。", "own_office"),
        ("本报告不包括各乡镇、街道和区属部门的情况。", "own_office"),
        ("本报告中所列数据为全区汇总数据，包括区政府办公室、各部门的数据。", "whole_area"),
        ("统计范围包括全市各级行政机关。", "whole_area"),
        ("本报告由区政府办公室根据区政府各部门、各乡镇年度报告汇总编制。", "whole_area"),
    ],
)
def test_what_a_report_says_comes_first(text: str, expected: str, catalog: Catalog) -> None:
    for own in (10, 1):
        found = judged(catalog, own, text)
        assert (found.coverage, found.basis) == (expected, "statement")
        assert text[:10] in found.reason


@pytest.mark.parametrize(
    "text", ["依托大数据平台，推进全区政务公开。", "组织各部门、各乡镇开展培训，覆盖全区各单位。", "公开内容不涉及部门秘密。", ""]
)
def test_words_that_say_nothing_of_the_figures_leave_it_to_them(text: str, catalog: Catalog) -> None:
    assert judged(catalog, 10, text)[:2] == ("whole_area", "figures")
    assert judged(catalog, 2, text)[:2] == ("own_office", "figures")


def test_figures_that_are_neither_are_not_decided(catalog: Catalog) -> None:
    assert judged(catalog, 80)[:2] == ("unknown", "none")
    assert judged(catalog, 11)[:2] == ("whole_area", "figures")


def test_a_title_that_says_so_decides(catalog: Catalog) -> None:
    assert judged(catalog, 1, title="云川市青禾区人民政府（汇总）2023年年度报告").coverage == "whole_area"
    assert judged(catalog, 10, title="云川市青禾区人民政府（本级）2023年年度报告").coverage == "own_office"
