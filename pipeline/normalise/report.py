"""A document to reports: the one entrance to this room."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.around.captions import without_earlier_years
from pipeline.normalise.around.group_captions import with_groups_above
from pipeline.normalise.around.levels import OfLevel, by_level, level_above
from pipeline.normalise.around.units_above import with_units_above
from pipeline.normalise.around.years import of_year
from pipeline.normalise.claims.paragraphs import claims_of
from pipeline.normalise.copies import reports_in
from pipeline.normalise.identity.evidence import evidence_of, further_down, named_in_the_text
from pipeline.normalise.identity.identify import Identity, identify
from pipeline.normalise.identity.remarks import said_of_conflicts, said_of_identity
from pipeline.normalise.identity.title import mistyped_year
from pipeline.normalise.model import Cell, Problem, Report, ReportStatus, Section, TableFound
from pipeline.normalise.other_forms import is_report_text, status_of_prose, taken
from pipeline.normalise.problems import problem
from pipeline.normalise.repeats import of_which_report, said_of_level, without_repeats
from pipeline.normalise.sections import find_sections
from pipeline.normalise.tables.printed import TableRead, read_table
from pipeline.normalise.tables.segments import Segment, find_segments
from pipeline.normalise.texts.bare_labels import without_bare_rows
from pipeline.normalise.texts.damage import repetitions_removed
from pipeline.normalise.texts.lines_as_rows import with_tables_of_lines
from pipeline.normalise.texts.scattered import scattered
from pipeline.normalise.unread_pictures import unread_beside, why_unread
from pipeline.readers.model import Document

_PERIOD_ONLY = re.compile(r"统计期限|填表说明|^注[:：]|^说明[:：]")  # what stands above and below tables too
_INCOMPLETE = {"cells_missing", "label_unmatched", "cell_unplaced", "cell_conflict", "agency_unknown", "year_unknown"}


def normalise(catalog: Catalog, document: Document, stated_year: int | None = None, stated_agency: str | None = None) -> list[Report]:
    """The reports of a document, in order; a document without any gives one that is refused.

    stated_year, stated_agency: what a person states of the file in sources.csv, which is said of its first report. A stated
    year counts before that of the title, and where they differ that is said; a stated body is not looked for in vain.
    """
    damaged = repetitions_removed(document)
    segments = find_segments(catalog, document.grids()) if not damaged else []
    if not damaged and (missing := _not_in(catalog, segments)):
        told = with_tables_of_lines(catalog, document, missing)
        if told is not document:
            document, segments = told, find_segments(catalog, told.grids())
    reports: list[Report] = []
    blocks_before = 0
    for part, its_segments in reports_in(catalog, document, segments):
        for of_level in by_level(catalog, part, its_segments):
            is_first = not reports or of_level.level == "own_office"
            stated = (stated_year, stated_agency) if is_first and not blocks_before else (None, None)
            headed_own = bool(reports) and level_above(catalog, document, blocks_before) == "own_office"
            report = _report(catalog, len(reports), part, of_level, *stated, whole=reports[0] if headed_own else None)
            of_its_prose = not damaged and of_level.level != "own_office"  # the text speaks of the whole area
            claims = claims_of(catalog, part, report.sections, report.report_year, report.title, blocks_before) if of_its_prose else ()
            reports.append(replace(report, evidence=further_down(report.evidence, blocks_before), claims=claims))
        blocks_before += len(part.blocks)
    reports = without_repeats(catalog, reports)
    if damaged:
        message = "文件中重复的行都被删去了（多为网页采集所致），数字与行名、列名已对不上，未采用任何数字。请改用原件。"
        said = problem(catalog, "lines_removed", message)
        reports = [replace(report, status="refused", problems=(*report.problems, said)) for report in reports]
    return reports


def _not_in(catalog: Catalog, segments: Sequence[Segment]) -> list[str]:
    """The tables of which no grid holds anything."""
    found = {segment.table for segment in segments}
    return [table for table in catalog.table_ids if table not in found]


def _report(
    catalog: Catalog,
    index: int,
    document: Document,
    of_level: OfLevel,
    stated_year: int | None,
    stated_agency: str | None,
    whole: Report | None,
) -> Report:
    """One report of a document. whole: the report of the area, for one that is headed 本级 and may name neither body nor year."""
    level, segments = of_level.level, of_level.segments
    first_table = min((item.lattice.grid.index for item in segments), default=None)
    identity = identify(document, first_table)
    evidence = evidence_of(catalog, document, identity, first_table)
    if identity.agency is None and (named := named_in_the_text(evidence)):
        identity = dataclasses.replace(identity, agency=named, agency_from="self_reference")
    if whole and identity.agency is None and identity.report_year is None:
        level, identity = "own_office", dataclasses.replace(identity, agency=whole.agency, other_year=whole.report_year)
    year = stated_year or identity.report_year
    form = catalog.form_due(year) if year else None
    form_due = form.form if form else None
    sections = find_sections(catalog, document)
    of_the_year, two_years = _of_year(catalog, document, segments, year)
    reads = list(_read_tables(catalog, document, of_the_year, form_due, year))
    due = {row.table for row in catalog.tables_of(form.form)} if form else set(catalog.table_ids)
    tables = [read.found for read in reads if read.found.state != "absent" or read.found.table in due]
    cells = [cell for read in reads for cell in read.cells]
    problems = [
        *said_of_identity(catalog, identity, year, stated_year, stated_agency),
        *said_of_conflicts(catalog, identity, evidence, year, stated_year),
        *(item for read in reads for item in read.problems),
        *_of_the_file(catalog, document, identity, year, two_years=two_years, has_sections=bool(sections)),
    ]
    problems += of_which_report(catalog, tables, problems)
    problems += said_of_level(catalog, level, of_level.unsure)
    if form and not catalog.tables_of(form.form):
        status = status_of_prose(document, identity.title, sections, cells, known=bool(identity.agency or stated_agency))
    else:
        status = _status(catalog, tables, cells, problems, form_due)
    if status == "refused" and form and form.in_prose and is_report_text(document, identity.title, sections):
        status = "partial"
    if status == "partial" and _is_something_else(document, identity, sections, problems, tables):
        status = "refused"
    if status == "refused":  # whose it is and of which year is asked of reports
        problems = [item for item in problems if item.code not in ("agency_unknown", "year_unknown")]
        problems.append(problem(catalog, "not_a_report", f"没有从文件中取得年度报告的任何表格，未采用任何数字。{_attachments(document)}"))
    return Report(
        index=index,
        status=status,
        agency=identity.agency,
        report_year=year,
        title=identity.title,
        title_year=identity.title_year,
        period_year=identity.period_year,
        tables=tuple(tables),
        cells=tuple(cells) if status != "refused" else (),
        sections=sections,
        problems=tuple(problems),
        published_on=document.metadata.get("published_on"),
        evidence=evidence,
        level=level,
    )


def _of_year(catalog: Catalog, document: Document, segments: list[Segment], year: int | None) -> tuple[list[Segment], bool]:
    """The tables with the figures of the year alone, and whether those of other years stood beside them."""
    grids = [of_year(catalog, grid, year) for grid in document.grids()] if segments else []
    two_years = bool(segments) and grids != list(document.grids())
    if two_years:
        segments = find_segments(catalog, grids)
    of_the_year = without_earlier_years(catalog, document, segments, year)
    two_years = two_years or len(of_the_year) < len(segments)
    return with_units_above(catalog, document, with_groups_above(catalog, document, of_the_year)), two_years


def _of_the_file(
    catalog: Catalog, document: Document, identity: Identity, year: int | None, *, two_years: bool, has_sections: bool
) -> Iterator[Problem]:
    """What is to be said of the file as a whole, whatever its tables hold."""
    if year and (mistyped := mistyped_year(identity.title)):
        message = f"题目中的年度“{mistyped}”多一位或少一位数字，按 {year} 年处理，请核实并更正题目。"
        yield problem(catalog, "year_mistyped", message)
    if (document.metadata.get("kind") == "workbook" or (any(document.grids()) and not has_sections)) and not _has_prose(document):
        message = "文件只有表格，没有报告正文，六个部分是否齐全无法核对。正文如另有文件，请一并报送。"
        yield problem(catalog, "only_tables", message)
    if two_years:
        yield problem(catalog, "other_year", f"表格并列了几个年度的数字，只采用 {year} 年的，其他年度的未采用。")
    if sheets := document.metadata.get("hidden_sheets"):
        yield problem(catalog, "cells_hidden", f"工作簿中有隐藏的工作表（{sheets}），其中的数字未采用。如应公开，请取消隐藏。")
    if sheets := document.metadata.get("hidden"):
        yield problem(catalog, "cells_hidden", f"工作表（{sheets}）中有隐藏的行或列，其中的数字未采用。如应公开，请取消隐藏。")


def _has_prose(document: Document) -> bool:
    """Whether any sentence stands beside the tables."""
    return any("。" in paragraph.text and not _PERIOD_ONLY.search(paragraph.text) for paragraph in document.paragraphs())


def _attachments(document: Document) -> str:
    """What to do where the tables may be in a file that the page links to."""
    names = document.metadata.get("attachments", "").splitlines()
    return f"表格可能在网页的附件（{'、'.join(names[:3])}）中，请把附件与网页放在同一文件夹。" if names else ""


def _read_tables(
    catalog: Catalog, document: Document, segments: list[Segment], form_due: str | None, year: int | None
) -> Iterator[TableRead]:
    """Every table of any form, with all there is to say about it."""
    form = catalog.form_due(year) if year else None
    due = {row.table for row in catalog.tables_of(form.form)} if form else set(catalog.table_ids)
    reads = [read_table(catalog, table, [item for item in segments if item.table == table], form_due) for table in catalog.table_ids]
    reads = [without_bare_rows(catalog, document, read) for read in reads]
    for read in reads:
        if read.found.table in due:
            found, more = _hidden(catalog, document, read.found, segments)
            yield TableRead(found, read.cells, [*read.problems, *more, *_absent(catalog, found, form_due)])
    due_are_found = due <= {read.found.table for read in reads if read.found.state == "found"}
    for read in reads:
        if form and year and read.found.table not in due:
            yield from taken(catalog, form, year, read, beside_those_due=bool(due) and due_are_found)


def status_with_agency(catalog: Catalog, report: Report) -> ReportStatus:
    """The status of a report that was in parts, now that its body is known."""
    due = {row.table for row in catalog.tables_of(form.form)} if (form := catalog.form_due(report.report_year or 0)) else set()
    found = {table.table for table in report.tables if table.state == "found"}
    whole = due <= found and report.report_year is not None and not _INCOMPLETE & {item.code for item in report.problems}
    return "parsed" if report.status == "partial" and whole else report.status


def _status(catalog: Catalog, tables: list[TableFound], cells: list[Cell], problems: list[Problem], form_due: str | None) -> ReportStatus:
    """`parsed` where every table due was found, every row and column placed and every label understood."""
    if not any(cell.locator for cell in cells):
        return "refused"
    due = {row.table for row in catalog.tables_of(form_due)} if form_due else set(catalog.table_ids)
    complete = due <= {found.table for found in tables if found.state == "found"}
    return "parsed" if complete and form_due and not _INCOMPLETE & {item.code for item in problems} else "partial"


def _is_something_else(
    document: Document, identity: Identity, sections: Sequence[Section], problems: list[Problem], tables: list[TableFound]
) -> bool:
    """Whether a text has neither title nor section of a report, and only pieces of its tables: other statistics use those labels too."""
    if identity.title or sections or not any(document.paragraphs()):
        return False
    in_pieces = {item.table for item in problems if item.code == "cells_missing"}
    return all(found.table in in_pieces for found in tables if found.state == "found")


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


def _absent(catalog: Catalog, found: TableFound, form_due: str | None) -> Iterator[Problem]:
    due = {row.table: row for row in catalog.tables_of(form_due)} if form_due else {}
    if found.state == "absent" and found.table in due:
        row = due[found.table]
        yield problem(catalog, "table_absent", f"没有找到{row.number_zh}“{row.title_zh}”。", table=found.table)
