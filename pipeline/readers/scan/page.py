"""One scanned page: tables with the text of their cells, and the lines of text outside them, in points of the picture given."""

from __future__ import annotations

from dataclasses import replace

import cv2
import msgspec
import numpy as np

from pipeline.common.progress import page_done
from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.assembly import PagePieces
from pipeline.readers.pdf.lattice import Lattice, lattices
from pipeline.readers.pdf.lines import TextLine
from pipeline.readers.pdf.paths import Ruling
from pipeline.readers.pdf.tables import PageCell, PageTable
from pipeline.readers.scan.cells import CellPrint, CellText, read_cells, sorted_into
from pipeline.readers.scan.engine import recognise
from pipeline.readers.scan.hidden import with_hidden_print
from pipeline.readers.scan.ink import SMALLEST_LETTER, Labels, PixelBox, ink_of, line_boxes, pieces_of
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.pieces import Piece
from pipeline.readers.scan.readings import COLOURED, SUREST, Prints
from pipeline.readers.scan.rulings import lines_of, strokes_of, with_faint_lines
from pipeline.readers.scan.spread import gutter_of
from pipeline.readers.scan.stains import (
    stain_mask,
    without_broad_stains,
    without_pale_stains,
    without_strokes_of_stains,
)
from pipeline.readers.scan.unruled import lines_apart, parts_apart
from pipeline.readers.scan.upright import Matrix, Sheet, upright
from pipeline.readers.scan.veil import Veil, lifted, veil_on, without_core

DPI = 200  # at which pages are read
POINT = 72 / DPI
A4_HEIGHT = 2339  # pixels
SMALLEST_TABLE = 72.0, 25.0  # points; a letter with a box in it (四) is no table
USUAL_LETTER = 25.0  # pixels, where a page has no line of text to measure
BLANK_CELL = CellText("", 1.0)


def scanned_page(page: Picture, number: int, dpi: float) -> PagePieces:
    """Read a page given as a colour picture of `dpi` dots per inch; places are those of the picture, in points.

    Of two pages side by side the right one comes with the left one.
    """
    scale = DPI / dpi
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = page if abs(scale - 1) < 0.02 else np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=method), dtype=np.uint8)
    sheet = upright(scaled)
    gutter = gutter_of(sheet)
    if gutter is None:
        return _read(scaled, sheet, number)
    halves = [_half(scaled, sheet, slice(None, gutter)), _half(scaled, sheet, slice(gutter, None))]
    left, right = (_read(half, replace(upright(half), part=part), number) for half, part in halves)
    return replace(left, beside=replace(right, tables=[msgspec.structs.replace(table, is_beside=True) for table in right.tables]))


def _half(scaled: Picture, sheet: Sheet, columns: slice) -> tuple[Picture, Matrix]:
    """One of two pages side by side, in the size of a page, and how its pixels came from those of the picture."""
    colour = _as_it_lies(scaled, sheet)[:, columns]
    scale = A4_HEIGHT / colour.shape[0]
    cut = np.array([[scale, 0, -scale * (columns.start or 0)], [0, scale, 0], [0, 0, 1]])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(colour, None, fx=scale, fy=scale, interpolation=method), dtype=np.uint8), cut @ sheet.moved


def _read(scaled: Picture, sheet: Sheet, number: int) -> PagePieces:
    """What stands on one page, given as it lies in the picture and upright."""
    sheet = _without_strokes(sheet)  # before a seal is lifted: without it nothing tells its strokes from lines
    stained, veil = sheet.grey, veil_on(sheet.grey, sheet.lines.mask)
    if veil is not None:
        bare = lifted(stained, veil, sheet.lines.mask)
        sheet = _without_strokes(replace(sheet, grey=bare, lines=lines_of(bare)))
    ruled = [lattice for lattice in lattices(_in_points(sheet.lines.boxes)) if _is_table(lattice)]
    found = [lattice for lattice in ruled if len(lattice.columns) > 2]  # a single column is text: which figure belongs where, no line tells
    mask = _mask_of(sheet, ruled)
    colour = _as_it_lies(scaled, sheet)
    sheet = replace(sheet, grey=without_pale_stains(sheet.grey, mask))
    no_line = cv2.dilate(mask, np.ones((3, 3), np.uint8)) == 0
    clean = np.where(no_line, sheet.grey, np.uint8(255))
    broadly = without_broad_stains(stained, mask) if veil is None else lifted(stained, veil, mask, only_core=True)
    other = None if broadly is None else np.where(no_line, broadly, np.uint8(255))
    boxes = line_boxes(sheet.grey, mask)
    letter = _letter(boxes)
    cells = _printed(sheet, mask, veil, found)
    for place, lattice in enumerate(found):
        cells[place], drawn = with_hidden_print(colour, stained, mask, veil, lattice, cells[place], letter, 1 / POINT)
        for (left, top, right, bottom), print_ in drawn:
            clean[top:bottom, left:right] = print_
    seen = np.where(no_line[:, :, None], colour, np.uint8(255)) if _is_coloured(colour) else None
    prints = Prints(clean, other, seen)
    tables = _tables(sheet, prints, found, cells, number, letter)
    outside = [box for box in boxes if not any(_is_inside(box, lattice) for lattice in found)]
    height, width = sheet.grey.shape
    every = mask if found else np.asarray(cv2.max(mask, strokes_of(sheet.grey)), dtype=np.uint8)
    rows = [] if found else parts_apart(sheet.grey, every, letter)
    if rows:
        unlined = replace(prints, clean=np.where(cv2.dilate(every, np.ones((3, 3), np.uint8)) > 0, np.uint8(255), clean))
        text = lines_apart(rows, sheet.grey, every, unlined, colour, letter, (number, round(width * POINT)))
    else:
        text = _text_lines(clean, outside, number, width * POINT)
    page_done()
    return PagePieces(tables, text, height * POINT)


def _without_strokes(sheet: Sheet) -> Sheet:
    return replace(sheet, lines=without_strokes_of_stains(sheet.grey, with_faint_lines(sheet.grey, sheet.lines)))


def _in_points(boxes: list[Ruling]) -> list[Ruling]:
    return [Ruling(*(edge * POINT for edge in box)) for box in boxes]


def _is_table(lattice: Lattice) -> bool:
    width, height = lattice.columns[-1] - lattice.columns[0], lattice.rows[-1] - lattice.rows[0]
    return width >= SMALLEST_TABLE[0] and height >= SMALLEST_TABLE[1]


def _is_inside(box: PixelBox, lattice: Lattice) -> bool:
    across, down = (box[0] + box[2]) / 2 * POINT, (box[1] + box[3]) / 2 * POINT
    return lattice.columns[0] <= across <= lattice.columns[-1] and lattice.rows[0] <= down <= lattice.rows[-1]


def _mask_of(sheet: Sheet, found: list[Lattice]) -> Picture:
    """The pixels of the lines of tables; lines elsewhere are strokes of letters."""
    mask = np.zeros_like(sheet.grey)
    for lattice in found:
        left, right = (int(edge / POINT) for edge in (lattice.columns[0], lattice.columns[-1]))
        top, bottom = (int(edge / POINT) for edge in (lattice.rows[0], lattice.rows[-1]))
        part = slice(max(0, top - 8), bottom + 9), slice(max(0, left - 8), right + 9)
        mask[part] = sheet.lines.mask[part]
    return mask


def _letter(boxes: list[PixelBox]) -> float:
    """The usual height of a letter: that of lines wider than they are high."""
    heights = [bottom - top for left, top, right, bottom in boxes if right - left >= 2 * (bottom - top)]
    return float(np.median(heights)) if heights else USUAL_LETTER


def _as_it_lies(page: Picture, sheet: Sheet) -> Picture:
    """The colours of the page, turned and straightened as the sheet was."""
    height, width = sheet.grey.shape
    if np.array_equal(sheet.moved, np.eye(3)):
        return page
    return np.asarray(cv2.warpPerspective(page, sheet.moved, (width, height), borderValue=(255, 255, 255)), dtype=np.uint8)


def _is_coloured(colour: Picture) -> bool:
    """Whether a page holds anything that is not grey."""
    small = colour[::4, ::4].astype(np.int16)
    return bool((small.max(axis=2) - small.min(axis=2) > COLOURED).any())


def _printed(sheet: Sheet, mask: Picture, veil: Veil | None, found: list[Lattice]) -> list[dict[int, CellPrint]]:
    """For each table the print in its cells."""
    if not found:
        return []
    pieces, labels = pieces_of(ink_of(sheet.grey, mask))
    doubtful = without_core(sheet.grey, labels, veil) if veil else set[int]()
    touching = [(piece, touches or place in doubtful) for place, (piece, touches) in enumerate(_with_touch(pieces, labels, mask), start=1)]
    stains = stain_mask(pieces, labels)
    return [sorted_into(lattice, touching, stains, 1 / POINT) for lattice in found]


def _tables(
    sheet: Sheet, prints: Prints, found: list[Lattice], printed: list[dict[int, CellPrint]], number: int, letter: float
) -> list[PageTable]:
    filled = [(table, region, cell) for table, cells in enumerate(printed) for region, cell in cells.items()]
    texts = read_cells(prints, [cell for _, _, cell in filled], letter)
    read: list[dict[int, CellText]] = [{} for _ in found]
    for (table, region, _), text in zip(filled, texts, strict=True):
        read[table][region] = text
    tables = [_table(sheet, lattice, cells, number) for lattice, cells in zip(found, read, strict=True)]
    return [table for table in tables if any(cell.text for cell in table.cells)]


def _with_touch(pieces: list[Piece], labels: Labels, mask: Picture) -> list[tuple[Piece, bool]]:
    """Every piece of print, with whether it touches a ruling line."""
    near = cv2.dilate(mask, np.ones((5, 5), np.uint8)) > 0
    touching = set(np.unique(labels[near]).tolist())
    return [(piece, index in touching) for index, piece in enumerate(pieces, start=1)]


def _table(sheet: Sheet, lattice: Lattice, texts: dict[int, CellText], number: int) -> PageTable:
    cells = []
    for index, region in enumerate(lattice.regions):
        text = texts.get(index, BLANK_CELL)
        box = _origin(sheet, lattice.box(region))
        cells.append(
            PageCell(
                region.row,
                region.column,
                region.row_span,
                region.column_span,
                text.text,
                number,
                box,
                round(min(text.confidence, SUREST), 3) if text.text else text.confidence,
                text.readings,
            )
        )
    return PageTable(lattice.columns, len(lattice.rows) - 1, tuple(cells), number, lattice.rows[0], is_picture=True)


def _origin(sheet: Sheet, box: BoundingBox) -> BoundingBox:
    left, top, right, bottom = sheet.origin(tuple(edge / POINT for edge in box))  # type: ignore[arg-type]
    return round(left * POINT, 1), round(top * POINT, 1), round(right * POINT, 1), round(bottom * POINT, 1)


def _text_lines(clean: Picture, boxes: list[PixelBox], number: int, page_width: float) -> list[TextLine]:
    rows = _rows(boxes)
    read = recognise([clean[max(0, top - 4) : bottom + 4, max(0, left - 8) : right + 8] for left, top, right, bottom in rows])
    return [
        TextLine(line.text.strip(), left * POINT, top * POINT, right * POINT, bottom * POINT, number, round(page_width))
        for line, (left, top, right, bottom) in zip(read, rows, strict=True)
        if line.text.strip()
    ]


def _rows(boxes: list[PixelBox]) -> list[PixelBox]:
    """Boxes side by side made one line, unless a wide gap parts them; from top to bottom."""
    rows: list[PixelBox] = []
    for box in sorted(boxes):
        left, top, right, bottom = box
        for index, (first, upper, last, lower) in enumerate(rows):
            overlap = min(bottom, lower) - max(top, upper)
            if overlap > 0.5 * min(bottom - top, lower - upper) and left - last <= 3 * max(bottom - top, lower - upper):
                rows[index] = first, min(top, upper), max(last, right), max(bottom, lower)
                break
        else:
            rows.append(box)
    rows = [row for row in rows if row[3] - row[1] >= SMALLEST_LETTER]
    return sorted(rows, key=lambda row: (row[1] + row[3], row[0]))
