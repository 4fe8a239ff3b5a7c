"""Figures in the fields of a form that is shown as a page: a cell that holds <input value="12"> prints 12."""

from __future__ import annotations

from lxml import etree

_PRINTED = frozenset({"", "text", "number", "tel"})


def show_fields(root: etree._Element) -> None:
    """Put what stands in fields and on buttons of table cells into the text of the page. Those elsewhere (search boxes) stay out."""
    for field in list(root.iter("input", "textarea", "select", "button")):
        if next(field.iterancestors("td", "th"), None) is None:
            continue
        if field.tag == "select":
            field.tail = f"{_chosen(field)}{field.tail or ''}"
        elif field.tag in ("textarea", "button"):
            field.tag = "span"
        elif (field.get("type") or "").strip().lower() in _PRINTED and field.get("value"):
            field.tail = f"{field.get('value')}{field.tail or ''}"


def text_of(element: etree._Element) -> str:
    """All text within an element."""
    return "".join(map(str, element.itertext())) if len(element) else str(element.text or "")


def _chosen(choice: etree._Element) -> str:
    """The option that a list shows: the one marked as selected, else the first."""
    options = list(choice.iter("option"))
    shown = next((option for option in options if option.get("selected") is not None), next(iter(options), None))
    return text_of(shown).strip() if shown is not None else ""
