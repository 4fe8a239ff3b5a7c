"""All reports of the sample district, year by year and body by body, with the planted mistakes in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from tests.reports.content import Figure, Key, ReportContent, printed_figures
from tests.sample.bodies import BODIES, SITE, Body, body_named, came_from
from tests.sample.changes import CHANGES, key_of
from tests.sample.earlier_text import EarlierText
from tests.sample.history import added_up, drawn_figures, share_of
from tests.sample.mistakes import MISTAKES
from tests.sample.planting import Mistake
from tests.sample.text import Text

CORRECTED = "（更正版）"  # what is added to the title of a corrected report
_AMOUNT = "proactive.procurement.amount"
_AMOUNT_HEADING = ("proactive", "column", "procurement_amount")


@dataclass(frozen=True)
class DistrictReport:
    """A report of the district with the suffix of its file. is_current: False for a version that was corrected later."""

    body: Body
    container: str
    content: ReportContent
    is_current: bool = True


@cache
def catalog() -> Catalog:
    """The catalogue of the package: the sample is printed as it says."""
    return load_catalog(DEFAULT_CATALOG)


@cache
def district_reports() -> tuple[DistrictReport, ...]:
    """Every report of the district, by body and year, a corrected version after the first; the same at every call."""
    return tuple(report for body in BODIES for report in _life_of(body)[0])


@cache
def area_sum(year: int) -> dict[Key, Decimal]:
    """What the government of the district prints where it reports on the whole: what all its bodies print, added up."""
    contents = [report.content for body in BODIES[1:] for report in _life_of(body)[0] if report.is_current]
    figures = [content.figures for content in contents if content.report_year == year]
    return added_up([{key: figure.value or Decimal(0) for key, figure in each.items()} for each in figures])


def _history_before(body: Body) -> dict[Key, Decimal]:
    """What the first report of a body goes on from: the figures of those that it came from."""
    origin = came_from(body)
    if origin is None:
        return {}
    before = added_up([_life_of(body_named(name))[1] for name in origin.before])
    return share_of(before, origin.after.index(body.name), len(origin.after))


@cache
def _life_of(body: Body) -> tuple[tuple[DistrictReport, ...], dict[Key, Decimal]]:
    """The reports of a body, and the figures that it left behind."""
    reports: list[DistrictReport] = []
    history = _history_before(body)
    for year in body.years:
        mistakes = [row for row in MISTAKES if (row.body, row.year) == (body.name, year)]
        due = catalog().form_due(year)
        assert due is not None
        form = next((row.form for row in mistakes if row.form), due.form)
        true = drawn_figures(catalog(), form, Random(f"{body.name}{year}"), history, body.size)
        printed = area_sum(year) if body.reports_the_whole(year) else dict(true)
        carried = dict(true)
        for mistake in [row for row in mistakes if not row.corrected]:
            changed = _changed(mistake, printed, history)
            printed |= changed
            if mistake.carries_on:
                carried |= changed
        if body.container(year):
            reports += _versions(body, year, form, printed, history, mistakes)
        history = history | carried
    return tuple(reports), history


def _versions(
    body: Body, year: int, form: str, printed: dict[Key, Decimal], history: dict[Key, Decimal], mistakes: list[Mistake]
) -> list[DistrictReport]:
    """The report, with the mistaken version before it where there was one."""
    container = body.container(year)
    assert container is not None
    lasting, corrected = ([row for row in mistakes if row.corrected is kind] for kind in (False, True))
    content = _content(body, year, form, printed, history, lasting)
    if not corrected:
        return [DistrictReport(body, container, content)]
    mistaken = dict(printed)
    for mistake in corrected:
        mistaken |= _changed(mistake, mistaken, history)
    first = _content(body, year, form, mistaken, history, mistakes)
    assert first.published_on is not None
    again = replace(content, title=f"{content.title}{CORRECTED}", published_on=first.published_on + timedelta(days=12))
    return [DistrictReport(body, container, first, is_current=False), DistrictReport(body, container, again)]


def _changed(mistake: Mistake, values: dict[Key, Decimal], history: dict[Key, Decimal]) -> dict[Key, Decimal]:
    changed = {key_of(cell): Decimal(value) for cell, value in mistake.put.items()}
    changed |= {key_of(cell): values[key_of(cell)] + Decimal(more) for cell, more in mistake.add.items()}
    changed |= {key_of(cell): Decimal(value) for cell, (_, value) in mistake.printed.items() if value is not None}
    return changed | (CHANGES[mistake.change](values, history) if mistake.change else {})


def _content(
    body: Body, year: int, form: str, values: dict[Key, Decimal], last: dict[Key, Decimal], mistakes: list[Mistake]
) -> ReportContent:
    random = Random(f"{body.name}{year} words")
    in_heading = form == "2019" and random.random() < 0.5
    figures = printed_figures(catalog(), form, values, header_units=(_AMOUNT,) if in_heading else ())
    for mistake in mistakes:
        for cell, (text, value) in mistake.printed.items():
            figures[key_of(cell)] = Figure(text, None if value is None else Decimal(value), "blank" if value is None else "number")
    period = next((row.period_year for row in mistakes if row.period_year), year)
    text = (EarlierText if year < 2019 else Text)(catalog(), body, year, period, form, values, last, random)
    return ReportContent(
        agency=body.agency,
        report_year=year,
        form=form,
        title=text.title(),
        figures=figures,
        sections=text.sections(mistakes),
        opening=text.opening(),
        published_on=next((row.published_on for row in mistakes if row.published_on), _published_on(body, year, random)),
        site=SITE,
        labels={_AMOUNT_HEADING: "采购总金额（单位：万元）"} if in_heading else {},
    )


def _published_on(body: Body, year: int, random: Random) -> date:
    """A working day before the deadline of the body's kind."""
    first, days = (date(year + 1, 1, 8), 21) if body.in_january else (date(year + 1, 1, 20), 60)
    day = first + timedelta(days=random.randrange(days))
    return day - timedelta(days=max(day.weekday() - 4, 0))
