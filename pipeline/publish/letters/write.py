"""One letter as a Word document, in the manner of official papers: every sentence is a row of wordings.csv."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.catalog.office import Office
from pipeline.catalog.wordings import Wordings
from pipeline.publish.documents.body import Cell, paragraph, table
from pipeline.publish.letters.closing import annex_head, closing, contact, numbered, send_to
from pipeline.publish.letters.contents import PARTS, Item, Letter
from pipeline.publish.numerals import chinese_date, chinese_number

_ANNEX = (("number", 700), ("place", 3000), ("printed", 1150), ("probable", 1150), ("corrected", 1350), ("remark", 1494))  # 156 mm
_ANNEX_STYLES = ("figure_cell", "label_cell", "figure_cell", "figure_cell", "figure_cell", "label_cell")


def letter_blocks(letter: Letter, office: Office, say: Wordings) -> Iterator[Any]:
    """The paragraphs and tables of a letter; one that asks for an answer has a sheet for it on its last page."""
    yield paragraph("title", say(f"letter.title.{letter.kind}", year=letter.report_year))
    yield paragraph("address", say("letter.address", agency=letter.agency_name))
    count = len(letter.to_be_answered or letter.items)
    yield paragraph("text", say(f"letter.opening.{letter.kind}", year=letter.report_year, file=letter.file, count=count))
    said: dict[str, str] = {}
    headings = (chinese_number(number) for number in range(1, len(PARTS) + 2))
    for part in PARTS:
        items = [item for item in letter.items if item.part == part]
        if items:
            yield paragraph("first", f"{next(headings)}、{say(f'letter.part.{part}')}")
            yield paragraph("text", say(f"letter.lead.{part}"))
            for number, item in enumerate(items, start=1):
                yield from _item(number, item, said, say)
    if letter.to_be_answered:
        yield paragraph("first", f"{next(headings)}、{say('letter.demands')}")
        yield from numbered(
            [f"（{chinese_number(number)}）{demand}" for number, demand in enumerate(_demands(letter, office, say), start=1)]
        )
    elif whom := contact(office, say):
        yield paragraph("text", whom)
    yield from closing(office, say, say("letter.annex") if letter.to_be_answered else "")
    if letter.to_be_answered:
        yield from _annex(letter, say)


def _item(number: int, item: Item, said: dict[str, str], say: Wordings) -> Iterator[Any]:
    """One finding. said: under which heading each judgement stands already, since one wrong figure breaks several rules."""
    heading = say("letter.item" if item.place else "letter.item_without_place", title=item.title, place=item.place)
    yield paragraph("second", f"（{chinese_number(number)}）{heading}")
    yield paragraph("text", (say("letter.problem"), True), item.message)
    if item.definition:
        yield paragraph("text", (say("letter.definition"), True), _sentence(item.definition))
    if item.location:
        kind = "text" if item.raw else "only"
        where = say(f"letter.location_{kind}", location=item.location, raw=item.raw)
        yield paragraph("text", (say("letter.location"), True), where)
    if item.probable:
        before = said.get(item.probable)
        text = say("letter.as_said", title=before) if before else _sentence(item.probable)
        said.setdefault(item.probable, heading)
        yield paragraph("text", (say("letter.probable"), True), text)
    if item.confirmed or item.decision:
        ask = say("letter.confirmed_text") if item.confirmed else ""
        yield paragraph("text", (say("letter.confirmed"), True), (_sentence(item.decision) if item.decision else "") + ask)


def _demands(letter: Letter, office: Office, say: Wordings) -> Iterator[str]:
    to = send_to(office, say)
    if office.reply_by:
        yield say("letter.deadline", date=chinese_date(office.reply_by), to=to)
    else:
        yield say("letter.deadline_unknown", to=to)
    yield say("letter.republish")
    if any(item.probable for item in letter.items):
        yield say("letter.caution")
    if whom := contact(office, say):
        yield whom


def _annex(letter: Letter, say: Wordings) -> Iterator[Any]:
    yield from annex_head(say("letter.annex_title", year=letter.report_year), say)
    yield paragraph("remark", say("letter.annex_body", agency=letter.agency_name))
    cells = [Cell(0, column, say(f"letter.annex.{name}"), "heading_cell") for column, (name, _) in enumerate(_ANNEX)]
    rows = list(_annex_rows(letter, say))
    for number, texts in enumerate(rows, start=1):
        cells += [
            Cell(number, column, text, style) for column, (text, style) in enumerate(zip((str(number), *texts), _ANNEX_STYLES, strict=True))
        ]
    yield table([width for _, width in _ANNEX], cells, headings=1, heights=[500] * (len(rows) + 1))
    yield paragraph("remark", say("letter.annex_signed"))


def _annex_rows(letter: Letter, say: Wordings) -> Iterator[tuple[str, str, str, str, str]]:
    """A line for each figure that is very probably wrong, then for each finding that none of them explains."""
    asked = letter.to_be_answered
    used = [row for row in letter.corrections if any(row.text in item.probable for item in asked)]
    for row in used:
        yield row.place, row.raw, row.proposed, "", ""
    for item in asked:
        if not any(row.text in item.probable for row in used):
            place = say("letter.item" if item.place else "letter.item_without_place", title=item.title, place=item.place)
            yield place, item.raw, "", "", ""


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
