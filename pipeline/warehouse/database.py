"""The DuckDB file that people and notebooks open: tables from Parquet, views, and a comment on everything."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from pipeline.catalog import Catalog
from pipeline.catalog.row_types import Table
from pipeline.common.errors import CatalogError, SchemaError
from pipeline.warehouse.schema import TYPES, arrow_schema
from pipeline.warehouse.store import Store
from pipeline.warehouse.views import View, identifier, literal, sql_views
from pipeline.warehouse.wide import wide_views

MEMORY_LIMIT = "2GB"
MOST_THREADS = 4


def build_database(store: Store, catalog: Catalog, path: Path) -> None:
    """Build the file beside `path` and rename it over: whoever has the old one open keeps it, nobody sees half a file.

    Raises SchemaError where a Parquet file does not fit its declaration or a key stands in the files of two years, and
    CatalogError where a view cannot be made or a column of one has no description; the old file then stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    _remove(temporary)
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": min(MOST_THREADS, os.cpu_count() or 1),
        "memory_limit": MEMORY_LIMIT,
    }
    try:
        with duckdb.connect(temporary, config=settings) as connection:
            connection.execute("BEGIN")  # else each of some 2,000 comments is flushed to the disk by itself
            for table in materialised(catalog):
                _create_table(connection, store, catalog, table)
            for view in (*wide_views(catalog), *sql_views(catalog)):
                _create_view(connection, catalog, view)
            if silent := comments_missing(connection):
                raise CatalogError(f"{'、'.join(silent[:5])} 没有说明，请在目录中补上。")
            connection.execute("COMMIT")
        # a log that a writer of the old file left behind must not be played into the new one
        _log_of(path).unlink(missing_ok=True)
        temporary.replace(path)
    finally:
        _remove(temporary)


def materialised(catalog: Catalog) -> list[Table]:
    """The tables that the DuckDB file holds: all but the raw ones by year.

    raw_cells and raw_text repeat every word of every file; they are many times as large as all the rest and are only
    looked into to trace one figure, which Parquet serves as well (`Store.read`, or read_parquet in DuckDB).
    """
    return [table for table in catalog.tables if table.layer != "raw" or not table.by_year]


def comments_missing(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables, views and columns (`table.column`) of an open database that carry no comment."""
    queries = (
        "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal",
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal",
        "SELECT table_name || '.' || column_name, comment FROM duckdb_columns() WHERE NOT internal",
    )
    return sorted(name for query in queries for name, comment in connection.execute(query).fetchall() if not comment)


def _create_table(connection: duckdb.DuckDBPyConnection, store: Store, catalog: Catalog, table: Table) -> None:
    arrow_schema(catalog, table.table)  # says which type of columns.csv is not known
    names = ", ".join(map(identifier, table.columns))
    columns = ", ".join(
        f"{identifier(name)} {TYPES[catalog.column(name).type].duckdb}{' NOT NULL' if name in table.required else ''}"
        for name in table.columns
    )
    target = identifier(table.table)
    connection.execute(f"CREATE TABLE {target} ({columns})")
    files = [str(file) for file in store.files(table.table)]
    if files:
        source = f"read_parquet([{', '.join(map(literal, files))}], hive_partitioning = false)"
        connection.execute(f"INSERT INTO {target} SELECT {names} FROM {source}")
    if table.by_year and len(files) > 1 and "report_year" not in table.key:
        _require_one_year(connection, table)
    connection.execute(f"COMMENT ON TABLE {target} IS {literal(f'{table.label_zh}：{table.definition_zh}')}")
    for name in table.columns:
        column = catalog.column(name)
        unit = f"；单位：{column.unit}" if column.unit else ""
        comment = f"{column.label_zh}：{column.definition_zh}{unit}"
        connection.execute(f"COMMENT ON COLUMN {target}.{identifier(name)} IS {literal(comment)}")


def _require_one_year(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """The store sees one file at a time; a key left behind in the file of another year shows only here."""
    key = ", ".join(map(identifier, table.key))
    query = f"SELECT {key}, list(report_year) FROM {identifier(table.table)} GROUP BY {key} HAVING count(*) > 1 ORDER BY ALL LIMIT 1"
    found = connection.execute(query).fetchone()
    if found:
        place = "，".join(f"{name}={value}" for name, value in zip(table.key, found, strict=False))
        years = "、".join(str(year) for year in sorted(found[-1], key=lambda year: year or 0))
        raise SchemaError(f"表 {table.table}（{table.label_zh}）的同一主键（{place}）出现在多个年度的文件中：{years}。请重新生成这些年度。")


def _create_view(connection: duckdb.DuckDBPyConnection, catalog: Catalog, view: View) -> None:
    target = identifier(view.name)
    try:
        connection.execute(f"CREATE VIEW {target} AS {view.sql}")
        described = connection.execute(f"DESCRIBE {target}").fetchall()
    except duckdb.Error as error:
        raise CatalogError(f"视图 {view.name} 无法建立：{error}") from None
    names = [row[0] for row in described]
    unknown = [name for name in view.columns if name not in names]
    if unknown:
        raise CatalogError(f"视图 {view.name} 说明了没有的列：{'、'.join(unknown)}。")
    connection.execute(f"COMMENT ON VIEW {target} IS {literal(view.description_zh)}")
    for name in names:
        comment = view.columns.get(name) or _inherited(catalog, view, name)
        connection.execute(f"COMMENT ON COLUMN {target}.{identifier(name)} IS {literal(comment)}")


def _inherited(catalog: Catalog, view: View, name: str) -> str:
    try:
        column = catalog.column(name)
    except KeyError:
        raise CatalogError(f"视图 {view.name} 的列“{name}”没有说明。请加一行“-- column: {name}: 说明”。") from None
    return f"{column.label_zh}：{column.definition_zh}"


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _log_of(path).unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
