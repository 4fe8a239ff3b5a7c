"""A document to reports: the one entrance to this room."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.around.levels import OfLevel, by_level, level_above
from pipeline.normalise.claims.paragraphs import claims_of
from pipeline.normalise.copies import reports_in
from pipeline.normalise.identity.evidence import evidence_of, further_down, named_in_the_text
from pipeline.normalise.identity.identify import Identity, identify
from pipeline.normalise.identity.remarks import said_of_conflicts, said_of_identity
from pipeline.normalise.model import Evidence, Report
from pipeline.normalise.problems import problem
from pipeline.normalise.reading_tables import read_tables
from pipeline.normalise.remarks_of_file import not_a_report, said_of_file
from pipeline.normalise.repeats import of_which_report, said_of_level, without_repeats
from pipeline.normalise.sections import find_sections
from pipeline.normalise.status import status_of
from pipeline.normalise.tables.segments import Segment, find_segments
from pipeline.normalise.tables.stacked import placed_in_source, with_rows_parted
from pipeline.normalise.texts.damage import repetitions_removed
from pipeline.normalise.texts.lines_as_rows import with_tables_of_lines
from pipeline.readers.model import Document


def normalise(catalog: Catalog, document: Document, stated_year: int | None = None, stated_agency: str | None = None) -> list[Report]:
    """The reports of a document, in order; a document without any gives one that is refused.

    stated_year, stated_agency: what a person states of the file in sources.csv, which is said of its first report. A stated
    year counts before that of the title, and where they differ that is said; a stated body is not looked for in vain.
    """
    document, moved = with_rows_parted(catalog, document)
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
    reports = [placed_in_source(report, moved) for report in without_repeats(catalog, reports)]
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
    level = of_level.level
    identity, evidence = _whose(catalog, document, of_level)
    if whole and identity.agency is None and identity.report_year is None:
        level, identity = "own_office", dataclasses.replace(identity, agency=whole.agency, other_year=whole.report_year)
    year = stated_year or identity.report_year
    form = catalog.form_due(year) if year else None
    sections = find_sections(catalog, document)
    tables = read_tables(catalog, document, of_level.segments, year)
    problems = [
        *said_of_identity(catalog, identity, year, stated_year, stated_agency),
        *said_of_conflicts(catalog, identity, evidence, year, stated_year),
        *tables.problems,
        *said_of_file(catalog, document, identity, year, two_years=tables.two_years, has_sections=bool(sections)),
    ]
    problems += of_which_report(catalog, tables.found, problems)
    problems += said_of_level(catalog, level, of_level.unsure)
    known = bool(identity.agency or stated_agency)
    status = status_of(catalog, document, form, identity.title, sections, tables, problems, body_is_known=known)
    if status == "refused":  # whose it is and of which year is asked of reports
        problems = [item for item in problems if item.code not in ("agency_unknown", "year_unknown")]
        problems.append(not_a_report(catalog, document))
    return Report(
        index=index,
        status=status,
        agency=identity.agency,
        report_year=year,
        title=identity.title,
        title_year=identity.title_year,
        period_year=identity.period_year,
        tables=tuple(tables.found),
        cells=tuple(tables.cells) if status != "refused" else (),
        sections=sections,
        problems=tuple(problems),
        published_on=document.metadata.get("published_on"),
        evidence=evidence,
        level=level,
    )


def _whose(catalog: Catalog, document: Document, of_level: OfLevel) -> tuple[Identity, tuple[Evidence, ...]]:
    """Whose report it is and of which year, by its title or else by its text, and all that speaks for or against it."""
    first_table = min((item.lattice.grid.index for item in of_level.segments), default=None)
    identity = identify(document, first_table)
    evidence = evidence_of(catalog, document, identity, first_table)
    if identity.agency is None and (named := named_in_the_text(evidence)):
        identity = dataclasses.replace(identity, agency=named, agency_from="self_reference")
    return identity, evidence
