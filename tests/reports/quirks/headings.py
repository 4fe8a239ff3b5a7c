"""Headings and titles as offices write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from pipeline.catalog.model import Catalog
from tests.reports.content import PrintedSection, ReportContent
from tests.reports.quirks.model import Registry

HEADINGS = Registry("headings")


def _headed(content: ReportContent, headings: Mapping[str, str]) -> ReportContent:
    """The content with other words in the headings of some sections, whose numbers stay."""
    sections = [
        replace(section, heading=section.heading[:2] + headings[section.section]) if section.section in headings else section
        for section in content.sections
    ]
    return replace(content, sections=tuple(sections))


@HEADINGS.content(says={"S1"})
def heading_missing(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """A section has no heading: its text and table follow the section before."""
    missing = random.choice(content.sections[1:])
    sections = [replace(section, heading="") if section is missing else section for section in content.sections]
    return replace(content, sections=tuple(sections))


@HEADINGS.content()
def headings_misnumbered(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """一、二、三、三、四、五、."""
    sections = [
        replace(section, heading=number + section.heading[1:]) for number, section in zip("一二三三四五", content.sections, strict=True)
    ]
    return replace(content, sections=tuple(sections))


@HEADINGS.content(says={"S1"})
def sections_in_another_order(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """The last sections stand before the tables."""
    first, *rest = content.sections
    return replace(content, sections=(first, *rest[-2:], *rest[:-2]))


@HEADINGS.content()
def dots_behind_numbers(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """`三.` and `三．` for `三、`."""
    dot = random.choice(".．")
    return replace(content, sections=tuple(replace(section, heading=section.heading.replace("、", dot, 1)) for section in content.sections))


@HEADINGS.content()
def older_wordings(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """四、因政府信息公开工作被申请行政复议和提起行政诉讼情况; 五、存在问题及改进情况."""
    return _headed(content, {"remedies": "因政府信息公开工作被申请行政复议和提起行政诉讼情况", "problems": "存在问题及改进情况"})


@HEADINGS.content()
def sub_headings_like_sections(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """Sub-headings of the first section copy the names of the others, and labels of the tables."""
    first, *rest = content.sections
    more = ("（一）主动公开政府信息情况。", "（二）依申请公开情况。", "（三）予以公开", "1.行政许可")
    return replace(content, sections=(replace(first, paragraphs=(*first.paragraphs, *more)), *rest))


@HEADINGS.content()
def title_printed_twice(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """The title stands again at the head of the text."""
    return replace(content, opening=(content.title.replace("\n", ""), *content.opening))


@HEADINGS.content()
def letters_of_the_title_exchanged(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """工作告年度报 for 工作年度报告."""
    return replace(content, title=content.title.replace("工作年度报告", "工作告年度报"))


def sections_like(catalog: Catalog, form: str, prose: Mapping[str, tuple[str, ...]]) -> tuple[PrintedSection, ...]:
    """The six sections with their printed headings and the prose given."""
    titles = {table.section: table.title_zh for table in catalog.tables_of(form) if not catalog.is_list(form, table.table)}
    rows = sorted(catalog.sections, key=lambda row: row.position)
    return tuple(
        PrintedSection(row.section, f"{number}、{titles.get(row.section, row.headings[0])}", prose.get(row.section, ("情况如下。",)))
        for number, row in zip("一二三四五六", rows, strict=True)
    )
