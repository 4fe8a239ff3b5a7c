"""The characters of a PDF text layer: radicals that stand for ideographs, characters without a meaning, layers of garbage."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
GARBAGE_SHARE = 0.3
_HARDLY_USED = "\u3400", "\u4dff"  # rare ideographs, hexagrams: what stray codes of a font without meanings mostly fall into
# pdfium reports a hyphen that ends a line under these codes; printed is a hyphen.
HYPHENS = (0x02, 0xAD, 0xFFFE)

# Fonts map the same glyph to a radical and to an ideograph, and PDF writers often keep the radical.
# Unicode gives no equivalence for these (CJK Radicals Supplement); the table follows the shapes.
_SUPPLEMENT = dict(
    zip("⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳", "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟", strict=True)
)
_IDEOGRAPHS = {
    **{ord(radical): ideograph for radical, ideograph in _SUPPLEMENT.items()},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E))},
}


@cache
def character_of(code: int) -> str:
    """The character printed for a code of the text layer; one that tells nothing becomes U+FFFD, so that it is seen to be unread."""
    if code in HYPHENS:
        return "-"
    if code in _IDEOGRAPHS:
        return _IDEOGRAPHS[code]
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return " " if code == 0x09 else UNKNOWN
    return chr(code)


def is_garbage(characters: Sequence[str]) -> bool:
    """Whether a text layer is mostly characters that mean nothing: unmapped, private use, replacement, unassigned, hardly ever used."""
    counts = {character: count for character, count in Counter(characters).items() if not character.isspace()}
    meaningless = sum(
        count
        for character, count in counts.items()
        if character == UNKNOWN or _HARDLY_USED[0] <= character <= _HARDLY_USED[1] or unicodedata.category(character) in ("Co", "Cn", "Cs")
    )
    printed = sum(counts.values())
    return printed > 0 and meaningless > GARBAGE_SHARE * printed
