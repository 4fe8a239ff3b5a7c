"""What error localisation works on: figures that may be wrong, the equations between them, and ways to make them hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from pipeline.catalog.row_types import Field
from pipeline.normalise.model import Locator

FigureId = tuple[str, str, str | None]  # report, field, applicant; of prose: report, measure, PROSE
PROSE = "@prose"  # a measure may be called like a field
Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell, or a figure that the prose states.

    start: what it counts as (a blank as 0). weight: what it costs to doubt it; 0: it was not read, any value will do.
    state: that of the cell, `prose` for prose. field, locator: the cell in the form and in the file; None for prose, which has its name
    and place in `stated` and `stated_at`. column: the position of the applicant.
    """

    id: FigureId
    start: Number
    weight: int
    weight_class: str
    state: str
    raw: str = ""
    report_year: int = 0
    agency_name: str = ""
    field: Field | None = None
    column: int = 0
    locator: Locator | None = None
    stated: str = ""
    stated_at: str = ""
    whole: bool = True
    signed: bool = False

    @property
    def table(self) -> str | None:
        """The printed table; None for prose."""
        return self.field.table if self.field else None

    @property
    def place(self) -> tuple[int, int]:
        """Row and column in the form."""
        return (self.field.position if self.field else 0, self.column)

    @property
    def is_free(self) -> bool:
        """Whether it may take any value at no cost."""
        return self.weight == 0


@dataclass(frozen=True, slots=True)
class Equation:
    """The sum of coefficient x figure is `total` (at_most: or less). terms: places of the figures in the system.

    owner: the report in which it is checked. lone: the figure that alone makes one side, which is the sum of the others; None where there
    is no such figure.
    """

    terms: tuple[tuple[int, Number], ...]
    total: Number
    owner: str
    rule: str
    part: str
    place: str
    lone: int | None = None
    at_most: bool = False


@dataclass(slots=True)
class System:
    """Figures and the equations between them. by_figure: the places of the equations in which a figure stands.

    limits: what else has to hold of what is proposed; it holds of what is printed, or it is among the equations too.
    hints: limits that may have exceptions, so that they decide nothing.
    """

    figures: list[Figure] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    by_figure: list[list[int]] = field(default_factory=list)
    limits: list[Equation] = field(default_factory=list)
    hints: list[Equation] = field(default_factory=list)

    def residual(self, equation: int) -> Number:
        """By how much the terms exceed the total, every figure at its start."""
        return self.excess(self.equations[equation])

    def excess(self, row: Equation, change: Mapping[int, Number | None] | None = None) -> Number:
        """The same of any equation or limit, after a change of figures; a figure that a change leaves open keeps its start."""
        changed = {place: value for place, value in (change or {}).items() if value is not None}
        return sum((number * changed.get(place, self.figures[place].start) for place, number in row.terms), -row.total)

    def has_free(self, equation: int) -> bool:
        """Whether a figure of an equation was not read."""
        return any(self.figures[place].is_free for place, _ in self.equations[equation].terms)


Change = Mapping[int, Number | None]  # place of a figure -> its value; None where the equations do not settle it


@dataclass(frozen=True, slots=True)
class Part:
    """Broken equations that are mended together, with every cheapest way to mend them.

    complete: `solutions` are all there are, and proved cheapest; not so where a limit was met.
    rivalled: other figures, though more, would be no more slips (see `rivals.py`).
    """

    broken: tuple[int, ...]
    solutions: tuple[Change, ...]
    cost: int
    optimal: bool
    complete: bool
    rivalled: bool = False
