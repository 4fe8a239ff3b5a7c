"""Figures without words of their own that are the sum of those before them: 收到9件，上年结转1件，共计10件."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from pipeline.catalog.claims import OTHER
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.claims.vocabulary import Vocabulary

CASELOAD, CARRIED_IN = "requests.caseload", "requests.carried_in"
RECEIVED = ("requests.new_or_caseload", "requests.new")


def sum_of(vocabulary: Vocabulary, claims: Sequence[Claim], value: Decimal | None, unit: str | None) -> str:
    """The measure of a figure that is the sum of those before it in the sentence; OTHER where it is none."""
    counted = [claim for claim in claims if claim.kind == "figure" and claim.unit == unit and claim.period == "this"]
    if len(counted) < 2:
        return OTHER
    received, carried = counted[-2:]
    if received.measure in RECEIVED and carried.measure == CARRIED_IN and carried.whole is None:
        return CASELOAD if (received.value or 0) + (carried.value or 0) == value else OTHER
    aspect = vocabulary.aspect(carried.measure)
    parts = list(takewhile(lambda claim: claim.whole is None and vocabulary.aspect(claim.measure) == aspect, reversed(counted)))
    parents = vocabulary.grammar.measures[carried.measure].parents
    if len(parts) < 2 or sum(claim.value or 0 for claim in parts) != value:
        return OTHER
    alike = all(claim.measure == carried.measure for claim in parts)  # 乡镇公开3200条、部门公开5800条，合计9000条
    return carried.measure if alike else parents[0] if parents else OTHER
