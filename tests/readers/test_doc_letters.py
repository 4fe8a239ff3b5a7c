"""Letters of DOC files that nobody sees: hidden or struck out by a style, white, tiny; and what stands in a cell that is no letter."""

from __future__ import annotations

import struct

import pytest

from pipeline.readers.doc import read
from tests.readers.docx_samples import only_grid
from tests.reports.word_binary import IN_TABLE, Part, cells, doc_of, row_end, style_sheet

HIDDEN, STRUCK, NOT_HIDDEN, OPPOSITE = b"\x3c\x08\x01", b"\x37\x08\x01", b"\x3c\x08\x00", b"\x3c\x08\x81"
WHITE, OLD_WHITE, TINY, BLACK = b"\x70\x68\xff\xff\xff\x00", b"\x42\x2a\x08", b"\x43\x4a\x02\x00", b"\x70\x68\x00\x00\x00\x00"
NAMED = struct.pack("<HH", 0x4A30, 1)  # characters of style 1


def row(*parts: Part, more: bytes = b"", styles: bytes = b"", data: bytes = b"") -> tuple[str, str | None]:
    """The text of a cell with these parts, and all that it holds where some of it is not seen."""
    read_cell = only_grid(read(doc_of(cells("规章"), *parts, row_end(0, 1000, 2000, more=more), styles=styles, data=data))).cells[1]
    return read_cell.text, read_cell.whole


def beside(characters: bytes, styles: bytes = b"", more: bytes = b"") -> tuple[str, str | None]:
    """A cell with 12, then a 3 with these modifiers."""
    return row(Part("12", IN_TABLE), Part("3", IN_TABLE, characters), Part("\x07", IN_TABLE), styles=styles, more=more)


@pytest.mark.parametrize(
    ("letters", "own", "text"),
    [
        (HIDDEN, NAMED, "12"),
        (STRUCK, NAMED, "12"),
        (HIDDEN, NAMED + NOT_HIDDEN, "123"),
        (HIDDEN, NAMED + OPPOSITE, "123"),
        (b"", NAMED + OPPOSITE, "12"),
        (b"\x48\x2a\x01", NAMED, "12³"),
    ],
)
def test_what_the_style_of_characters_says(letters: bytes, own: bytes, text: str) -> None:
    assert beside(own, style_sheet((1, 0xFFF, b""), (2, 0xFFF, letters))) == (text, None)


def test_what_a_parent_of_the_style_says() -> None:
    assert beside(struct.pack("<HH", 0x4A30, 2), style_sheet((1, 0xFFF, b""), (2, 0xFFF, HIDDEN), (2, 1, b""))) == ("12", None)


@pytest.mark.parametrize(("own", "text"), [(b"", "3"), (NOT_HIDDEN, "45\n3"), (OPPOSITE, "45\n3")])
def test_what_the_style_of_a_paragraph_says(own: bytes, text: str) -> None:
    document = doc_of(
        cells("规章"),
        Part("45\r", IN_TABLE, own, style=1),
        Part("3\x07", IN_TABLE),
        row_end(0, 1000, 2000),
        styles=style_sheet((1, 0xFFF, b""), (1, 0xFFF, HIDDEN)),
    )
    assert only_grid(read(document)).cells[1].text == text


NEARLY_WHITE, NARROW = b"\x70\x68\xfe\xfe\xfe\x00", b"\x52\x48\x01\x00"


@pytest.mark.parametrize("unseen", [WHITE, OLD_WHITE, TINY, NEARLY_WHITE, NARROW])
def test_white_and_tiny_figures_are_not_taken(unseen: bytes) -> None:
    assert beside(unseen) == ("12", "123")


def test_white_on_ground_is_seen() -> None:
    dark = struct.pack("<HBIIH", 0xD612, 10, 0xFF000000, 0x00601010, 0)
    paper = struct.pack("<HBIIH", 0xD612, 10, 0xFF000000, 0xFF000000, 0)
    assert beside(WHITE, more=dark) == ("123", None)
    assert beside(WHITE, more=paper) == ("12", "123")
    assert beside(WHITE + b"\x0c\x2a\x07") == ("123", None)
    assert beside(WHITE + BLACK) == ("123", None)


def test_a_field_that_word_works_out_is_unread_without_a_result() -> None:
    assert row(Part("\x13 EQ \\o(12,3)\x15\x07", IN_TABLE)) == ("\ufffd", None)
    assert row(Part("\x13 XE 12\x153\x07", IN_TABLE)) == ("3", None)


def test_a_small_picture_alone_in_a_cell_is_no_blank() -> None:
    picture = bytes(28) + struct.pack("<hhHH", 200, 200, 1000, 1000) + bytes(8)
    place = struct.pack("<HI", 0x6A03, 0)
    assert row(Part("\x01", IN_TABLE, place), Part("\x07", IN_TABLE), data=picture) == ("\ufffd", None)
    assert row(Part("\x01", IN_TABLE, place), Part("5\x07", IN_TABLE), data=picture) == ("5", None)


@pytest.mark.parametrize(("half_points", "text"), [(12, "12³"), (-6, "12₃"), (1, "123")])
def test_figures_raised_by_their_position(half_points: int, text: str) -> None:
    assert beside(struct.pack("<Hh", 0x4845, half_points)) == (text, None)


def test_figures_of_the_colour_of_what_is_behind_them() -> None:
    def behind(colour: int) -> bytes:
        return struct.pack("<HBIIH", 0xCA71, 10, 0xFF000000, colour, 0)

    grey = b"\x70\x68\x80\x80\x80\x00"
    assert beside(grey + behind(0x00808080)) == ("12", "123")
    assert beside(grey + behind(0x00101010)) == ("123", None)
    assert beside(WHITE + behind(0x00101010)) == ("123", None)
    assert beside(WHITE + behind(0xFF000000)) == ("12", "123")
    assert beside(WHITE + b"\x0c\x2a\x00") == ("12", "123")
