"""White letters on a white page, as far as the page itself states colours: marked where they hold a figure in a table cell."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.unseen import marked

_MAY_BE_WHITE = re.compile(r"color\s*[:=]\s*[\"']?\s*(?:#fff|white|transparent|rgb)")  # a plain word in front is found quickly
_WHITE = re.compile(
    r"(?<![-\w])color\s*[:=]\s*[\"']?\s*(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255\b)", re.IGNORECASE
)
_GROUND = re.compile(
    r"background(?:-color|-image)?\s*:\s*(?!\s*(?:#fff(?:fff)?\b|white\b|transparent\b|none\b|inherit\b|initial\b))", re.IGNORECASE
)


def mark_white(root: etree._Element, small: str) -> bool:
    """Mark what is white in the cells of the tree; small: the page in small letters, most of which have none. Whether there was any."""
    if not _MAY_BE_WHITE.search(small) or not _WHITE.search(small):
        return False
    found = False
    for element in root.iter("*"):
        if _is_white(element) and any(letter.isdigit() for letter in "".join(map(str, element.itertext()))):
            around = [element, *element.iterancestors()]
            if any(other.tag in ("td", "th") for other in around) and not any(map(_has_ground, around)):
                found = True
                for inner in element.iter("*"):
                    inner.text = marked(inner.text) if inner.text and inner.text.strip() else inner.text
                    if inner is not element and inner.tail and inner.tail.strip():
                        inner.tail = marked(inner.tail)
    return found


def _is_white(element: etree._Element) -> bool:
    return bool(_WHITE.search(element.get("style") or "")) or bool(_WHITE.search(f"color={element.get('color') or ''}"))


def _has_ground(element: etree._Element) -> bool:
    return bool(_GROUND.search(element.get("style") or "") or element.get("bgcolor") or element.get("background"))
