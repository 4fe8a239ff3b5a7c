"""SQL over the stored tables: each as a view over its Parquet files, so that only what a sheet needs is read."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from types import TracebackType
from typing import Any, Self

import duckdb

from pipeline.warehouse.database import MEMORY_LIMIT, MOST_THREADS
from pipeline.warehouse.schema import TYPES
from pipeline.warehouse.store import Store
from pipeline.warehouse.views import identifier, literal

_AT_ONCE = 10_000
# SQL: whether a row of out_findings may come from a figure that we read wrongly, so that the office has to look at the file first
PERHAPS_MISREAD = """
    EXISTS (SELECT 1 FROM core_suggestions AS suggested WHERE suggested.report_id = out_findings.report_id AND origin = 'reading'
            AND contains(out_findings.probable, suggested.suggestion))
"""


class Tables:
    """All declared tables of a store under their names; a table without files has no rows. Close it, or use `with`.

    years: of the tables by year only the rows of these. Raises SchemaError where a file is damaged or of another schema.
    """

    def __init__(self, store: Store, years: Collection[int] | None = None) -> None:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": min(MOST_THREADS, os.cpu_count() or 1),
            "memory_limit": MEMORY_LIMIT,
        }
        self._connection = duckdb.connect(":memory:", config=settings)
        for table in store.catalog.tables:
            files = store.files(table.table, years if table.by_year else None)
            if files:
                source = f"SELECT * FROM read_parquet([{', '.join(literal(str(file)) for file in files)}], hive_partitioning = false)"
            else:
                types = {name: TYPES[store.catalog.column(name).type].duckdb for name in table.columns}
                source = (
                    "SELECT " + ", ".join(f"CAST(NULL AS {kind}) AS {identifier(name)}" for name, kind in types.items()) + " WHERE false"
                )
            self._connection.execute(f"CREATE VIEW {identifier(table.table)} AS {source}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def rows(self, sql: str, *parameters: object) -> Iterator[tuple[Any, ...]]:
        """The rows of one SELECT, in its order, a few at a time."""
        result = self._connection.cursor().execute(sql, list(parameters))
        while part := result.fetchmany(_AT_ONCE):
            yield from part

    def number(self, sql: str, *parameters: object) -> int:
        """The one number that a SELECT gives; 0 where it gives none."""
        row = next(self.rows(sql, *parameters), (0,))
        return int(row[0] or 0)
