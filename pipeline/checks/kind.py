"""What a kind of rule is. `kinds/` holds the kinds themselves, one small file for each family."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.catalog.row_types import Rule
from pipeline.checks.expand import Expander
from pipeline.checks.model import FindingCell, Outcome, ReportFacts


@dataclass(frozen=True, slots=True)
class Assessment:
    """How one instance of a rule (one column, one row, one table, one cell) came out.

    details fill the placeholders of the rule's message. read_as_zero: the blank cells without whose reading as 0 the
    instance would not have passed. table: where it is not the one of the rule.
    """

    outcome: Outcome
    place: str = ""
    table: str | None = None
    cells: tuple[FindingCell, ...] = ()
    expected: Decimal | None = None
    actual: Decimal | None = None
    difference: Decimal | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    read_as_zero: tuple[FindingCell, ...] = ()


PASS = Assessment("pass")
NOT_ASSESSABLE = Assessment("not_assessable")
NOT_APPLICABLE = Assessment("not_applicable")
SIMPLE = (PASS, NOT_ASSESSABLE, NOT_APPLICABLE)  # nothing is to be said of them

Check = Callable[[ReportFacts, ReportFacts | None], Iterable[Assessment]]


@dataclass(frozen=True, slots=True)
class Glance:
    """A check that needs no more than a glance at most reports.

    tells: how it comes out where nothing is to be said (one of SIMPLE); None where `look` has to say it.
    """

    tells: Callable[[ReportFacts], Assessment | None]
    look: Check

    def __call__(self, facts: ReportFacts, previous: ReportFacts | None) -> Iterable[Assessment]:
        """Like any check."""
        told = self.tells(facts)
        return self.look(facts, previous) if told is None else (told,)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule.

    prepare makes the check of one row; it raises CatalogError where a parameter has no meaning. needs and takes:
    parameters that a row must and may have. says: placeholders of its messages beside {place}, {agency} and {year}.
    looks_back: it compares with the report of the year before. by_profile: year, kind of body, and which tables were found in which form
    decide how it comes out.
    linear: the row has `holds`, and `each` and `when` mean one instance; otherwise `when` decides over the whole row.
    """

    prepare: Callable[[Rule, Expander], Check]
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    says: frozenset[str] = frozenset()
    linear: bool = False
    looks_back: bool = False
    by_profile: bool = False
