"""The mistakes planted in the sample, through a whole build: what each finding says of the figure that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.installation import Installation

CERTAIN = {
    ("市场监督管理局", 2020, "R1"): "表三“结转下年度继续办理（总计）”填报 8，按其余数字应为 6",
    ("市场监督管理局", 2020, "R3"): "表三“结转下年度继续办理（总计）”填报 8，按其余数字应为 6",
    ("市场监督管理局", 2021, "Y1"): "2020 年度报告的表三“结转下年度继续办理（总计）”填报 8，按其余数字应为 6",
    ("财政局", 2020, "R1"): "表三“本年新收政府信息公开申请数量（商业企业）”填报 1，按其余数字应为 0",
    ("住房和城乡建设局", 2021, "R2"): "表三“本年度办理结果/予以公开（自然人）”填报 32，按其余数字应为 31",
    ("教育局", 2023, "R3"): "表三“本年度办理结果/总计（总计）”填报 39，按其余数字应为 40",
    ("教育局", 2025, "R2"): "表三“本年度办理结果/予以公开（总计）”填报 13，按其余数字应为 12",
    ("财政局", 2024, "N3"): "正文“予以公开”写为 14件，按表格应为 12",
    ("人民政府", 2023, "N7"): "正文“现行有效规范性文件”写为 48件，按表格应为 46",  # 表二 goes on from last year's
    ("文化旅游体育局", 2022, "N6"): "正文“行政复议”写为 2件，按表格应为 0",
}
UNDECIDED = (
    ("教育局", 2015, "A1"),  # one sum alone
    ("自然资源局", 2022, "L1"),
    ("自然资源局", 2020, "P7"),  # after a merger
    ("发展和改革局", 2023, "Y1"),  # two reports that each add up
    ("数据局", 2024, "Y1"),  # after a change of name
)


@pytest.fixture(scope="module")
def probable(sample: Installation) -> dict[tuple[str, int, str], str | None]:
    rows = sample.rows("out_findings", "agency_name", "report_year", "rule", "probable")
    return {(row["agency_name"].removeprefix("瀚川市沐云区"), row["report_year"], row["rule"]): row["probable"] for row in rows}


@pytest.mark.parametrize("finding", CERTAIN)
def test_planted_mistakes_that_can_be_told_are_told(probable: dict[Any, str | None], finding: tuple[str, int, str]) -> None:
    said = probable[finding]
    assert said is not None
    assert said.startswith("很可能是：")
    assert CERTAIN[finding] in said


@pytest.mark.parametrize("finding", UNDECIDED)
def test_planted_mistakes_that_cannot_be_told_are_left_open(probable: dict[Any, str | None], finding: tuple[str, int, str]) -> None:
    said = probable[finding]
    assert said is not None
    assert said.startswith("仅凭本报告无法判断")


def test_findings_without_an_identity_say_nothing(probable: dict[Any, str | None]) -> None:
    for finding in (("交通运输局", 2022, "S6"), ("卫生健康局", 2024, "P4"), ("财政局", 2022, "S12")):
        assert probable[finding] is None


def test_suggestions_are_about_cells_of_reports_that_are_there(sample: Installation) -> None:
    reports = {row["report_id"] for row in sample.rows("core_reports", "report_id")}
    rows = sample.rows("core_suggestions")
    assert rows
    assert {row["cell_report_id"] for row in rows} <= reports
    assert all(row["optimal"] for row in rows)
    assert all(row["proposed_value"] is not None for row in rows if row["determined"])
    assert len({row["suggestion_id"] for row in rows}) == len(rows)
