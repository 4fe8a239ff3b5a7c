"""CSV and Parquet of the out tables, and the datapackage.json that describes them."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog import Catalog
from pipeline.publish.open_tables.csv_text import GUARD, csv_bytes, guarded
from pipeline.publish.open_tables.files import COLUMNS, open_table_files
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from tests.publish.small_store import LOOKS_LIKE_A_FORMULA, small_store

Files = dict[str, bytes]
TYPES = {"string", "integer", "number", "year", "date", "boolean"}


@pytest.fixture(scope="module")
def files(stored: Store, catalog: Catalog) -> Files:
    return dict(open_table_files(stored, catalog, 2021))


def rows_of(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.mark.parametrize(
    "text", ["0012", "1234567890123456", "12e45678", "3/7", "1-2", "2024-01-05", "=1+1", "+19", "-x", "@a", "50%", "1,234"]
)
def test_what_a_spreadsheet_would_change_is_guarded(text: str) -> None:
    assert guarded(text) == GUARD + text


@pytest.mark.parametrize(
    "text", ["", "12", "-24", "0", "3.5", "9项", "瀚川市沐云区教育局", "requests.new", "p-1234", "cc1037439bca8400-0", "/", "—"]
)
def test_what_it_shows_as_it_is_stays(text: str) -> None:
    assert guarded(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_guard_is_one_tab_and_nothing_begins_a_formula(text: str) -> None:
    shown = guarded(text)
    assert shown in (text, GUARD + text)
    assert re.fullmatch(r"-\d+(\.\d+)?", shown) or not shown.startswith(("=", "+", "-", "@"))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_every_text_can_be_read_back_from_csv(texts: list[str]) -> None:
    import pyarrow as pa

    content = csv_bytes(pa.table({"a": pa.array(texts, pa.string()), "b": pa.array(range(len(texts)), pa.int64())}))
    assert content.startswith("\ufeff".encode())
    found = [row["a"] for row in rows_of(content)]
    assert [shown.removeprefix(GUARD) if guarded(text) != text else shown for shown, text in zip(found, texts, strict=True)] == texts


def test_figures_are_exact_and_nothing_is_a_power_of_ten(catalog: Catalog) -> None:
    row = {"agency_id": "330212", "agency_name": "甲", "report_year": 2021, "report_id": "1037439802684000-0", "form": "2021", "table": "t"}
    row |= {"field": "f", "applicant": "", "label": "l", "state": "number", "unit": "元", "raw": "　59237.24495"}
    data = from_rows(catalog, "out_values", [{**row, "value": Decimal("592372449.500000")}])
    (found,) = rows_of(csv_bytes(data))
    assert (found["value"], found["agency_id"], found["report_id"]) == ("592372449.5", "330212", f"{GUARD}1037439802684000-0")


def test_every_out_table_is_there_twice_with_the_same_rows_of_that_year(files: Files, catalog: Catalog) -> None:
    for table in (table for table in catalog.tables if table.layer == "out"):
        rows = rows_of(files[f"{table.table}.csv"])
        parquet = pq.read_table(BytesIO(files[f"{table.table}.parquet"]))
        assert len(rows) == parquet.num_rows
        assert parquet.column_names == list(table.columns)
        if table.by_year:
            assert {row["report_year"] for row in rows} <= {"2021"}
    assert rows_of(files["out_findings.csv"])[0]["raw"] == GUARD + LOOKS_LIKE_A_FORMULA


def test_every_column_of_a_csv_is_told_in_chinese(files: Files) -> None:
    told = {(row["文件"], row["列"]): row for row in rows_of(files[COLUMNS])}
    for path in (path for path in files if path.endswith(".csv") and path != COLUMNS):
        for name in files[path].decode("utf-8-sig").split("\r\n", 1)[0].split(","):
            assert told[path, name]["列名"] and told[path, name]["含义"], (path, name)


def test_the_package_keeps_the_rules_of_its_profile(files: Files) -> None:
    """Those of Data Package version 1; `frictionless validate` agreed when it was tried."""
    package = json.loads(files["datapackage.json"])
    assert package["profile"] == "data-package"
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    assert {resource["path"] for resource in package["resources"]} == set(files) - {"datapackage.json", COLUMNS}
    for resource in package["resources"]:
        content = files[resource["path"]]
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        assert resource["title"] and resource["description"]
        if resource["profile"] == "tabular-data-resource":
            assert {"delimiter", "doubleQuote"} <= set(resource["dialect"])
            fields = resource["schema"]["fields"]
            assert [field["name"] for field in fields] == list(rows_of(content)[0] if rows_of(content) else [f["name"] for f in fields])
            assert {field["type"] for field in fields} <= TYPES
            assert all(field["title"] and field["description"] for field in fields)
            assert set(resource["schema"]["primaryKey"]) <= {field["name"] for field in fields}


def test_every_cell_is_of_the_type_that_the_package_says(files: Files) -> None:
    patterns = {
        "integer": r"-?\d+",
        "year": r"\d{4}",
        "number": r"-?\d+(\.\d+)?(e-?\d+)?",
        "date": r"\d{4}-\d\d-\d\d",
        "boolean": "true|false",
    }
    for resource in json.loads(files["datapackage.json"])["resources"]:
        if "schema" in resource:
            types = {field["name"]: field["type"] for field in resource["schema"]["fields"] if field["type"] != "string"}
            wrong = {
                (resource["name"], name, row[name])
                for row in rows_of(files[resource["path"]])
                for name, kind in types.items()
                if row[name] and not re.fullmatch(patterns[kind], row[name])
            }
            assert wrong == set()


def test_the_same_tables_give_the_same_bytes(files: Files, tmp_path: Path, catalog: Catalog) -> None:
    assert dict(open_table_files(small_store(tmp_path, catalog), catalog, 2021)) == files


def test_a_year_without_reports_gives_tables_without_rows(stored: Store, catalog: Catalog) -> None:
    files = dict(open_table_files(stored, catalog, 1999))
    assert rows_of(files["out_values.csv"]) == []
    assert files["out_values.csv"].decode("utf-8-sig").startswith("agency_id,")
