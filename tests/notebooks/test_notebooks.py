"""The notebooks: pairs in step, nothing kept from a run, and charts that say in Chinese what they show and leave gaps open."""

from __future__ import annotations

import math
import runpy
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import altair
import jupytext
import pytest

from pipeline.catalog import Catalog
from pipeline.common.errors import RegistryError
from pipeline.warehouse.database import build_database
from pipeline.warehouse.dictionary import dictionary_rows
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from tests.indicators.builders import FORM_2019, FORM_2021, FiledReport, Key
from tests.publish.small_store import CITY, FIRST, SECOND, small_store

FOLDER = Path(__file__).resolve().parent.parent.parent / "notebooks"
NAMES = ("compare_bodies", "follow_bodies", "any_table")
STOCK = {"2019": "proactive.normative_documents.disclosed_total", "2021": "proactive.normative_documents.in_force"}


def requests(new: int, handled: int | str, granted: int) -> dict[Key, int | str]:
    return {("requests.new", "total"): new, ("requests.handled", "total"): handled, ("requests.granted", "total"): granted}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    """甲局 2019-2022; 乙局 without 2021; the city with few cases in 2022 and no total in 2021."""
    folder = tmp_path_factory.mktemp("warehouse")
    reports = [
        *(FiledReport(FIRST, year, {**requests(40, 40, 10 + year - 2019), STOCK["2019"]: 9}, FORM_2019) for year in (2019, 2020)),
        *(FiledReport(FIRST, year, {**requests(40, 40, 20 + year - 2021), STOCK["2021"]: 8}, FORM_2021) for year in (2021, 2022)),
        *(FiledReport(SECOND, year, requests(30, 30, 6), FORM_2019) for year in (2019, 2020)),
        FiledReport(SECOND, 2022, requests(30, 30, 15), FORM_2021),
        FiledReport(CITY, 2021, requests(20, "blank", 5), FORM_2021),
        FiledReport(CITY, 2022, requests(7, 7, 5), FORM_2021),
    ]
    store = small_store(folder, catalog, reports)
    store.write("out_dictionary", from_rows(catalog, "out_dictionary", dictionary_rows(catalog)), fingerprint="test")
    build_database(store, catalog, folder / "gongkai.duckdb")
    return folder


def run(name: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch, folder: Path, **parameters: object) -> dict[str, Any]:
    """The names that a notebook leaves behind, run with other parameters."""
    lines = (FOLDER / f"{name}.py").read_text(encoding="utf-8").splitlines()
    for parameter, value in parameters.items():
        (place,) = [number for number, line in enumerate(lines) if line.startswith(f"{parameter} = ")]
        lines[place] = f"{parameter} = {value!r}"
    script = folder / f"{name}.py"
    script.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("GONGKAI_WAREHOUSE", str(warehouse))
    with altair.renderers.enable("default"):
        return runpy.run_path(str(script))


def drawn(chart: altair.TopLevelMixin, *columns: str) -> set[tuple[object, ...]]:
    """The rows of the largest data set in a chart, by the columns named."""
    rows = max(chart.to_dict()["datasets"].values(), key=len)
    return {tuple(row[column] for column in columns) for row in rows}


@pytest.mark.parametrize("name", NAMES)
def test_the_two_files_of_a_notebook_say_the_same(name: str) -> None:
    notebook, script = (jupytext.read(FOLDER / f"{name}.{suffix}") for suffix in ("ipynb", "py"))
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [(cell.cell_type, cell.source) for cell in script.cells]
    assert notebook.metadata["jupytext"]["formats"] == script.metadata["jupytext"]["formats"] == "ipynb,py:percent"


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_keeps_nothing_of_a_run(name: str) -> None:
    cells = [cell for cell in jupytext.read(FOLDER / f"{name}.ipynb").cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_changes_nothing_and_shows_the_definition(
    name: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    database = warehouse / "gongkai.duckdb"
    before = database.read_bytes()
    database.chmod(0o444)
    run(name, warehouse, monkeypatch, tmp_path)
    assert database.read_bytes() == before
    assert "read_only=True" in (FOLDER / f"{name}.py").read_text(encoding="utf-8")


def test_the_ranking_draws_ratios_and_lists_the_rest_beside(warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = run("compare_bodies", warehouse, monkeypatch, tmp_path)
    chart = names["ranking_chart"]
    assert drawn(chart, "单位", "数值", "格式") == {(FIRST, 21 / 40, "2021"), (SECOND, 0.5, "2021")}
    assert names["not_drawn"][["单位", "原因", "分子", "分母"]].to_numpy().tolist() == [[CITY, "只列件数", 5, 7]]
    shown = chart.to_dict()
    assert shown["title"] == "2022 年度各单位公开率"
    assert shown["layer"][0]["encoding"]["x"]["title"] == "公开率（%）"
    assert "Noto Sans CJK SC" in shown["config"]["font"]


def test_a_missing_figure_is_listed_and_never_drawn(warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = run("compare_bodies", warehouse, monkeypatch, tmp_path, YEAR=2021)
    assert drawn(names["ranking_chart"], "单位") == {(FIRST,)}
    assert names["not_drawn"][["单位", "原因"]].to_numpy().tolist() == [[CITY, "不能计算"]]


def test_bodies_can_be_chosen_and_outcomes_are_added_up(warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = run("compare_bodies", warehouse, monkeypatch, tmp_path, BODIES=[SECOND], INDICATOR="requests_received")
    assert drawn(names["ranking_chart"], "单位", "数值") == {(SECOND, 30.0)}
    chart = names["outcome_chart"]
    assert (SECOND, "予以公开", 15.0) in drawn(chart, "单位", "办理结果", "件数")
    assert {outcome for (outcome,) in drawn(chart, "办理结果")} == {"予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"}
    assert chart.to_dict()["title"] == "2022 年度各单位申请办理结果"


def test_an_indicator_that_does_not_exist_is_said(warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="2022 年度没有指标 no_such_rate"):
        run("compare_bodies", warehouse, monkeypatch, tmp_path, INDICATOR="no_such_rate")


def test_a_series_breaks_where_the_form_changes_and_where_a_year_is_missing(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = run("follow_bodies", warehouse, monkeypatch, tmp_path, BODIES=[FIRST, SECOND, CITY])
    chart = names["indicator_chart"]
    first = {(FIRST, 2019, 0.25, 1), (FIRST, 2020, 11 / 40, 1), (FIRST, 2021, 0.5, 2), (FIRST, 2022, 21 / 40, 2)}
    second = {(SECOND, 2019, 0.2, 1), (SECOND, 2020, 0.2, 1), (SECOND, 2022, 0.5, 2)}
    assert drawn(chart, "单位", "年度", "数值", "段") == first | second
    shown = chart.to_dict()
    assert shown["title"] == "公开率历年变化"
    assert shown["layer"][0]["encoding"]["detail"]["field"] == "段"
    assert [{"年度": 2021, "格式": "2021", "分界": 2020.5, "说明": "改用2021年格式"}] in shown["datasets"].values()


def test_a_renamed_body_is_one_line_under_any_of_its_names(catalog: Catalog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = "云泽市旧局"
    reports = [
        FiledReport(old if year < 2021 else FIRST, year, requests(40, 40, 10 + year - 2019), FORM_2019) for year in range(2019, 2023)
    ]
    store = small_store(tmp_path, catalog, reports, renamed={FIRST: old})
    store.write("out_dictionary", from_rows(catalog, "out_dictionary", dictionary_rows(catalog)), fingerprint="test")
    build_database(store, catalog, tmp_path / "gongkai.duckdb")
    for chosen in (old, FIRST):
        names = run("follow_bodies", tmp_path, monkeypatch, tmp_path, BODIES=[chosen])
        points = drawn(names["indicator_chart"], "单位", "年度", "段")
        assert points == {(FIRST, year, 1) for year in range(2019, 2023)}


def test_a_cell_that_is_only_weakly_comparable_begins_a_new_line(warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = run("follow_bodies", warehouse, monkeypatch, tmp_path, BODIES=[FIRST], FIELD=STOCK["2021"], APPLICANT="")
    remarks = dict(drawn(names["cell_chart"], "年度", "说明"))
    assert remarks == {2021: "与上年勉强可比：2019年格式为对外公开总数量，2021年格式为现行有效件数", 2022: "与上年可比"}
    names = run("follow_bodies", warehouse, monkeypatch, tmp_path, BODIES=[FIRST, SECOND])
    segments = drawn(names["cell_chart"], "单位", "年度", "段")
    assert {row for row in segments if row[0] == SECOND} == {(SECOND, 2019, 1), (SECOND, 2020, 1), (SECOND, 2022, 2)}
    assert {row[2] for row in segments if row[0] == FIRST and row[1] >= 2021} == {2}


def test_without_a_choice_the_bodies_with_most_requests_are_followed(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert run("follow_bodies", warehouse, monkeypatch, tmp_path)["BODIES"] == [FIRST, SECOND, CITY]


def test_charts_fetch_nothing_from_the_network(warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chart = run("compare_bodies", warehouse, monkeypatch, tmp_path)["ranking_chart"]
    assert 'alt.renderers.enable("html", template="inline")' in (FOLDER / "compare_bodies.py").read_text(encoding="utf-8")
    with altair.renderers.enable("html", template="inline"):
        page = chart._repr_mimebundle_()["text/html"]
    assert 'src="http' not in page
    assert "cdn.jsdelivr.net" not in page


def test_any_table_gives_printed_or_corrected_figures_and_says_what_to_mind(
    warehouse: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = {"BODIES": [FIRST, CITY], "YEARS": [2021, 2022], "FORM": "2021", "TABLE": "requests"}
    store = Store(warehouse, catalog)
    rows = store.read("out_values", [2021]).to_pylist()
    for row in rows:
        if (row["agency_name"], row["field"], row["applicant"]) == (CITY, "requests.handled", "total"):
            row["corrected_value"] = Decimal(19)
    copy = shutil.copytree(warehouse, tmp_path / "copy")
    Store(copy, catalog).write("out_values", from_rows(catalog, "out_values", rows), year=2021, fingerprint="test")
    build_database(Store(copy, catalog), catalog, copy / "gongkai.duckdb")
    totals = {}
    for corrected in (False, True):
        names = run("any_table", copy, monkeypatch, tmp_path, **asked, CORRECTED=corrected)
        wide = names["wide"]
        assert set(zip(wide["单位"], wide["年度"], strict=True)) == {(FIRST, 2021), (FIRST, 2022), (CITY, 2021), (CITY, 2022)}
        (line,) = wide[(wide["单位"] == CITY) & (wide["年度"] == 2021) & (wide["更正格数"] == 1)].to_dict("records")
        totals[corrected] = line["总计"]
        assert line["更正"] == "总计：没有数字→19"
    assert math.isnan(totals[False]) and totals[True] == 19
    told = {(row["单位"], row["年度"], row["事项"]) for row in names["warnings"].to_dict("records")}
    assert (CITY, 2021, "已更正") in told
    assert len(names["cells"]) == 4 * 7 * len(catalog.fields_of("2021", "requests"))
    assert names["definitions"]["指标编号"].tolist()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_nobody_has_is_said(name: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=f"没有这些单位：乙局。名称相近的有：{SECOND}"):
        run(name, warehouse, monkeypatch, tmp_path, BODIES=[FIRST, "乙局"])
