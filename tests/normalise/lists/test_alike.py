"""Damaged words of a list: what may be the remains of a wording, and what is another one."""

from __future__ import annotations

import pytest

from pipeline.normalise.lists.alike import likeness_of_damaged

KNOWN = "政务微信公开政府信息数"


@pytest.mark.parametrize(
    ("printed", "likeness"),
    [
        ("政务微博公开政府信息数", 0.75),
        ("政务头条公开政府信息数", 0.0),
        ("政务微信公开政府信息", 0.9 * 20 / 21),
        ("微信公开信息数", 0.9 * 14 / 18),
        ("微信信息数", 0.0),
        ("信息数", 0.0),
        ("数息信府政", 0.0),
        ("政务微信公开政府信息数量", 0.0),
    ],
    ids=["one changed", "two changed", "one lost", "four lost", "too many lost", "too short", "out of order", "longer"],
)
def test_letters_lost_or_one_changed(printed: str, likeness: float) -> None:
    assert likeness_of_damaged(printed, KNOWN) == pytest.approx(likeness)


def test_one_letter_of_a_short_wording_makes_another_one() -> None:
    assert likeness_of_damaged("延期答复数", "逾期答复数") == 0
