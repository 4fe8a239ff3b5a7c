"""Whatever the declared tables can hold comes back from Parquet as it was, and always as the same bytes."""

import datetime
import random
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog import Catalog, load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.warehouse.schema import conform, from_rows
from pipeline.warehouse.store import Store

CATALOG = load_catalog(DEFAULT_CATALOG)
YEARS = st.integers(2008, 2030)
STRATEGIES: dict[str, st.SearchStrategy[object]] = {
    "text": st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "year": YEARS,
    "date": st.dates(datetime.date(1900, 1, 1)),
    "boolean": st.booleans(),
    "amount": st.integers(-(10**24) + 1, 10**24 - 1).map(lambda number: Decimal(number).scaleb(-6)),
    "decimal_number": st.floats(allow_nan=False, allow_infinity=False),
}


def rows_of(catalog: Catalog, table: str) -> st.SearchStrategy[list[dict[str, object]]]:
    declared = catalog.table(table)
    columns = {
        name: STRATEGIES[catalog.column(name).type] if name in declared.required else st.none() | STRATEGIES[catalog.column(name).type]
        for name in declared.columns
    }
    return st.lists(st.fixed_dictionaries(columns), max_size=8, unique_by=lambda row: tuple(row[name] for name in declared.key))


def in_order(catalog: Catalog, table: str, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    key = catalog.table(table).key
    return sorted(rows, key=lambda row: [(row[name] is None, row[name] if row[name] is not None else 0) for name in key])


@pytest.mark.parametrize("table", ["core_cells", "core_reports", "out_submission_status", "raw_files"])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_rows_come_back_from_parquet_as_they_were(table: str, data: st.DataObject) -> None:
    rows = data.draw(rows_of(CATALOG, table))
    assert conform(CATALOG, table, from_rows(CATALOG, table, rows)).to_pylist() == in_order(CATALOG, table, rows)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), CATALOG)
        by_year: dict[object, list[dict[str, object]]] = {None: rows}
        if CATALOG.table(table).by_year:
            by_year = {year: [row for row in rows if row["report_year"] == year] for year in {row["report_year"] for row in rows}}
        for year, part in by_year.items():
            store.write(table, from_rows(CATALOG, table, part), year=year, fingerprint="x")
        assert in_order(CATALOG, table, store.read(table).to_pylist()) == in_order(CATALOG, table, rows)


@given(rows=rows_of(CATALOG, "core_agencies"), seed=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_same_rows_in_any_order_are_the_same_bytes(rows: list[dict[str, object]], seed: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), CATALOG)
        first = store.write("core_agencies", from_rows(CATALOG, "core_agencies", rows), fingerprint="x").read_bytes()
        shuffled = seed.sample(rows, len(rows))
        second = store.write("core_agencies", from_rows(CATALOG, "core_agencies", shuffled), fingerprint="x").read_bytes()
    assert first == second
