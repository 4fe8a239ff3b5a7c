"""A report made to measure: figures, oddities and a container, and what is to be read from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from tests.reports.containers import CONTAINERS
from tests.reports.content import Figure, Key, ReportContent, plain, printed_figures
from tests.reports.figures import Size, consistent_figures
from tests.reports.layout import PrintedTable, printed_tables
from tests.reports.quirks import QUIRKS, Quirk
from tests.reports.quirks.headings import sections_like

AGENCY = "瀚川市沐云区财政局"
YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
_BLANK = Figure("", None, "blank")
_PROSE = {
    "overview": ("本机关坚持以公开为常态，依法做好政府信息公开工作。",),
    "problems": ("存在的主要问题是公开内容不够全面、更新不及时。下一步将加强培训，改进工作。",),
    "other": ("本年度没有收取政府信息公开信息处理费。",),
}


@dataclass(frozen=True)
class Made:
    """A report with its oddities applied, ready to be written."""

    content: ReportContent
    tables: tuple[PrintedTable, ...]
    container: str
    quirks: tuple[Quirk, ...] = ()
    seed: int = 0

    def data(self) -> bytes:
        """The bytes of the file."""
        options: dict[str, Any] = {}
        for quirk in self.quirks:
            options |= quirk.options
        data = CONTAINERS[self.container].render(self.content, self.tables, **options)
        for quirk in self.quirks:
            if quirk.on_file:
                data = quirk.on_file(data, Random(self.seed))
        return data

    @property
    def printed(self) -> dict[Key, Figure]:
        """What is to be read: every cell of the form, blank where it is not printed."""
        shown = {cell.key for table in self.tables for row in table.rows for cell in row if cell.key}
        return {key: self.content.figures[key] if key in shown else _BLANK for key in self.content.figures}

    def truth(self, source: str) -> dict[str, Any]:
        """The truth file, as the contract has it."""
        cells = [
            [field, applicant, None if value is None else plain(value), state]
            for (field, applicant), (_, value, state) in self.printed.items()
        ]
        return {
            "source": source,
            "agency": self.content.agency,
            "report_year": self.content.report_year,
            "expect": " | ".join(sorted(self.statuses)),
            "complete": True,
            "cells": [] if self.keeps == "none" else cells,
        }

    @property
    def keeps(self) -> str:
        """What the oddities together leave of the cells."""
        return max((quirk.keeps for quirk in self.quirks), key=("all", "some", "none").index, default="all")

    @property
    def says(self) -> frozenset[str]:
        """The codes of problems that the oddities justify."""
        return frozenset().union(*(quirk.says for quirk in self.quirks))

    @property
    def statuses(self) -> frozenset[str]:
        """The statuses that the report may have."""
        if self.keeps == "none":
            in_prose = any(form.form == self.content.form and form.in_prose for form in the_catalog().forms)
            return frozenset({"refused", "partial"} if in_prose else {"refused"})
        if self.keeps == "some":
            return frozenset({"parsed", "partial", "refused"})
        return frozenset({"partial" if any(quirk.status == "partial" for quirk in self.quirks) else "parsed"})


@lru_cache(maxsize=1)
def the_catalog() -> Catalog:
    """The catalogue of the package."""
    return load_catalog(DEFAULT_CATALOG)


def report_of(form: str, figures: dict[Key, Figure]) -> ReportContent:
    """A report of one invented body with the six sections, prose that no rule objects to, and the figures given."""
    year = YEARS[form]
    opening = (f"本报告所列数据的统计期限自{year}年1月1日至{year}年12月31日。",)
    title = f"{AGENCY}{year}年政府信息公开工作年度报告"
    sections = sections_like(the_catalog(), form, _PROSE)
    return ReportContent(AGENCY, year, form, title, figures, sections, opening, date(year + 1, 1, 20), "瀚川市沐云区人民政府")


def drawn_report(form: str, seed: int) -> ReportContent:
    """A report that keeps every rule: of a body with much to count, or of one with next to nothing where the seed is odd."""
    random = Random(f"{form} {seed}")
    size = Size(random.choice([40, 900, 20000]), 40, licensing=23456, penalties=1234, coercion=110, services=60, fees=3456, purchases=6)
    size = Size(4, 3, licensing=12) if seed % 2 else size
    return report_of(form, printed_figures(the_catalog(), form, consistent_figures(the_catalog(), form, random, None, size)))


def make(content: ReportContent, container: str, quirks: Iterable[str] | Sequence[Quirk] = (), seed: int = 0) -> Made:
    """Apply the oddities in the order of their list: those of what is printed, then those of how the tables are set."""
    named = {quirk if isinstance(quirk, str) else quirk.name for quirk in quirks}
    chosen = tuple(quirk for name, quirk in QUIRKS.items() if name in named)
    for number, quirk in enumerate(chosen):
        if quirk.on_content:
            content = quirk.on_content(content, the_catalog(), Random(f"{seed} {number}"))
    tables = printed_tables(the_catalog(), content)
    for number, quirk in enumerate(chosen):
        if quirk.on_tables:
            tables = quirk.on_tables(tables, Random(f"{seed} {number}"))
    return Made(content, tables, container, chosen, seed)
