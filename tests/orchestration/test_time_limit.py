"""A scan of many pages has the time of a file for each page, and an end all the same."""

from __future__ import annotations

import signal
import time

import pytest

from pipeline.common.progress import page_done
from pipeline.common.settings import Limits
from pipeline.orchestration import confinement


def test_each_page_begins_the_time_anew_until_the_longest_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    armed: list[float] = []
    now = [1000.0]
    monkeypatch.setattr(signal, "setitimer", lambda _, seconds: armed.append(seconds))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with confinement.time_limit(Limits(seconds=100)):
        for elapsed in (90, 170, 330, 399, 500):
            now[0] = 1000.0 + elapsed
            page_done()
    page_done()  # nobody listens any more
    assert armed[0] == 100
    assert armed[1:5] == [100, 100, 70, 1]
    assert 0 < armed[5] < 1  # nought would put the timer off
    assert armed[6:] == [0]
