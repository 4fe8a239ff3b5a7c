"""Codes of organisations: 统一社会信用代码 (GB 32100, 18 characters) and 组织机构代码 (GB 11714, its characters 9 to 17)."""

from __future__ import annotations

from stdnum.cn import uscc

_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def organisation_code(text: str) -> str | None:
    """The 9-character 组织机构代码 in a code of either kind; None where length, signs or check digits are wrong."""
    code = text.strip().upper().replace("-", "")
    if len(code) == 18:
        return organisation_code(code[8:17]) if uscc.is_valid(code) else None
    if len(code) != 9 or any(sign not in _VALUES for sign in code):
        return None
    check = (11 - sum(_VALUES[sign] * weight for sign, weight in zip(code, _WEIGHTS, strict=False)) % 11) % 11
    return code if code[8] == ("X" if check == 10 else str(check)) else None
