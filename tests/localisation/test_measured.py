"""A few cases of what `python -m tests.localisation` measures, and its page."""

from __future__ import annotations

import pytest

from tests.localisation.errors import KINDS
from tests.localisation.measure import Outcome, cases, outcome_of
from tests.localisation.page import Timed, meets_targets, page

FEW = ("digit_wrong", "times_ten", "blank_total", "cut_in_two", "wrong_column")


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """One case of some kinds, for both forms and every set of reports beside."""
    return [outcome_of(case) for case in cases([(kind,) for kind in FEW], ("2019", "2021"), 1)]


def test_what_is_said_for_certain_is_so(outcomes: list[Outcome]) -> None:
    assert len(outcomes) == len(FEW) * 6
    assert all(each.visible and each.noticed for each in outcomes)
    assert sum(each.told_wrong for each in outcomes) == 0
    assert sum(each.determined for each in outcomes) > len(outcomes) // 2
    assert all(each.first and each.value for each in outcomes if each.determined)
    assert meets_targets(outcomes)


def test_the_list_of_2014_is_measured_too() -> None:
    (one, *_) = [outcome_of(case) for case in cases([("times_ten",)], ("2014",), 1)]
    assert one.visible
    assert one.among


def test_the_page_counts_by_kind(outcomes: list[Outcome]) -> None:
    text = page(outcomes, outcomes[:1], [], Timed(7, 3.0, 2.0))
    rows = [line for line in text.splitlines() if line.startswith("| digit_wrong |")]
    assert rows[0].startswith("| digit_wrong | 6 | 6 | 6 |")
    assert "7 faulty reports" in text


def test_every_kind_of_error_changes_something() -> None:
    for case in cases([(kind,) for kind in KINDS], ("2021",), 1):
        assert case.truth
        assert all(case.printed.cells[key[1], key[2]].value != value for key, value in case.truth.items())
