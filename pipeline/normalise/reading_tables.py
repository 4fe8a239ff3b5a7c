"""All printed tables of one report: those of its year, read as the forms have them, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Form
from pipeline.normalise.around.captions import without_earlier_years
from pipeline.normalise.around.group_captions import with_groups_above
from pipeline.normalise.around.units_above import with_units_above
from pipeline.normalise.around.years import of_year
from pipeline.normalise.model import Cell, Problem, TableFound
from pipeline.normalise.other_forms import taken
from pipeline.normalise.problems import problem
from pipeline.normalise.tables.printed import TableRead, read_table
from pipeline.normalise.tables.segments import Segment, find_segments
from pipeline.normalise.texts.bare_labels import without_bare_rows
from pipeline.normalise.texts.scattered import scattered
from pipeline.normalise.unread_pictures import unread_beside, why_unread
from pipeline.readers.model import Document


class TablesRead(NamedTuple):
    """The tables of a report. two_years: the figures of other years stood beside them and were left out."""

    found: list[TableFound]
    cells: list[Cell]
    problems: list[Problem]
    two_years: bool


def read_tables(catalog: Catalog, document: Document, segments: list[Segment], year: int | None) -> TablesRead:
    """Every table of any form, with all there is to say about it. year: that of the report, None where it is not known."""
    form = catalog.form_due(year) if year else None
    due = tables_due(catalog, form)
    of_the_year, two_years = _of_year(catalog, document, segments, year)
    reads = list(_each_table(catalog, document, of_the_year, form, year))
    return TablesRead(
        [read.found for read in reads if read.found.state != "absent" or read.found.table in due],
        [cell for read in reads for cell in read.cells],
        [item for read in reads for item in read.problems],
        two_years,
    )


def tables_due(catalog: Catalog, form: Form | None) -> set[str]:
    """The tables that a report has to have; all, as long as its form is not known."""
    return {row.table for row in catalog.tables_of(form.form)} if form else set(catalog.table_ids)


def _of_year(catalog: Catalog, document: Document, segments: list[Segment], year: int | None) -> tuple[list[Segment], bool]:
    """The tables with the figures of the year alone, and whether those of other years stood beside them."""
    grids = [of_year(catalog, grid, year) for grid in document.grids()] if segments else []
    two_years = bool(segments) and grids != list(document.grids())
    if two_years:
        segments = find_segments(catalog, grids)
    of_the_year = without_earlier_years(catalog, document, segments, year)
    two_years = two_years or len(of_the_year) < len(segments)
    return with_units_above(catalog, document, with_groups_above(catalog, document, of_the_year)), two_years


def _each_table(catalog: Catalog, document: Document, segments: list[Segment], form: Form | None, year: int | None) -> Iterator[TableRead]:
    due = tables_due(catalog, form)
    form_due = form.form if form else None
    reads = [read_table(catalog, table, [item for item in segments if item.table == table], form_due) for table in catalog.table_ids]
    reads = [without_bare_rows(catalog, document, read) for read in reads]
    for read in reads:
        if read.found.table in due:
            found, more = _hidden(catalog, document, read.found, segments)
            yield TableRead(found, read.cells, [*read.problems, *more, *_absent(catalog, found, form)])
    due_are_found = due <= {read.found.table for read in reads if read.found.state == "found"}
    for read in reads:
        if form and year and read.found.table not in due:
            yield from taken(catalog, form, year, read, beside_those_due=bool(due) and due_are_found)


def _hidden(catalog: Catalog, document: Document, found: TableFound, segments: list[Segment]) -> tuple[TableFound, list[Problem]]:
    """A table that is nowhere may stand in the text, its cells scattered; or in a picture, where there is no table at all or where
    pictures of a page could not be had.
    """
    if found.state != "absent":
        return found, []
    if scattered(catalog, found.table, document):
        message = "报告中有这张表的文字，但不成表格（各格散在正文里），行列对不上，未能读取。请改用原件。"
    elif document.pictures and (not segments or unread_beside(document)):
        message = f"文件中的表格可能是图片，未能读取：{why_unread(document)}。也可改报 Word、Excel 或文字型 PDF。"
    else:
        return found, []
    return TableFound(found.table, None, "unreadable"), [problem(catalog, "table_unreadable", message, table=found.table)]


def _absent(catalog: Catalog, found: TableFound, form: Form | None) -> Iterator[Problem]:
    due = {row.table: row for row in catalog.tables_of(form.form)} if form else {}
    if found.state == "absent" and found.table in due:
        row = due[found.table]
        yield problem(catalog, "table_absent", f"没有找到{row.number_zh}“{row.title_zh}”。", table=found.table)
