"""What the text says of figures, in the ways in which offices say it: nothing here contradicts the tables."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from pipeline.catalog.model import Catalog
from tests.reports.content import ReportContent
from tests.reports.quirks.model import Registry

PROSE = Registry("prose")


def _count(content: ReportContent, field: str) -> int:
    return int(content.figures[f"requests.{field}", "total"].value or Decimal(0))


def _told(content: ReportContent, *texts: str) -> ReportContent:
    first, *rest = content.sections
    return replace(content, sections=(replace(first, paragraphs=(*first.paragraphs, *texts)), *rest))


@PROSE.content(forms={"2019", "2021"})
def received_means_new(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """收到 N 件: those of this year."""
    return _told(content, f"本年度共收到政府信息公开申请{_count(content, 'new')}件，办结{_count(content, 'handled')}件。")


@PROSE.content(forms={"2019", "2021"})
def received_means_new_and_carried(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """收到 N 件: those of this year and those carried in."""
    both = _count(content, "new") + _count(content, "carried_in")
    return _told(content, f"本年度共收到政府信息公开申请{both}件（含上年结转{_count(content, 'carried_in')}件）。")


@PROSE.content()
def about_so_many(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """余, 多, 约."""
    return _told(content, "全年主动公开政府信息1200余条，组织培训20多次，接待群众约300人次。")


@PROSE.content()
def zero_in_words(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """为零, 未发生一起, 没有接到: said of what the form does not count."""
    return _told(content, "全年投诉举报为零，未发生一起泄密事件，没有接到对主动公开工作的批评。")


@PROSE.content(forms={"2019", "2021"})
def figures_of_another_scope(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """全区 in the text, 本机关 in the table."""
    return _told(content, f"全区各级机关共收到政府信息公开申请{_count(content, 'new') * 7 + 13}件。")


@PROSE.content()
def percentages(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """Shares over a base that is not stated, which add up to 105."""
    return _told(content, "主动公开的信息中，政策文件占35%，工作动态占52.5%，其他占17.5%。")
