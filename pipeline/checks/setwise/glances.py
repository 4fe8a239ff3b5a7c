"""Rules that are told without cells: by the profile of a report alone, or by a glance at it (see Kind.by_profile and Glance)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa

from pipeline.checks.between_years import Standing
from pipeline.checks.kind import Assessment, Glance
from pipeline.checks.model import ReportFacts
from pipeline.checks.rulebook import PreparedRule, RuleBook
from pipeline.checks.setwise.database import Rows
from pipeline.checks.setwise.profiles import Left, Profiles
from pipeline.checks.setwise.screen import is_screened

Reports = list[tuple[int, ReportFacts]]  # with their places


class Glances:
    """What comes out by a glance; and what is left to be looked at: what fails, what a glance does not tell, and reports without a profile.

    by_profile: counts for each profile and row of rules.csv; told: the outcome for each report and row.
    """

    def __init__(self, book: RuleBook, listed: Sequence[Standing], profiles: Profiles) -> None:
        whole = pa.int32()
        self._by_profile = Rows(profile=whole, row=whole, passed=whole, failed=whole, not_assessable=whole, not_applicable=whole)
        self._places, self._numbers, self._told = list[int](), list[int](), list[str]()
        self._left: dict[int, dict[int, tuple[int, ...] | None]] = defaultdict(dict)
        reports: dict[int, Reports] = defaultdict(list)
        for place, (standing, profile) in enumerate(zip(listed, profiles.of, strict=True)):
            if profile is not None:
                reports[profile].append((place, standing.facts))
            else:
                self._left[place] = dict.fromkeys(range(len(book.rows)))
        for number, row in enumerate(book.rows):
            for profile, example in enumerate(profiles.examples):
                if not is_screened(row) and example.is_for(row):
                    self._tell(profile, number, row, reports[profile])

    @property
    def left(self) -> Left:
        """What is to be looked at whole."""
        return self._left

    def tables(self) -> dict[str, pa.Table]:
        """by_profile and told."""
        numbers = {name: pa.array(values, pa.int32()) for name, values in (("subject", self._places), ("row", self._numbers))}
        return {"by_profile": self._by_profile.table(), "glanced": pa.table({**numbers, "told": pa.array(self._told, pa.string())})}

    def _tell(self, profile: int, number: int, row: PreparedRule, reports: Reports) -> None:
        if row.by_profile:
            came = Counter(assessment.outcome for assessment in row.check(reports[0][1], None))
            self._by_profile.add(profile, number, came["pass"], came["fail"], came["not_assessable"], came["not_applicable"])
            if came["fail"]:
                self._look(number, (place for place, _ in reports))
            return
        tells: Callable[[ReportFacts], Assessment | None] = row.check.tells if isinstance(row.check, Glance) else _nothing
        told = [(place, tells(facts)) for place, facts in reports]
        self._look(number, (place for place, simple in told if simple is None))
        known = [(place, simple.outcome) for place, simple in told if simple is not None]
        self._places += [place for place, _ in known]
        self._told += [outcome for _, outcome in known]
        self._numbers += [number] * len(known)

    def _look(self, number: int, places: Iterable[int]) -> None:
        for place in places:
            self._left[place][number] = None


def _nothing(_: ReportFacts) -> None:
    """Of a check of which a glance does not tell anything."""
