"""What a number looks like in a cell of a worksheet: its number format, as far as reports need it.

A person who reads the sheet sees `-` or nothing where 0 is stored, 5% for 0.05, 12.3 for 12.3456. Formats whose look
depends on more than the number and its sign (fractions, exponents) are not worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
SHOWS_NOTHING = ";;;"
_SECTIONS = 4  # for positive and negative numbers, zero, text
_ACCOUNTING = '_ * #,##0{0}_ ;_ * \\-#,##0{0}_ ;_ * "-"{1}_ ;_ @_ '
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: _ACCOUNTING.format("", ""), 42: _ACCOUNTING.format("", ""), 43: _ACCOUNTING.format(".00", "??"),
    44: _ACCOUNTING.format(".00", "??"), 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[([^\]]*)\]|(General|G/通用格式|@)|(.)', re.DOTALL)
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]+)?")
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|[黑蓝绿红白黄]色?|青色|洋红色?|颜色\s*\d+", re.IGNORECASE)
_CONDITION = re.compile(r"(?:[<>]=?|=|<>)\d+(?:\.\d+)?")
_NUMERALS = re.compile(r"DBNum[1-3]", re.IGNORECASE)
_PLAIN_POINT = "!"  # in a pattern, a point that is text: the places behind it belong to the whole number (`0!.0000` shows ten thousands)
_MEANINGS = {";": "end", "%": "percent", **dict.fromkeys("0#?.,", "number"), **dict.fromkeys("/Ee", "unknown")}


def shown(number: Decimal, code: str) -> str | None:
    """The number as a sheet shows it under a number format, without padding; "" where it shows nothing, None where that is not known.

    Chinese numerals ([DBNum1] …) are given as figures: they say the same number.
    """
    sections = _sections(code)
    which = _section_for(number, sections) if sections else None
    if sections is None or which is None:
        return None
    parts = [part for part in sections[which] if part[0] != "condition"]
    sign = "-" if number < 0 and which == 0 else ""
    pattern = next((text for kind, text in parts if kind == "number"), "")
    if any(kind == "percent" for kind, _ in parts):
        number *= 100
    try:
        digits = _digits(abs(number), pattern)
    except InvalidOperation:
        return None
    return (sign + "".join(digits if kind == "number" else text for kind, text in parts)).strip() if parts else ""


def shown_text(text: str, code: str) -> str:
    """A text as a sheet shows it under a number format: by the fourth section, or by the last if that one speaks of text."""
    if "@" not in code and code.count(";") < _SECTIONS - 1:
        return text
    sections = _split(code)
    section = sections[_SECTIONS - 1] if len(sections) >= _SECTIONS else sections[-1]
    if "@" not in section and len(sections) < _SECTIONS:
        return text
    written = (quoted or escaped or (text if general == "@" else letter) or "" for quoted, escaped, _, general, letter in _parts(section))
    return "".join(written).strip()


def _split(code: str) -> list[str]:
    """The sections of a format."""
    sections = [""]
    for match in _TOKEN.finditer(code):
        if match[5] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return sections


def _parts(section: str) -> Iterator[tuple[str, ...]]:
    return (match.groups("") for match in _TOKEN.finditer(section))


def _section_for(number: Decimal, sections: list[list[tuple[str, str]]]) -> int | None:
    """Which section shows a number: the first whose condition it meets, or the one for its sign; None where that is not known."""
    conditions = [next((text for kind, text in parts if kind == "condition"), None) for parts in sections]
    if not any(conditions):
        return 2 if number == 0 and len(sections) > 2 else 1 if number < 0 and len(sections) > 1 else 0
    if number < 0:
        return None  # whether its sign is shown differs
    met = (place for place, condition in enumerate(conditions) if condition is None or _meets(number, condition))
    return next(met, None)


def _meets(number: Decimal, condition: str) -> bool:
    sign, limit = condition.rstrip("0123456789."), Decimal(condition.lstrip("<>="))
    return any((("<" in sign and number < limit), (">" in sign and number > limit), ("=" in sign and number == limit))) or (
        sign == "<>" and number != limit
    )


@lru_cache(maxsize=1024)
def _sections(code: str) -> list[list[tuple[str, str]]] | None:
    """The parts of each section: literal text, one pattern of digits, percent; None for what is not worked out here."""
    sections: list[list[tuple[str, str]]] = [[]]
    for kind, text in _tokens(code):
        parts = sections[-1]
        if kind == "unknown":
            return None
        if kind == "end":
            sections.append([])
        elif kind == "number" and parts and parts[-1][0] == "number" and GENERAL not in (text, parts[-1][1]):
            parts[-1] = ("number", parts[-1][1] + text)
        elif kind == "number" and len(parts) > 1 and [known for known, _ in parts[-2:]] == ["number", "text"] and parts[-1][1] == ".":
            parts[-2:] = [("number", f"{parts[-2][1]}{_PLAIN_POINT}{text}")]
        elif kind == "number" and any(known == "number" for known, _ in parts):
            return None
        else:
            parts.append((kind, text))
    return sections


def _tokens(code: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(code):
        quoted, escaped, bracket, general, letter = match.groups()
        if bracket is not None:
            currency = _CURRENCY.fullmatch(bracket)
            if currency:
                yield "text", currency[1]
            elif _CONDITION.fullmatch(bracket):
                yield "condition", bracket
            elif not _COLOUR.fullmatch(bracket) and not _NUMERALS.fullmatch(bracket):
                yield "unknown", bracket
        elif general:
            yield "number", GENERAL
        elif letter in _MEANINGS:
            yield _MEANINGS[letter], letter
        elif quoted or escaped or letter:
            yield "text", quoted or escaped or letter


def _digits(number: Decimal, pattern: str) -> str:
    """A number that is not negative, by a pattern such as `#,##0.0#`; commas at its end divide by a thousand each."""
    if pattern == GENERAL:
        return format(number, "f")
    if _PLAIN_POINT in pattern:
        return _with_plain_point(number, *pattern.split(_PLAIN_POINT))
    places = pattern.rstrip(",")
    number = number.scaleb(-3 * (len(pattern) - len(places)))
    before, point, after = places.partition(".")
    rounded = format(number.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP), "f")
    whole, _, fraction = rounded.partition(".")
    whole = (whole if whole.strip("0") else "").rjust(before.count("0"), "0")
    fewest = len(after.rstrip("#?"))
    fraction = fraction[:fewest] + fraction[fewest:].rstrip("0")
    if "," in before and whole:
        whole = f"{int(whole):,}".rjust(len(whole), "0")
    return whole + (point + fraction if fraction else "")


def _with_plain_point(number: Decimal, before: str, *parts: str) -> str:
    """A whole number with a point written between its places. Raises InvalidOperation where the pattern has more than that."""
    if len(parts) != 1 or "." in before + parts[0] or "," in before + parts[0].rstrip(","):
        raise InvalidOperation
    after = parts[0].rstrip(",")
    digits = _digits(number, "0" * (before.count("0") + len(after)) + parts[0][len(after) :])
    return f"{digits[: -len(after)]}.{digits[-len(after) :]}" if after else digits
