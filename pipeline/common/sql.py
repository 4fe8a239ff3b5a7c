"""SQL over Arrow tables in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import duckdb
import pyarrow as pa


def query(sql: str, **relations: pa.Table) -> pa.Table:
    """The result of one SELECT over `relations`, each under its keyword; nothing outside of them can be read."""
    with _database().cursor() as connection:
        for name, rows in relations.items():
            connection.register(name, rows)
        return connection.sql(sql).to_arrow_table()


def relation(rows: Sequence[Mapping[str, object]], **types: pa.DataType) -> pa.Table:
    """An Arrow table of `rows` with the columns and types named, also where there are no rows."""
    return pa.Table.from_pylist(list(rows), schema=pa.schema(list(types.items())))


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """One empty database for the process: to open one costs more than most queries, and what a cursor registers is its own."""
    return duckdb.connect(":memory:", config={"python_enable_replacements": False, "enable_external_access": False})
