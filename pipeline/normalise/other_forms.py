"""Forms beside those of 2019 and after: reports in prose alone, and tables that are not of the form due for the year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Form
from pipeline.normalise.model import Cell, ReportStatus, Section, TableFound
from pipeline.normalise.problems import problem
from pipeline.normalise.tables.printed import TableRead
from pipeline.normalise.wording import compact
from pipeline.readers.model import Document, Grid

_HEADING = re.compile(r"^[一二三四五六七八九十]{1,2}[、.](?=.{2,40}$)")
_ENOUGH_HEADINGS = 2  # from which a text under a title is a report, and not news of one or a page with a link to it
_NOT_WHOLE = {"cells_missing", "label_unmatched", "cell_unplaced", "table_unreadable"}


def taken(catalog: Catalog, due: Form, year: int, read: TableRead, *, beside_those_due: bool) -> Iterator[TableRead]:
    """A table that the form due for the year does not have counts where it is whole, which is said.

    Lists of a place use some of its labels. beside_those_due: all tables of the form due are there, and this is one more.
    """
    if read.found.state != "found" or _NOT_WHOLE & {item.code for item in read.problems}:
        lists = [item for item in read.problems if item.code == "list_of_a_place" and due.in_prose]
        yield TableRead(TableFound(read.found.table, None, "absent"), [], lists)
        return
    title = next(form.title_zh for form in catalog.forms if form.form == read.found.form)
    if beside_those_due:
        said = problem(catalog, "table_added", f"报告另附有{title}的表格，一并读取。", table=read.found.table)
    else:
        message = f"这张表是{title}的，而 {year} 年度报告应为{due.title_zh}，请核实报告年度。"
        said = problem(catalog, "form_unknown", message, table=read.found.table)
    yield read._replace(problems=[*read.problems, said])


def status_of_prose(document: Document, title: str, sections: Sequence[Section], cells: Iterable[Cell], known: bool) -> ReportStatus:
    """Whether a text of years of prose is a report at all, and whether everything of it could be taken; known: its body and year are."""
    if not is_report_text(document, title, sections):
        return "refused"
    return "parsed" if known and not any(cells) else "partial"


def is_report_text(document: Document, title: str, sections: Sequence[Section]) -> bool:
    """Whether a text has the title and the headings of a report, and is not news of one or a page with a link to it."""
    headings = sum(1 for text in _texts(document) if _HEADING.match(compact(text)))
    return bool(title) and max(len(sections), headings) >= _ENOUGH_HEADINGS


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield from block.text.splitlines()
