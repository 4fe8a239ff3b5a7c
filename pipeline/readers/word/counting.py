"""Counts written in the number formats of Word lists."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CHINESE_FORMATS = (
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseDigital",
    "japaneseDigitalTenThousand",
)
DIGIT_BY_DIGIT = ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand")
ROMAN = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
MOST_LETTERED = 780  # Word writes 27 as AA, 53 as AAA; longer labels are not met


def written(count: int, form: str) -> str:
    """A count in one of Word's number formats; formats that reports do not use are written as digits."""
    if form in CHINESE_FORMATS and 0 <= count < 10_000:
        if form in DIGIT_BY_DIGIT:
            return "".join(DIGITS[int(digit)] for digit in str(count))
        return chinese(count)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional") and 0 <= count < 10_000:
        return chinese(count, LEGAL_DIGITS, "拾佰仟", keep_one=True)
    if form == "ideographTraditional" and 1 <= count <= len(STEMS):
        return STEMS[count - 1]
    if form == "ideographZodiac" and 1 <= count <= len(BRANCHES):
        return BRANCHES[count - 1]
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if form in ("upperLetter", "lowerLetter") and 1 <= count <= MOST_LETTERED:
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and 1 <= count < 4000:
        return roman(count) if form == "upperRoman" else roman(count).lower()
    if form == "decimalFullWidth":
        return "".join(chr(0xFEE0 + ord(digit)) for digit in str(count))
    return f"{count:02d}" if form == "decimalZero" else str(count)


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
