"""Rules about what must not stand in the text, told by DuckDB: a looser pattern that it understands leaves few texts to look at."""

from __future__ import annotations

import re

import pyarrow as pa

from pipeline.checks.rulebook import PreparedRule
from pipeline.checks.setwise.database import Rows, YearDatabase

KIND = "text_free_of"
_TEXTS = """
    CREATE TABLE text AS
    SELECT subject, title AS text FROM subject WHERE profile IS NOT NULL
    UNION ALL
    SELECT subject, unnest([heading, text]) FROM subject JOIN core_sections USING (report_id) WHERE profile IS NOT NULL
"""
_FREE_OF = """
    INSERT INTO outcome BY NAME
    WITH looked_at AS (
        SELECT subject, bool_or(regexp_matches(text, $1)) AS suspected, bool_or(text <> '') AS written FROM text GROUP BY subject
    )
    SELECT subject, "row", (written AND NOT suspected)::INTEGER AS passed, (NOT written)::INTEGER AS not_assessable,
           suspected::INTEGER AS failed
    FROM looked_at JOIN subject USING (subject) JOIN text_rule USING (profile) WHERE "row" = $2
"""
_PART = re.compile(r"\\.|\(\?<?[=!]|\[\^?\]?(?:\\.|[^\]])*\]|.", re.DOTALL)
_SAFE_ESCAPE = re.compile(r"\\[^A-Za-z0-9]|\[\^(?:\\[sdw]|\\?[^\\A-Za-z0-9]|[A-Za-z0-9])*\]|\[(?:[^\\]|\\[^A-Za-z0-9])*\]|[^\\]", re.DOTALL)


class Texts:
    """The rows about texts, and the profiles that each is for."""

    def __init__(self) -> None:
        self._rules = Rows(profile=pa.int32(), row=pa.int32())
        self._patterns: dict[int, str] = {}

    def add(self, profile: int, number: int, row: PreparedRule) -> None:
        """A row of rules.csv that is for the reports of a profile."""
        self._rules.add(profile, number)
        self._patterns[number] = loosened(row.rule.parameters["pattern"]) or "(?s)."

    def judge(self, database: YearDatabase, sections: pa.Table) -> None:
        """Put into `outcome` how everything comes out."""
        database.connection.register("core_sections", sections)
        database.connection.execute(_TEXTS)
        database.put("text_rule", self._rules)
        for number, pattern in self._patterns.items():
            database.connection.execute(_FREE_OF, [pattern, number])


def loosened(pattern: str) -> str | None:
    """A pattern without conditions on what stands around, which DuckDB lacks: it fits wherever the other does, and maybe elsewhere.

    None where that is not certain: the classes of Python (white space and the like) hold more letters than those of DuckDB.
    """
    kept: list[str] = []
    depth = skipped_from = 0
    for part in _PART.findall(pattern):
        depth += part.startswith("(") - (part == ")")
        if part.startswith("(?") and part != "(?" and not skipped_from:
            skipped_from = depth
        elif part == ")" and skipped_from == depth + 1:
            skipped_from = 0
        elif not skipped_from:
            if not _SAFE_ESCAPE.fullmatch(part):
                return None
            kept.append(part)
    return "".join(kept)
