"""One planted report: what was noticed, which cells were named, and what they were said to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from random import Random
from time import process_time
from typing import Literal

from pipeline.catalog.model import Catalog
from pipeline.checks.corrected import Corrections
from pipeline.checks.localisation.broken import broken_equations
from pipeline.checks.localisation.locate import Located, locate
from pipeline.checks.localisation.model import FigureId
from pipeline.checks.localisation.ranking import Solution, is_determined, ranked
from pipeline.checks.localisation.system import SystemBuilder
from pipeline.checks.localisation.windows import Window, windows
from pipeline.checks.localisation.wording import decimal_of
from pipeline.checks.model import CellKey, ReportFacts
from pipeline.checks.rulebook import check_report
from tests.localisation.errors import KINDS, LIMITED, LIMITED_CELLS, Places, Planted
from tests.localisation.reports import Years, doubtful, three_years, unread, with_cells
from tests.reports.made import the_catalog

BESIDE = ("alone", "with last year", "with last and next year")
FIRST_SEED = 40_000  # of the cases on the page; nothing was developed with these
UNREAD = 5  # cells, besides what is planted
Circumstance = Literal["", "unread", "doubtful", "corrected"]
Truth = dict[FigureId, Decimal]


@dataclass(frozen=True)
class Outcome:
    """What came out for one report. told: the parts that say one thing for certain, of which `told_wrong` say something untrue.
    seconds: processor time.

    among, first: the true cells are one of the best ways, or the first shown. value: they get their true values in it.
    """

    kind: str
    form: str
    beside: str
    visible: bool
    noticed: bool
    among: bool
    first: bool
    value: bool
    determined: bool
    told: int
    told_wrong: int
    seconds: float


@dataclass(frozen=True)
class Case:
    """A report with planted errors, the reports beside it, and what its figures should be."""

    kinds: tuple[str, ...]
    years: Years
    printed: ReportFacts
    truth: Truth
    beside: str
    corrected: Mapping[CellKey, Decimal] = field(default_factory=dict)
    unread: Truth = field(default_factory=dict)
    name: str = ""

    @property
    def corrections(self) -> Corrections:
        """What people have corrected already."""
        return {(self.printed.report_id, key): value for key, value in self.corrected.items()}

    def window(self) -> Window:
        """The reports as they are looked at together."""
        before, _, after = self.years.reports
        beside = BESIDE.index(self.beside)
        return next(windows(self.printed.report_year or 0, [self.printed], [before] if beside else [], [after] if beside == 2 else []))


def draw(kinds: Sequence[str], form: str, beside: str, seed: int, circumstance: Circumstance = "") -> Case | None:
    """A case with an error of each kind, at different cells; None where the report drawn has no place for one.

    circumstance: `unread`: some other cells were not read; `doubtful`: what is planted was misread; `corrected`: the cells of the first
    error have been corrected.
    """
    catalog = the_catalog()
    random = Random(f"{'+'.join(kinds)} {form} {beside} {seed}")
    years = three_years(catalog, form, random)
    keys = _bound_cells(catalog, years.middle)
    places = [*keys, *(key for key in LIMITED_CELLS if set(kinds) <= LIMITED.keys())]
    planted: Planted = {}
    first: Planted = {}
    for kind in kinds:
        made = {**KINDS, **LIMITED}[kind](Places(catalog, years.middle, places, planted), random)
        if made is None or not planted.keys().isdisjoint(made):
            return None
        planted |= made
        first = first or made
    truth = {(years.middle.report_id, *key): years.middle.cells[key].value or Decimal(0) for key in planted}
    printed = with_cells(years.middle, planted)
    lost = random.sample([key for key in keys if key not in planted], UNREAD) if circumstance == "unread" else []
    printed = doubtful(unread(printed, lost), planted if circumstance == "doubtful" else ())
    corrected = {key: truth[years.middle.report_id, *key] for key in first} if circumstance == "corrected" else {}
    not_read = {(years.middle.report_id, *key): years.middle.cells[key].value or Decimal(0) for key in lost}
    return Case(tuple(kinds), years, printed, truth, beside, corrected, not_read)


def outcome_of(case: Case) -> Outcome:
    """Locate the errors of a case and compare."""
    catalog, window = the_catalog(), case.window()
    begun = process_time()
    located = locate(catalog, window, corrections=case.corrections)
    seconds = process_time() - begun
    found = [(each, part, ranked(catalog.localisation, each.system, part)) for each in located for part in each.parts]
    told = [_named(each, solutions[0]) for each, part, solutions in found if is_determined(part, each.system)]
    parts = [(each, part, solutions) for each, part, solutions in found if part.broken]
    certain = [part for each, part, _ in parts if is_determined(part, each.system)]
    first = [_named(each, solutions[0], case.unread) for each, _, solutions in parts if solutions]
    best = [[_named(each, solution, case.unread) for solution in solutions] for each, _, solutions in parts]
    whole = {**case.truth, **case.unread}
    cells = set(case.truth)
    return Outcome(
        kind=case.name or " + ".join(case.kinds),
        form=case.years.form,
        beside=case.beside,
        visible=_is_visible(catalog, window),
        noticed=bool(parts) or _is_found(catalog, case, window),
        among=bool(parts) and set().union(*(set(way) for ways in best for way in ways if set(way) <= cells)) == cells,
        first=bool(parts) and set().union(*first) == cells,
        value=bool(parts) and {cell: value for way in first for cell, value in way.items()} == case.truth,
        determined=bool(parts) and len(certain) == len(parts),
        told=len(told),
        told_wrong=sum(not each.items() <= whole.items() for each in told),
        seconds=seconds,
    )


def _named(located: Located, solution: Solution, but: Collection[FigureId] = ()) -> dict[FigureId, Decimal | None]:
    """The cells of a solution with their values, but some. What the prose states is no cell."""
    figures = located.system.figures
    return {
        figures[place].id: None if value is None else decimal_of(value)
        for place, value in solution.change.items()
        if figures[place].table is not None and figures[place].id not in but
    }


def _is_visible(catalog: Catalog, window: Window) -> bool:
    """Whether any identity does not hold, a blank being no 0."""
    builder = SystemBuilder(catalog)
    builder.add_reports(window.reports)
    builder.add_links(window.links)
    return bool(broken_equations(builder.system()))


def _is_found(catalog: Catalog, case: Case, window: Window) -> bool:
    before = next((facts for facts in window.reports if facts.report_year == (case.printed.report_year or 0) - 1), None)
    bound = {(rule.rule, rule.part) for rule in catalog.rules if rule.binds}
    return any(result.outcome == "fail" and (result.rule, result.part) in bound for result in check_report(case.printed, before, catalog))


@lru_cache(maxsize=16)
def _bound(form: str, year: int) -> tuple[CellKey, ...]:
    catalog = the_catalog()
    years = three_years(catalog, form, Random(year))
    builder = SystemBuilder(catalog)
    builder.add_reports([years.middle])
    system = builder.system()
    in_sums = {place for equation in system.equations if not equation.at_most for place, _ in equation.terms}
    return tuple((figure.id[1], figure.id[2]) for place, figure in enumerate(system.figures) if place in in_sums)


def _bound_cells(catalog: Catalog, facts: ReportFacts) -> list[CellKey]:
    form = next(table.form for table in facts.tables.values() if table.form)
    return [key for key in _bound(form, facts.report_year or 0) if facts.cells[key].table in facts.tables]


def cases(
    kinds: Iterable[Sequence[str]], forms: Sequence[str], number: int, circumstance: Circumstance = "", begin: int = FIRST_SEED
) -> Iterator[Case]:
    """`number` cases for each kind (or pair of kinds), form and set of reports beside, where the form has a place for it."""
    for kind in kinds:
        for form in forms:
            for beside in BESIDE:
                drawn, seed = 0, begin
                while drawn < number and seed < begin + 20 * number:
                    case = draw(kind, form, beside, seed, circumstance)
                    seed += 1
                    if case is not None:
                        drawn += 1
                        yield case


def warm(_: int) -> int:
    """Load the catalogue before anything is timed."""
    return len(the_catalog().rules)
