"""Numbers as prose writes them: 1,256 件, １２件, 5500余条, 1.2万条, 十二件, 3至5件, 两次."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.normalise.claims.model import Figure
from pipeline.normalise.claims.vocabulary import Vocabulary

_MIXED = re.compile(r"(\d+)万(?:(\d)千)?(?:(\d)百)?(\d{4})?")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def figure_of(vocabulary: Vocabulary, match: re.Match[str]) -> Figure | None:
    """The figure that the token pattern found; None for Chinese characters that make no number (百, 一一)."""
    if bare := match["bare"]:
        return Figure(Decimal(0 if bare == "零" else bare), None, None, "count", False, False, in_words=bare == "零")
    if match["percent"]:
        share = number_of(match["percent"])
        approximate = any(match[part] for part in ("before", "over"))
        return None if share is None else Figure(share, None, "%", "share", approximate, not match["percent"][0].isdigit())
    unit = vocabulary.units[match["unit"]]
    scale = _SCALES.get(match["scale"] or "", 1)
    value = number_of(match["number"])
    high = number_of(match["high"]) if match["high"] else None
    if value is None or (match["high"] and (high is None or high <= value)):
        return None
    approximate = any(match[part] for part in ("before", "more", "more2", "behind", "high"))
    if match["number"][0] in _SCALES and not approximate:  # 千家万户, but 近千家
        return None
    factor = unit.factor * scale
    return Figure(
        value * factor, None if high is None else high * factor, unit.unit, unit.kind, approximate, not match["number"][0].isdigit()
    )


def number_of(text: str) -> Decimal | None:
    """The number that digits with commas, digits before 万 or 亿, or Chinese numerals say; None for what is none."""
    text = text.replace(",", "")
    try:
        return Decimal(text)
    except ArithmeticError:
        pass
    if text[:-1].replace(".", "").isdigit() and text[-1] in _SCALES:
        return Decimal(text[:-1]) * _SCALES[text[-1]]
    if mixed := _MIXED.fullmatch(text):  # 1万2千, 1万2345
        thousands, hundreds, rest = (int(part or 0) for part in mixed.group(2, 3, 4))
        return Decimal(int(mixed[1]) * 10_000 + thousands * 1000 + hundreds * 100 + rest)
    if text[0] in _SCALES:  # 近百
        text = f"一{text}"
    import cn2an  # takes a fifth of what reading one file takes to load, and digits do without

    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except ValueError:
        return None
