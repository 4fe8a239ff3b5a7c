"""A report in reading order: what every renderer walks over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from tests.reports.content import ReportContent
from tests.reports.layout import PrintedTable


class Line(NamedTuple):
    """A line of running text."""

    kind: Literal["title", "paragraph", "heading"]
    text: str


def flow(content: ReportContent, tables: Iterable[PrintedTable]) -> Iterator[Line | PrintedTable]:
    """Title, opening, then section by section: heading, paragraphs, tables. A table without its section ends the report."""
    waiting = list(tables)
    for text in content.title.split("\n"):
        yield Line("title", text)
    for text in content.opening:
        yield Line("paragraph", text)
    for section in content.sections:
        if section.heading:
            yield Line("heading", section.heading)
        for text in section.paragraphs:
            yield Line("paragraph", text)
        for table in [table for table in waiting if table.section == section.section]:
            waiting.remove(table)
            yield from _captioned(table)
    for table in waiting:
        yield from _captioned(table)


def _captioned(table: PrintedTable) -> Iterator[Line | PrintedTable]:
    if table.caption:
        yield Line("paragraph", table.caption)
    yield table
