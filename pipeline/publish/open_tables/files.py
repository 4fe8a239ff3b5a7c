"""The files of the open tables of a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.catalog import Catalog
from pipeline.catalog.row_types import Table
from pipeline.publish.open_tables.csv_text import csv_bytes
from pipeline.publish.open_tables.descriptor import data_package
from pipeline.warehouse.store import ROWS_IN_A_GROUP, Store

LAYER = "out"
COLUMNS = "列名说明.csv"
_HEADINGS = ("文件", "表", "列", "列名", "含义", "计量单位")


def open_table_files(store: Store, catalog: Catalog, year: int) -> list[tuple[str, bytes]]:
    """Each out table (by year: its rows of `year`) as CSV and Parquet, datapackage.json, and its columns in Chinese for those who read
    no JSON. The same tables give the same bytes.
    """
    tables = [table for table in catalog.tables if table.layer == LAYER]
    files = [file for table in tables for file in _both(store, table, year)]
    described = [("datapackage.json", data_package(catalog, year, files)), (COLUMNS, _columns(catalog, tables))]
    return [*((path, content) for _, path, _, content in files), *described]


def _columns(catalog: Catalog, tables: Iterable[Table]) -> bytes:
    """What each column of the CSV files is called in Chinese, and what it means."""
    rows = []
    for table in tables:
        for column in map(catalog.column, table.columns):
            values = (f"{table.table}.csv", table.label_zh, column.column, column.label_zh, column.definition_zh, column.unit)
            rows.append(dict(zip(_HEADINGS, values, strict=True)))
    return csv_bytes(pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in _HEADINGS])))


def _both(store: Store, table: Table, year: int) -> Iterator[tuple[Table, str, str, bytes]]:
    data = store.read(table.table, [year] if table.by_year else None)
    yield table, f"{table.table}.csv", "csv", csv_bytes(data)
    yield table, f"{table.table}.parquet", "parquet", _parquet(data)


def _parquet(data: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(data, sink, compression="zstd", row_group_size=ROWS_IN_A_GROUP)
    return bytes(sink.getvalue())
