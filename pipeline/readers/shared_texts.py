"""Texts of an xlsx file that are formatted in parts: raised figures join no number beside them, struck-out parts are not read."""

from __future__ import annotations

from lxml import etree

from pipeline.readers.raised import lowered, raised

_HEIGHTS = {"superscript": raised, "subscript": lowered}
_OFF = ("0", "false")


def has_notes(shared: bytes) -> bool:
    """Whether anything in the shared texts may be raised, lowered or struck out."""
    return b"vertAlign" in shared or b"strike" in shared


def noted_texts(shared: bytes) -> dict[str, str]:
    """By its number the text of each shared string of which a part is raised, lowered or struck out. shared: the part sharedStrings.xml."""
    if not has_notes(shared):
        return {}
    root = etree.fromstring(shared, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    found: dict[str, str] = {}
    for number, text in enumerate(root.iterfind("{*}si") if root is not None else ()):
        runs = text.findall("{*}r")
        parts = [_part(run) for run in runs]
        if parts != [run.findtext("{*}t") or "" for run in runs]:
            found[str(number)] = "".join(parts)
    return found


def _part(run: etree._Element) -> str:
    text = run.findtext("{*}t") or ""
    strike = run.find("{*}rPr/{*}strike")
    if strike is not None and strike.get("val", "1") not in _OFF:
        return ""
    height = run.find("{*}rPr/{*}vertAlign")
    written = _HEIGHTS.get(height.get("val", "")) if height is not None else None
    return written(text) if written else text
