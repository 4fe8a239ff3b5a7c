"""The DuckDB file of the sample: what an analyst meets on opening it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from pipeline.catalog import Catalog
from pipeline.warehouse.database import materialised
from pipeline.warehouse.wide import CORRECTED, wide_views
from tests.documents import queries
from tests.installation import Installation
from tests.reports.layout import printed_tables
from tests.sample.files import report_files


@pytest.fixture(scope="module")
def connection(sample: Installation) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(sample.workspace.database, read_only=True) as opened:
        yield opened


def test_it_can_be_opened_by_many_and_written_by_none(connection: duckdb.DuckDBPyConnection, sample: Installation) -> None:
    with duckdb.connect(sample.workspace.database, read_only=True) as second:
        assert second.execute("SELECT count(*) FROM core_reports").fetchone() == (len(report_files()),)
    with pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("DELETE FROM core_reports")


def test_it_holds_every_table_with_the_rows_of_its_parquet_files(
    connection: duckdb.DuckDBPyConnection, sample: Installation, catalog: Catalog
) -> None:
    held = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()}
    assert held == {table.table for table in materialised(catalog)}
    assert {table.table for table in catalog.tables if table.layer != "raw"} <= held
    for name in held:
        assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (sample.workspace.store.count(name),)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal",
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal",
        "SELECT table_name || '.' || column_name, comment FROM duckdb_columns() WHERE NOT internal",
    ],
)
def test_everything_carries_its_definition_in_chinese(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    rows = connection.execute(query).fetchall()
    assert len(rows) > 5
    assert [name for name, comment in rows if not comment or not any("一" <= character <= "鿿" for character in comment)] == []


def test_every_view_can_be_read_and_every_sql_file_is_one(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    views = {name for (name,) in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    files = {path.stem for path in (catalog.folder / "views").glob("*.sql")}
    assert views == files | {view.name for view in wide_views(catalog)}
    forms = {form for (form,) in connection.execute("SELECT DISTINCT form FROM out_values").fetchall()}
    empty = {view.name for view in wide_views(catalog) if view.name.split("_")[1] not in forms}
    for name in views - empty:
        assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() != (0,), name


def test_two_wide_views_for_each_printed_table(catalog: Catalog) -> None:
    assert [view.name for view in wide_views(catalog)] == [
        f"wide_{row.form}_{row.table}{end}" for row in catalog.form_tables for end in ("", CORRECTED)
    ]


def test_wide_views_have_the_figures_in_the_order_of_the_form(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """A row of the view, read from left to right, is the printed table, read from the top: money in yuan."""
    files = [file for file in report_files() if file.content.agency.endswith("教育局")]
    assert {file.content.form for file in files} == {"2008", "2014", "2019", "2021"}
    for file in files:
        content = file.content
        for table in printed_tables(catalog, content):
            keys = [cell.key for row in table.rows for cell in row if cell.key]
            query = f'SELECT * EXCLUDE ("更正格数", "更正") FROM "wide_{content.form}_{table.table}" WHERE "单位" = ? AND "年度" = ?'
            rows = connection.execute(query, [content.agency, content.report_year]).fetchall()
            found = [value for row in rows for value in row[2:] if not isinstance(value, str)]
            assert found == [content.figures[key].value for key in keys]
            assert all(value is None or isinstance(value, Decimal) for value in found)


def test_wide_views_of_requests_have_a_line_for_each_printed_row(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    query = 'SELECT "项目" FROM wide_2021_requests WHERE "单位" = ? AND "年度" = 2023'
    lines = [line for (line,) in connection.execute(query, ["瀚川市沐云区财政局"]).fetchall()]
    assert lines == [field.label_zh for field in catalog.fields_of("2021", "requests")]
    headings = [row[0] for row in connection.execute("DESCRIBE wide_2021_requests").fetchall()]
    assert headings[3:-2] == [row.label_zh for row in sorted(catalog.applicants, key=lambda row: row.position)]


def test_dictionary_defines_everything_that_the_tables_speak_of(connection: duckdb.DuckDBPyConnection) -> None:
    def undefined(kind: str, query: str) -> list[str]:
        return [
            str(entry)
            for (entry,) in connection.execute(
                f"SELECT DISTINCT entry FROM ({query}) AS used(entry) WHERE entry <> '' AND entry IS NOT NULL "
                "AND entry NOT IN (SELECT entry FROM out_dictionary WHERE entry_kind = ?)",
                [kind],
            ).fetchall()
        ]

    assert undefined("field", "SELECT field FROM out_values") == []
    assert undefined("applicant", "SELECT applicant FROM out_values") == []
    assert undefined("rule", "SELECT rule || CASE WHEN part = '' THEN '' ELSE '.' || part END FROM out_rule_coverage") == []
    assert undefined("indicator", "SELECT definition FROM out_indicators") == []
    assert undefined("problem", "SELECT code FROM core_problems") == []
    assert undefined("table", "SELECT table_name FROM duckdb_tables() WHERE NOT internal") == []
    assert undefined("view", "SELECT view_name FROM duckdb_views() WHERE NOT internal") == []


def test_workbook_and_summary_stand_beside_it(sample: Installation) -> None:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(str(sample.workspace.workbook))
    assert len(workbook.sheet_names) >= 6
    text = "".join(str(value) for name in workbook.sheet_names for row in workbook.get_sheet_by_name(name).to_python() for value in row)
    assert "瀚川市沐云区青檀镇人民政府" in text


@pytest.mark.parametrize("statement", queries())
def test_every_query_in_the_documents_can_be_asked(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    connection.execute(statement)
