"""The element names of WordprocessingML that the reader looks at, and how it reads switches and sizes."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{W}val"
PARAGRAPH, TABLE, ROW, CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = f"{W}pPr", f"{W}rPr"
CHUNK = f"{W}altChunk"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
RUN, HEIGHT = f"{W}r", f"{W}vertAlign"
NOT_READ = (f"{W}vanish", f"{W}strike", f"{W}dstrike")  # switches of a run: hidden, struck out
TEXT_BOX = f"{W}txbxContent"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNDERSTOOD = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/", "http://www.wps.cn/", "http://purl.oclc.org/")
OFF = ("0", "false", "off")
MOST = 1_000_000_000  # of any number in an attribute


def first(parent: etree._Element | None, name: str) -> etree._Element | None:
    """The first child `name` of `parent`; half the time of `find`, and this is asked for every cell and run."""
    return next(parent.iterchildren(name), None) if parent is not None else None


def first_of_each(parent: etree._Element | None) -> dict[str, etree._Element]:
    """The children of `parent` by name, the first of each name: one look where several names are asked for."""
    found: dict[str, etree._Element] = {}
    for child in parent if parent is not None else ():
        found.setdefault(child.tag, child)
    return found


def is_on(parent: etree._Element | None, name: str) -> bool:
    """Whether the switch `name` (`w:vanish`, …) is set in `parent`."""
    switch = first(parent, name)
    return switch is not None and switch.get(VALUE, "1") not in OFF


def value(parent: etree._Element | None, name: str) -> str | None:
    """The w:val of the child `name` of `parent`."""
    child = first(parent, name)
    return child.get(VALUE) if child is not None else None


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute, within a thousand million; `default` where it is missing or none."""
    try:
        return int(min(max(float(text), -MOST), MOST)) if text else default
    except (ValueError, OverflowError):
        return default


def alternative(element: etree._Element) -> etree._Element | None:
    """The one branch of mc:AlternateContent that is read: the first choice that office programs understand, else the fall-back."""
    choices = (choice for choice in element.iterchildren(CHOICE) if _is_understood(choice))
    return next(choices, None) if (fallback := element.find(FALLBACK)) is None else next(choices, fallback)


def _is_understood(choice: etree._Element) -> bool:
    """Whether everything that a choice requires is an extension of Word or WPS, not of a program that nobody has."""
    spaces = [choice.nsmap.get(prefix) for prefix in choice.get("Requires", "").split()]
    return all(space is None or space.startswith(UNDERSTOOD) for space in spaces)
