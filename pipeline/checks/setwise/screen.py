"""Which rules are told in SQL, and what comes of it: the results of most reports, and the few that have to be put into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter

import pyarrow as pa

from pipeline.checks.between_years import Standing
from pipeline.checks.model import RuleResult
from pipeline.checks.rulebook import RuleBook
from pipeline.checks.setwise import figures, texts
from pipeline.checks.setwise.database import Rows, YearDatabase
from pipeline.checks.setwise.figures import Figures
from pipeline.checks.setwise.glances import Glances
from pipeline.checks.setwise.profiles import Profiles
from pipeline.checks.setwise.relations import Relations
from pipeline.checks.setwise.texts import Texts

_COUNTS = ("passed", "failed", "not_assessable", "not_applicable", "blank_read_as_zero")
# What comes out for each report and each row; a row that came out nowhere is not for the report.
_TOLD = f"""
    CREATE TABLE told AS
    SELECT subject, "row", {", ".join(f"coalesce(sum({name}), 0) AS {name}" for name in _COUNTS)}
    FROM (SELECT subject FROM subject WHERE profile IS NOT NULL) CROSS JOIN (SELECT "row" FROM rule)
    LEFT JOIN outcome USING (subject, "row")
    GROUP BY subject, "row"
"""
# What fails and has no instances is to be looked at whole.
_LOOKED_AT = """
    INSERT INTO to_word SELECT subject, "row", NULL FROM told
    WHERE failed > 0 AND NOT EXISTS (FROM to_word WHERE to_word.subject = told.subject AND to_word."row" = told."row")
"""
_TO_WORD = 'SELECT subject, "row", place FROM to_word ORDER BY ALL'
_RESULTS = """
    WITH result AS (
        SELECT * REPLACE (CASE WHEN passed + failed + not_assessable = 0 THEN greatest(not_applicable, 1) ELSE not_applicable END
                          AS not_applicable)
        FROM told ANTI JOIN looked_at USING (subject, "row")
        UNION ALL BY NAME
        FROM looked_at
    )
    SELECT report_id, report_year, agency_id, rule, part,
           CASE WHEN failed > 0 THEN 'fail' WHEN passed > 0 THEN 'pass' WHEN not_assessable > 0 THEN 'not_assessable'
                ELSE 'not_applicable' END AS outcome,
           passed::BIGINT AS passed, failed::BIGINT AS failed, not_assessable::BIGINT AS not_assessable,
           not_applicable::BIGINT AS not_applicable, blank_read_as_zero::BIGINT AS blank_read_as_zero
    FROM result JOIN subject USING (subject) JOIN rule USING ("row")
"""


Left = list[tuple[int, tuple[int, ...] | None]]  # rows of rules.csv; the instances of which something is to be said, None: look at all


class Screen:
    """All rules told for all reports at once.

    left: by the place of a report in `listed`, what has to be looked at in the report itself, in the order of rules.csv; everything in
    one without a profile.
    """

    def __init__(self, book: RuleBook, listed: Sequence[Standing], tables: Mapping[str, pa.Table], before: Mapping[str, pa.Table]) -> None:
        profiles = Profiles(listed)
        self._database = YearDatabase(book.catalog, listed, profiles, tables["core_cells"], before["core_cells"])
        self._tell(book, listed, profiles, tables["core_sections"])
        self._put_rules(book)
        self._database.connection.execute(_TOLD)
        self._database.connection.execute(_LOOKED_AT)
        every: Left = [(number, None) for number in range(len(book.rows))]
        to_word = self._to_word()
        self.left = [
            every if profile is None else list(to_word[subject].items()) if subject in to_word else []
            for subject, profile in enumerate(profiles.of)
        ]

    def results(self, looked_at: Sequence[tuple[int, int, RuleResult]]) -> pa.Table:
        """The rows of core_rule_results. looked_at: place of the report, number of the row and result of all that was looked at."""
        whole = pa.int32()
        columns = {"subject": [place for place, _, _ in looked_at], "row": [number for _, number, _ in looked_at]}
        columns |= {name: list(map(attrgetter(name), (result for _, _, result in looked_at))) for name in _COUNTS}
        self._database.put_table("looked_at", pa.table({name: pa.array(values, whole) for name, values in columns.items()}))
        return self._database.connection.sql(_RESULTS).to_arrow_table()

    def _to_word(self) -> dict[int, dict[int, tuple[int, ...] | None]]:
        """By report and row of rules.csv the instances of which something is to be said."""
        found = defaultdict[int, dict[int, tuple[int, ...] | None]](dict)
        for subject, number, place in self._database.connection.execute(_TO_WORD).fetchall():
            found[subject][number] = None if place is None else (*(found[subject].get(number) or ()), place)
        return found

    def _tell(self, book: RuleBook, listed: Sequence[Standing], profiles: Profiles, sections: pa.Table) -> None:
        relations, of_figures, of_texts, glances = Relations(self._database.keys), Figures(), Texts(), Glances()
        for profile, standing in enumerate(profiles.examples):
            for number, row in enumerate(book.rows):
                if row.scope.excludes(standing.facts) or (row.looks_back and standing.is_apart):
                    continue
                if row.rule.kind == "relation" or row.scope.has_condition:
                    relations.add(profile, number, row, standing)
                elif row.rule.kind in figures.KINDS:
                    of_figures.add(profile, number, row)
                elif row.rule.kind == texts.KIND:
                    of_texts.add(profile, number, row)
                else:
                    glances.add(profile, number, row, standing)
        relations.judge(self._database)
        of_figures.judge(self._database)
        of_texts.judge(self._database, sections)
        glances.judge(self._database, listed, profiles.of)

    def _put_rules(self, book: RuleBook) -> None:
        rows = Rows(row=pa.int32(), rule=pa.string(), part=pa.string())
        for number, row in enumerate(book.rows):
            rows.add(number, row.rule.rule, row.rule.part)
        self._database.put("rule", rows)
