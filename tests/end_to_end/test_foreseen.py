"""What a correction is told to do to the sum that a government published for its area, before anything is written."""

from __future__ import annotations

from datetime import date

from pipeline.orchestration.decide import Decided, correct
from pipeline.orchestration.workspace import Workspace
from tests.installation import Installation

LOOK = Decided("查实", "王某", date(2026, 3, 2), only_look=True)
CULTURE = "瀚川市沐云区文化旅游体育局"


def look(sample: Installation, body: str, cell: str, value: str) -> list[str]:
    return correct(Workspace(sample.settings), body, 2017, cell, None, value, LOOK)


def test_a_body_that_was_larger_than_the_whole(sample: Installation) -> None:
    """Once it is no longer larger, its area's sum can be held beside the bodies together: they have more."""
    told = "\n".join(look(sample, CULTURE, "statistics.capacity.reading_points", "9"))
    settled, caused = told.split("注意：更正后会新出现")
    assert "2017 年度 错误 H2" in settled and "填报 10 个，全地区 9 个" in settled
    assert "2017 年度 提醒 H1" in caused and "公布 9 个、各单位之和 67 个" in caused


def test_a_sum_that_is_put_right(sample: Installation) -> None:
    told = "\n".join(look(sample, "瀚川市沐云区人民政府", "statistics.capacity.offices", "78"))
    assert "解决 1 处问题" in told and "2017 年度 提醒 H1" in told
    assert "注意" not in told


def test_a_body_that_becomes_larger_than_the_whole(sample: Installation) -> None:
    settled, caused = "\n".join(look(sample, CULTURE, "statistics.capacity.offices", "99")).split("注意：更正后会新出现")
    assert "2017 年度 提醒 H1" in settled
    assert "2017 年度 错误 H2" in caused and "填报 99 个，全地区 75 个" in caused
