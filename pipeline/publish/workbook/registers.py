"""登记问题: what is wrong in what the office itself wrote down: sources.csv and the roster."""

from __future__ import annotations

from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_PROBLEMS = """
    SELECT 'sources.csv', message, problem FROM raw_source_problems
    UNION ALL SELECT 'roster.csv', message, problem FROM core_roster_problems
    ORDER BY 1 DESC, 3
"""
_COLUMNS = (
    Column("登记表", 14, "centred", "sources.csv：文件旁边的登记；roster.csv：应报名单。"),
    Column("说明", 120, "long"),
)


def write_registers(book: Book) -> None:
    """Each line of sources.csv and roster.csv that has no effect, or not the one that was meant."""
    notes = ("以下各行没有起作用，或者只起了一部分作用；改正后重新运行即可。单位登记表（agencies.csv 等）有误时不能运行，运行时会列出。",)
    listing = Listing("登记问题", "登记问题", _COLUMNS, notes, "sources.csv 和应报名单没有问题。")
    write_listing(book, listing, ([register, message] for register, message, _ in book.tables.rows(_PROBLEMS)))
