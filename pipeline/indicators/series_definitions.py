"""What a series is: for each form the cells that make it up, and for each two forms how well its figures compare.

A series over cells begins with a field of the newest form that has it and crosses to other forms by the bridges alone. Series
over outcome classes and indicators take their figures from out_harmonised and out_indicators.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from pipeline.indicators.bridges import Bridges, Counterpart
from pipeline.indicators.comparability import COMPARABLE
from pipeline.indicators.outcomes import definition_of
from pipeline.indicators.relations import applicant_heading
from pipeline.indicators.terms import CompiledIndicator, compile_indicators


@dataclass(frozen=True)
class SeriesFormula:
    """The cells of one form that are added up for one series; definition: the id of this sum."""

    series: str
    form: str
    definition: str
    label: str
    unit: str
    cells: tuple[tuple[str, str], ...]  # field, applicant


@dataclass(frozen=True)
class SeriesLink:
    """How a figure of a series by one definition and form compares with the one of the year before by another."""

    series: str
    definition: str
    form: str
    previous_definition: str
    previous_form: str
    comparable: str
    reason: str


@lru_cache(maxsize=8)  # the same for every year
def series_definitions(catalog: Catalog) -> SeriesDefinitions:
    """All series of a catalogue, worked out once."""
    return SeriesDefinitions(catalog)


class SeriesDefinitions:
    """All series of a catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.bridges = Bridges(catalog)
        self._forms = list(dict.fromkeys(form for pair in self.bridges.neighbours for form in pair)) or [
            form.form for form in catalog.forms if catalog.fields_of(form.form)
        ]

    @cached_property
    def formulas(self) -> tuple[SeriesFormula, ...]:
        """The series over cells, one for each form in which each exists; of 表三 the total column."""
        found: list[SeriesFormula] = []
        covered: set[tuple[str, str]] = set()
        names: set[str] = set()
        for form in reversed(self._forms):
            for field in self.catalog.fields_of(form):
                if (form, field.field) in covered:
                    continue
                series = field.field if field.field not in names else f"{field.field}@{form}"
                names.add(series)
                for other in self._forms:
                    counterpart = self.bridges.counterpart(form, field.field, other)
                    if counterpart.how != "no":
                        found.append(self._formula(series, field, other, counterpart))
                        covered.update((other, name) for name in counterpart.fields[:1] if len(counterpart.fields) == 1)
        return tuple(found)

    @cached_property
    def links(self) -> tuple[SeriesLink, ...]:
        """Every way from the figure of one year to that of the next, for all kinds of series."""
        return (*self._field_links(), *self._outcome_links(), *self._indicator_links())

    @cached_property
    def structural_breaks(self) -> dict[tuple[str, str], str]:
        """(form, other form) -> why every series breaks between the two, in both directions."""
        found: dict[tuple[str, str], str] = {}
        for row in self.catalog.form_breaks:
            after = self._forms.index(row.later_form)
            for earlier in self._forms[:after]:
                for later in self._forms[after:]:
                    found[earlier, later] = found[later, earlier] = row.reason_zh
        return found

    def _formula(self, series: str, root: Field, form: str, counterpart: Counterpart) -> SeriesFormula:
        cells = tuple((name, "total" if self.catalog.field(form, name).by_applicant else "") for name in counterpart.fields)
        total = f"（{applicant_heading(self.catalog, 'total')}）" if root.by_applicant else ""
        definition = series if counterpart.fields == (root.field,) else f"{series}@{form}"
        return SeriesFormula(series, form, definition, f"{root.label_zh}{total}", root.unit, cells)

    def _field_links(self) -> list[SeriesLink]:
        by_series: dict[str, list[SeriesFormula]] = {}
        for formula in self.formulas:
            by_series.setdefault(formula.series, []).append(formula)
        found = []
        for series, listed in by_series.items():
            for this in listed:
                for last in listed:
                    names = tuple(field for field, _ in this.cells)
                    how = self.bridges.counterpart_of_sum(this.form, names, last.form)
                    reason = how.reason_zh if this.form != last.form else ""
                    found.append(SeriesLink(series, this.definition, this.form, last.definition, last.form, COMPARABLE[how.how], reason))
        return found

    def _outcome_links(self) -> list[SeriesLink]:
        rows = {(row.outcome, form): row for row in self.catalog.outcomes for form in row.forms}
        found = []
        for (outcome, form), row in rows.items():
            for (other_outcome, other), last in rows.items():
                if other_outcome != outcome:
                    continue
                low, high = sorted((form, other), key=self._forms.index)
                steps = self._forms[self._forms.index(low) + 1 : self._forms.index(high) + 1]
                crossed = [rows[outcome, step] for step in steps if (outcome, step) in rows and rows[outcome, step].forms[0] == step]
                comparable = _worst([COMPARABLE[step.previous or "same"] for step in crossed])
                reason = "；".join(dict.fromkeys(step.previous_reason_zh for step in crossed if step.previous_reason_zh))
                found.append(SeriesLink(f"outcome.{outcome}", definition_of(row), form, definition_of(last), other, comparable, reason))
        return found

    def _indicator_links(self) -> list[SeriesLink]:
        by_indicator: dict[str, list[CompiledIndicator]] = {}
        for formula in compile_indicators(self.catalog):
            by_indicator.setdefault(formula.indicator, []).append(formula)
        found = []
        for indicator, listed in by_indicator.items():
            ways = [(formula, form) for formula in listed for form in formula.forms or ("",)]
            for this, form in ways:
                for last, other in ways:
                    comparable, reason = self._compare(this, form, last, other)
                    found.append(SeriesLink(indicator, this.definition, form, last.definition, other, comparable, reason))
        return found

    def _compare(self, this: CompiledIndicator, form: str, last: CompiledIndicator, other: str) -> tuple[str, str]:
        """By the bridges where they lead from all cells of one formula to those of the other; else only roughly."""
        if form == other:
            return ("yes", "") if this.definition == last.definition else ("weakly", this.caveat_zh or last.caveat_zh)
        if not (form and other):  # what prose states beside what a table holds
            return "weakly", f"其中一年的数字{(last if form else this).caveat_zh}"
        reasons: dict[str, None] = {}
        ways = []
        for side in ("numerator", "denominator"):
            cells, others = _cells(this, form, side), _cells(last, other, side)
            if not cells and not others:
                continue
            counterpart = self.bridges.counterpart_of_sum(form, cells, other) if cells else Counterpart((), "no")
            if set(counterpart.fields) != set(others):
                return "weakly", this.caveat_zh if form < other else last.caveat_zh or "两种格式的算式不同"
            ways.append(COMPARABLE[counterpart.how])
            reasons |= dict.fromkeys([counterpart.reason_zh] if counterpart.reason_zh else [])
        return _worst(ways), "；".join(reasons)


def _cells(formula: CompiledIndicator, form: str, side: str) -> tuple[str, ...]:
    fields = (term.field for term in formula.terms if term.form == form and term.side == side)
    return tuple(dict.fromkeys(fields))


def _worst(ways: list[str]) -> str:
    return max(ways, key=("yes", "weakly", "no").index, default="yes")
