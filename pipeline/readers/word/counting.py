"""Counts written in the number formats of Word lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

DIGITS = "〇一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
MOST_LETTERED = 780  # Word writes 27 as AA, 53 as AAA; longer labels are not met


def written(count: int, form: str) -> str:
    """A count in one of Word's number formats; formats that reports do not use are written as digits."""
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "decimalFullWidth":
        return "".join(chr(0xFEE0 + ord(digit)) for digit in str(count))
    system = _SYSTEMS.get(form)
    return system.write(count) if system and system.first <= count <= system.last else str(count)


def chinese(count: int, digits: str = DIGITS, units: str = "十百千", keep_one: bool = False) -> str:
    """A count below 10,000 in Chinese: 12 is 十二, 20 二十, 105 一百零五."""
    if count == 0:
        return digits[0]
    text, pending_zero = "", False
    for power in range(3, -1, -1):
        digit = count // 10**power % 10
        if digit == 0:
            pending_zero = bool(text)
            continue
        text += ("零" if pending_zero else "") + digits[digit] + (units[power - 1] if power else "")
        pending_zero = False
    return text[1:] if 10 <= count < 20 and not keep_one else text


def roman(count: int) -> str:
    """A count below 4,000 in Roman numerals."""
    text = ""
    for letters, worth in ROMAN.items():
        text += letters * (count // worth)
        count %= worth
    return text


def _digit_by_digit(count: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(count))


def _legal(count: int) -> str:
    return chinese(count, LEGAL_DIGITS, "拾佰仟", keep_one=True)


def _lettered(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)


class _System(NamedTuple):
    """A way to write counts from `first` to `last`; Word writes others as digits."""

    first: int
    last: int
    write: Callable[[int], str]


_COUNTING = ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting")
_DIGITAL = ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand")
_SYSTEMS = {
    **dict.fromkeys(_COUNTING, _System(0, 9_999, chinese)),
    **dict.fromkeys(_DIGITAL, _System(0, 9_999, _digit_by_digit)),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"), _System(0, 9_999, _legal)),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _System(1, 20, lambda count: chr(0x2460 + count - 1))),
    "ideographTraditional": _System(1, len(STEMS), lambda count: STEMS[count - 1]),
    "ideographZodiac": _System(1, len(BRANCHES), lambda count: BRANCHES[count - 1]),
    "upperLetter": _System(1, MOST_LETTERED, _lettered),
    "lowerLetter": _System(1, MOST_LETTERED, lambda count: _lettered(count).lower()),
    "upperRoman": _System(1, 3_999, roman),
    "lowerRoman": _System(1, 3_999, lambda count: roman(count).lower()),
}
