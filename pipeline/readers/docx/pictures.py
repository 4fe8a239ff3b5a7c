"""Pictures and embedded objects in the text of a DOCX file: how large they are, and which parts of the file show them."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.docx.names import W
from pipeline.readers.word.pictures import is_letter_sized, is_noticeable

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VML = "{urn:schemas-microsoft-com:vml}"
OLE_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
EMU_PER_POINT = 12_700
PICTURES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
_VML_LENGTH = re.compile(r"(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?", re.IGNORECASE)
_POINTS_PER = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_FLOATING = re.compile(r"position\s*:\s*absolute", re.IGNORECASE)

Size = tuple[float, float]


def relationships(element: etree._Element) -> list[str]:
    """The relationships that name the image files of a picture."""
    shown = [*element.iter(f"{A}blip"), *element.iter(f"{VML}imagedata")]
    return [name for item in shown if (name := item.get(f"{R}embed") or item.get(f"{R}id"))]


def embedded(element: etree._Element) -> str | None:
    """The relationship that names the file embedded in an object (a worksheet, an equation)."""
    found = next(element.iter(OLE_OBJECT), None)
    return found.get(f"{R}id") if found is not None else None


def shows_noticeable(element: etree._Element) -> bool:
    """Whether a w:drawing, w:pict or w:object shows a picture large enough for a table."""
    size = _size(element)
    return size is not None and is_noticeable(*size)


def stands_in_line(element: etree._Element) -> bool:
    """Whether a picture stands in the line as a letter does, and is as large as one at least."""
    size = _size(element)
    if size is None or not is_letter_sized(*size):
        return False
    if element.tag == f"{W}drawing":
        return next(element.iterchildren(f"{DRAWING}inline"), None) is not None
    return not any(_FLOATING.search(shape.get("style", "")) for shape in element)


def _size(element: etree._Element) -> Size | None:
    """Width and height in points of a picture; None where no image is shown."""
    if element.tag == f"{W}drawing":
        return _drawing_size(element) if next(element.iter(f"{A}blip"), None) is not None else None
    image = next(element.iter(f"{VML}imagedata"), None)
    return _vml_size(image) if image is not None else None


def _drawing_size(drawing: etree._Element) -> Size:
    extent = next(drawing.iter(f"{DRAWING}extent"), None)
    try:
        return (0.0, 0.0) if extent is None else (int(extent.get("cx", "0")) / EMU_PER_POINT, int(extent.get("cy", "0")) / EMU_PER_POINT)
    except ValueError:
        return 0.0, 0.0


def _vml_size(image: etree._Element) -> Size:
    shape = image.getparent()
    lengths = {"width": 0.0, "height": 0.0}
    for name, number, unit in _VML_LENGTH.findall(shape.get("style", "") if shape is not None else ""):
        if number.count(".") <= 1 and number != ".":
            lengths[name.lower()] = float(number) * _POINTS_PER[unit.lower() or "pt"]
    return lengths["width"], lengths["height"]
