"""The workbook of one report year: what an office hands on and prints. That of all years is in `overview.py`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO

from pipeline.catalog import Catalog
from pipeline.publish.letters.sent import YearLetters
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.area_totals import write_area_totals
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.comparison import write_comparison
from pipeline.publish.workbook.decisions import write_decisions
from pipeline.publish.workbook.findings import write_findings
from pipeline.publish.workbook.overview import write_sheets
from pipeline.publish.workbook.problems import write_problems
from pipeline.publish.workbook.quality import write_quality
from pipeline.publish.workbook.ranking import write_ranking
from pipeline.publish.workbook.rules_guide import write_rules_guide
from pipeline.publish.workbook.submission import write_detail
from pipeline.publish.workbook.year_guide import write_year_guide

_SHEETS: tuple[Callable[[Book], None], ...] = (
    write_findings,
    write_area_totals,
    lambda book: write_comparison(book, ("同比", "各单位同比")),
    write_ranking,
    write_quality,
    write_problems,
    lambda book: write_decisions(book, all_years=False),
    write_rules_guide,
)


def year_workbook(tables: Tables, catalog: Catalog, sent: YearLetters) -> bytes:
    """The workbook of the one year that `tables` hold. sent: its letters. The same tables and letters give the same bytes."""
    held = BytesIO()
    write_sheets(
        tables,
        catalog,
        held,
        (partial(write_year_guide, sent=sent), partial(write_detail, name="报送情况", sent=sent), *_SHEETS),
        sent.year,
    )
    return held.getvalue()
