"""Figures of 表四 that keep L1 to L5 of rules.md, within one report and against the report before."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from pipeline.catalog.row_types import Field
from tests.reports.content import Key, Values

_OUTCOMES = ("upheld", "corrected", "other", "pending")
_WEIGHTS = (55, 20, 15, 10)


def draw_remedies(fields: tuple[Field, ...], random: Random, history: Values, handled: int) -> dict[Key, Decimal]:
    """Counts by group and outcome; no more cases than an eighth of `handled`, except those pending from last year."""
    groups: dict[str, list[str]] = {}
    for field in fields:
        stem, _, leaf = field.field.rpartition(".")
        groups.setdefault(stem, []).append(leaf)
    drawn: dict[Key, Decimal] = {}
    decided = 0
    for stem, leaves in groups.items():
        pending = int(history.get((f"{stem}.pending", None), 0))
        follows_review = stem.endswith("after_review")
        most = min(decided, 2) if follows_review else handled // (8 if stem.endswith("review") else 16)
        counts = _outcomes(random, max(pending, random.randint(0, most)), allow_pending=handled >= 40)
        if stem.endswith("review") and not follows_review:
            decided = sum(counts.values()) - counts["pending"]
        for leaf in leaves:
            drawn[f"{stem}.{leaf}", None] = Decimal(sum(counts.values()) if leaf == "total" else counts.get(leaf, 0))
    return drawn


def _outcomes(random: Random, count: int, *, allow_pending: bool) -> dict[str, int]:
    counts = dict.fromkeys(_OUTCOMES, 0)
    for outcome in random.choices(_OUTCOMES[: 4 if allow_pending else 3], _WEIGHTS[: 4 if allow_pending else 3], k=count):
        counts[outcome] += 1
    return counts
