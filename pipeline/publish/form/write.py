"""The report of a government as far as figures make it: title, six sections, the tables filled, and what to know of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.catalog import Catalog
from pipeline.publish.documents.body import paragraph
from pipeline.publish.documents.template import make_template
from pipeline.publish.form.layout import Figures, form_table
from pipeline.publish.numerals import chinese_number
from pipeline.publish.printed_layout import printed_table


@dataclass(frozen=True)
class FilledForm:
    """What goes into the form. area: whose report it is; figures: money in yuan; remarks: sentences that stand after the report."""

    area: str
    report_year: int
    form: str
    figures: Figures
    remarks: Sequence[str] = ()


def form_document(catalog: Catalog, filled: FilledForm) -> bytes:
    """The form as a Word document. Cells without a figure are blank. The same figures give the same bytes."""
    title = catalog.wordings("form.title", area=filled.area, year=filled.report_year)
    return make_template(catalog.wordings("document.title")).document(_blocks(catalog, filled, title))


def _blocks(catalog: Catalog, filled: FilledForm, title: str) -> Iterator[Any]:
    say = catalog.wordings
    yield paragraph("title", title)
    tables = catalog.tables_of(filled.form)
    sections = {} if catalog.is_list(filled.form, tables[0].table) else {row.section: row for row in catalog.sections}
    for section in sorted(sections.values(), key=lambda row: row.position):
        held = [table for table in tables if table.section == section.section]
        heading = held[0].title_zh if held else section.headings[0]
        yield paragraph("first", f"{chinese_number(section.position)}、{heading}")
        for table in held:
            yield form_table(printed_table(catalog, filled.form, table.table), filled.figures)
        if not held:
            yield paragraph("text", say(f"form.section.{section.section}"))
    for table in tables:
        if table.section not in sections:
            yield paragraph("subtitle", table.title_zh)
            yield form_table(printed_table(catalog, filled.form, table.table), filled.figures)
    yield paragraph("subtitle", say("form.remarks"), page_break=True)
    for remark in filled.remarks:
        yield paragraph("remark", remark)
