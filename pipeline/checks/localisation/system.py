"""The reports of a window as one system of equations: the identities of the rules, and what the prose states exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from pipeline.checks.between_years import added_up
from pipeline.checks.corrected import Corrections
from pipeline.checks.evidence import is_absent
from pipeline.checks.localisation.identities import Identities, Identity, identities, number_of
from pipeline.checks.localisation.model import PROSE, Equation, Figure, FigureId, Number, System
from pipeline.checks.localisation.stated import Stated, stated_figures
from pipeline.checks.localisation.weights import Weights
from pipeline.checks.localisation.windows import Link
from pipeline.checks.model import ReportFacts
from pipeline.normalise.model import Cell


class SystemBuilder:
    """Puts a system together. choices: for each figure of the prose that may mean several sums of cells, one equation for each.

    hints: limits that may have exceptions. corrections: what people found cells to be. Such a cell is what they say, and costs next to
    nothing to doubt as printed.
    """

    def __init__(self, catalog: Catalog, corrections: Corrections | None = None) -> None:
        self._corrections = corrections or {}
        self._catalog = catalog
        self._identities: Identities = identities(catalog)
        self._columns = {row.applicant: row.position for row in catalog.applicants}
        self._places: dict[FigureId, int] = {}
        self._weights: dict[str, Weights] = {}
        self._figures: list[Figure] = []
        self._equations: list[Equation] = []
        self._limits: list[Equation] = []
        self.hints: list[Equation] = []
        self.choices: list[tuple[Equation, ...]] = []

    def add_reports(self, reports: Sequence[ReportFacts]) -> None:
        """The identities within each report."""
        for facts in reports:
            for identity in self._identities.within(facts):
                self._add(identity, (facts,), ())

    def add_links(self, links: Sequence[Link]) -> None:
        """The identities between years."""
        for link in links:
            facts, before = (each[0] if len(each) == 1 else added_up(each) for each in (link.reports, link.before))
            for identity in self._identities.between(facts, before):
                self._add(identity, link.reports, link.before)

    def add_prose(self, reports: Sequence[ReportFacts]) -> None:
        """What the prose of each report states exactly. A figure that may mean several sums of cells is kept apart."""
        for facts in reports:
            for stated in stated_figures(self._catalog, facts):
                equations = self._of_prose(facts, stated)
                if len(equations) == 1:
                    self._equations.extend(equations)
                else:
                    self.choices.append(tuple(equations))

    def system(self, chosen: Sequence[Equation] = ()) -> System:
        """The system, with one equation for each figure that may mean several things."""
        equations = [*self._equations, *chosen]
        system = System(list(self._figures), equations, [[] for _ in self._figures], list(self._limits), list(self.hints))
        for number, equation in enumerate(system.equations):
            for place, _ in equation.terms:
                system.by_figure[place].append(number)
        return system

    def _of_prose(self, facts: ReportFacts, stated: Stated) -> list[Equation]:
        """The equations that a stated figure may stand for."""
        place = self._place(
            Figure(
                (facts.report_id, stated.measure, PROSE),
                number_of(Fraction(stated.value)),
                self._weigher(facts).prose,
                "printed",
                "prose",
                raw=stated.raw,
                report_year=facts.report_year or 0,
                agency_name=facts.agency_name,
                stated=stated.label,
                stated_at=stated.location,
            )
        )
        equations = []
        for reading in stated.readings:
            terms = [(self._cell(facts, field, applicant, cell), -1) for field, applicant, cell in reading]
            equations.append(Equation(((place, 1), *terms), 0, facts.report_id, stated.rule, stated.part, stated.place))
        return equations

    def _add(self, identity: Identity, reports: tuple[ReportFacts, ...], before: tuple[ReportFacts, ...]) -> None:
        """The equation of an identity, unless one of its cells is not in the report; a limit says nothing of cells without a number."""
        found: list[tuple[ReportFacts, Field, str | None, Cell, Number, bool]] = []
        for term in identity.terms:
            sources = before if term.previous else reports
            for facts in sources:
                cell = (facts.extra_cells if term.extra else facts.cells).get((term.field.field, term.applicant))
                if cell is None or is_absent(cell) or (identity.at_most and cell.value is None):
                    return
                found.append((facts, term.field, term.applicant, cell, term.coefficient, term.lone and len(sources) == 1))
        terms, lone = [], None
        for facts, field, applicant, cell, coefficient, is_lone in found:
            place = self._cell(facts, field, applicant, cell)
            terms.append((place, coefficient))
            lone = place if is_lone and len(found) > 2 else lone
        owner = reports[0].report_id
        if identity.at_most:
            self._limit(identity, terms, reports[0])
        else:
            self._equations.append(Equation(tuple(terms), identity.total, owner, identity.rule, identity.part, identity.place, lone))

    def _limit(self, identity: Identity, terms: list[tuple[int, Number]], facts: ReportFacts) -> None:
        """A limit; one that does not hold is among the equations too, so that what is wrong with it is looked for."""
        limit = Equation(tuple(terms), identity.total, facts.report_id, identity.rule, identity.part, identity.place, at_most=True)
        if identity.has_exceptions:
            self.hints.append(limit)
            return
        self._limits.append(limit)
        if sum((factor * self._figures[place].start for place, factor in terms), -limit.total) > 0:
            self._equations.append(limit)

    def _cell(self, facts: ReportFacts, field: Field, applicant: str | None, cell: Cell) -> int:
        place = self._places.get((facts.report_id, field.field, applicant))
        if place is not None:
            return place
        correction = self._corrections.get((facts.report_id, (field.field, applicant)))
        weight = self._weigher(facts).of(cell) if correction is None else self._weigher(facts).corrected
        place = self._place(
            Figure(
                (facts.report_id, field.field, applicant),
                number_of(Fraction(cell.value)) if cell.value is not None else 0,
                weight.weight,
                weight.weight_class,
                cell.state,
                raw=cell.raw.strip(),
                report_year=facts.report_year or 0,
                agency_name=facts.agency_name,
                field=field,
                column=self._columns.get(applicant or "", -1),
                locator=cell.locator,
                whole=field.kind != "money",
                signed=field.kind == "signed_count",
            )
        )
        if correction is not None:
            total = number_of(Fraction(correction))
            self._equations.append(Equation(((place, 1),), total, facts.report_id, "", "", ""))
        return place

    def _place(self, figure: Figure) -> int:
        self._places[figure.id] = len(self._figures)
        self._figures.append(figure)
        return len(self._figures) - 1

    def _weigher(self, facts: ReportFacts) -> Weights:
        if facts.report_id not in self._weights:
            self._weights[facts.report_id] = Weights(self._catalog.localisation, facts)
        return self._weights[facts.report_id]
