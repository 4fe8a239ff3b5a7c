"""Colours as office files state them: six hexadecimal digits, red, green and blue."""

from __future__ import annotations

import re

_HEXADECIMAL = re.compile(r"(?:[0-9A-F]{2})?([0-9A-F]{6})", re.IGNORECASE)  # opacity may stand before it
_LEAST = 0xF5  # of each part: paler print is not told from paper


def is_white(colour: str | None) -> bool:
    """Whether letters of a colour are not seen on paper."""
    match = _HEXADECIMAL.fullmatch(colour or "")
    return match is not None and min(bytes.fromhex(match[1])) >= _LEAST
