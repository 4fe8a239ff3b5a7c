"""Texts of an xlsx file that are formatted in parts: raised figures join no number beside them, struck-out parts are not read."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.raised import lowered, raised
from pipeline.readers.unseen import marked
from pipeline.readers.xlsx_colours import is_unseen

_HEIGHTS = {"superscript": raised, "subscript": lowered}
_OFF = ("0", "false")
# what a part of a text may have that nobody sees: a colour near white, or hardly any size
_UNSEEN = re.compile(
    rb'color rgb="(?:[0-9A-F]{2})?(?:F[5-9A-F]){3}"|color theme="0"|color indexed="(?:1|9)"|sz val="(?:1|2)(?:\.0+)?"', re.IGNORECASE
)


class TextsInParts:
    """The texts of which parts are formatted otherwise than the rest. shared: the part sharedStrings.xml, of texts that cells share.

    in_marked_cells: whether there are cell styles whose own font changes what is read.
    """

    def __init__(self, shared: bytes, *, in_marked_cells: bool) -> None:
        self._noted: dict[str, str] = {}
        self._in_parts: dict[str, etree._Element] = {}
        if not in_marked_cells and not _has_notes(shared):
            return
        root = etree.fromstring(shared, etree.XMLParser(recover=True, resolve_entities=False, no_network=True)) if shared.strip() else None
        for number, text in enumerate(root.iterfind("{*}si") if root is not None else ()):
            if (noted := _noted(text)) is not None:
                self._noted[str(number)] = noted
            if in_marked_cells and text.find("{*}r") is not None:
                self._in_parts[str(number)] = text

    def noted(self, cell: etree._Element, number: str) -> str | None:
        """What is read of a text cell; None where no part of it is raised, lowered, struck out or unseen. number: of the shared text."""
        if cell.get("t") == "s":
            return self._noted.get(number)
        own = cell.find("{*}is")
        return _noted(own) if own is not None else None

    def in_marked_cell(self, cell: etree._Element, number: str, font: etree._Element) -> str | None:
        """What is read of a cell whose own font strikes out, raises or lowers: it holds for parts of a text without one.

        None where nothing but the whole cell is raised or lowered.
        """
        own = cell.find("{*}is")
        text = self._in_parts.get(number) if cell.get("t") == "s" else own
        runs = text.findall("{*}r") if text is not None else []
        return "".join(_part(run, font) for run in runs) if runs else "" if is_struck(font) else None


def is_marked(font: etree._Element) -> bool:
    """Whether a font strikes out, raises or lowers."""
    return is_struck(font) or _height(font) in _HEIGHTS


def is_struck(font: etree._Element) -> bool:
    """Whether a font strikes out."""
    strike = font.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in _OFF


def _height(font: etree._Element) -> str:
    height = font.find("{*}vertAlign")
    return height.get("val", "") if height is not None else ""


def _has_notes(shared: bytes) -> bool:
    return b"vertAlign" in shared or b"strike" in shared or _UNSEEN.search(shared) is not None


def _noted(text: etree._Element) -> str | None:
    """A text as it is read; None where no part of it is raised, lowered, struck out or unseen."""
    runs = text.findall("{*}r")
    parts = [_part(run) for run in runs]
    return "".join(parts) if parts != [run.findtext("{*}t") or "" for run in runs] else None


def _part(run: etree._Element, of_the_cell: etree._Element | None = None) -> str:
    """What is read of a part of a text. of_the_cell: the font that holds where the part has none of its own."""
    text = run.findtext("{*}t") or ""
    own = run.find("{*}rPr")
    font = own if own is not None else of_the_cell
    if font is None:
        return text
    if is_struck(font):
        return ""
    if is_unseen(font, None) and any(letter.isdigit() for letter in text):
        return marked(text)
    written = _HEIGHTS.get(_height(font))
    return written(text) if written else text
