"""What was put on the pages of an OFD file afterwards: stamps, figures written over others. Watermarks and marks with a pen say nothing."""

from __future__ import annotations

from lxml import etree

from pipeline.readers.ofd.package import Package, attribute, children, text_at

_NO_TEXT = frozenset({"watermark", "highlight", "link"})


def appearances(package: Package, document: etree._Element, root: str) -> dict[str, list[etree._Element]]:
    """What is drawn on each page, by the number of the page, in the order in which it was put there."""
    found: dict[str, list[etree._Element]] = {}
    index = package.find(text_at(document, "Annotations"), root) if text_at(document, "Annotations") else None
    if index is None:
        return found
    for page in children(package.xml(index), "Page"):
        part = package.find(text_at(page, "FileLoc"), index)
        if part is not None:
            shown = found.setdefault(attribute(page, "PageID"), [])
            shown += [
                appearance
                for note in children(package.xml(part), "Annot")
                if attribute(note, "Type").lower() not in _NO_TEXT and attribute(note, "Visible").lower() != "false"
                for appearance in children(note, "Appearance")
            ]
    return found
