"""The styles of a DOCX file as far as the reader needs them: which are headings, which carry automatic numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.readers.docx_names import PARAGRAPH_PROPERTIES, VALUE, W, value, whole

HEADING_NAME = re.compile(r"(?:heading|标题|title)\s*\d*", re.IGNORECASE)
BODY_TEXT_LEVEL = 9
STYLE_DEPTH = 20
STYLE_OF_PARAGRAPH, OUTLINE_LEVEL = f"{W}pStyle", f"{W}outlineLvl"


@dataclass(frozen=True)
class Style:
    """What a paragraph style says itself, without its parent."""

    name: str
    parent: str | None
    outline_level: int | None
    number: str | None
    level: int | None


@dataclass(frozen=True)
class StyleEffect:
    """What a paragraph style comes to, its ancestors included: whether it makes headings, and its list and level."""

    heading: bool
    number: str | None
    level: int | None


@dataclass(frozen=True)
class Styles:
    """The paragraph styles by id; `default` is the one of paragraphs that name none."""

    by_id: dict[str, Style]
    default: str | None
    effects: dict[str | None, StyleEffect] = field(default_factory=dict)

    def effect(self, paragraph_properties: etree._Element | None) -> StyleEffect:
        """What the style of a paragraph with these properties comes to."""
        identifier = value(paragraph_properties, STYLE_OF_PARAGRAPH) or self.default
        if identifier not in self.effects:
            chain = self._chain(identifier)
            numbered = next((position for position, (_, style) in enumerate(chain) if style.number is not None), len(chain))
            levels = (style.level for _, style in chain[: numbered + 1] if style.level is not None)
            number = chain[numbered][1].number if numbered < len(chain) else None
            self.effects[identifier] = StyleEffect(_makes_headings(chain), number, next(levels, None))
        return self.effects[identifier]

    def _chain(self, identifier: str | None) -> list[tuple[str, Style]]:
        """A style and its ancestors, nearest first."""
        found: list[tuple[str, Style]] = []
        while identifier is not None and identifier in self.by_id and len(found) < STYLE_DEPTH:
            style = self.by_id[identifier]
            found.append((identifier, style))
            identifier = style.parent
        return found

    def is_heading(self, paragraph_properties: etree._Element | None) -> bool:
        """Whether a paragraph is a heading: by its own outline level, or by the level or the name of its style."""
        own = value(paragraph_properties, OUTLINE_LEVEL)
        if own is not None:
            return whole(own, BODY_TEXT_LEVEL) < BODY_TEXT_LEVEL
        return self.effect(paragraph_properties).heading


def _makes_headings(chain: list[tuple[str, Style]]) -> bool:
    for identifier, style in chain:
        if style.outline_level is not None:
            return style.outline_level < BODY_TEXT_LEVEL
        if HEADING_NAME.fullmatch(style.name) or HEADING_NAME.fullmatch(identifier):
            return True
    return False


def styles_of(root: etree._Element | None) -> Styles:
    """The paragraph styles of styles.xml; none where the part is missing."""
    by_id: dict[str, Style] = {}
    default = None
    for element in root.iterfind(f"{W}style") if root is not None else ():
        if element.get(f"{W}type", "paragraph") != "paragraph":
            continue
        identifier = element.get(f"{W}styleId", "")
        properties = element.find(PARAGRAPH_PROPERTIES)
        numbering = properties.find(f"{W}numPr") if properties is not None else None
        outline, level = value(properties, f"{W}outlineLvl"), value(numbering, f"{W}ilvl")
        by_id[identifier] = Style(
            name=value(element, f"{W}name") or "",
            parent=value(element, f"{W}basedOn"),
            outline_level=None if outline is None else whole(outline, BODY_TEXT_LEVEL),
            number=value(numbering, f"{W}numId"),
            level=None if level is None else whole(level),
        )
        if element.get(f"{W}default") in ("1", "true", "on"):
            default = identifier
    return Styles(by_id, default)


def numbering_link(root: etree._Element | None) -> dict[str, str]:
    """The numbering that each list style (w:numStyleLink points to it) stands for."""
    links: dict[str, str] = {}
    for element in root.iterfind(f"{W}style") if root is not None else ():
        if element.get(f"{W}type") == "numbering":
            number = element.find(f"{PARAGRAPH_PROPERTIES}/{W}numPr/{W}numId")
            if number is not None:
                links[element.get(f"{W}styleId", "")] = number.get(VALUE, "")
    return links
