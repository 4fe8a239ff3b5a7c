"""Selectors of style sheets, as far as pages use them to hide cells or to write figures."""

from __future__ import annotations

import re

from lxml import etree

_NAME = r"[\w\u0080-\uffff-]+"
_TAG = re.compile(rf"{_NAME}|\*")
_PART = re.compile(
    rf"\.(?P<class>{_NAME})|\#(?P<id>{_NAME})|\[(?P<attribute>{_NAME})(?:=[\"']?(?P<value>[^\"'\]]*)[\"']?)?\]"
    r"|:(?P<place>first-child|last-child)|:nth-child\((?P<nth>[^()]*)\)|:nth-last-child\((?P<last>[^()]*)\)"
)
_NTH = re.compile(r"(?P<step>[+-]?\d{0,4})n(?:\s*(?P<sign>[+-])\s*(?P<offset>\d{1,6}))?|(?P<only>\d{1,6})")
_MOST_PARTS = 8
_MOST_WORK = 1_000_000  # elements looked at for one page; a real one needs some thousands
_OF_A_PART = 5_000  # what looking for a part costs
_CHILD = re.compile(r"\s*>\s*")

Steps = list[tuple[frozenset[etree._Element], bool]]  # what each part of a selector means, and whether it is the parent of the next


class Selectors:
    """The selectors of one page, each part looked up once."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.known: dict[str, list[etree._Element]] = {}
        self.left = _MOST_WORK

    def matched(self, selector: str) -> list[etree._Element]:
        """The elements that a selector means; none where it is of a kind not understood (siblings, states, pseudo-elements)."""
        parts = _CHILD.sub(" > ", selector.strip()).split()
        if not parts or len(parts) > _MOST_PARTS or ">" in (parts[0], parts[-1]):
            return []
        around = [(frozenset(self._meant(part)), parts[place + 1] == ">") for place, part in enumerate(parts[:-1]) if part != ">"]
        found = self._meant(parts[-1])
        self.left -= len(found)
        return [element for element in found if _stands_in(element, around)] if self.left > 0 else []

    def _meant(self, part: str) -> list[etree._Element]:
        if part not in self.known:
            self.left -= _OF_A_PART
            path = _xpath(part) if self.left > 0 else None
            try:
                found = self.root.xpath(path) if path else []
            except etree.XPathError:
                found = []
            self.known[part] = [element for element in found if isinstance(element, etree._Element)] if isinstance(found, list) else []
        return self.known[part]


def _stands_in(element: etree._Element, around: Steps) -> bool:
    """Whether elements that the parts before the last mean stand around an element, the nearest of each taken."""
    current: etree._Element | None = element
    for meant, is_parent in reversed(around):
        current = current.getparent() if current is not None else None
        while current is not None and current not in meant and not is_parent:
            current = current.getparent()
        if current is None or current not in meant:
            return False
    return True


def _xpath(part: str) -> str | None:
    """The path to what a part without combinators means: places among siblings first, since every other test renumbers."""
    tag = _TAG.match(part)
    places: list[str] = []
    tests = [f"self::{tag[0].lower()}"] if tag and tag[0] != "*" else []
    at = tag.end() if tag else 0
    while at < len(part):
        match = _PART.match(part, at)
        if match is None or len(tests) + len(places) > _MOST_PARTS:
            return None
        if test := _test(match):
            tests.append(test)
        elif place := _place(match):
            places.append(place)
        else:
            return None
        at = match.end()
    return "//*" + (f"[{' and '.join(places)}]" if places else "") + "".join(f"[{test}]" for test in tests)


def _test(part: re.Match[str]) -> str | None:
    if part["class"]:
        return f"contains(concat(' ', normalize-space(@class), ' '), ' {part['class']} ')"
    if part["id"]:
        return f"@id='{part['id']}'"
    if part["attribute"]:
        return f"@{part['attribute']}='{part['value']}'" if part["value"] is not None else f"@{part['attribute']}"
    return None


def _place(part: re.Match[str]) -> str | None:
    if part["place"]:
        return "position()=1" if part["place"] == "first-child" else "position()=last()"
    if part["nth"] is not None:
        return _nth(part["nth"], "position()")
    return _nth(part["last"], "(last()-position()+1)")


def _nth(written: str, number: str) -> str | None:
    match = _NTH.fullmatch({"odd": "2n+1", "even": "2n"}.get(written.strip().lower(), written.strip().lower()))
    if match is None:
        return None
    if match["only"]:
        return f"{number}={match['only']}"
    offset = int(match["offset"] or 0) * (-1 if match["sign"] == "-" else 1)
    step = int(match["step"] + "1") if match["step"] in ("", "+", "-") else int(match["step"])
    if step < 0:
        return f"({number}<={offset} and ({offset}-{number}) mod {-step}=0)"
    return f"({number}>={offset} and ({number}-{offset}) mod {step}=0)" if step else f"{number}={offset}"
