"""The files of the open tables of a year."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.catalog import Catalog
from pipeline.catalog.row_types import Table
from pipeline.publish.open_tables.csv_text import csv_bytes
from pipeline.publish.open_tables.descriptor import data_package
from pipeline.warehouse.store import ROWS_IN_A_GROUP, Store

LAYER = "out"


def open_table_files(store: Store, catalog: Catalog, year: int) -> list[tuple[str, bytes]]:
    """Each out table (by year: its rows of `year`) as CSV and Parquet, and datapackage.json. The same tables give the same bytes."""
    files = [file for table in catalog.tables if table.layer == LAYER for file in _both(store, table, year)]
    return [*((path, content) for _, path, _, content in files), ("datapackage.json", data_package(catalog, year, files))]


def _both(store: Store, table: Table, year: int) -> Iterator[tuple[Table, str, str, bytes]]:
    data = store.read(table.table, [year] if table.by_year else None)
    yield table, f"{table.table}.csv", "csv", csv_bytes(data)
    yield table, f"{table.table}.parquet", "parquet", _parquet(data)


def _parquet(data: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(data, sink, compression="zstd", row_group_size=ROWS_IN_A_GROUP)
    return bytes(sink.getvalue())
