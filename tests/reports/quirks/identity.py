"""What a report says of itself, and what else it speaks of."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from pipeline.catalog.model import Catalog
from tests.reports.content import ReportContent
from tests.reports.quirks.model import Registry

IDENTITY = Registry("identity")


def _opening(content: ReportContent, *texts: str) -> ReportContent:
    return replace(content, opening=(*content.opening, *texts))


@IDENTITY.content()
def last_year_in_the_text(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """The text goes on about the year before."""
    last = content.report_year - 1
    return _opening(content, f"{last}年，本机关认真贯彻落实政府信息公开条例，{last}年度政府信息公开工作取得新进展。")


@IDENTITY.content()
def digits_lost_in_dates(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """自20201月1日起."""
    year = content.report_year
    return replace(content, opening=(f"本报告所列数据的统计期限自{year}1月1日起至{year}年12月31日止。",))


@IDENTITY.content()
def title_over_three_lines(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """Body, year and the rest on lines of their own."""
    year = f"{content.report_year}年"
    return replace(content, title=content.title.replace("\n", "").replace(year, f"\n{year}\n"))


@IDENTITY.content()
def date_of_publication_below_the_title(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """发布日期 of the year after, as pages print it."""
    return replace(content, opening=(f"发布日期：{content.report_year + 1}-01-20 来源：{content.agency}", *content.opening))


@IDENTITY.content()
def same_opening_as_others(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """An opening that names the government above, as every body's report has it."""
    return _opening(content, "根据《中华人民共和国政府信息公开条例》和瀚川市人民政府办公室、沐云区人民政府办公室的要求，编制本报告。")
