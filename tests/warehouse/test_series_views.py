"""The views on series: one body under any of its names, growth that stops at breaks, and no difference where none may be taken."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from pipeline.catalog import Catalog
from tests.warehouse.renamed_body import NEW, OLD, REQUESTS, SAME_PLACE, SHORT, write_warehouse


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(write_warehouse(tmp_path_factory.mktemp("series"), catalog), read_only=True) as connection:
        yield connection


def rows(database: duckdb.DuckDBPyConnection, columns: str, view: str, where: str) -> list[tuple[object, ...]]:
    return database.execute(f'SELECT {columns} FROM {view} WHERE {where} ORDER BY "年度"').fetchall()


@pytest.mark.parametrize("name", [OLD, NEW, SHORT])
def test_a_body_is_found_under_any_of_its_names(database: duckdb.DuckDBPyConnection, name: str) -> None:
    found = rows(database, '"年度", "当年名称", "数值"', "series_by_body", f"\"查询名称\" = '{name}' AND \"序列\" = 'requests.new'")
    assert [row[0] for row in found] == list(REQUESTS)
    assert {row[1] for row in found if row[0] < 2022} == {OLD}
    assert {row[1] for row in found if row[0] >= 2022} == {NEW}
    assert [row[2] for row in found] == [None if value == "blank" else value for value in REQUESTS.values()]


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
    repealed = rows(database, '"年度", "中断原因"', "series_by_body", f"\"查询名称\" = '{OLD}' AND \"序列\" = '{SAME_PLACE['2021']}'")
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
    assert found == [(2018, "2014", 10, None, 10, 0), (2019, "2019", 20, 0, 20, 0)]
    assert isinstance(found[0][2], Decimal)


def test_every_measure_of_a_series_stands_in_its_view(database: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    assert {row.measure for row in catalog.series_measures} == {"growth", "cagr", "index_2019"}
    for row in catalog.series_measures:
        assert database.execute(f'SELECT count("{row.column}") FROM {row.view}').fetchone() > (0,)
