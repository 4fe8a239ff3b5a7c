"""The formatting of a DOC file: pages of 512 bytes (FKPs) that give runs of bytes of the main stream their modifiers."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

PAGE = 512
PAGE_NUMBER = 0x3FFFFF


class Run(NamedTuple):
    """Bytes [start, end) of the main stream and what is said of them; style: the paragraph style, 0 for characters."""

    start: int
    end: int
    style: int
    modifiers: bytes


class Runs:
    """Runs in the order of the stream, found by byte."""

    def __init__(self, runs: list[Run]) -> None:
        self.runs = sorted(runs, key=lambda run: run.start)
        self._starts = [run.start for run in self.runs]

    def at(self, byte: int) -> Run | None:
        """The run that holds a byte."""
        index = bisect_right(self._starts, byte) - 1
        return self.runs[index] if index >= 0 and byte < self.runs[index].end else None

    def after(self, byte: int) -> int:
        """The number of the first run that ends behind a byte or holds it."""
        return max(bisect_right(self._starts, byte) - 1, 0)


def paragraph_runs(main: bytes, pages: bytes) -> Runs:
    """The runs of paragraph formatting; `pages` says which pages of the main stream hold them."""
    return Runs(_runs(main, pages, 13, _paragraph))


def character_runs(main: bytes, pages: bytes) -> Runs:
    """The runs of character formatting."""
    return Runs(_runs(main, pages, 1, _characters))


def _runs(main: bytes, pages: bytes, entry: int, read: Callable[[bytes, int], tuple[int, bytes]]) -> list[Run]:
    count = max((len(pages) - 4) // 8, 0)
    numbers = struct.unpack_from(f"<{count}I", pages, 4 * (count + 1)) if count else ()
    found: list[Run] = []
    for number in dict.fromkeys(number & PAGE_NUMBER for number in numbers):
        page = main[number * PAGE : (number + 1) * PAGE]
        runs = page[-1] if len(page) == PAGE else 0
        table = 4 * (runs + 1)
        if not runs or table + runs * entry >= PAGE:
            continue
        edges = struct.unpack_from(f"<{runs + 1}I", page)
        for index in range(runs):
            style, modifiers = read(page, 2 * page[table + index * entry])
            if edges[index] < edges[index + 1]:
                found.append(Run(edges[index], edges[index + 1], style, modifiers))
    return found


def _paragraph(page: bytes, at: int) -> tuple[int, bytes]:
    """Style and modifiers of a paragraph; none stated means the default style."""
    if not at:
        return 0, b""
    length, start = 2 * page[at] - 1, at + 1
    if not page[at] and at + 1 < PAGE:
        length, start = 2 * page[at + 1], at + 2
    stated = page[start : min(start + length, PAGE - 1)]
    return int.from_bytes(stated[:2], "little"), stated[2:]


def _characters(page: bytes, at: int) -> tuple[int, bytes]:
    return (0, page[at + 1 : min(at + 1 + page[at], PAGE - 1)]) if at else (0, b"")
