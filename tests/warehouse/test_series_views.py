"""The views on series: one body under any of its names, growth that stops at breaks, and no difference where none may be taken."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import pytest

from pipeline.catalog import Catalog
from pipeline.indicators.outcomes import out_harmonised
from pipeline.indicators.ratios import out_indicators
from pipeline.indicators.series import YearTables, out_series
from pipeline.indicators.standing import Standing
from pipeline.warehouse.database import build_database
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from tests.indicators.builders import FORM_2014, FORM_2019, FORM_2021, FiledReport, values_of

OLD, NEW = "瀚川市沐云区行政审批管理办公室", "瀚川市沐云区数据局"
RECEIVED = ("requests.new", "total")
FIGURES = {2017: 20, 2018: 25, 2019: 40, 2020: 50, 2021: 60, 2022: "blank", 2023: 30, 2024: 45}
NO_CHANGE = {"2019": "proactive.normative_documents.newly_disclosed", "2021": "proactive.normative_documents.repealed"}


def report(year: int) -> FiledReport:
    """The body under its old name until 2021 and its new one since."""
    figure = FIGURES[year]
    body = OLD if year < 2022 else NEW
    if year < 2019:
        return FiledReport(body, year, {"statistics.requests.received": figure}, FORM_2014)
    form = FORM_2019 if year < 2021 else FORM_2021
    return FiledReport(body, year, {RECEIVED: figure, NO_CHANGE[form["proactive"]]: 3}, form)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("series")
    store = Store(folder, catalog)

    def write(table: str, data: Any, year: int | None = None) -> None:
        store.write(table, data, year=year, fingerprint="test")

    agencies = [
        {"agency_id": f"id-{name}", "agency_name": name, "agency_kind": "office", "lineage_id": f"id-{OLD}", "registered": True}
        for name in (OLD, NEW)
    ]
    write("core_agencies", from_rows(catalog, "core_agencies", agencies))
    names = [{"agency_id": row["agency_id"], "name": row["agency_name"], "name_kind": "legal"} for row in agencies]
    short = {"agency_id": f"id-{NEW}", "name": "沐云区数据局", "name_kind": "short"}
    write("core_agency_names", from_rows(catalog, "core_agency_names", [*names, short]))
    last = YearTables(*(from_rows(catalog, table, []) for table in ("out_values", "out_harmonised", "out_indicators")))
    for year in FIGURES:
        values = values_of(catalog, [report(year)])
        this = YearTables(values, out_harmonised(catalog, values), out_indicators(catalog, values))
        renamed = Standing(f"id-{NEW}", f"id-{OLD}", f"id-{OLD if year == 2022 else NEW}", "rename" if year == 2022 else "same", "")
        write("out_series", out_series(catalog, this, last, [renamed]), year)
        write("out_harmonised", this.out_harmonised, year)
        last = this
    build_database(store, catalog, folder / "gongkai.duckdb")
    return duckdb.connect(folder / "gongkai.duckdb", read_only=True)


def rows(database: duckdb.DuckDBPyConnection, columns: str, view: str, where: str) -> list[tuple[object, ...]]:
    return database.execute(f'SELECT {columns} FROM {view} WHERE {where} ORDER BY "年度"').fetchall()


@pytest.mark.parametrize("name", [OLD, NEW, "沐云区数据局"])
def test_a_body_is_found_under_any_of_its_names(database: duckdb.DuckDBPyConnection, name: str) -> None:
    found = rows(database, '"年度", "当年名称", "数值"', "series_by_body", f"\"查询名称\" = '{name}' AND \"序列\" = 'requests.new'")
    assert [row[0] for row in found] == list(FIGURES)
    assert {row[1] for row in found if row[0] < 2022} == {OLD}
    assert {row[1] for row in found if row[0] >= 2022} == {NEW}
    assert [row[2] for row in found] == [None if value == "blank" else value for value in FIGURES.values()]


def test_differences_go_through_a_rename_and_stop_at_gaps(database: duckdb.DuckDBPyConnection) -> None:
    where = f"\"查询名称\" = '{NEW}' AND \"序列\" = 'requests.new'"
    found = {row[0]: row[1:] for row in rows(database, '"年度", "增减", "增减幅度", "可比性", "中断", "段"', "series_by_body", where)}
    assert found == {
        2017: (None, None, "不可比", True, 1),
        2018: (5, 25.0, "可比", False, 1),
        2019: (15, 60.0, "可比", True, 2),
        2020: (10, 25.0, "可比", False, 2),
        2021: (10, 20.0, "可比", False, 2),
        2022: (None, None, "不可比", True, 3),
        2023: (None, None, "不可比", True, 4),
        2024: (15, 50.0, "可比", False, 4),
    }


def test_what_may_not_be_compared_has_no_difference_but_a_reason(database: duckdb.DuckDBPyConnection) -> None:
    query = 'SELECT count(*), count("增减"), count(nullif("中断原因", \'\')) FROM series_by_body WHERE "可比性" = \'不可比\''
    all_rows, differences, reasons = database.execute(query).fetchone() or (0, 0, 0)
    assert all_rows == reasons > 100
    assert differences == 0
    repealed = rows(database, '"年度", "中断原因"', "series_by_body", f"\"查询名称\" = '{OLD}' AND \"序列\" = '{NO_CHANGE['2021']}'")
    assert repealed[0][0] == 2021 and "同一位置含义不同" in str(repealed[0][1])


def test_growth_and_index_stay_within_a_segment(database: duckdb.DuckDBPyConnection) -> None:
    """From 2019 to 2021: 40, 50, 60; the square root of 60/40 is 1.2247. 2024 is 45 after 30."""
    columns = '"年度", "同比", "段首年度", "复合增长率", "定基指数", "定基说明"'
    found = {row[0]: row[1:] for row in rows(database, columns, "growth_by_body", "\"序列\" = 'requests.new'")}
    assert found[2018] == (25.0, 2017, 25.0, None, "2019 年与本年之间序列中断")
    assert found[2019] == (60.0, 2019, None, 100.0, "")
    assert found[2021] == (20.0, 2019, 22.47, 150.0, "")
    assert found[2022][:2] == (None, None) and found[2022][4] == "本年没有数字"
    assert found[2024] == (50.0, 2023, 50.0, None, "2019 年与本年之间序列中断")
    units = {row[0] for row in database.execute('SELECT DISTINCT "计量单位" FROM growth_by_body').fetchall()}
    assert "" not in units and "元/件" not in units


def test_the_classes_of_a_body_stand_beside_each_other(database: duckdb.DuckDBPyConnection) -> None:
    columns = '"年度", "格式", "予以公开", "其他处理", "合计", "缺少格数"'
    found = rows(database, columns, "outcomes_by_body", f'"单位" = \'{OLD}\' AND "年度" IN (2018, 2019)')
    assert found == [(2018, "2014", 0, None, 0, 0), (2019, "2019", 0, 0, 0, 0)]
    assert isinstance(found[0][2], Decimal)
