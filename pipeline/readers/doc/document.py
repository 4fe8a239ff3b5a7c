"""DOC (Word 97-2003, WPS Writer): paragraphs and tables in reading order, as they are printed."""

from __future__ import annotations

import struct
from bisect import bisect_left

from pipeline.common.errors import ReadError
from pipeline.readers import office
from pipeline.readers.doc import container
from pipeline.readers.doc.blocks import Block, BlockReader
from pipeline.readers.doc.container import Streams, UnusualError, open_streams
from pipeline.readers.doc.lists import Lists
from pipeline.readers.doc.pages import character_runs, paragraph_runs
from pipeline.readers.doc.paragraphs import Paragraphs
from pipeline.readers.doc.pieces import piece_text
from pipeline.readers.doc.shapes import anchors, boxes, is_noticeable_picture, picture_shapes
from pipeline.readers.doc.styles import Styles
from pipeline.readers.doc.text import Marked, font_names, marked_characters, printed_positions
from pipeline.readers.model import Document
from pipeline.readers.unseen import with_shown
from pipeline.readers.word.cells import without_objects
from pipeline.readers.word.failures import DAMAGED
from pipeline.readers.word.pictures import is_noticeable


def read(data: bytes) -> Document:
    """The paragraphs, tables and number of pictures of a DOC file; headers, footers, notes and comments are left out.

    What is whole but older than Word 97 goes through LibreOffice. Raises ReadError: `password`, `damaged`, `too_large`,
    `libreoffice_missing`.
    """
    try:
        return _document(open_streams(data))
    except UnusualError:
        return office.read(data)
    except (struct.error, IndexError, ValueError, RecursionError) as error:
        raise ReadError("damaged", DAMAGED) from error


def _document(streams: Streams) -> Document:
    main, between, boxed, everything = streams.lengths
    text = piece_text(streams, streams.structure(container.PIECES), everything)
    runs = character_runs(streams.main, streams.structure(container.CHARACTER_PAGES))
    pages = paragraph_runs(streams.main, streams.structure(container.PARAGRAPH_PAGES))
    styles = Styles(streams.structure(container.STYLES))

    marked = marked_characters(text, runs, pages, styles)
    shown = printed_positions(text.text, marked, font_names(streams.structure(container.FONTS)), streams.data)
    paragraphs = Paragraphs(text, shown, pages, streams.data, streams.structure(container.SECTIONS), marked)
    reader = BlockReader(styles, _lists(streams), main)

    shapes = anchors(streams.structure(container.SHAPE_ANCHORS)) if boxed or streams.structure(container.DRAWINGS) else []
    anchored = {anchor.shape: anchor.position for anchor in shapes}
    for box in boxes(streams.structure(container.BOX_TEXTS)) if boxed else ():
        inside = paragraphs.within(main + between + box.start, main + between + min(box.end, boxed))
        reader.boxes.append((anchored.get(box.shape, main), inside))
    reader.boxes.sort(key=lambda box: box[0])
    blocks: list[Block] = reader.blocks(paragraphs.within(0, main))
    blocks = without_objects([*blocks, *reader.boxes_left()])
    floating = [anchor for anchor in shapes if is_noticeable(anchor.width, anchor.height)]
    pictured = picture_shapes(streams.structure(container.DRAWINGS)) if floating else set()
    pictures = _inline_pictures(text.text, main, marked, streams.data) + sum(anchor.shape in pictured for anchor in floating)
    document = Document(tuple(blocks), {"title": streams.title} if streams.title else {}, pictures)
    return with_shown(document) if any(run.marks.is_unseen for run in marked) else document


def _lists(streams: Streams) -> Lists:
    length = len(streams.structure(container.LISTS))
    return Lists(streams.table, streams.offset(container.LISTS), length, streams.structure(container.LIST_OVERRIDES))


def _inline_pictures(text: str, main: int, marked: list[Marked], data: bytes) -> int:
    """How many pictures of noticeable size stand in the lines of the main text."""
    inside = marked[: bisect_left(marked, main, key=lambda run: run.start)] if marked else []
    return sum(
        is_noticeable_picture(data, run.marks.picture)
        for run in inside
        if run.marks.picture is not None and not run.marks.is_left_out and "\x01" in text[run.start : run.end]
    )
