"""The text of one Word paragraph as printed: what stands in its runs, without deletions, hidden text and field codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from pipeline.readers.docx.fields import FIELD, INSTRUCTION, Fields
from pipeline.readers.docx.names import (
    ALTERNATE,
    HEIGHT,
    NOT_READ,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    TEXT_BOX,
    W,
    alternative,
    first,
    is_on,
    value,
)
from pipeline.readers.docx.pictures import PICTURES, embedded, relationships, shows_noticeable, stands_in_line
from pipeline.readers.raised import lowered, raised
from pipeline.readers.word.cells import OBJECT
from pipeline.readers.word.symbols import symbol

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

LEFT_OUT = frozenset(f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "delText", "delInstrText", "del", "moveFrom", "rt"))
HEIGHTS = {"superscript": raised, "subscript": lowered}


@dataclass(slots=True)
class ParagraphText:
    """What one paragraph holds: its properties, its text in pieces, its text boxes, its pictures of noticeable size."""

    properties: etree._Element | None = None
    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: int = 0
    images: list[str] = field(default_factory=list)  # of the noticeable pictures, by their relationship
    objects: list[str] = field(default_factory=list)  # files embedded behind noticeable pictures, by their relationship
    open_fields: Fields | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces)

    @property
    def fields(self) -> Fields:
        """The fields of the paragraph; most have none."""
        if self.open_fields is None:
            self.open_fields = Fields(self.pieces)
        return self.open_fields


def paragraph_text(paragraph: etree._Element) -> ParagraphText:
    """The content of a w:p element, read once."""
    found = ParagraphText(first(paragraph, PARAGRAPH_PROPERTIES))
    _collect(paragraph, found)
    return found


def _collect(element: etree._Element, found: ParagraphText) -> None:
    for child in element:
        tag = child.tag
        if tag == RUN:
            _collect_run(child, first(child, RUN_PROPERTIES), found)
        elif tag in WRITTEN:
            found.pieces.append(WRITTEN[tag](child))
        elif tag in LEFT_OUT:
            continue
        elif tag == TEXT_BOX:
            found.boxes.append(child)
        elif tag in (FIELD, INSTRUCTION):
            found.fields.take(child)
        elif tag == ALTERNATE:
            if (branch := alternative(child)) is not None:
                _collect(branch, found)
        elif isinstance(tag, str):
            if tag in PICTURES:
                _collect_picture(child, found)
            _collect(child, found)


def _collect_run(run: etree._Element, properties: etree._Element | None, found: ParagraphText) -> None:
    """Hidden and struck-out runs are not read; raised and lowered figures join no number beside them."""
    if properties is None:
        _collect(run, found)
    elif not any(is_on(properties, switch) for switch in NOT_READ):
        before = len(found.pieces)
        _collect(run, found)
        if written := HEIGHTS.get(value(properties, HEIGHT) or ""):
            found.pieces[before:] = map(written, found.pieces[before:])


def _symbol(element: etree._Element) -> str:
    try:
        return symbol(int(element.get(f"{W}char", ""), 16), element.get(f"{W}font", ""))
    except ValueError:
        return "\N{REPLACEMENT CHARACTER}"


def _own_text(element: etree._Element) -> str:
    return element.text or ""


# What is written for an element that stands for text.
WRITTEN: dict[str, Callable[[etree._Element], str]] = {
    **dict.fromkeys((f"{W}t", f"{MATH}t"), _own_text),
    **dict.fromkeys((f"{W}tab", f"{W}ptab"), lambda _: "\t"),
    **dict.fromkeys((f"{W}br", f"{W}cr"), lambda _: "\n"),
    f"{W}noBreakHyphen": lambda _: "-",
    f"{W}sym": _symbol,
}


def _collect_picture(element: etree._Element, found: ParagraphText) -> None:
    if shows_noticeable(element):
        found.pictures += 1
        found.images.extend(relationships(element))
        found.objects.extend([name] if (name := embedded(element)) else ())
    elif stands_in_line(element):
        found.pieces.append(OBJECT)
