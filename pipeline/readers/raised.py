"""Raised and lowered figures, which mark notes: kept as signs of their own, or 12 with the note 1 would read as 121."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def raised(text: str) -> str:
    """The text with its digits as superscripts."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """The text with its digits as subscripts."""
    return text.translate(_LOWERED)
