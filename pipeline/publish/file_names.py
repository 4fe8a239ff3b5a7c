"""Names of files that every system takes, made from names of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOT_ALLOWED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\..*)?$", re.IGNORECASE)
_MOST_BYTES = 180  # 255 at most on common systems, with room for a number, a suffix and what a temporary name adds


def file_names(names: Iterator[str]) -> Iterator[str]:
    """A name for each of `names`, in their order and never twice (also where capitals do not count): 甲局, 甲局（2）, 甲_乙局."""
    given: set[str] = set()
    for name in names:
        base = file_name(name)
        chosen, number = base, 1
        while chosen.casefold() in given:
            number += 1
            chosen = f"{base}（{number}）"
        given.add(chosen.casefold())
        yield chosen


def file_name(name: str) -> str:
    """`name` without what a file system refuses, cut where it is too long; 未命名 where nothing is left."""
    text = _NOT_ALLOWED.sub("_", name).strip(" .")
    while len(text.encode()) > _MOST_BYTES:
        text = text[:-1].rstrip(" .")
    if _RESERVED.match(text):
        text = f"_{text}"
    return text or "未命名"
