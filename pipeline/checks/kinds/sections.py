"""Kinds about the prose: the six sections, what they must say, and what must not be left in the text."""

from __future__ import annotations

import re
from itertools import islice

from pipeline.catalog.row_types import Rule
from pipeline.checks.evidence import listed
from pipeline.checks.expand import Expander
from pipeline.checks.kind import NOT_ASSESSABLE, PASS, Assessment, Check, Glance, Kind
from pipeline.checks.model import ReportFacts
from pipeline.checks.names import quoted
from pipeline.checks.parameters import pattern_of, section_of, whole_number_of
from pipeline.normalise.wording import simplified

_NOT_TEXT = re.compile(r"[\s\W_]+")
_LETTER = re.compile(r"[^\W_]")


def _sections_present(_: Rule, expander: Expander) -> Check:
    headings = {section.section: quoted(section.headings[0]) for section in expander.catalog.sections}

    def tells(facts: ReportFacts) -> Assessment | None:
        if facts.only_tables:
            return NOT_ASSESSABLE
        return PASS if headings.keys() <= {section.section for section in facts.sections} else None

    def look(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        found = {section.section for section in facts.sections}
        missing = [heading for section, heading in headings.items() if section not in found]
        return [Assessment("fail", place="各部分标题", details={"list": "、".join(missing), "count": str(len(missing))})]

    return Glance(tells, look)


def _sections_in_order(_: Rule, expander: Expander) -> Check:
    headings = {section.section: quoted(section.headings[0]) for section in expander.catalog.sections}
    order = list(headings)

    def found_in(facts: ReportFacts) -> list[str]:
        rows = sorted((row for row in facts.sections if row.section in headings), key=lambda row: row.position)
        return list(dict.fromkeys(row.section for row in rows))

    def tells(facts: ReportFacts) -> Assessment | None:
        found = found_in(facts)
        if len(found) < 2 or facts.only_tables:
            return NOT_ASSESSABLE
        return PASS if found == sorted(found, key=order.index) else None

    def look(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        return [Assessment("fail", place="各部分标题", details={"list": "、".join(headings[section] for section in found_in(facts))})]

    return Glance(tells, look)


def _section_filled(rule: Rule, expander: Expander) -> Check:
    named = section_of(rule, expander)
    section, heading = named.section, quoted(named.headings[0])
    nothing, minimum = pattern_of(rule, "nothing"), whole_number_of(rule, "minimum_length")

    def tells(facts: ReportFacts) -> Assessment | None:
        found = facts.section(section)
        if found is None:
            return NOT_ASSESSABLE
        words = _NOT_TEXT.sub("", found.text)
        return PASS if len(words) >= minimum and not nothing.fullmatch(words) else None

    def look(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        found = facts.section(section)
        assert found is not None
        text = f"只写了{quoted(found.text.strip().rstrip('。'))}" if _NOT_TEXT.sub("", found.text) else "没有内容"
        return [Assessment("fail", place=heading, details={"section": heading, "text": text})]

    return Glance(tells, look)


def _section_says(rule: Rule, expander: Expander) -> Check:
    named = section_of(rule, expander)
    section, heading = named.section, quoted(named.headings[0])
    says, minimum = pattern_of(rule, "says"), whole_number_of(rule, "minimum_length")

    def tells(facts: ReportFacts) -> Assessment | None:
        found = facts.section(section)
        if found is None or not _has_letters(found.text, minimum):
            return NOT_ASSESSABLE
        return PASS if says.search(found.text) or says.search(simplified(found.text)) else None

    return Glance(tells, lambda _, __: [Assessment("fail", place=heading, details={"section": heading})])


def _has_letters(text: str, minimum: int) -> bool:
    """Whether a text has so many letters, looked at only so far as to tell."""
    return minimum == 0 or next(islice(_LETTER.finditer(text), minimum - 1, None), None) is not None


def _text_free_of(rule: Rule, _: Expander) -> Check:
    pattern = pattern_of(rule, "pattern")

    def check(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        texts = [facts.title, *(text for section in facts.sections for text in (section.heading, section.text))]
        if not any(texts):
            return [NOT_ASSESSABLE]
        found = [match[0].strip() for text in texts for match in pattern.finditer(text)]
        if not found:
            return [PASS]
        names = listed([quoted(text) for text in dict.fromkeys(found)])
        return [Assessment("fail", place="正文", details={"list": names, "count": str(len(found))})]

    return check


SECTIONS_PRESENT = Kind(_sections_present, says=frozenset({"list", "count"}))
SECTIONS_IN_ORDER = Kind(_sections_in_order, says=frozenset({"list"}))
SECTION_FILLED = Kind(
    _section_filled, needs=frozenset({"section", "nothing"}), takes=frozenset({"minimum_length"}), says=frozenset({"section", "text"})
)
SECTION_SAYS = Kind(_section_says, needs=frozenset({"section", "says"}), takes=frozenset({"minimum_length"}), says=frozenset({"section"}))
TEXT_FREE_OF = Kind(_text_free_of, needs=frozenset({"pattern"}), says=frozenset({"list", "count"}))
