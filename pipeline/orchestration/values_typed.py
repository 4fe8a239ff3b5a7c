"""A new value as a person types it: 6, 1,234, 12.5万元."""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import normalize

from pipeline.catalog.row_types import Field
from pipeline.common.errors import DecisionError

_TYPED = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(万元|元)?")
_FACTORS = {"万元": Decimal(10_000), "元": Decimal(1)}


def amount(text: str, field: Field) -> Decimal:
    """The value in the unit of storage. An amount needs its unit, since forms print 万元 and tables hold yuan. Raises DecisionError."""
    match = _TYPED.fullmatch(normalize("NFKC", text).strip())
    if match is None:
        raise DecisionError(f"“{text}”不是数字。写作 12，金额写作 12.5万元。")
    number, unit = Decimal(match[1].replace(",", "")), match[2]
    if (field.kind == "money") != (unit is not None):
        said = "是金额，请写明单位，如 12.5万元 或 125000元" if unit is None else "不是金额，不带“元”"
        raise DecisionError(f"“{field.label_zh}”{said}。现为“{text}”。")
    return number * _FACTORS[unit] if unit else number
