"""Runs that nobody sees on paper: white in cells without a ground of their own, or of no size to speak of."""

from __future__ import annotations

from lxml import etree

from pipeline.readers.docx.names import CELL, RUN, RUN_PROPERTIES, VALUE, W, first, whole
from pipeline.readers.unseen import marked

COLOUR, SIZE = f"{W}color", f"{W}sz"
_SHADING, _HIGHLIGHT, _TEXT = f"{W}shd", f"{W}highlight", f"{W}t"
_NO_GROUND = (None, "auto", "FFFFFF", "ffffff")
_TINY = 4  # half points


def is_unseen(mark: etree._Element) -> bool:
    """Whether a colour is white, or a size too small to be seen."""
    stated = mark.get(VALUE) or ""
    return stated.upper() == "FFFFFF" if mark.tag == COLOUR else 0 < whole(stated) <= _TINY


def mark_unseen(body: etree._Element) -> bool:
    """Mark the figures in unseen runs of table cells; whether there were any."""
    found = False
    for mark in [mark for mark in body.iter(COLOUR, SIZE) if is_unseen(mark)]:
        properties = mark.getparent()
        run = properties.getparent() if properties is not None and properties.tag == RUN_PROPERTIES else None
        if run is None or run.tag != RUN:
            continue
        cell = next(run.iterancestors(CELL), None)
        if cell is None or (mark.tag == COLOUR and (first(properties, _HIGHLIGHT) is not None or _has_ground(cell))):
            continue
        for text in run.iter(_TEXT):
            if text.text and any(letter.isdigit() for letter in text.text):
                text.text, found = marked(text.text), True
    return found


def _has_ground(cell: etree._Element) -> bool:
    """Whether a cell, its table or anything in it is shaded."""
    table = next(cell.iterancestors(f"{W}tbl"), None)
    of_table = first(table, f"{W}tblPr")
    shaded = [*cell.iter(_SHADING), *(of_table.iter(_SHADING) if of_table is not None else ())]
    return any(item.get(f"{W}fill") not in _NO_GROUND for item in shaded)
