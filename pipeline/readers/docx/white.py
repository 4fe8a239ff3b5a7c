"""White runs in cells without a ground of their own: nobody sees them on paper."""

from __future__ import annotations

from lxml import etree

from pipeline.readers.docx.names import CELL, RUN, RUN_PROPERTIES, VALUE, W, first
from pipeline.readers.unseen import marked

_COLOUR, _SHADING, _HIGHLIGHT, _TEXT = f"{W}color", f"{W}shd", f"{W}highlight", f"{W}t"
_NO_GROUND = (None, "auto", "FFFFFF", "ffffff")


def mark_white(body: etree._Element) -> bool:
    """Mark the figures in white runs of table cells; whether there were any."""
    found = False
    for colour in list(body.iter(_COLOUR)):
        properties = colour.getparent()
        run = properties.getparent() if properties is not None and properties.tag == RUN_PROPERTIES else None
        if run is None or run.tag != RUN or (colour.get(VALUE) or "").upper() != "FFFFFF":
            continue
        cell = next(run.iterancestors(CELL), None)
        if cell is None or first(properties, _HIGHLIGHT) is not None or _has_ground(cell):
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
