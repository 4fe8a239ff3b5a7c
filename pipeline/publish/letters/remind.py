"""A reminder (催报函) as a Word document, in the manner of official papers: every sentence is a row of wordings.csv."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.catalog import Catalog
from pipeline.catalog.office import Office
from pipeline.catalog.row_types import Form
from pipeline.catalog.wordings import Wordings
from pipeline.publish.documents.body import Cell, paragraph, table
from pipeline.publish.letters.closing import annex_head, closing, contact, numbered, send_to
from pipeline.publish.letters.outstanding import Outstanding
from pipeline.publish.numerals import chinese_date, chinese_number

_WIDTHS = (2800, 6044)  # of the columns of the sheet to be filled in, 156 mm together
_ASKED = ("published_on", "address", "file", "reason", "when")
_HEIGHT = 640


def reminder_blocks(found: Outstanding, office: Office, catalog: Catalog) -> Iterator[Any]:
    """The paragraphs of a reminder and the sheet that comes back with the report."""
    say, form = catalog.wordings, catalog.form_due(found.report_year)
    basis = say("reminder.basis", duty=form.duty_zh) if form and form.duty_zh else say("reminder.basis_unknown")
    words = {"basis": basis, "deadline": chinese_date(found.deadline), "year": found.report_year}
    yield paragraph("title", say(f"reminder.title.{found.kind}", year=found.report_year))
    yield paragraph("address", say("letter.address", agency=found.agency_name))
    yield paragraph("text", say(f"reminder.opening.{found.kind}", **words))
    for number, file in enumerate(found.files, start=1):
        yield paragraph("text", say("reminder.file", number=chinese_number(number), file=file.name, reason=file.reason))
    if found.files:
        yield paragraph("text", say("reminder.ask"))
    yield from numbered(
        [f"{chinese_number(number)}、{demand}" for number, demand in enumerate(_demands(found, office, form, say), start=1)]
    )
    yield from closing(office, say, say("reminder.annex"))
    yield from annex_head(say("reminder.annex_title", year=found.report_year), say)
    yield _answer(found, say)
    yield paragraph("remark", say("letter.annex_signed"))


def _demands(found: Outstanding, office: Office, form: Form | None, say: Wordings) -> Iterator[str]:
    to, day = send_to(office, say), found.deadline if found.kind == "early" else office.reply_by
    if day:
        yield say(f"reminder.report.{found.kind}", date=chinese_date(day), to=to)
    else:
        yield say(f"reminder.report_unknown.{found.kind}", to=to)
    if form:
        source = f"reminder.form{'' if form.source_zh else '_unknown'}"
        yield say(source, form=form.title_zh, source=form.source_zh)
    yield say("reminder.published")
    if whom := contact(office, say):
        yield whom


def _answer(found: Outstanding, say: Wordings) -> Any:
    rows = [("body", found.agency_name), *((name, "") for name in _ASKED)]
    cells = [
        cell
        for row, (name, text) in enumerate(rows)
        for cell in (Cell(row, 0, say(f"reminder.annex.{name}"), "heading_cell"), Cell(row, 1, text, "label_cell"))
    ]
    return table(_WIDTHS, cells, heights=[_HEIGHT] * len(rows))
