"""登记问题: what is wrong in what the office itself wrote down: sources.csv and the roster."""

from __future__ import annotations

from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_PROBLEMS = """
    SELECT 'sources.csv', message, problem FROM raw_source_problems
    UNION ALL SELECT regexp_extract(message, '^[a-z_]+[.]csv'), message, problem FROM core_roster_problems
    ORDER BY 1 DESC, 3
"""
_COLUMNS = (
    Column(
        "登记表",
        14,
        "centred",
        "sources.csv：文件旁边的登记；roster.csv：应报名单；agencies.csv、agency_names.csv、agency_links.csv：单位登记表。",
    ),
    Column("说明", 120, "long"),
)


def write_registers(book: Book) -> None:
    """Each line of sources.csv, the roster and the registry that has no effect, or makes names or years uncertain."""
    notes = (
        "以下各行没有起作用，只起了一部分作用，或者使名称、年度不能确定；改正后重新运行即可。单位登记表有自相矛盾的错误时不能运行，运行时会列出。",
    )
    listing = Listing("登记问题", "登记问题", _COLUMNS, notes, "sources.csv、应报名单和单位登记表没有问题。")
    write_listing(book, listing, ([register, message] for register, message, _ in book.tables.rows(_PROBLEMS)))
