"""A short run of the fuzzer; the long one is `python -m tests.fuzz`, its figures are in docs/robustness.md."""

from __future__ import annotations

import pytest

from tests.fuzz.samples import CONTAINERS
from tests.fuzz.trial import Trial, file_of, fuzz

SEED, COUNT = 20_210_131, 25


@pytest.mark.parametrize("container", CONTAINERS)
def test_no_damaged_file_crashes_hangs_or_breaks_a_promise(container: str) -> None:
    row = fuzz((Trial(SEED, container, number) for number in range(COUNT)), workers=2)[container]
    assert row.failures == []
    assert sum(row.outcomes.values()) == COUNT


def test_the_same_numbers_make_the_same_file() -> None:
    assert file_of(Trial(1, "html", 7)) == file_of(Trial(1, "html", 7)) != file_of(Trial(1, "html", 8))
