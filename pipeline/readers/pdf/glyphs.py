"""The printed characters of a PDF page and their boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import code_at, loose_box, origin, text_object_at
from pipeline.readers.pdf.characters import UNKNOWN, character_of
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.painted_over import Covers, is_covered

# A letter reaches from 0.85 of its size above the base line to 0.15 below.
ABOVE, BELOW = 0.85, 0.15
SAME_BASE = 0.1  # points
BEYOND = 0.08  # of the width of a digit, that is cut off before it counts as cut
HYPHEN_OR_UNKNOWN = 0xFFFE
A4_WIDTH = 595.0
SMALLEST_DIGIT = 0.6  # points wide on a page of that width; nobody sees a smaller one
DIGITS = frozenset("0123456789")


class Glyph(Struct, frozen=True, order=True, gc=False):
    """One printed character and its box: advance width, and size of the font above and below the base line.

    unseen: white on white, struck through, or painted over (is_covered). is_pale: in a colour or with an opacity that watermarks have.
    confidence, readings: of the word that it was recognised in, where it stands in a picture.
    """

    left: float
    top: float
    right: float
    bottom: float
    character: str
    unseen: bool = False
    is_pale: bool = False
    is_covered: bool = False
    confidence: float = 1.0
    readings: tuple[str, ...] = ()


class Marked(Struct, frozen=True):
    """Text objects, by their places in memory, that are not seen, that are pale, that are no part of the page, what covers
    them, and within what box those are seen that a clip path cuts.
    """

    unseen: set[int] = set()
    pale: set[int] = set()
    left_out: set[int] = set()
    covers: Covers = {}
    cut: dict[int, BoundingBox] = {}


NOTHING_MARKED = Marked()
_Letter = tuple[float, float, str, tuple[bool, bool, bool]]  # left, right, character; whether it is unseen, pale, covered


def page_glyphs(text_page: Any, count: int, frame: Frame, marked: Marked = NOTHING_MARKED) -> list[Glyph]:
    """Every printed character, in the order of the content stream. Characters without a width were made up by pdfium.
    Digits that are too small to be seen are left out.

    marked: what their objects look like; those that are left out run aslant, as watermarks do, or lie behind a picture.

    Top and bottom come from the base line, not from the font: files state the height of their fonts wrongly or not at
    all, and the full stop of a number would then stand on a line of its own.
    """
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_pointer, x_pointer, y_pointer = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    view, upright = frame.view, frame.quarters == 0
    page_left, _, _, page_top = frame.bounds
    narrowest = SMALLEST_DIGIT * min(1.0, frame.size()[0] / A4_WIDTH)
    glyphs: list[Glyph] = []
    run: list[_Letter] = []  # on one base line
    any_marked = bool(marked.unseen or marked.pale or marked.left_out or marked.covers or marked.cut)
    unseen = pale = covered = False
    covers: Sequence[BoundingBox] = ()
    clip: BoundingBox | None = None
    base, size = 0.0, 0.0
    heights: tuple[float, float] | None = None  # of the box of the letter before, where it begins at its origin as boxes mostly do
    for index, code in enumerate(codes_of(text_page, count)):
        if any_marked:
            place = text_object_at(text_page, index)
            if place in marked.left_out:
                continue
            unseen, pale, covers = place in marked.unseen, place in marked.pale, marked.covers.get(place, ())
            clip = marked.cut.get(place)
        if not loose_box(text_page, index, box_pointer):
            continue
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        box_of_letter = left, bottom, right, top
        character = _within(clip, code, box_of_letter) if clip else character_of(code)
        if right <= left or top <= bottom or not character or (right - left < narrowest and character in DIGITS):
            continue
        covered = bool(covers) and is_covered(box_of_letter, covers)
        if heights == (bottom, top):  # further on the same base line
            start = left
        else:
            origin(text_page, index, x_pointer, y_pointer)
            start = x.value
            heights = (bottom, top) if upright and start == left else None
        if upright:  # nearly always; the general way costs as much as the calls into pdfium
            left, right, start, level = left - page_left, right - page_left, start - page_left, page_top - y.value
        else:
            left, _, right, _ = view((left, bottom, right, top))
            start, level, _, _ = view((start, y.value, start, y.value))
        if abs(level - base) > SAME_BASE:
            _finish(run, base, size, glyphs)
            run, base, size = [], level, 0.0
        if start < left:  # noqa: PLR1730 - half the time of min()
            left = start
        run.append((left, right, character, (unseen, pale, covered)))
        own_size = 2 * (right - left) if character in DIGITS else right - left
        if own_size > size:  # noqa: PLR1730
            size = own_size
    _finish(run, base, size, glyphs)
    return glyphs


def _within(clip: BoundingBox, code: int, letter: BoundingBox) -> str:
    """What is seen of a letter of a text that is cut; "" for nothing. How a figure goes on that ends with a cut digit cannot be told."""
    left, bottom, right, top = letter
    across, up = (left + right) / 2, (bottom + top) / 2
    if not chr(code).isdecimal():
        return character_of(code) if clip[0] <= across <= clip[2] and clip[1] <= up <= clip[3] else ""
    slack = BEYOND * (right - left)
    is_cut = left < clip[0] - slack or right > clip[2] + slack or not clip[1] <= up <= clip[3]
    return UNKNOWN if is_cut else character_of(code)


def glyphs_in(text: str, box: BoundingBox) -> list[Glyph]:
    """The letters of a text that fills a box of one line, as a viewer would set them in its middle."""
    left, top, right, bottom = box
    letters = "".join(text.split("\n"))
    size = min(bottom - top, 2 * (right - left) / max(1, sum(1 if letter.isascii() else 2 for letter in letters)))
    glyphs, middle = [], (top + bottom) / 2
    for letter in letters:
        end = left + (size / 2 if letter.isascii() else size)
        glyphs.append(Glyph(left, middle - size / 2, end, middle + size / 2, letter))
        left = end
    return glyphs


def codes_of(text_page: Any, count: int) -> Sequence[int]:
    """The codes of all characters: in one call, or one by one where some are left out of the text or take two places in it.

    The text has the same code for a hyphen that ends a line and for a letter without a meaning, so that for those one has to ask.
    """
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
    if written == count + 1 == len(text) + 1:  # with the zero that ends it
        codes = map(ord, text)
        return [code_at(text_page, index) if code == HYPHEN_OR_UNKNOWN else code for index, code in enumerate(codes)]
    return [code_at(text_page, index) for index in range(count)]


def _finish(run: list[_Letter], base: float, size: float, glyphs: list[Glyph]) -> None:
    """Give the glyphs of one base line the height of the largest: a full letter is as high as wide, a digit twice as high."""
    top, bottom = base - ABOVE * size, base + BELOW * size
    glyphs.extend([Glyph(left, top, right, bottom, character, *looks) for left, right, character, looks in run])
