"""What a person sees of the sheets of an xls file: the records of its cells, rows and columns, and their number formats."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.readers.colours import is_white
from pipeline.readers.number_formats import BUILT_IN, GENERAL
from pipeline.readers.sheet_conditions import Area
from pipeline.readers.sheet_looks import NOT_COMPUTED, Look, Place
from pipeline.readers.unseen import marked
from pipeline.readers.xls_conditions import AREAS, CONDITION, areas_of, condition_of
from pipeline.readers.xls_texts import Font, SharedTexts, font_of

Record = tuple[int, int, bytes]  # kind, place in the stream, content

_BEGINNING, _SHEET_NAME, _FORMAT, _STYLE = 0x0809, 0x0085, 0x041E, 0x00E0
_FONT, _PALETTE, _TEXT, _SHARED_TEXT = 0x0031, 0x0092, 0x0204, 0x00FD
_SHARED_TEXTS, _CONTINUED = 0x00FC, 0x003C
_FORMULA, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _TRUTH_OR_ERROR = 0x0006, 0x0203, 0x027E, 0x00BD, 0x0205
_ROW, _COLUMNS, _WINDOW = 0x0208, 0x007D, 0x023E
_OF_STYLES = frozenset({_FORMAT, _STYLE, _FONT, _PALETTE})
_OF_TEXTS = frozenset({_SHARED_TEXTS, _CONTINUED})
LOOKED_AT = (
    _OF_STYLES
    | _OF_TEXTS
    | frozenset(
        {
            *(_BEGINNING, _SHEET_NAME, _ROW, _COLUMNS, _WINDOW),
            *(AREAS, CONDITION),
            *(_FORMULA, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _TRUTH_OR_ERROR, _TEXT, _SHARED_TEXT),
        }
    )
)
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_NO_NUMBER = b"\xff\xff"  # at the end of a formula's result, which then says at its beginning what else it is
_RESULT_IS_ERROR, _RESULT_IS_EMPTY = 2, 3
_EMPTY_TEXT = b"\x17\x00"  # in a formula, the text "": its result may well be no text
_HIDDEN_ROW, _HIDDEN_COLUMN, _SHOWS_ZEROS = 0x20, 0x01, 0x10
_MOST_COLUMNS = 256
_WHITE, _PAPER = {1, 9}, 65  # of the colours that a workbook begins with; 65 is the colour of the window
_FIRST_OWN_COLOUR, _NO_FONT = 8, 4  # no font has this number, those behind it stand one place before theirs
_PATTERN, _COLOUR = 26, 0x7F  # where the pattern of a cell begins among the bits of its borders; the bits of its colour


@dataclass
class _Styles:
    """What the records before the sheets say: number formats, fonts, the format and the font of each cell style, texts in several fonts."""

    own: dict[int, str] = field(default_factory=dict)
    fonts: list[Font] = field(default_factory=list)
    styles: list[tuple[int, int, int]] = field(default_factory=list)  # format, font, colour behind (_PAPER for none)
    white: set[int] = field(default_factory=lambda: set(_WHITE))
    texts: SharedTexts = field(default_factory=SharedTexts)
    areas: tuple[Area, ...] = ()  # of the conditional formats that follow

    def take(self, kind: int, content: bytes) -> None:
        """Note one record."""
        if kind == _FORMAT:
            self.own[struct.unpack_from("<H", content)[0]] = _text(content, 2)
        elif kind == _FONT:
            self.fonts.append(font_of(content))
        elif kind == _PALETTE:
            colours = [content[place : place + 3] for place in range(2, len(content) - 3, 4)]
            self.white = {1} | {number for number, colour in enumerate(colours, start=_FIRST_OWN_COLOUR) if is_white(colour.hex())}
        else:
            font, number_format = struct.unpack_from("<HH", content)
            borders, colours = struct.unpack_from("<14xIH", content)
            self.styles.append((number_format, font, colours & _COLOUR if borders >> _PATTERN else _PAPER))

    def format_of(self, style: int) -> str:
        """The number format of a cell style."""
        number = self.styles[style][0] if style < len(self.styles) else 0
        return self.own.get(number) or BUILT_IN.get(number, GENERAL)

    def is_unseen(self, style: int) -> bool:
        """Whether the letters of a cell style are as white, or of the same colour, as what is behind them, or too small to be seen."""
        if style >= len(self.styles):
            return False
        _, number, behind = self.styles[style]
        font = self._font(number)
        if font is None or font.tiny:
            return font is not None
        return font.colour == behind or (font.colour in self.white and (behind == _PAPER or behind in self.white))

    def is_struck(self, style: int) -> bool:
        """Whether what stands in cells of a style is struck out."""
        font = self._font_of_style(style)
        return font is not None and font.struck

    def written(self, style: int, number: int) -> str | None:
        """What is read of the shared text of a number in a cell of a style; None where it is not formatted in parts, or all of it read."""
        if not self._changes_texts or (text := self.texts.in_parts.get(number)) is None:
            return None
        fonts = ((self._font_of_style(style) if font is None else self._font(font), part) for font, part in text.parts())
        written = "".join(self._read(font, part) if font else part for font, part in fonts)
        return written if written != text.text or self.is_struck(style) else None

    @cached_property
    def _changes_texts(self) -> bool:
        """Whether any font is one of those that change what is read. Asked of cells, when all fonts are known."""
        return any(font.struck or font.written or self._hides(font) for font in self.fonts)

    def _hides(self, font: Font) -> bool:
        """Whether nobody sees letters in a font on paper."""
        return font.tiny or font.colour in self.white

    def _read(self, font: Font, part: str) -> str:
        """What is read of a part of a text; figures that nobody sees stand between marks."""
        is_unseen = self._hides(font) and any(letter.isdigit() for letter in part)
        return marked(part) if is_unseen else font.read(part)

    def _font_of_style(self, style: int) -> Font | None:
        return self._font(self.styles[style][1]) if style < len(self.styles) else None

    def _font(self, number: int) -> Font | None:
        number -= number > _NO_FONT
        return self.fonts[number] if number < len(self.fonts) else None


def looks_of(records: Iterable[Record]) -> dict[str, Look]:
    """The look of each sheet by its name. records: those of a workbook of Excel 97 or later that are in LOOKED_AT."""
    names: dict[int, str] = {}  # by the place of the sheet's beginning
    styles = _Styles()
    sheets: dict[str, Look] = {}
    look: Look | None = None
    for kind, place, content in records:
        try:
            if kind == _BEGINNING:
                look = sheets.setdefault(names[place], Look()) if place in names else None
            elif kind == _SHEET_NAME:
                names[struct.unpack_from("<I", content)[0]] = _short_text(content, 6)
            elif kind in _OF_STYLES:
                styles.take(kind, content)
            elif kind in _OF_TEXTS:
                styles.texts.take(place, content, continues=kind == _CONTINUED)
            elif look is not None:
                _look_at(look, kind, content, styles)
        except struct.error:
            continue  # cut short: what is damaged beyond this, the library finds out
    return sheets


def _look_at(look: Look, kind: int, content: bytes, styles: _Styles) -> None:
    if kind == _ROW:
        row, options = struct.unpack_from("<H10xH", content)
        if options & _HIDDEN_ROW:
            look.hidden_rows.add(row)
    elif kind == _COLUMNS:
        first, last, width, options = struct.unpack_from("<HHH2xH", content)
        if options & _HIDDEN_COLUMN or width == 0:
            look.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
    elif kind == _WINDOW:
        look.hides_zeros = not struct.unpack_from("<H", content)[0] & _SHOWS_ZEROS
    elif kind == AREAS:
        styles.areas = areas_of(content)
    elif kind == CONDITION:
        look.conditions += condition_of(content, styles.areas, styles.white)
    elif kind == _SHORT_NUMBERS:
        row, first = struct.unpack_from("<HH", content)
        for number in range((len(content) - 6) // 6):
            _style(look, (row, first + number), struct.unpack_from("<H", content, 4 + 6 * number)[0], styles)
    else:
        _look_at_cell(look, kind, content, styles)


def _look_at_cell(look: Look, kind: int, content: bytes, styles: _Styles) -> None:
    row, column, style = struct.unpack_from("<HHH", content)
    _style(look, (row, column), style, styles)
    if kind == _SHARED_TEXT and (text := styles.written(style, struct.unpack_from("<I", content, 6)[0])) is not None:
        look.unread[row, column] = text
    elif text := _unread(kind, content):
        look.unread.setdefault((row, column), text)


def _unread(kind: int, content: bytes) -> str | None:
    """What stands in the cell where it is no value: an error, or a formula without a result."""
    if kind == _TRUTH_OR_ERROR and content[7:8] == b"\x01":
        return _ERRORS.get(content[6], "#ERROR!")
    if kind != _FORMULA or content[12:14] != _NO_NUMBER:
        return None
    if content[6] == _RESULT_IS_ERROR:
        return _ERRORS.get(content[8], "#ERROR!")
    return NOT_COMPUTED if content[6] == _RESULT_IS_EMPTY and _EMPTY_TEXT not in content[20:] else None


def _style(look: Look, place: Place, style: int, styles: _Styles) -> None:
    if (code := styles.format_of(style)) != GENERAL:
        look.formats[place] = code
    if styles.is_unseen(style):
        look.unseen.add(place)
    if styles.is_struck(style):
        look.unread[place] = ""


def _short_text(content: bytes, place: int) -> str:
    """A text whose length takes one byte."""
    return _letters(content[place + 1 :], content[place]) if place < len(content) else ""


def _text(content: bytes, place: int) -> str:
    return _letters(content[place + 2 :], struct.unpack_from("<H", content, place)[0])


def _letters(content: bytes, length: int) -> str:
    """The letters behind a byte that tells whether each takes one or two bytes."""
    wide = content[:1] == b"\x01"
    return content[1 : 1 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")
