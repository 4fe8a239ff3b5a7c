"""Print that grey hides: light grey, yellow or pink figures, red ones under a red seal. A cell with ink in any channel is not blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.readers.pdf.lattice import Lattice
from pipeline.readers.scan.cells import CellPrint
from pipeline.readers.scan.fills import printed_on
from pipeline.readers.scan.ink import PixelBox, ink_of
from pipeline.readers.scan.paper import seals_in
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.pieces import Piece
from pipeline.readers.scan.seals import Seal, is_only_seal, seals_on
from pipeline.readers.scan.stains import pale_stains_of
from pipeline.readers.scan.veil import Veil

EDGE = 9  # pixels: what a ruling line, its blur and its ringing in a JPEG reach into a cell
HALO = 6  # pixels around print, within which its own blur and ringing lie
FAINTEST = 12  # of 255: what differs less from the paper around it, nobody sees
GRAIN = 6  # times the usual difference within a cell: noise of the scanner stays below
SMALLEST, LEAST_AREA = 0.4, 12  # heights of a letter, pixels: dust is smaller
FIGURE = 0.5, 1.2  # how high figures are, in heights of a letter
MANY_CELLS = 3  # of one table
MANY_PIECES = 16  # of print; a cell with more holds words


class _Found(NamedTuple):
    """Faint print in a cell. ink: its pixels as 1; is_whole: it is as large as figures are and keeps clear of the edges of the cell."""

    ink: Picture
    drawn: Picture
    pieces: list[Piece]
    is_whole: bool


def with_hidden_print(
    colour: Picture,
    grey: Picture,
    lines: Picture,
    veil: Veil | None,
    lattice: Lattice,
    cells: Mapping[int, CellPrint],
    letter: float,
    shift: float,
) -> tuple[dict[int, CellPrint], list[tuple[PixelBox, Picture]]]:
    """The cells with those added that only look blank, and what is printed in these, dark on white, with the place of each.

    A cell under a seal stays blank where all that lies in it is certainly the seal; else it is only said to be covered, since a figure in
    the colour of the seal cannot be told from the seal. So is a cell of which only a part of the print is dark; where there are more of
    these, faint print need not be a figure of this page: it may shine through from the back.
    colour: the page as `grey` lies, with the pale layer that is on it; shift: pixels for each unit of the lattice.
    """
    drawn: list[tuple[PixelBox, Picture]] = []
    found = dict(cells)
    covered: Picture | None = None
    seals: list[Seal] = []
    spoiled = 0
    for index, region in enumerate(lattice.regions):
        left, top, right, bottom = (round(edge * shift) for edge in lattice.box(region))
        box = left + EDGE, top + EDGE, right - EDGE, bottom - EDGE
        known = cells.get(index)
        if known is not None and (known.stained or len(known.pieces) > MANY_PIECES):
            continue
        faint = _faint(colour, box, known, letter)
        if faint is None:
            continue
        if covered is None:
            covered, seals = _covered(colour, grey, lines, veil), seals_on(colour, grey, lines, letter, veil)
        part = slice(box[1], box[3]), slice(box[0], box[2])
        is_covered = bool(covered[part].any())
        if known is None and any(seal.area[part].any() and is_only_seal(colour[part], faint.ink, seal, letter) for seal in seals):
            continue
        if known is None:
            found[index] = CellPrint(faint.pieces, stained=is_covered or not faint.is_whole, is_faint=True)
            drawn.append((box, faint.drawn))
        elif not is_covered:
            known.stained = True
            spoiled += 1
    if spoiled >= MANY_CELLS:  # what is pale lies beside print as well, as print on the back of the paper does
        for index in set(found) - set(cells):
            found[index].stained = True
    return found, drawn


def _faint(colour: Picture, box: PixelBox, known: CellPrint | None, letter: float) -> _Found | None:
    left, top, right, bottom = box
    part = colour[top:bottom, left:right]
    height, width = part.shape[:2]
    if height < SMALLEST * letter or width < SMALLEST * letter:
        return None
    usual = np.median(part.reshape(-1, 3), axis=0)
    contrast = np.abs(cv2.GaussianBlur(part, (3, 3), 0).astype(np.float32) - usual.astype(np.float32)).max(axis=2)
    limit = max(FAINTEST, GRAIN * float(np.median(contrast)))
    ink = (contrast > limit).astype(np.uint8)
    for piece in [*known.pieces, *known.dust] if known else ():
        ink[max(0, piece.top - top - HALO) : piece.bottom - top + HALO, max(0, piece.left - left - HALO) : piece.right - left + HALO] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces, is_whole = [], True
    for across, down, wide, tall, area in stats[1:count].tolist():
        if max(wide, tall) < SMALLEST * letter or area < LEAST_AREA:
            continue
        if across == 0 or down == 0 or across + wide == width or down + tall == height:
            if known is not None or not _reaches_inside(across, down, wide, tall, height, width, letter):
                continue
            is_whole = False
        pieces.append(Piece(across + left, down + top, across + wide + left, down + tall + top, area))
    if not pieces:
        return None
    tallest = max(piece.height for piece in pieces)
    is_whole = is_whole and FIGURE[0] * letter <= tallest <= FIGURE[1] * letter
    return _Found(ink, printed_on(part, usual), pieces, is_whole)


def _reaches_inside(across: int, down: int, wide: int, tall: int, height: int, width: int, letter: float) -> bool:
    """Whether print that comes from outside lies where a figure would, and not along an edge."""
    along_a_side = across + wide <= letter / 2 or across >= width - letter / 2
    return not along_a_side and down + tall > height / 2 - letter / 4 and down < height / 2 + letter / 4


def _covered(colour: Picture, grey: Picture, lines: Picture, veil: Veil | None) -> Picture:
    """Where seals and watermarks lie, in red or in grey, as 1."""
    covered = np.zeros(grey.shape, np.uint8)
    for area in (seals_in(colour), pale_stains_of(grey, ink_of(grey, lines))[0], veil.area if veil else None):
        if area is not None:
            covered |= area
    return covered
