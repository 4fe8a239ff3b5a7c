"""Texts of an xls file that are formatted in parts: raised figures join no number beside them, struck-out parts are not read."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipeline.readers.raised import lowered, raised

_STRUCK_OUT = 0x08
_TINY = 40  # twentieths of a point
_HEIGHTS = {1: raised, 2: lowered}
_WIDE, _HAS_SOUND, _IN_PARTS = 0x01, 0x04, 0x08  # what the byte before the letters of a text says of it
_UTF_16 = "utf-16-le"


class Font(NamedTuple):
    """What a font does to the text that is read. written: how its letters stand, where they are raised or lowered."""

    colour: int
    struck: bool
    written: Callable[[str], str] | None
    tiny: bool = False

    def read(self, text: str) -> str:
        """What is read of a part of a text in this font."""
        return "" if self.struck else self.written(text) if self.written else text


def font_of(content: bytes) -> Font:
    """The font in a record; raises struct.error for one that is cut short."""
    size, options, colour, height = struct.unpack_from("<HHH2xH", content)
    return Font(colour, bool(options & _STRUCK_OUT), _HEIGHTS.get(height), 0 < size <= _TINY)


class TextInParts(NamedTuple):
    """A text, and from which of its letters on (in units of UTF-16) it stands in which font."""

    text: str
    changes: list[tuple[int, int]]

    def parts(self) -> Iterator[tuple[int | None, str]]:
        """The font and the text of each part; None for the font of the cell."""
        letters = self.text.encode(_UTF_16)
        for (start, font), (end, _) in pairwise([(0, None), *self.changes, (len(letters), 0)]):
            yield font, letters[2 * start : 2 * end].decode(_UTF_16, "replace")


@dataclass
class SharedTexts:
    """The record of the texts that cells share, and the records that continue it."""

    pieces: list[bytes] = field(default_factory=list)
    _end: int = -1

    def take(self, place: int, content: bytes, *, continues: bool) -> None:
        """Note one record, which may continue another than that of the shared texts. place: of the record in the file."""
        if not continues or place == self._end:
            self.pieces.append(content)
            self._end = place + 4 + len(content)

    @cached_property
    def in_parts(self) -> dict[int, TextInParts]:
        """By its number each text that is formatted in parts, as far as the records are whole."""
        found: dict[int, TextInParts] = {}
        if not self.pieces:
            return found
        reading = _Reading(self.pieces)
        try:
            _, number_of_texts = struct.unpack("<II", reading.take(8))
            for number in range(number_of_texts):
                text = reading.text()
                if text.changes:
                    found[number] = text
        except (struct.error, IndexError):
            pass  # cut short: what is damaged beyond this, the library finds out
        return found


class _Reading:
    """Reads through the pieces of a record; raises IndexError behind the last."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._number = 0
        self._place = 0

    def text(self) -> TextInParts:
        """The next text."""
        length, options = struct.unpack("<HB", self.take(3))
        (parts,) = struct.unpack("<H", self.take(2)) if options & _IN_PARTS else (0,)
        (sound,) = struct.unpack("<I", self.take(4)) if options & _HAS_SOUND else (0,)
        letters = self._letters(length, wide=bool(options & _WIDE))
        changes = list(struct.iter_unpack("<HH", self.take(4 * parts)))
        self.take(sound)
        return TextInParts(letters, changes)

    def take(self, length: int) -> bytes:
        """So many bytes, from as many pieces as they take."""
        taken = b""
        while len(taken) < length:
            self._step_on()
            taken += self._within(length - len(taken))
        return taken

    def _letters(self, length: int, *, wide: bool) -> str:
        """So many letters (units of UTF-16); each further piece says anew whether they take one or two bytes."""
        letters = b""
        while len(letters) < 2 * length:
            if self._step_on():
                wide = bool(self._within(1)[0] & _WIDE)
            missing = length - len(letters) // 2
            letters += self._within(2 * missing) if wide else self._within(missing).decode("latin-1").encode(_UTF_16)
        return letters.decode(_UTF_16, "replace")

    def _step_on(self) -> bool:
        """Go on to the next piece where this one is read through."""
        ended = self._place >= len(self._pieces[self._number])
        if ended:
            self._number, self._place = self._number + 1, 0
            if not self._pieces[self._number]:
                raise IndexError("an empty piece")
        return ended

    def _within(self, length: int) -> bytes:
        taken = self._pieces[self._number][self._place : self._place + length]
        self._place += len(taken)
        return taken
