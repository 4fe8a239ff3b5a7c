import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipeline.catalog import Catalog, load_catalog
from pipeline.common.errors import CatalogError, SchemaError
from pipeline.warehouse.database import build_database, comments_missing
from pipeline.warehouse.dictionary import dictionary_rows
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from pipeline.warehouse.wide import CORRECTED
from tests.warehouse.sample import agency, copy_of_rows, section, values

READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
sys.stdin.readline()
print(connection.execute("SELECT count(*) FROM core_agencies").fetchone()[0], flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "warehouse" / "gongkai.duckdb"


def write_agencies(store: Store, count: int) -> None:
    rows = [agency(number) for number in range(count)]
    store.write("core_agencies", from_rows(store.catalog, "core_agencies", rows), fingerprint="x")


def test_an_empty_warehouse_has_every_table_and_view_and_nothing_lacks_a_comment(store: Store, catalog: Catalog, path: Path) -> None:
    build_database(store, catalog, path)
    with duckdb.connect(path, read_only=True) as connection:
        relations = {name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}
        expected = {table.table for table in catalog.tables} - {"raw_cells", "raw_text"}
        expected |= {f"wide_{table.form}_{table.table}{end}" for table in catalog.form_tables for end in ("", CORRECTED)}
        expected |= {file.stem for file in (catalog.folder / "views").glob("*.sql")}
        assert relations == expected
        assert comments_missing(connection) == []
        for name in relations:
            assert connection.execute(f"SELECT * FROM {name}").fetchall() == []
        comments = dict(connection.execute("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'raw_files'").fetchall())
    assert comments["size_bytes"] == "文件大小：文件的字节数；单位：字节"
    assert [file.name for file in path.parent.iterdir()] == ["gongkai.duckdb"]


def test_tables_hold_what_the_store_holds_with_its_types(store: Store, catalog: Catalog, path: Path) -> None:
    for year in (2021, 2022):
        store.write("out_values", values(catalog, "2021", year), year=year, fingerprint="x")
    store.write("core_sections", from_rows(catalog, "core_sections", [section("r", None, text="甲\0'乙\"")]), fingerprint="x")
    build_database(store, catalog, path)
    with duckdb.connect(path, read_only=True) as connection:
        for table in ("out_values", "core_sections"):
            assert connection.sql(f"SELECT * FROM {table}").to_arrow_table().to_pylist() == store.read(table).to_pylist()
        types = dict(connection.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'out_values'").fetchall())
    assert types["value"] == "DECIMAL(24,6)"
    assert types["report_year"] == "INTEGER"


def test_what_lacks_a_comment_is_found() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE told (a INTEGER, b INTEGER)")
        connection.execute("COMMENT ON TABLE told IS '有'")
        connection.execute("COMMENT ON COLUMN told.a IS '有'")
        connection.execute("COMMENT ON COLUMN told.b IS ''")
        connection.execute("CREATE VIEW untold AS SELECT a FROM told")
        assert comments_missing(connection) == ["told.b", "untold", "untold.a"]


def test_a_reader_with_the_old_file_open_does_not_stop_the_build(store: Store, catalog: Catalog, path: Path) -> None:
    write_agencies(store, 1)
    build_database(store, catalog, path)
    with subprocess.Popen([sys.executable, "-c", READER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
        write_agencies(store, 2)
        build_database(store, catalog, path)
        assert reader.communicate("go\n")[0] == "1\n"
    with duckdb.connect(path, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM core_agencies").fetchone() == (2,)


def test_a_log_left_by_a_writer_of_the_old_file_is_not_played_into_the_new_one(store: Store, catalog: Catalog, path: Path) -> None:
    build_database(store, catalog, path)
    log = path.with_name("gongkai.duckdb.wal")
    log.write_bytes(b"left behind")
    build_database(store, catalog, path)
    assert not log.exists()
    duckdb.connect(path, read_only=True).close()


def test_a_view_that_fails_leaves_the_old_file(store: Store, catalog: Catalog, path: Path, tmp_path: Path) -> None:
    build_database(store, catalog, path)
    before = path.read_bytes()
    folder = copy_of_rows(tmp_path / "rows")
    (folder / "views" / "broken.sql").write_text("-- 说明\nSELECT no_such_column FROM out_values", encoding="utf-8")
    changed = load_catalog(folder)
    with pytest.raises(CatalogError, match=r"broken.*no_such_column"):
        build_database(Store(store.folder.parent, changed), changed, path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["gongkai.duckdb"]


def test_a_key_in_the_files_of_two_years_is_refused(store: Store, catalog: Catalog, path: Path) -> None:
    for year in (2019, 2020):
        store.write("core_sections", from_rows(catalog, "core_sections", [section("r1", year)]), year=year, fingerprint="x")
    with pytest.raises(SchemaError, match=r"core_sections.*report_id=r1.*2019、2020"):
        build_database(store, catalog, path)
    assert not path.exists()


def test_a_damaged_parquet_file_is_refused(store: Store, catalog: Catalog, path: Path) -> None:
    write_agencies(store, 3)
    store.path("core_agencies").write_bytes(b"PAR1")
    with pytest.raises(SchemaError, match="已损坏"):
        build_database(store, catalog, path)


def test_findings_are_listed_worst_first_in_words(store: Store, catalog: Catalog, path: Path) -> None:
    common = {
        "report_id": "r1",
        "agency_id": "a1",
        "agency_name": "云泽市测试局",
        "report_year": 2021,
        "rule": "R1",
        "part": "",
        "title_zh": "收办平衡",
    }
    place = {"table": "requests", "place": "总计列", "message": "不符", "location": "表三", "raw": "1", "path": "a.docx", "status": "open"}
    data = [{**common, **place, "finding_id": f"f{number}", "severity": severity, "weak": False} for number, severity in enumerate("IWE")]
    store.write("out_findings", from_rows(catalog, "out_findings", data), year=2021, fingerprint="x")
    store.write("out_dictionary", from_rows(catalog, "out_dictionary", dictionary_rows(catalog)), fingerprint="x")
    build_database(store, catalog, path)
    with duckdb.connect(path, read_only=True) as connection:
        result = connection.execute('SELECT "问题编号", "程度", "表" FROM findings_by_body').fetchall()
    assert result == [("f2", "错误", "表三"), ("f1", "提醒", "表三"), ("f0", "提示", "表三")]


def test_figures_are_those_in_force_and_say_why_there_is_none(store: Store, catalog: Catalog, path: Path) -> None:
    common: dict[str, object] = {"report_id": "r1", "agency_id": "a1", "agency_name": "云泽市测试局", "report_year": 2021, "form": "2021"}
    common |= {"table": "requests", "field": "requests.new", "label": "新收", "unit": "件"}
    cells = [
        ("enterprise", "number", Decimal(0), None, "0"),
        ("natural_person", "blank", None, None, ""),
        ("other_organization", "unreadable", None, Decimal(3), "?"),
        ("social_organization", "not_applicable", None, None, "/"),
        ("total", "number", Decimal(8), Decimal(9), "8"),
    ]
    names = ("applicant", "state", "value", "corrected_value", "raw")
    data = [{**common, **dict(zip(names, cell, strict=True))} for cell in cells]
    store.write("out_values", from_rows(catalog, "out_values", data), year=2021, fingerprint="x")
    build_database(store, catalog, path)
    with duckdb.connect(path, read_only=True) as connection:
        found = connection.execute('SELECT "数值", "印出数值", "印出文字", "状态" FROM figures_by_body ORDER BY "申请人"').fetchall()
    assert found == [
        (0, 0, "0", "数字"),
        (None, None, "", "空白"),
        (3, None, "?", "已更正"),
        (None, None, "/", "不适用"),
        (9, 8, "8", "已更正"),
    ]


def test_totals_compare_the_same_bodies_only(store: Store, catalog: Catalog, path: Path) -> None:
    common = {"report_year": 2021, "table": "requests", "field": "requests.new", "applicant": "total", "label": "新收", "unit": "件"}
    rows = [("a1", 30, 10, "yes"), ("a2", 5, 10, "yes"), ("a3", 7, None, "no")]
    data = [
        {
            "agency_id": body,
            "agency_name": body,
            "value": value,
            "previous_value": previous,
            "comparable": how,
            "comparable_reason": "",
            "link": "same",
        }
        for body, value, previous, how in rows
    ]
    table = from_rows(catalog, "out_year_over_year", [{**common, **row} for row in data])
    store.write("out_year_over_year", table, year=2021, fingerprint="x")
    build_database(store, catalog, path)
    with duckdb.connect(path, read_only=True) as connection:
        columns = '"单位数", "本年合计", "上年合计", "增减", "增减幅度", "可比性"'
        result = connection.execute(f"SELECT {columns} FROM totals_year_over_year").fetchall()
    assert result == [(2, Decimal(35), Decimal(20), Decimal(15), 75.0, "可比")]
