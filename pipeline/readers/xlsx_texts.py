"""Texts of an xlsx file that are formatted in parts: raised figures join no number beside them, struck-out parts are not read."""

from __future__ import annotations

from lxml import etree

from pipeline.readers.raised import lowered, raised

_HEIGHTS = {"superscript": raised, "subscript": lowered}
_OFF = ("0", "false")


class TextsInParts:
    """The texts of which parts are formatted otherwise than the rest. shared: the part sharedStrings.xml, of texts that cells share."""

    def __init__(self, shared: bytes, *, in_struck_cells: bool) -> None:
        self._noted: dict[str, str] = {}
        self._in_struck_cells: dict[str, str] = {}
        if not in_struck_cells and not _has_notes(shared):
            return
        root = etree.fromstring(shared, etree.XMLParser(recover=True, resolve_entities=False, no_network=True)) if shared.strip() else None
        for number, text in enumerate(root.iterfind("{*}si") if root is not None else ()):
            if (noted := _noted(text)) is not None:
                self._noted[str(number)] = noted
            if in_struck_cells and (left := _left_in_struck_cell(text)):
                self._in_struck_cells[str(number)] = left

    def noted(self, cell: etree._Element, number: str) -> str | None:
        """What is read of a text cell; None where no part of it is raised, lowered or struck out. number: of the shared text."""
        if cell.get("t") == "s":
            return self._noted.get(number)
        own = cell.find("{*}is")
        return _noted(own) if own is not None else None

    def left_in_struck_cell(self, cell: etree._Element, number: str) -> str:
        """What is read of a cell that is struck out: parts of a text that have a font of their own."""
        own = cell.find("{*}is")
        if own is not None:
            return _left_in_struck_cell(own)
        return self._in_struck_cells.get(number, "") if cell.get("t") == "s" else ""


def is_struck(font: etree._Element) -> bool:
    """Whether a font, or what is said of the font of a part, strikes out."""
    strike = font.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in _OFF


def _noted(text: etree._Element) -> str | None:
    runs = text.findall("{*}r")
    parts = [_part(run) for run in runs]
    return "".join(parts) if parts != [run.findtext("{*}t") or "" for run in runs] else None


def _left_in_struck_cell(text: etree._Element) -> str:
    return "".join(_part(run) for run in text.iterfind("{*}r") if run.find("{*}rPr") is not None)


def _has_notes(shared: bytes) -> bool:
    return b"vertAlign" in shared or b"strike" in shared


def _part(run: etree._Element) -> str:
    text = run.findtext("{*}t") or ""
    font = run.find("{*}rPr")
    if font is None:
        return text
    if is_struck(font):
        return ""
    height = font.find("{*}vertAlign")
    written = _HEIGHTS.get(height.get("val", "")) if height is not None else None
    return written(text) if written else text
