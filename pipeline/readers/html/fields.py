"""Figures in the fields of a form that is shown as a page: a cell that holds <input value="12"> prints 12."""

from __future__ import annotations

from lxml import etree

_PRINTED = frozenset({"", "text", "number", "tel"})


def show_fields(root: etree._Element) -> None:
    """Put what stands in the text fields of table cells into the text of the page. Fields elsewhere (search boxes) stay out."""
    for field in list(root.iter("input", "textarea")):
        if next(field.iterancestors("td", "th"), None) is None:
            continue
        if field.tag == "textarea":
            field.tag = "span"
        elif (field.get("type") or "").strip().lower() in _PRINTED and field.get("value"):
            field.tail = f"{field.get('value')}{field.tail or ''}"
