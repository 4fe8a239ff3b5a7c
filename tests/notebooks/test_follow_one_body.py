"""The notebook that follows one body: breaks are gaps, and no year is joined to one that it may not be compared with."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest

from pipeline.catalog import Catalog
from tests.notebooks.test_notebooks import FOLDER, drawn, run
from tests.warehouse.renamed_body import NEW, OLD, SHORT, write_warehouse

NAME = "follow_one_body"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    return write_warehouse(tmp_path_factory.mktemp("one_body"), catalog).parent


def test_the_two_files_say_the_same_and_keep_nothing_of_a_run() -> None:
    notebook, script = (jupytext.read(FOLDER / f"{NAME}.{suffix}") for suffix in ("ipynb", "py"))
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [(cell.cell_type, cell.source) for cell in script.cells]
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("body", ["", OLD, SHORT])
def test_lines_end_at_breaks_and_go_through_a_rename(body: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = (warehouse / "gongkai.duckdb").read_bytes()
    names = run(NAME, warehouse, monkeypatch, tmp_path, BODY=body)
    assert drawn(names["series_chart"], "年度", "数值", "段") == {
        (2017, 20.0, 1),
        (2018, 25.0, 1),
        (2019, 40.0, 2),
        (2020, 50.0, 2),
        (2021, 60.0, 2),
        (2023, 30.0, 4),
        (2024, 45.0, 4),
    }
    assert names["breaks"]["年度"].tolist() == [2019, 2022, 2023]
    assert names["growth"]["年度"].tolist() == [2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024]
    assert set(names["series"]["当年名称"]) == {OLD, NEW}
    assert (warehouse / "gongkai.duckdb").read_bytes() == before


def test_rates_stand_in_their_interval_and_break_at_2019(warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rates = run(NAME, warehouse, monkeypatch, tmp_path)["rates"].set_index("年度")
    assert rates.loc[2018, "数值"] == 10 / 25
    assert (rates["下限"] <= rates["数值"]).all() and (rates["数值"] <= rates["上限"]).all()
    assert rates.loc[2018, "段"] != rates.loc[2019, "段"] and rates.loc[2021, "段"] == rates.loc[2022, "段"]
    assert rates.loc[2019, "可比性"] == "勉强可比" and rates.loc[2021, "可比性"] == "可比"


def test_another_series_and_one_that_is_not_there(warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = run(NAME, warehouse, monkeypatch, tmp_path, SERIES="outcome.disclosed")
    assert (2018, 10.0, 1) in drawn(names["series_chart"], "年度", "数值", "段")
    with pytest.raises(AssertionError, match=r"没有单位“某局”的序列 requests_received"):
        run(NAME, warehouse, monkeypatch, tmp_path, BODY="某局")
