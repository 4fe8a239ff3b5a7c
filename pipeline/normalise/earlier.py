"""Reports of the years before the tables that are read: prose (2008 to 2013), or prose with one table of statistics (2014 to 2018)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import EarlierForm
from pipeline.normalise.model import Cell, ReportStatus, Section, TableFound, TableState
from pipeline.normalise.problems import problem
from pipeline.normalise.tables import TableRead
from pipeline.normalise.unread_pictures import why_unread
from pipeline.normalise.wording import compact, label_key
from pipeline.readers.model import Document, Grid

_HEADING = re.compile(r"^[一二三四五六七八九十]{1,2}[、.](?=.{2,40}$)")
_ENOUGH_HEADINGS = 2  # from which a text under a title is a report, and not news of one or a page with a link to it
_ENOUGH_WORDINGS = 3
_NOT_WHOLE = {"cells_missing", "label_unmatched", "cell_unplaced", "table_unreadable"}


def taken(catalog: Catalog, form: EarlierForm, year: int, read: TableRead) -> TableRead:
    """A table of a later form counts where it is whole, which is said; lists of a place may use some of its labels."""
    if read.found.state != "found" or _NOT_WHOLE & {item.code for item in read.problems}:
        return TableRead(TableFound(read.found.table, None, "absent"), [], [])
    message = f"这张表是以后年度的格式，而 {year} 年度报告应为{form.title_zh}，请核实报告年度。"
    return read._replace(problems=[*read.problems, problem(catalog, "form_unknown", message, table=read.found.table)])


def statistics(catalog: Catalog, form: EarlierForm, document: Document) -> Iterator[TableRead]:
    """The national table of the form: there but not read, or not there."""
    if form.table is None:
        return
    known = {label_key(wording) for wording in form.wordings}
    seen = known & {label_key(text) for text in _texts(document)}
    state: TableState = "unreadable"
    if len(seen) >= _ENOUGH_WORDINGS:
        message = f"报告中有“{form.table_title_zh}”，{form.title_zh}的表格尚不能读取，未采用其中数字。"
    elif document.pictures:
        message = f"“{form.table_title_zh}”可能是图片，未能读取：{why_unread()}。"
    else:
        state, message = "absent", f"没有找到“{form.table_title_zh}”。"
    yield TableRead(TableFound(form.table, None, state), [], [problem(catalog, f"table_{state}", message, table=form.table)])


def status_of(
    form: EarlierForm, document: Document, title: str, sections: Sequence[Section], cells: Iterable[Cell], known: bool
) -> ReportStatus:
    """Whether the text is a report at all, and whether everything of it could be taken; known: its body and year are."""
    headings = sum(1 for text in _texts(document) if _HEADING.match(compact(text)))
    if not title or max(len(sections), headings) < _ENOUGH_HEADINGS:
        return "refused"
    return "parsed" if known and form.table is None and not any(cells) else "partial"


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield from block.text.splitlines()
