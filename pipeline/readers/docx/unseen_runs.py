"""Runs that nobody sees on paper: as white as what is behind them, without a filling, or of no size to speak of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from pipeline.readers.colours import is_white
from pipeline.readers.docx.names import CELL, RUN, RUN_PROPERTIES, VALUE, W, first, whole
from pipeline.readers.unseen import marked

COLOUR, SIZE, SCALE = f"{W}color", f"{W}sz", f"{W}w"
FILLING = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_SHADING, _HIGHLIGHT, _TEXT = f"{W}shd", f"{W}highlight", f"{W}t"
_THEME_COLOUR, _PAPER_THEMES = f"{W}themeColor", frozenset({"background1", "light1"})
_TINY, _NARROW = 4, 10  # half points; per cent of the usual width
# XPath passes over the sizes and widths of most runs ten times as fast as Python
_CANDIDATES = etree.XPath(
    f".//w:color | .//w:sz[@w:val <= {_TINY}] | .//w:w[@w:val <= {_NARROW}] | .//w14:textFill",
    namespaces={"w": W[1:-1], "w14": FILLING[1:].partition("}")[0]},
)
_CLEAR = 90_000  # thousandths of a per cent of transparency


def keeps_unseen(mark: etree._Element) -> bool:
    """Whether a colour is white, a size or width too small to be seen, a filling none."""
    stated = mark.get(VALUE) or ""
    if mark.tag == COLOUR:
        return is_white(stated) or (stated in ("", "auto") and mark.get(_THEME_COLOUR) in _PAPER_THEMES)
    if mark.tag == FILLING:
        return any(_is_clear(item) for item in mark.iter())
    return 0 < whole(stated) <= (_TINY if mark.tag == SIZE else _NARROW)


def mark_unseen(body: etree._Element) -> bool:
    """Mark the figures in unseen runs of table cells; whether there were any."""
    found = False
    for mark in list(_marks(body)):
        properties = mark.getparent()
        run = properties.getparent() if properties is not None and properties.tag == RUN_PROPERTIES else None
        cell = next(run.iterancestors(CELL), None) if run is not None and run.tag == RUN else None
        if run is None or properties is None or cell is None or not _is_unseen(mark, properties, cell):
            continue
        for text in run.iter(_TEXT):
            if text.text and any(letter.isdigit() for letter in text.text):
                text.text, found = marked(text.text), True
    return found


def _marks(body: etree._Element) -> Iterator[etree._Element]:
    """The marks that may keep runs unseen: by themselves, or as the colour of what is painted behind them."""
    is_painted = next(body.iter(_SHADING), None) is not None
    candidates = cast(list[etree._Element], _CANDIDATES(body))
    return (mark for mark in candidates if (is_painted and mark.tag == COLOUR) or keeps_unseen(mark))


def _is_unseen(mark: etree._Element, properties: etree._Element, cell: etree._Element) -> bool:
    if mark.tag != COLOUR:
        return True
    own = [first(properties, _SHADING), first(first(cell, f"{W}tcPr"), _SHADING)]
    behind = next((fill for item in own if item is not None and (fill := item.get(f"{W}fill")) not in (None, "auto")), None)
    if behind is not None and behind.upper() == (mark.get(VALUE) or "").upper():
        return True
    return keeps_unseen(mark) and first(properties, _HIGHLIGHT) is None and not _has_ground(cell)


def _has_ground(cell: etree._Element) -> bool:
    """Whether a cell, its table or anything in it is shaded."""
    table = next(cell.iterancestors(f"{W}tbl"), None)
    of_table = first(table, f"{W}tblPr")
    shaded = [*cell.iter(_SHADING), *(of_table.iter(_SHADING) if of_table is not None else ())]
    return any((fill := item.get(f"{W}fill")) not in (None, "auto") and not is_white(fill) for item in shaded)


def _is_clear(item: etree._Element) -> bool:
    name = etree.QName(item).localname
    return name == "noFill" or (name == "alpha" and any(whole(str(text)) >= _CLEAR for text in item.attrib.values()))
