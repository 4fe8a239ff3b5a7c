"""Runs that are raised or lowered without saying so: by a position of their own, or as the mark of a note."""

from __future__ import annotations

from lxml import etree

from pipeline.readers.docx.names import HEIGHT, RUN, RUN_PROPERTIES, VALUE, W, first, whole

POSITION = f"{W}position"
_NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
_LEAST = 4  # half points: less only sets letters straight
_OFF_VALUES = (None, "0", "false", "off")


def settle_heights(body: etree._Element) -> None:
    """Write into runs that they are raised or lowered, where their position is, or where a note follows with a mark of its own."""
    for position in list(body.iter(POSITION)):
        properties, points = position.getparent(), whole(position.get(VALUE))
        if properties is not None and properties.tag == RUN_PROPERTIES and abs(points) >= _LEAST:
            _set_height(properties, "superscript" if points > 0 else "subscript")
    for note in list(body.iter(*_NOTES)):
        run = note.getparent()
        if run is not None and run.tag == RUN and note.get(f"{W}customMarkFollows") not in _OFF_VALUES:
            _set_height(_properties(run), "superscript")


def _properties(run: etree._Element) -> etree._Element:
    properties = first(run, RUN_PROPERTIES)
    if properties is None:
        properties = etree.Element(RUN_PROPERTIES)
        run.insert(0, properties)
    return properties


def _set_height(properties: etree._Element, height: str) -> None:
    if first(properties, HEIGHT) is None:
        etree.SubElement(properties, HEIGHT).set(VALUE, height)
