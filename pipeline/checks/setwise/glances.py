"""Rules that are told without cells: by the profile of a report alone, or by a glance at it (see Kind.by_profile and Glance)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import pyarrow as pa

from pipeline.checks.between_years import Standing
from pipeline.checks.kind import Assessment, Glance
from pipeline.checks.model import ReportFacts
from pipeline.checks.rulebook import PreparedRule
from pipeline.checks.setwise.database import Rows, YearDatabase

_OF_PROFILES = """
    INSERT INTO outcome BY NAME
    SELECT subject, "row", passed, failed, not_assessable, not_applicable FROM subject JOIN of_profile USING (profile)
"""
_GLANCED = """
    INSERT INTO outcome BY NAME
    SELECT subject, "row", (told = 'pass')::INTEGER AS passed, (told = 'not_assessable')::INTEGER AS not_assessable,
           (told = 'not_applicable')::INTEGER AS not_applicable
    FROM glanced WHERE told IS NOT NULL
"""
_TO_LOOK_AT = 'INSERT INTO to_word SELECT subject, "row", NULL FROM glanced WHERE told IS NULL'


class Glances:
    """The rows that are told so, and the profiles that each is for."""

    def __init__(self) -> None:
        whole = pa.int32()
        self._of_profiles = Rows(profile=whole, row=whole, passed=whole, failed=whole, not_assessable=whole, not_applicable=whole)
        self._profiles: dict[int, list[int]] = defaultdict(list)
        self._tells: dict[int, Callable[[ReportFacts], Assessment | None]] = {}

    def add(self, profile: int, number: int, row: PreparedRule, standing: Standing) -> None:
        """A row of rules.csv that is for the reports of a profile, of which one is given."""
        if row.by_profile:
            came = Counter(assessment.outcome for assessment in row.check(standing.facts, None))
            self._of_profiles.add(profile, number, came["pass"], came["fail"], came["not_assessable"], came["not_applicable"])
            return
        self._profiles[number].append(profile)
        self._tells[number] = row.check.tells if isinstance(row.check, Glance) else _nothing

    def judge(self, database: YearDatabase, listed: Sequence[Standing], profiles: Sequence[int | None]) -> None:
        """Put into `outcome` how everything comes out. profiles: of each report of `listed`."""
        database.put("of_profile", self._of_profiles)
        database.connection.execute(_OF_PROFILES)
        reports: dict[int, list[tuple[int, ReportFacts]]] = defaultdict(list)
        for subject, (standing, profile) in enumerate(zip(listed, profiles, strict=True)):
            if profile is not None:
                reports[profile].append((subject, standing.facts))
        subjects, rows, told = list[int](), list[int](), list[str | None]()
        for number, tells in self._tells.items():
            those = [each for profile in self._profiles[number] for each in reports[profile]]
            subjects += [subject for subject, _ in those]
            rows += [number] * len(those)
            told += [simple.outcome if simple else None for simple in map(tells, (facts for _, facts in those))]
        columns = {"subject": pa.array(subjects, pa.int32()), "row": pa.array(rows, pa.int32()), "told": pa.array(told, pa.string())}
        database.put_table("glanced", pa.table(columns))
        database.connection.execute(_GLANCED)
        database.connection.execute(_TO_LOOK_AT)


def _nothing(_: ReportFacts) -> None:
    """Of a check of which a glance does not tell anything."""
