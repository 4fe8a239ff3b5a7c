from __future__ import annotations

from typing import get_args

from pipeline.catalog import severities
from pipeline.checks.model import RuleSeverity
from pipeline.normalise.model import Severity


def test_every_severity_has_its_word_worst_first() -> None:
    assert tuple(severities.FINDINGS) == get_args(RuleSeverity)
    assert tuple(severities.PROBLEMS) == get_args(Severity)
    assert list(severities.FINDINGS.values()) == list(severities.PROBLEMS.values()) == ["错误", "提醒", "提示"]
