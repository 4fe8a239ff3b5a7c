"""All reports of the sample district, year by year and body by body, with the planted mistakes in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from tests.reports.content import Figure, Key, PrintedSection, ReportContent, printed_figures
from tests.reports.figures import consistent_figures
from tests.sample import prose
from tests.sample.bodies import BODIES, SITE, Body
from tests.sample.changes import CHANGES, key_of
from tests.sample.mistakes import MISTAKES
from tests.sample.planting import Mistake

_NUMBERS = "一二三四五六"
_AMOUNT = "proactive.procurement.amount"
_AMOUNT_HEADING = ("proactive", "column", "procurement_amount")


@dataclass(frozen=True)
class DistrictReport:
    """A report of the district with the suffix of its file."""

    body: Body
    container: str
    content: ReportContent


@cache
def catalog() -> Catalog:
    """The catalogue of the package: the sample is printed as it says."""
    return load_catalog(DEFAULT_CATALOG)


@cache
def district_reports() -> tuple[DistrictReport, ...]:
    """Every report of the district, by body and year; the same at every call."""
    return tuple(report for body in BODIES for report in _reports_of(body))


def _reports_of(body: Body) -> list[DistrictReport]:
    reports = []
    history: dict[Key, Decimal] = {}
    for year in body.years:
        random = Random(f"{body.name}{year}")
        mistakes = [row for row in MISTAKES if (row.body, row.year) == (body.name, year)]
        due = catalog().form_due(year)
        assert due is not None
        form = next((row.form for row in mistakes if row.form), due.form)
        true = consistent_figures(catalog(), form, random, history, body.size)
        printed, carried = dict(true), dict(true)
        for mistake in mistakes:
            changed = _changed(mistake, printed, history)
            printed |= changed
            if mistake.carries_on:
                carried |= changed
        container = body.container(year)
        if container:
            content = _content(body, year, form, printed, mistakes, random)
            reports.append(DistrictReport(body, container, content))
        history |= carried
    return reports


def _changed(mistake: Mistake, values: dict[Key, Decimal], history: dict[Key, Decimal]) -> dict[Key, Decimal]:
    changed = {key_of(cell): Decimal(value) for cell, value in mistake.put.items()}
    changed |= {key_of(cell): values[key_of(cell)] + Decimal(more) for cell, more in mistake.add.items()}
    changed |= {key_of(cell): Decimal(value) for cell, (_, value) in mistake.printed.items() if value is not None}
    return changed | (CHANGES[mistake.change](values, history) if mistake.change else {})


def _content(body: Body, year: int, form: str, values: dict[Key, Decimal], mistakes: list[Mistake], random: Random) -> ReportContent:
    in_heading = form == "2019" and random.random() < 0.5
    figures = printed_figures(catalog(), form, values, header_units=(_AMOUNT,) if in_heading else ())
    for mistake in mistakes:
        for cell, (text, value) in mistake.printed.items():
            figures[key_of(cell)] = Figure(text, None if value is None else Decimal(value), "blank" if value is None else "number")
    period = next((row.period_year for row in mistakes if row.period_year), year)
    words = _words(body, year, period, values)
    writer = prose.Prose(random, words)
    opening = [writer.say(prose.OPENINGS)] + ([prose.SCOPE] if body.name == "人民政府" else [])
    return ReportContent(
        agency=body.agency,
        report_year=year,
        form=form,
        title=writer.say(prose.TITLES),
        figures=figures,
        sections=_sections(form, _paragraphs(writer, words), mistakes),
        opening=tuple(opening),
        published_on=next((row.published_on for row in mistakes if row.published_on), _published_on(body, year, random)),
        site=SITE,
        labels={_AMOUNT_HEADING: "采购总金额（单位：万元）"} if in_heading else {},
    )


def _words(body: Body, year: int, period: int, values: dict[Key, Decimal]) -> dict[str, str]:
    counts = {name: values[f"requests.{name}", "total"] for name in ("new", "handled", "carried_out")}
    suits = sum(values[f"remedies.litigation_{group}.total", None] for group in ("direct", "after_review"))
    words = {"agency": body.agency, "we": body.we, "year": str(year), "period": str(period)}
    words["items"] = str(Random(f"items{body.name}{year}").randint(60, 900))
    return words | {
        name: str(count) for name, count in (*counts.items(), ("reviews", values["remedies.review.total", None]), ("suits", suits))
    }


def _paragraphs(writer: prose.Prose, words: dict[str, str]) -> dict[str, tuple[str, ...]]:
    handling = prose.HANDLING
    if words["new"] == "0":
        handling = prose.NO_REQUESTS if words["handled"] == "0" else prose.UNCOUNTED_REQUESTS
    disputes = prose.DISPUTES if (words["reviews"], words["suits"]) != ("0", "0") else prose.NO_DISPUTES
    overview = [writer.say(prose.PUBLISHING, prose.COUNTING), writer.say(handling), writer.some(prose.SUPERVISING, 2)]
    problems = writer.say(prose.PROBLEM_OPENINGS, prose.PROBLEMS) + "；" + writer.say(prose.FURTHER_PROBLEMS)
    return {
        "overview": tuple(f"（{number}）{text}" for number, text in zip(_NUMBERS, overview, strict=False)),
        "proactive": (writer.say(prose.PROACTIVE),),
        "requests": (writer.say(prose.REQUESTS),),
        "remedies": (writer.say(disputes),),
        "problems": (problems, writer.say(prose.MEASURES, prose.FURTHER_MEASURES)),
        "other": (writer.say(prose.FEES if int(words["year"]) >= 2021 else prose.OTHER_2019),),
    }


def _sections(form: str, paragraphs: dict[str, tuple[str, ...]], mistakes: list[Mistake]) -> tuple[PrintedSection, ...]:
    """The six sections; a mistake may take one out, replace its text or (with a leading +) add to it."""
    titles = {table.section: table.title_zh for table in catalog().tables_of(form)}
    sections = []
    for heading in catalog().sections:
        texts: tuple[str, ...] | None = paragraphs[heading.section]
        for mistake in mistakes:
            if heading.section in mistake.sections:
                text = mistake.sections[heading.section]
                texts = None if text is None else (*texts, text[1:]) if text.startswith("+") and texts else (text,)
        if texts is not None:
            title = titles.get(heading.section, heading.headings[0])
            sections.append(PrintedSection(heading.section, f"{_NUMBERS[heading.position - 1]}、{title}", texts))
    return tuple(sections)


def _published_on(body: Body, year: int, random: Random) -> date:
    """A working day before the deadline of the body's kind."""
    first, days = (date(year + 1, 1, 8), 21) if body.in_january else (date(year + 1, 1, 20), 60)
    day = first + timedelta(days=random.randrange(days))
    return day - timedelta(days=max(day.weekday() - 4, 0))
