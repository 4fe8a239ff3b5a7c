"""The worked page says of each year only what its series allows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.catalog import load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from tests.series_page.__main__ import PAGE
from tests.series_page.page import choose_body, series_page
from tests.warehouse.renamed_body import NEW, OLD, SHORT, write_warehouse


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = write_warehouse(tmp_path_factory.mktemp("page"), load_catalog(DEFAULT_CATALOG))
    with duckdb.connect(path, read_only=True) as connection:
        assert choose_body(connection) == NEW
        text = series_page(connection, NEW)
        for name in (OLD, SHORT):
            assert series_page(connection, name).replace(f"= '{name}'", "") == text.replace(f"= '{NEW}'", "")
        return text


def test_every_year_stands_with_its_figure_and_segment(page: str) -> None:
    assert "| 2018 | 2014 | 25 | +5 | 可比 | 1 |" in page
    assert "| 2019 | 2019 | 40 | +15 | 可比 | 2 |" in page
    assert "| 2022 | 2021 |  |  | 不可比 | 3 |" in page
    assert f"- {OLD}: 2017-2021" in page and f"- {NEW}: 2022-2024" in page


def test_a_dotted_line_stands_at_every_break_and_nowhere_else(page: str) -> None:
    bars = page.split("```")[3].strip().splitlines()
    years = [line[:4] if line[:4].isdigit() else "" for line in bars]
    assert years == ["2017", "2018", "", "2019", "2020", "2021", "", "2022", "", "2023", "2024"]


def test_conclusions_stay_within_segments(page: str) -> None:
    said = page.partition("## What may be concluded")[2]
    assert "From 2019 to 2021 requests went from 40 to 60, +22.5% a year" in said
    assert "The change from 2018 to 2019 (+15) may be given with its reason, and not as part of a trend" in said
    assert "Nothing may be said about the change from 2022 to 2023: 上年所需单元格没有数字" in said
    assert "From 2017 to 2024" not in said
    assert "公开率 changed from 2020 to 2021 by more than" in said  # 20 of 50, then 55 of 60
    assert "changed from 2018 to 2019" not in said


def test_counts_under_ten_and_intervals(page: str) -> None:
    assert "| 2018 | 10 | 25 | 40.0% | 23% to 59% |" in page


def test_the_page_of_the_sample_is_there_and_names_its_command() -> None:
    text = Path(PAGE).read_text(encoding="utf-8")
    assert "`python -m tests.series_page`" in text and "## What may be concluded" in text
