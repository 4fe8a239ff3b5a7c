"""The Wilson score interval at 95 % beside a share of a whole, as SQL."""

from __future__ import annotations

_Z = 1.959963984540054  # of the normal distribution: 95 % lie within


def wilson(share: str, whole: str) -> str:
    """The columns ratio_low and ratio_high; null where the share is. share, whole: names of columns of type DOUBLE."""
    centre = f"({share} + {_Z**2} / (2 * {whole})) / (1 + {_Z**2} / {whole})"
    half = f"{_Z} / (1 + {_Z**2} / {whole}) * sqrt({share} * (1 - {share}) / {whole} + {_Z**2} / (4 * {whole} * {whole}))"
    low = f"CASE WHEN {share} = 0 THEN 0 WHEN {share} > 0 THEN {centre} - {half} END AS ratio_low"
    high = f"CASE WHEN {share} = 1 THEN 1 WHEN {share} < 1 THEN {centre} + {half} END AS ratio_high"
    return f"{low}, {high}"
