"""The text of one Word paragraph as printed: what stands in its runs, without deletions, hidden text and field codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

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
from pipeline.readers.raised import lowered, raised
from pipeline.readers.word.pictures import is_noticeable
from pipeline.readers.word.symbols import symbol

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VML = "{urn:schemas-microsoft-com:vml}"
EMU_PER_POINT = 12_700
VML_LENGTH = re.compile(r"(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?", re.IGNORECASE)
POINTS_PER = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}

LEFT_OUT = frozenset(f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText", "del", "moveFrom", "rt"))
HEIGHTS = {"superscript": raised, "subscript": lowered}
PICTURES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))


@dataclass(slots=True)
class ParagraphText:
    """What one paragraph holds: its properties, its text in pieces, its text boxes, its pictures of noticeable size."""

    properties: etree._Element | None = None
    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: int = 0
    images: list[str] = field(default_factory=list)  # of the noticeable pictures, by their relationship

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces)


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


def _collect_picture(element: etree._Element, found: ParagraphText) -> None:
    if _is_noticeable_picture(element):
        found.pictures += 1
        found.images.extend(_relationships(element))


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
    **dict.fromkeys((f"{W}tab", f"{W}ptab"), lambda element: "\t"),
    **dict.fromkeys((f"{W}br", f"{W}cr"), lambda element: "\n"),
    f"{W}noBreakHyphen": lambda element: "-",
    f"{W}sym": _symbol,
}


def _relationships(element: etree._Element) -> list[str]:
    """The relationships that name the image files of a picture."""
    shown = [*element.iter(f"{A}blip"), *element.iter(f"{VML}imagedata")]
    return [name for item in shown if (name := item.get(f"{R}embed") or item.get(f"{R}id"))]


def _is_noticeable_picture(element: etree._Element) -> bool:
    """Whether a w:drawing, w:pict or w:object shows a picture large enough for a table."""
    measure: Callable[[etree._Element], tuple[float, float]]
    if element.tag == f"{W}drawing":
        measure = _drawing_size
        shows = next(element.iter(f"{A}blip"), None) is not None
    else:
        measure = _vml_size
        shows = next(element.iter(f"{VML}imagedata"), None) is not None
    if not shows:
        return False
    return is_noticeable(*measure(element))


def _drawing_size(drawing: etree._Element) -> tuple[float, float]:
    extent = next(drawing.iter(f"{DRAWING}extent"), None)
    try:
        return (0.0, 0.0) if extent is None else (int(extent.get("cx", "0")) / EMU_PER_POINT, int(extent.get("cy", "0")) / EMU_PER_POINT)
    except ValueError:
        return 0.0, 0.0


def _vml_size(picture: etree._Element) -> tuple[float, float]:
    image = next(picture.iter(f"{VML}imagedata"), None)
    shape = image.getparent() if image is not None else None
    lengths = {"width": 0.0, "height": 0.0}
    for name, number, unit in VML_LENGTH.findall(shape.get("style", "") if shape is not None else ""):
        if number.count(".") <= 1 and number != ".":
            lengths[name.lower()] = float(number) * POINTS_PER[unit.lower() or "pt"]
    return lengths["width"], lengths["height"]
