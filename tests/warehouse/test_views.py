from pathlib import Path

import duckdb
import pytest

from pipeline.catalog import load_catalog
from pipeline.common.errors import CatalogError
from pipeline.warehouse.database import build_database, comments_missing
from pipeline.warehouse.store import Store
from pipeline.warehouse.views import View, identifier, literal, parse_view, sql_views
from tests.warehouse.sample import copy_of_rows


def build_with_view(tmp_path: Path, text: str) -> Path:
    folder = copy_of_rows(tmp_path / "rows")
    (folder / "views" / "invented.sql").write_text(text, encoding="utf-8")
    catalog = load_catalog(folder)
    path = tmp_path / "gongkai.duckdb"
    build_database(Store(tmp_path, catalog), catalog, path)
    return path


def test_a_file_is_description_column_lines_and_query(tmp_path: Path) -> None:
    path = tmp_path / "invented.sql"
    path.write_text(
        '-- 每行一个单位，\n-- 另有说明。\n-- column: 单位: 名称: 全称\nSELECT 1 AS "单位" -- 余下的注释\n;\n', encoding="utf-8"
    )
    assert parse_view(path) == View("invented", "每行一个单位，另有说明。", 'SELECT 1 AS "单位" -- 余下的注释\n', {"单位": "名称: 全称"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT 1 AS a", "没有说明"),
        ("-- column: a: 甲\nSELECT 1 AS a", "没有说明"),
        ("-- 说明\n", "没有查询"),
        ("-- 说明\n-- column: a\nSELECT 1", "应写作"),
    ],
)
def test_an_incomplete_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "invented.sql"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=rf"invented\.sql.*{said}"):
        parse_view(path)


def test_a_new_view_costs_one_file(tmp_path: Path) -> None:
    query = "-- 每行一个单位。\n-- column: 单位: 单位的'名称'\nSELECT agency_name AS \"单位\", agency_id FROM core_agencies;"
    with duckdb.connect(build_with_view(tmp_path, query), read_only=True) as connection:
        assert comments_missing(connection) == []
        comments = connection.execute("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'invented'").fetchall()
        description = connection.execute("SELECT comment FROM duckdb_views() WHERE view_name = 'invented'").fetchone()
    assert description == ("每行一个单位。",)
    assert comments[0] == ("单位", "单位的'名称'")
    assert comments[1][1].startswith("单位编号：")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('-- 说明\nSELECT agency_name AS "单位" FROM core_agencies', "“单位”没有说明"),
        ("-- 说明\n-- column: 单位: 名称\nSELECT agency_name FROM core_agencies", "没有的列：单位"),
        ("-- 说明\nSELEKT agency_name FROM core_agencies", "无法建立"),
    ],
)
def test_a_view_whose_columns_are_not_explained_stops_the_build(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CatalogError, match=said):
        build_with_view(tmp_path, text)
    assert not (tmp_path / "gongkai.duckdb").exists()


def test_the_views_of_the_catalogue_say_each_heading(tmp_path: Path) -> None:
    catalog = load_catalog(copy_of_rows(tmp_path / "rows"))
    assert {"findings_by_body", "submission_by_year", "totals_year_over_year"} <= {view.name for view in sql_views(catalog)}


def test_names_and_texts_are_quoted() -> None:
    assert identifier('a"b') == '"a""b"'
    assert literal("a'b") == "'a''b'"
