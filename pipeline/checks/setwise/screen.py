"""Which rules are told in SQL, and what comes of it: the results of most reports, and the few that have to be put into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter

import pyarrow as pa

from pipeline.checks.between_years import Standing
from pipeline.checks.model import RuleResult
from pipeline.checks.rulebook import PreparedRule, RuleBook
from pipeline.checks.setwise import figures, texts
from pipeline.checks.setwise.database import Rows, YearDatabase
from pipeline.checks.setwise.figures import Figures
from pipeline.checks.setwise.profiles import Left, Profiles
from pipeline.checks.setwise.relations import Relations
from pipeline.checks.setwise.texts import Texts

_COUNTS = ("passed", "failed", "not_assessable", "not_applicable", "blank_read_as_zero")
_GLANCED = """
    INSERT INTO outcome BY NAME SELECT subject, by_profile.* EXCLUDE profile FROM subject JOIN by_profile USING (profile);
    INSERT INTO outcome BY NAME
    SELECT subject, "row", (told = 'pass')::INTEGER AS passed, (told = 'not_assessable')::INTEGER AS not_assessable,
           (told = 'not_applicable')::INTEGER AS not_applicable
    FROM glanced
"""
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
    INSERT INTO to_word SELECT DISTINCT subject, "row", NULL FROM outcome ANTI JOIN to_word USING (subject, "row") WHERE failed > 0
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


class Screen:
    """The rules that look at many cells or texts, told for all reports at once. left: of which something is to be said."""

    def __init__(
        self, book: RuleBook, listed: Sequence[Standing], profiles: Profiles, tables: Mapping[str, pa.Table], before: Mapping[str, pa.Table]
    ) -> None:
        self._database = YearDatabase(book.catalog, listed, profiles, tables["core_cells"], before["core_cells"])
        self._tell(book, profiles, tables["core_sections"])
        self._put_rules(book)
        self._database.connection.execute(_LOOKED_AT)
        self.left: Left = self._to_word()

    def results(self, glances: Mapping[str, pa.Table], looked_at: Sequence[tuple[int, int, RuleResult]]) -> pa.Table:
        """The rows of core_rule_results. glances: what they tell; looked_at: place of the report, number of the row and result of all
        that was looked at, which counts instead of anything told.
        """
        whole = pa.int32()
        columns = {"subject": [place for place, _, _ in looked_at], "row": [number for _, number, _ in looked_at]}
        columns |= {name: list(map(attrgetter(name), (result for _, _, result in looked_at))) for name in _COUNTS}
        looks = {"looked_at": pa.table({name: pa.array(values, whole) for name, values in columns.items()})}
        for name, rows in {**glances, **looks}.items():
            self._database.put_table(name, rows)
        self._database.connection.execute(_GLANCED)
        self._database.connection.execute(_TOLD)
        return self._database.connection.sql(_RESULTS).to_arrow_table()

    def _to_word(self) -> dict[int, dict[int, tuple[int, ...] | None]]:
        """By report and row of rules.csv the instances of which something is to be said."""
        found = defaultdict[int, dict[int, tuple[int, ...] | None]](dict)
        for subject, number, place in self._database.connection.execute(_TO_WORD).fetchall():
            found[subject][number] = None if place is None else (*(found[subject].get(number) or ()), place)
        return found

    def _tell(self, book: RuleBook, profiles: Profiles, sections: pa.Table) -> None:
        relations, of_figures, of_texts = Relations(self._database.keys), Figures(), Texts()
        for number, row in enumerate(book.rows):
            for profile, standing in enumerate(profiles.examples if is_screened(row) else ()):
                if not standing.is_for(row):
                    continue
                if row.rule.kind == "relation" or row.scope.has_condition:
                    relations.add(profile, number, row, standing)
                elif row.rule.kind in figures.KINDS:
                    of_figures.add(profile, number, row)
                else:
                    of_texts.add(profile, number, row)
        relations.judge(self._database)
        of_figures.judge(self._database)
        of_texts.judge(self._database, sections)

    def _put_rules(self, book: RuleBook) -> None:
        rows = Rows(row=pa.int32(), rule=pa.string(), part=pa.string())
        for number, row in enumerate(book.rows):
            rows.add(number, row.rule.rule, row.rule.part)
        self._database.put("rule", rows)


def is_screened(row: PreparedRule) -> bool:
    """Whether a row of rules.csv is told here."""
    return row.rule.kind in ("relation", *figures.KINDS, texts.KIND) or row.scope.has_condition
