"""A figure without words of its own that is the sum of the two before it: 收到9件，上年结转1件，共计10件."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.normalise.claims.model import Claim

_RECEIVED = ("requests.new_or_caseload", "requests.new")


def caseload(claims: Sequence[Claim], value: Decimal | None, unit: str | None) -> bool:
    """Whether a figure is the requests received and carried in, which the last two claims state."""
    if len(claims) < 2:
        return False
    received, carried = claims[-2:]
    if received.measure not in _RECEIVED or carried.measure != "requests.carried_in" or carried.whole is not None:
        return False
    same = all(claim.kind == "figure" and claim.unit == unit and claim.period == "this" for claim in (received, carried))
    return same and (received.value or 0) + (carried.value or 0) == value
