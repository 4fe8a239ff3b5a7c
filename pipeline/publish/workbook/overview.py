"""汇总.xlsx: the workbook for the office that answers for the figures, made from the stored tables alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from pipeline.catalog import Catalog
from pipeline.checks.names import Names
from pipeline.common.errors import GongkaiError
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.comparison import write_comparison
from pipeline.publish.workbook.coverage import write_coverage
from pipeline.publish.workbook.decisions import write_decisions
from pipeline.publish.workbook.findings import write_findings
from pipeline.publish.workbook.guide import write_guide
from pipeline.publish.workbook.indicators import write_indicators
from pipeline.publish.workbook.problems import write_problems
from pipeline.publish.workbook.registers import write_registers
from pipeline.publish.workbook.styles import Styles
from pipeline.publish.workbook.submission import write_submission
from pipeline.publish.workbook.totals import write_totals
from pipeline.publish.workbook.unread import write_unread
from pipeline.warehouse.store import Store

# In the order in which people meet the sheets.
_SHEETS: tuple[Callable[[Book], None], ...] = (
    write_guide,
    write_submission,
    write_findings,
    write_unread,
    write_problems,
    write_registers,
    write_decisions,
    write_totals,
    write_comparison,
    write_indicators,
    write_coverage,
)
# Text from reports stays text, whatever it begins with.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# A fixed moment: the same tables give the same bytes.
_PROPERTIES = {"title": "政府信息公开工作年度报告汇总", "author": "gongkai", "created": datetime(2020, 1, 1)}


def write_workbook(store: Store, catalog: Catalog, path: Path) -> None:
    """Write the workbook beside `path` and rename it over; the old one stays where anything goes wrong.

    Raises GongkaiError where the file cannot be written or replaced (on Windows: while Excel or WPS has it open), and
    SchemaError where a stored table is damaged. The same tables give the same bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _write(store, catalog, temporary)
        temporary.replace(path)
    except (PermissionError, FileCreateError) as error:
        raise GongkaiError(
            f"无法写入 {path}（{error}）。文件可能正由 Excel 或 WPS 打开，或没有写入权限；请关闭后重新运行。原有文件没有改动。"
        ) from None
    finally:
        temporary.unlink(missing_ok=True)


def _write(store: Store, catalog: Catalog, path: Path) -> None:
    with Tables(store) as tables:
        write_sheets(tables, catalog, str(path), _SHEETS)


def write_sheets(
    tables: Tables, catalog: Catalog, target: str | BinaryIO, sheets: Iterable[Callable[[Book], None]], year: int | None = None
) -> None:
    """Write a workbook of these sheets (about one year) to a path or a stream; the same tables give the same bytes."""
    workbook = xlsxwriter.Workbook(target, {**_OPTIONS, "in_memory": not isinstance(target, str)})
    workbook.set_properties(_PROPERTIES)
    book = Book(workbook, Styles(workbook), catalog, Names(catalog), tables, year=year)
    for write_sheet in sheets:
        write_sheet(book)
    workbook.close()
