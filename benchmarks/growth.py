"""Folders of made reports, any number of them, by the renderers of the tests: to see how a build grows.

Bodies are those of an invented district; containers come in the shares of the sample.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random

from pipeline.catalog import Catalog, load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from tests.reports import render_docx, render_html, render_pdf, render_text, render_xlsx
from tests.reports.content import Key, PrintedSection, ReportContent, printed_figures
from tests.reports.figures import Size, consistent_figures
from tests.reports.layout import printed_tables

_YEARS = range(2019, 2025)
_RENDERERS: dict[str, Callable[..., bytes]] = {
    "html": render_html.render,
    "docx": render_docx.render,
    "txt": render_text.render,
    "pdf": render_pdf.render,
    "xlsx": render_xlsx.render,
}
_SHARES = {"html": 23, "docx": 20, "txt": 12, "pdf": 12, "xlsx": 11}  # of the sample
_SIGNS = "安柏川东福谷海嘉康乐林明宁平青荣山泰文秀云泽长州"
_NUMBERS = "一二三四五六"


def write_reports(raw: Path, count: int) -> None:
    """Write reports below `raw` until there are `count`; a smaller count gives the same first ones."""
    bodies = -(-count // len(_YEARS))
    left = [count - number * len(_YEARS) for number in range(bodies)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        list(pool.map(_write_body, [raw] * bodies, range(bodies), left, chunksize=4))


def _write_body(raw: Path, number: int, most: int) -> None:
    for content in islice(_reports_of(number), most):
        suffix = Random(f"{number}/{content.report_year}").choices(list(_SHARES), list(_SHARES.values()))[0]
        target = raw / f"{content.report_year + 1}年报送" / f"{content.agency}.{suffix}"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_RENDERERS[suffix](content, printed_tables(_catalog(), content)))


@cache
def _catalog() -> Catalog:
    return load_catalog(DEFAULT_CATALOG)


def _reports_of(number: int) -> Iterator[ReportContent]:
    """The reports of one body, year after year, with figures that keep the rules."""
    first, second = divmod(number, len(_SIGNS))
    agency = f"瀚川市沐云区{_SIGNS[first]}{_SIGNS[second]}管理局"
    random, history = Random(agency), dict[Key, Decimal]()
    size = Size(requests=random.randint(5, 90), licensing=random.randint(0, 900), penalties=random.randint(0, 200))
    for year in _YEARS:
        form = _catalog().form_due(year)
        assert form is not None
        values = consistent_figures(_catalog(), form.form, random, history, size)
        history |= values
        figures = printed_figures(_catalog(), form.form, values)
        title = f"{agency}{year}年政府信息公开工作年度报告"
        yield ReportContent(agency, year, form.form, title, figures, _sections(form.form, agency, year))


def _sections(form: str, agency: str, year: int) -> tuple[PrintedSection, ...]:
    titles = {table.section: table.title_zh for table in _catalog().tables_of(form)}
    text = f"{agency}{year}年坚持以公开为常态、不公开为例外，对照公开事项清单逐项梳理，及时更新公开目录，本年度情况如本节所述。"
    return tuple(
        PrintedSection(row.section, f"{_NUMBERS[row.position - 1]}、{titles.get(row.section, row.headings[0])}", (text,) * 3)
        for row in _catalog().sections
    )
