"""Content controls that are bound to data inside the file: Word shows the data, other programs what was saved in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.readers.docx.names import W
from pipeline.readers.docx.package import Package
from pipeline.readers.word.cells import UNREAD

_BINDING, _CONTENT, _TEXT = f"{W}dataBinding", f"{W}sdtContent", f"{W}t"
_MAPPING = re.compile(r"xmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_PROPERTIES = re.compile(r"customXml/itemProps(\d+)\.xml")


def leave_contradicted(body: etree._Element, package: Package) -> None:
    """Leave the figure in a bound control unread where the data behind it says something else."""
    stores: dict[str, etree._Element] | None = None
    for binding in body.iter(_BINDING):
        properties = binding.getparent()
        control = properties.getparent() if properties is not None else None
        texts = [text for content in (control if control is not None else ()) if content.tag == _CONTENT for text in content.iter(_TEXT)]
        said = "".join(text.text or "" for text in texts).strip()
        if not any(letter.isdigit() for letter in said):
            continue
        stores = dict(_stores(package)) if stores is None else stores
        stored = _value(stores.get(binding.get(f"{W}storeItemID", "").upper()), binding)
        if stored is not None and stored != said:
            for text in texts:
                text.text = ""
            texts[0].text = UNREAD


def _stores(package: Package) -> Iterator[tuple[str, etree._Element]]:
    """The data in the file, by its identifier."""
    for name in package.names:
        if match := _PROPERTIES.fullmatch(name):
            properties, data = package.root(name), package.root(f"customXml/item{match[1]}.xml")
            if properties is not None and data is not None:
                yield next((str(value).upper() for key, value in properties.attrib.items() if str(key).endswith("itemID")), ""), data


def _value(data: etree._Element | None, binding: etree._Element) -> str | None:
    """The text that a control is bound to; None where it is not found."""
    if data is None:
        return None
    spaces = dict(_MAPPING.findall(binding.get(f"{W}prefixMappings", "")))
    try:
        found = data.getroottree().xpath(binding.get(f"{W}xpath", ""), namespaces=spaces or None)
    except etree.XPathError:
        return None
    first = found[0] if isinstance(found, list) and found else None
    return "".join(str(part) for part in first.itertext()).strip() if isinstance(first, etree._Element) else None
