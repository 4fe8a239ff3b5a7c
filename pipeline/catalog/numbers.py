"""Exact numbers as people write them."""

from __future__ import annotations

from decimal import Decimal


def number_text(value: Decimal) -> str:
    """A number as people write it: exact, no exponent, no zeros after the last decimal."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
