"""What runs get from their styles and what changes whether they are read: hidden, struck out, raised, white, tiny."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from pipeline.readers.docx.heights import POSITION
from pipeline.readers.docx.names import (
    HEIGHT,
    NOT_READ,
    OFF,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    VALUE,
    W,
    first,
    value,
)
from pipeline.readers.docx.unseen_runs import COLOUR, FILLING, SCALE, SIZE, keeps_unseen

_RUN_STYLE, _PARAGRAPH_STYLE, _PARENT = f"{W}rStyle", f"{W}pStyle", f"{W}basedOn"
_LOOKS = (HEIGHT, COLOUR, SIZE, SCALE, FILLING, POSITION)  # the nearest statement counts; switches of two styles cancel each other
_MOST_ANCESTORS = 20

Marks = dict[str, etree._Element]


def settle_styles(body: etree._Element, styles: etree._Element | None) -> None:
    """Write into each run what its styles say, where it says nothing itself and a style in use keeps text from being read."""
    stated = _Stated(styles)
    used = {mark.get(VALUE) for mark in body.iter(_RUN_STYLE, _PARAGRAPH_STYLE)} | {stated.default}
    if not any(_keeps_from_reading(mark) for style in used for mark in stated.of(style).values()):
        return
    for paragraph in body.iter(PARAGRAPH):
        of_paragraph = stated.of(value(first(paragraph, PARAGRAPH_PROPERTIES), _PARAGRAPH_STYLE) or stated.default)
        for run in _runs(paragraph):
            properties = first(run, RUN_PROPERTIES)
            of_run = stated.of(value(properties, _RUN_STYLE))
            if of_paragraph or of_run:
                _settle(run, properties, of_paragraph, of_run)


def _keeps_from_reading(mark: etree._Element) -> bool:
    if mark.tag in NOT_READ:
        return _is_on(mark)
    if mark.tag in (HEIGHT, POSITION):
        return mark.get(VALUE) not in ("baseline", "0")
    return keeps_unseen(mark)


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph without those of text boxes in it, which stand in paragraphs of their own."""
    return (run for run in paragraph.iter(RUN) if next(run.iterancestors(PARAGRAPH)) is paragraph)


def _settle(run: etree._Element, properties: etree._Element | None, of_paragraph: Marks, of_run: Marks) -> None:
    if properties is None:
        properties = etree.Element(RUN_PROPERTIES)
        run.insert(0, properties)
    for name in of_paragraph.keys() | of_run.keys():
        if first(properties, name) is not None:
            continue
        if name not in NOT_READ:
            properties.append(deepcopy(of_run[name] if name in of_run else of_paragraph[name]))
        elif _is_on(of_paragraph.get(name)) != _is_on(of_run.get(name)):
            etree.SubElement(properties, name)


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(VALUE, "1") not in OFF


class _Stated:
    """The styles of paragraphs and characters by id; `default` is the one of paragraphs that name none."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = list(styles.iterchildren(f"{W}style")) if styles is not None else []
        self._styles: Mapping[str, etree._Element] = {item.get(f"{W}styleId", ""): item for item in found}
        self._known: dict[str | None, Marks] = {None: {}}
        self.default = next((item.get(f"{W}styleId") for item in found if _is_default(item)), None)

    def of(self, identifier: str | None) -> Marks:
        """What a style comes to, its ancestors included; nothing for an unknown one."""
        if identifier not in self._known:
            marks: Marks = {}
            at = identifier
            for _ in range(_MOST_ANCESTORS):
                style = self._styles.get(at or "")
                if style is None:
                    break
                marks = _own(style) | marks
                at = value(style, _PARENT)
            self._known[identifier] = marks
        return self._known[identifier]


def _own(style: etree._Element) -> Marks:
    properties = first(style, RUN_PROPERTIES)
    return {mark.tag: mark for mark in properties if mark.tag in NOT_READ or mark.tag in _LOOKS} if properties is not None else {}


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}type", "paragraph") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
