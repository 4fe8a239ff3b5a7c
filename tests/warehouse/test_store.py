from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.catalog import Catalog
from pipeline.common.errors import SchemaError
from pipeline.warehouse import store as store_module
from pipeline.warehouse.schema import arrow_schema, from_rows
from pipeline.warehouse.store import Store
from tests.warehouse.sample import agency, section, values


def sections(catalog: Catalog, *rows: dict[str, object]) -> pa.Table:
    return from_rows(catalog, "core_sections", rows)


def test_years_lie_apart_and_come_back_together(store: Store, catalog: Catalog) -> None:
    for year in (None, 2021, 2019):
        store.write("core_sections", sections(catalog, section(f"r-{year}", year)), year=year, fingerprint=f"made of {year}")
    assert store.path("core_sections", 2019) == store.folder / "core_sections" / "report_year=2019" / "part.parquet"
    assert store.path("core_sections").parent.name == "report_year=__HIVE_DEFAULT_PARTITION__"
    assert store.years("core_sections") == [2019, 2021, None]
    everything = store.read("core_sections")
    assert everything.schema.equals(arrow_schema(catalog, "core_sections"), check_metadata=True)
    assert everything.column("report_year").to_pylist() == [2019, 2021, None]
    assert store.read("core_sections", years=iter([None, 2019]), columns=["text", "report_id"]).to_pylist() == [
        {"text": "略", "report_id": "r-2019"},
        {"text": "略", "report_id": "r-None"},
    ]
    assert store.read("core_sections", years=[2020]).num_rows == 0
    assert store.fingerprint("core_sections", 2021) == "made of 2021"
    assert store.fingerprint("core_sections") == "made of None"
    assert store.fingerprint("core_sections", 2020) is None


def test_removing_a_year_leaves_the_others(store: Store, catalog: Catalog) -> None:
    for year in (None, 2019):
        store.write("core_sections", sections(catalog, section("r", year)), year=year, fingerprint="x")
    store.remove("core_sections", None)
    store.remove("core_sections", 2024)
    assert store.years("core_sections") == [2019]
    assert not store.path("core_sections").parent.exists()


def test_a_table_that_is_not_by_year_is_one_file(store: Store, catalog: Catalog) -> None:
    assert store.read("core_agencies").schema.equals(arrow_schema(catalog, "core_agencies"), check_metadata=True)
    path = store.write("core_agencies", from_rows(catalog, "core_agencies", [agency(1)]), fingerprint="x")
    assert path == store.folder / "core_agencies" / "part.parquet"
    assert store.years("core_agencies") == [None]
    with pytest.raises(SchemaError, match="不按年度"):
        store.write("core_agencies", from_rows(catalog, "core_agencies", []), year=2019, fingerprint="x")


def test_an_empty_year_is_written_as_such(store: Store, catalog: Catalog) -> None:
    store.write("core_sections", sections(catalog), year=2019, fingerprint="nothing")
    assert store.years("core_sections") == [2019]
    assert store.fingerprint("core_sections", 2019) == "nothing"
    assert store.read("core_sections").num_rows == 0


@pytest.mark.parametrize("year", [2020, None])
def test_rows_of_another_year_are_refused(store: Store, catalog: Catalog, year: int | None) -> None:
    with pytest.raises(SchemaError, match="report_year"):
        store.write("core_sections", sections(catalog, section("r", 2019 if year else 2020)), year=year, fingerprint="x")
    with pytest.raises(SchemaError, match="report_year=None"):
        store.write("core_sections", sections(catalog, section("r", None)), year=2020, fingerprint="x")
    assert store.years("core_sections") == []


def test_the_same_table_gives_the_same_bytes_however_it_is_cut(store: Store, catalog: Catalog) -> None:
    data = values(catalog, "2021", 2021)
    first = store.write("out_values", data, year=2021, fingerprint="x").read_bytes()
    pieces = pa.concat_tables([data.slice(100), data.slice(0, 40), data.slice(40, 60)])
    assert store.write("out_values", pieces, year=2021, fingerprint="x").read_bytes() == first
    assert store.write("out_values", store.read("out_values"), year=2021, fingerprint="x").read_bytes() == first
    assert store.write("out_values", data, year=2021, fingerprint="y").read_bytes() != first


def test_a_failure_in_the_middle_leaves_the_old_file(store: Store, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store.write("core_agencies", from_rows(catalog, "core_agencies", [agency(1)]), fingerprint="old")
    before = path.read_bytes()

    def half_written(data: pa.Table, target: Path, **_: object) -> None:
        target.write_bytes(b"PAR1 half")
        raise OSError("disk full")

    monkeypatch.setattr(store_module.pq, "write_table", half_written)
    with pytest.raises(OSError, match="disk full"):
        store.write("core_agencies", from_rows(catalog, "core_agencies", [agency(2)]), fingerprint="new")
    assert [file.name for file in path.parent.iterdir()] == ["part.parquet"]
    assert path.read_bytes() == before


def test_data_that_do_not_fit_leave_the_old_file(store: Store, catalog: Catalog) -> None:
    path = store.write("core_agencies", from_rows(catalog, "core_agencies", [agency(1)]), fingerprint="old")
    before = path.read_bytes()
    with pytest.raises(SchemaError):
        store.write("core_agencies", from_rows(catalog, "core_agencies", [agency(2), agency(2)]), fingerprint="new")
    assert path.read_bytes() == before


def test_a_damaged_file_is_said_and_counts_as_not_written(store: Store, catalog: Catalog) -> None:
    path = store.write("out_values", values(catalog, "2021", 2021), year=2021, fingerprint="x")
    path.write_bytes(path.read_bytes()[:300])
    assert store.fingerprint("out_values", 2021) is None
    with pytest.raises(SchemaError, match="已损坏"):
        store.read("out_values")


def test_a_file_of_an_earlier_declaration_is_said_and_counts_as_not_written(store: Store, catalog: Catalog) -> None:
    store.write("core_agencies", from_rows(catalog, "core_agencies", [agency(1)]), fingerprint="x")
    tables = tuple(replace(row, columns=row.columns[:-1], required=()) if row.table == "core_agencies" else row for row in catalog.tables)
    later = Store(store.folder.parent, replace(catalog, tables=tables))
    assert later.fingerprint("core_agencies") is None
    with pytest.raises(SchemaError, match="重新生成"):
        later.read("core_agencies")


def test_what_another_one_wrote_or_damaged_is_seen(store: Store, catalog: Catalog) -> None:
    path = store.write("core_sections", sections(catalog, section("r", 2021)), year=2021, fingerprint="first")
    assert store.fingerprint("core_sections", 2021) == "first"
    other = Store(store.folder.parent, catalog)
    other.write("core_sections", sections(catalog, section("s", 2021)), year=2021, fingerprint="second")
    assert store.fingerprint("core_sections", 2021) == "second"
    assert store.read("core_sections", columns=["report_id"]).to_pylist() == [{"report_id": "s"}]
    path.write_bytes(path.read_bytes()[:-9])
    assert store.fingerprint("core_sections", 2021) is None
    with pytest.raises(SchemaError, match="损坏"):
        store.files("core_sections")


def test_files_of_others_are_no_years(store: Store, catalog: Catalog) -> None:
    store.write("core_sections", sections(catalog, section("r", 2019)), year=2019, fingerprint="x")
    (store.folder / "core_sections" / "report_year=2020").mkdir()
    (store.folder / "core_sections" / "report_year=2020" / ".part.parquet.1.tmp").write_bytes(b"half")
    assert store.years("core_sections") == [2019]


def test_an_unknown_column_is_named(store: Store) -> None:
    with pytest.raises(SchemaError, match="valeu"):
        store.read("out_values", columns=["valeu"])


def test_amounts_stay_decimals_and_the_file_names_its_columns(store: Store, catalog: Catalog) -> None:
    path = store.write("out_values", values(catalog, "2021", 2021), year=2021, fingerprint="x")
    schema = pq.read_schema(path)
    assert schema.field("value").type == pa.decimal128(24, 6)
    assert schema.field("value").metadata[b"label_zh"].decode() == catalog.column("value").label_zh
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"
