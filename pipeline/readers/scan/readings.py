"""The lines of text in cells, each read in as many ways as it takes to be sure of it.

A figure counts when two readings agree and it has as many characters as there are pieces of print. A doubtful one is read again
in other ways, and counts when most readings say it and none says another number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.readers.scan import cuts
from pipeline.readers.scan.engine import Recognised, recognise
from pipeline.readers.scan.figures import agreed, has_its_pieces, is_figure, only_number
from pipeline.readers.scan.ink import PixelBox
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.pieces import Piece
from pipeline.readers.scan.strokes import SIGN, Stroke, may_be_sign, sign_read, stroke_in

DOUBTFUL = 0.3  # the confidence of a line that was read in two ways, or has more print than was read
CERTAIN = 0.8  # below, nothing is taken from a line
SUREST = 0.999  # what is recognised is never as sure as what is written
NEAR = 3  # pixels around print, within which what was taken away may have been part of it
TAKEN = 40  # grey, by which a pixel differs between two pages
COLOURED = 40  # by which the channels of a coloured pixel differ
DARK_INK = 110  # in every channel


@dataclass(frozen=True)
class Prints:
    """The page on which lines are read, in several states, all without ruling lines.

    clean: without shadows and seals. broadly: with the thin strokes of pale seals, and all of the print; None without such seals.
    colour: as it was given; None where it is grey.
    """

    clean: Picture
    broadly: Picture | None = None
    colour: Picture | None = None


class Line(NamedTuple):
    """A line of print in a cell. is_open: nothing else is known to cover it or to run into it."""

    pieces: Sequence[Piece]
    dust: Sequence[Piece]
    is_open: bool

    @property
    def box(self) -> PixelBox:
        """The box around its pieces."""
        return (
            min(piece.left for piece in self.pieces),
            min(piece.top for piece in self.pieces),
            max(piece.right for piece in self.pieces),
            max(piece.bottom for piece in self.pieces),
        )


class Read(NamedTuple):
    """A line as read, with the confidence that it deserves, and the texts of all further readings."""

    line: Recognised
    others: list[str]


def read_lines(prints: Prints, lines: Sequence[Line], letter: float) -> list[Read]:
    """What each line says. letter: the usual height of a letter in pixels."""
    boxes = [line.box for line in lines]
    first = recognise(
        [cuts.cut(prints.clean, box, cuts.LABEL_ROOM if box[3] - box[1] > 0.85 * letter else cuts.FIRST_ROOM, letter) for box in boxes]
    )
    figures = [place for place, read in enumerate(first) if is_figure(read.text)]
    readings = {place: [first[place]] for place in figures}
    _add(readings, figures, [cuts.black(cuts.cut(prints.clean, boxes[place], cuts.SECOND_ROOM, letter)) for place in figures])
    if prints.broadly is not None:
        mended = [place for place in figures if _is_mended(prints.clean, prints.broadly, boxes[place])]
        _add(readings, mended, [cuts.cut(prints.broadly, boxes[place], cuts.SECOND_ROOM, letter) for place in mended])
    strokes = {place: _stroke(prints.clean, boxes[place], letter) for place in figures if may_be_sign(first[place].text)}
    sure = {place: _sure(readings[place], lines[place], strokes.get(place, "")) for place in figures}
    doubtful = [place for place in figures if sure[place].confidence < CERTAIN]
    _read_otherwise(prints, boxes, figures, doubtful, readings, letter)
    for place in doubtful:
        sure[place] = _settled(readings[place], sure[place], lines[place], strokes.get(place, ""))
    return [Read(sure.get(place, read), [other.text for other in readings.get(place, [])[1:]]) for place, read in enumerate(first)]


def _add(readings: dict[int, list[Recognised]], places: Sequence[int], pictures: Sequence[Picture]) -> None:
    for place, read in zip(places, recognise(pictures), strict=True):
        readings[place].append(read)


def _read_otherwise(
    prints: Prints,
    boxes: Sequence[PixelBox],
    figures: Sequence[int],
    doubtful: Sequence[int],
    readings: dict[int, list[Recognised]],
    letter: float,
) -> None:
    """Doubtful lines read with thin strokes, larger and softer, with white beside them, in one channel, and in the line of their row."""
    clean = prints.clean
    near = [cuts.cut(clean, boxes[place], cuts.SECOND_ROOM, letter) for place in doubtful]
    _add(readings, doubtful, [cuts.black(part, cuts.THIN) for part in near])
    _add(readings, doubtful, [cuts.soft(part) for part in near])
    _add(readings, doubtful, [cuts.cut(clean, boxes[place], cuts.ROW_ROOM, letter) for place in doubtful])
    if prints.colour is not None:
        channels = {place: _channel(prints.colour, boxes[place]) for place in doubtful}
        coloured = [(place, channel) for place, channel in channels.items() if channel is not None]
        _add(readings, [place for place, _ in coloured], [cuts.bordered(channel, cuts.SECOND_ROOM, letter) for _, channel in coloured])
    printed = [boxes[place] for place in figures]
    rows = [cuts.in_line(clean, printed, figures.index(place), letter) for place in doubtful]
    for place, read, (_, start, end) in zip(doubtful, recognise([picture for picture, _, _ in rows]), rows, strict=True):
        readings[place].append(read.between(start, end))


def _is_mended(clean: Picture, broadly: Picture, box: PixelBox) -> bool:
    """Whether thin strokes were taken away beside this print that may have been part of it."""
    left, top, right, bottom = box
    part = slice(max(0, top - NEAR), bottom + NEAR), slice(max(0, left - NEAR), right + NEAR)
    return bool((cv2.absdiff(clean[part], broadly[part]) > TAKEN).any())


def _channel(colour: Picture, box: PixelBox) -> Picture | None:
    """The line in the channel in which coloured strokes over dark print are palest, or coloured print is darkest; None in grey."""
    left, top, right, bottom = box
    part = colour[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1].astype(np.int16)
    most, least = part.max(axis=2), part.min(axis=2)
    if not (most - least > COLOURED).any():
        return None
    channel = most if most.min() < DARK_INK else least
    return np.asarray(np.clip(channel * (255.0 / max(1, int(channel.max()))), 0, 255), dtype=np.uint8)


def _stroke(clean: Picture, box: PixelBox, letter: float) -> Stroke:
    left, top, right, bottom = box
    return stroke_in(clean[top:bottom, left:right], letter)


def _sure(readings: Sequence[Recognised], line: Line, stroke: Stroke) -> Recognised:
    """A figure as first read, with the confidence that it deserves."""
    first, second, *further = readings
    doubtful = Recognised(first.text, min(first.confidence, DOUBTFUL))
    if not line.is_open:
        return doubtful
    if stroke:
        sign = sign_read(stroke, [read.text for read in readings])
        return Recognised(sign, SIGN) if sign else doubtful
    text = agreed(first.text, second.text)
    if text is None or any(agreed(text, read.text) is None for read in further) or not has_its_pieces(text, line.pieces, line.dust):
        return doubtful
    return Recognised(text, 1 - (1 - first.confidence) * (1 - second.confidence))


def _settled(readings: Sequence[Recognised], doubtful: Recognised, line: Line, stroke: Stroke) -> Recognised:
    """The number that most readings say where no reading says another one and nothing else speaks against it; else it stays doubtful."""
    if not line.is_open:
        return doubtful
    if stroke:
        sign = sign_read(stroke, [read.text for read in readings])
        return Recognised(sign, SIGN) if sign else doubtful
    number = only_number([read.text for read in readings])
    if number is None or not has_its_pieces(number, line.pieces, line.dust):
        return doubtful
    saying = sorted((read.confidence for read in readings if only_number([read.text]) == number), reverse=True)
    return Recognised(number, saying[2]) if len(saying) > len(readings) / 2 and saying[2] >= CERTAIN else doubtful
