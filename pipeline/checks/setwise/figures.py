"""Rules about single figures in SQL: whole and not negative, nothing beside the number, every cell filled in (see kinds/numbers.py)."""

from __future__ import annotations

import pyarrow as pa

from pipeline.checks.parameters import pattern_of
from pipeline.checks.rulebook import PreparedRule
from pipeline.checks.setwise.database import MILLION, Rows, YearDatabase

KINDS = ("whole_numbers", "remark_in_count", "cells_complete", "table_repeated")
# Of every table how many cells its form has, how many of them are numbers and of which sort; and beside the year before whether some
# differ, whether that is not known of some, and whether there is anything but noughts.
_FIGURES = f"""
    CREATE TABLE figures AS
    SELECT subject, "table", count(*) AS cells, count(now.millionths) AS numbers, count(now.millionths) FILTER (kind <> 'money') AS counts,
           count(*) FILTER (
               (now.millionths % {MILLION} <> 0 AND kind <> 'money') OR (now.millionths < 0 AND kind <> 'signed_count')
           ) AS strange,
           bool_or(coalesce(now.is_lost, true) OR coalesce(before.is_lost, true)) AS has_unknown,
           bool_or(NOT now.is_lost AND NOT before.is_lost AND now.millionths IS DISTINCT FROM before.millionths) AS differs,
           bool_or(now.millionths <> 0) AS has_figure
    FROM subject JOIN profile_table USING (profile) JOIN field USING (form, "table")
    LEFT JOIN (SELECT * FROM cell WHERE NOT previous) AS now USING (subject, key)
    LEFT JOIN (SELECT * FROM cell WHERE previous) AS before USING (subject, key)
    GROUP BY subject, "table"
"""
_WHOLE_NUMBERS = """
    SELECT subject, "row", coalesce(sum(numbers - strange), 0) AS passed, (coalesce(sum(numbers), 0) = 0)::INTEGER AS not_assessable,
           coalesce(sum(strange), 0) AS failed
    FROM subject JOIN applies USING (profile) LEFT JOIN figures USING (subject)
    WHERE kind = 'whole_numbers' GROUP BY subject, "row"
"""
_COMPLETE = """
    SELECT subject, "row", count(*) FILTER (is_found AND cells = numbers) AS passed, count(*) FILTER (NOT is_found) AS not_assessable,
           count(*) FILTER (is_found AND cells > numbers) AS failed
    FROM subject JOIN applies USING (profile) JOIN profile_table USING (profile) JOIN figures USING (subject, "table")
    WHERE kind = 'cells_complete' GROUP BY subject, "row"
"""
_REMARKS = """
    WITH remarked AS (
        SELECT DISTINCT subject, remark."row", field."table" FROM remark JOIN cell USING (raw) JOIN subject USING (subject)
        JOIN profile_table USING (profile) JOIN field USING (form, "table", key)
        WHERE NOT previous AND millionths IS NOT NULL AND kind <> 'money'
    )
    SELECT subject, "row", count(*) FILTER (counts > 0 AND remarked."row" IS NULL) AS passed,
           count(*) FILTER (coalesce(counts, 0) = 0) AS not_assessable, count(remarked."row") AS failed
    FROM subject JOIN applies USING (profile) LEFT JOIN profile_table USING (profile)
    LEFT JOIN figures USING (subject, "table") LEFT JOIN remarked USING (subject, "row", "table")
    WHERE kind = 'remark_in_count' GROUP BY subject, "row"
"""
_REPEATED = """
    WITH came AS (
        SELECT subject, "row", CASE WHEN NOT (is_found AND was_found) THEN 'not_assessable' WHEN form <> form_before THEN 'not_applicable'
                                    WHEN differs THEN 'pass' WHEN has_unknown THEN 'not_assessable'
                                    WHEN has_figure THEN 'fail' ELSE 'not_applicable' END AS outcome
        FROM subject JOIN applies USING (profile) JOIN profile_table USING (profile) JOIN figures USING (subject, "table")
        WHERE kind = 'table_repeated'
    )
    SELECT subject, "row", count(*) FILTER (outcome = 'pass') AS passed, count(*) FILTER (outcome = 'not_assessable') AS not_assessable,
           count(*) FILTER (outcome = 'not_applicable') AS not_applicable, count(*) FILTER (outcome = 'fail') AS failed
    FROM came GROUP BY subject, "row"
"""
_TEXTS = "SELECT DISTINCT raw FROM cell WHERE NOT previous AND millionths IS NOT NULL AND NOT regexp_full_match(raw, '[0-9]*')"


class Figures:
    """The rows about figures, and the profiles that each is for."""

    def __init__(self) -> None:
        self._applies = Rows(profile=pa.int32(), row=pa.int32(), kind=pa.string())
        self._remarks: dict[int, PreparedRule] = {}

    def add(self, profile: int, number: int, row: PreparedRule) -> None:
        """A row of rules.csv that is for the reports of a profile."""
        self._applies.add(profile, number, row.rule.kind)
        if row.rule.kind == "remark_in_count":
            self._remarks[number] = row

    def judge(self, database: YearDatabase) -> None:
        """Put into `outcome` how everything comes out."""
        texts = [text for (text,) in database.connection.execute(_TEXTS).fetchall()]
        remarks = Rows(row=pa.int32(), raw=pa.string())
        for number, row in self._remarks.items():
            pattern = pattern_of(row.rule, "pattern")
            for text in filter(pattern.search, texts):
                remarks.add(number, text)
        database.put("applies", self._applies)
        database.put("remark", remarks)
        database.connection.execute(_FIGURES)
        for sql in (_WHOLE_NUMBERS, _COMPLETE, _REMARKS, _REPEATED):
            database.connection.execute(f"INSERT INTO outcome BY NAME {sql}")
