"""The styles of a DOCX file as far as the reader needs them: which are headings, which carry automatic numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pipeline.readers.docx.names import PARAGRAPH_PROPERTIES, VALUE, W, first, first_of_each, value, whole
from pipeline.readers.word.headings import BODY_TEXT_LEVEL, HEADING_NAME

STYLE_DEPTH = 20
STYLE_OF_PARAGRAPH, OUTLINE_LEVEL, LIST_REFERENCE = f"{W}pStyle", f"{W}outlineLvl", f"{W}numPr"


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
    """The paragraph styles by id, looked into when a paragraph uses them; `default` is the one of paragraphs that name none."""

    by_id: dict[str, etree._Element]
    default: str | None
    effects: dict[str | None, StyleEffect] = field(default_factory=dict)

    def effect(self, identifier: str | None) -> StyleEffect:
        """What a style comes to; None stands for the default one."""
        effect = self.effects.get(identifier)
        if effect is None:
            chain = self._chain(identifier or self.default)
            numbered = next((position for position, (_, style) in enumerate(chain) if style.number is not None), len(chain))
            levels = (style.level for _, style in chain[: numbered + 1] if style.level is not None)
            number = chain[numbered][1].number if numbered < len(chain) else None
            effect = self.effects[identifier] = StyleEffect(_makes_headings(chain), number, next(levels, None))
        return effect

    def _chain(self, identifier: str | None) -> list[tuple[str, Style]]:
        """A style and its ancestors, nearest first."""
        found: list[tuple[str, Style]] = []
        while identifier is not None and identifier in self.by_id and len(found) < STYLE_DEPTH:
            style = _style(self.by_id[identifier])
            found.append((identifier, style))
            identifier = style.parent
        return found


class ParagraphMarks(NamedTuple):
    """What the properties of a paragraph (w:pPr) state, as far as the reader asks: style, outline level, list."""

    style: str | None = None
    outline_level: str | None = None
    numbering: etree._Element | None = None

    def is_heading(self, effect: StyleEffect) -> bool:
        """Whether the paragraph is a heading: by its own outline level, or by the `effect` of its style."""
        if self.outline_level is not None:
            return whole(self.outline_level, BODY_TEXT_LEVEL) < BODY_TEXT_LEVEL
        return effect.heading


_NO_MARKS = ParagraphMarks()


def marks_of(properties: etree._Element | None) -> ParagraphMarks:
    """The marks of a paragraph with these properties."""
    if properties is None or len(properties) == 0:
        return _NO_MARKS
    children = first_of_each(properties)
    style, outline = children.get(STYLE_OF_PARAGRAPH), children.get(OUTLINE_LEVEL)
    return ParagraphMarks(
        style=style.get(VALUE) if style is not None else None,
        outline_level=outline.get(VALUE) if outline is not None else None,
        numbering=children.get(LIST_REFERENCE),
    )


def _makes_headings(chain: list[tuple[str, Style]]) -> bool:
    for identifier, style in chain:
        if style.outline_level is not None:
            return style.outline_level < BODY_TEXT_LEVEL
        if HEADING_NAME.fullmatch(style.name) or HEADING_NAME.fullmatch(identifier):
            return True
    return False


def styles_of(root: etree._Element | None) -> Styles:
    """The paragraph styles of styles.xml; none where the part is missing."""
    by_id: dict[str, etree._Element] = {}
    default = None
    for element in root.iterchildren(f"{W}style") if root is not None else ():
        if element.get(f"{W}type", "paragraph") == "paragraph":
            identifier = element.get(f"{W}styleId", "")
            by_id[identifier] = element
            if element.get(f"{W}default") in ("1", "true", "on"):
                default = identifier
    return Styles(by_id, default)


def _style(element: etree._Element) -> Style:
    properties = first(element, PARAGRAPH_PROPERTIES)
    numbering = first(properties, LIST_REFERENCE)
    outline, level = value(properties, OUTLINE_LEVEL), value(numbering, f"{W}ilvl")
    return Style(
        name=value(element, f"{W}name") or "",
        parent=value(element, f"{W}basedOn"),
        outline_level=None if outline is None else whole(outline, BODY_TEXT_LEVEL),
        number=value(numbering, f"{W}numId"),
        level=None if level is None else whole(level),
    )


def numbering_link(root: etree._Element | None) -> dict[str, str]:
    """The numbering that each list style (w:numStyleLink points to it) stands for."""
    links: dict[str, str] = {}
    for element in root.iterfind(f"{W}style") if root is not None else ():
        if element.get(f"{W}type") == "numbering":
            number = element.find(f"{PARAGRAPH_PROPERTIES}/{W}numPr/{W}numId")
            if number is not None:
                links[element.get(f"{W}styleId", "")] = number.get(VALUE, "")
    return links
