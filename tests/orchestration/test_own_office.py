"""The own office of a government counts once in the sum of its area: by whichever report tells of it, never by two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from tests.orchestration.area_world import NEW, PERMITS, Made, Report, world

DISTRICT, OFFICE, BUREAU, TOWN = "云川市青禾区人民政府", "云川市青禾区人民政府办公室", "云川市青禾区水务局", "云川市青禾区甲镇人民政府"
BODIES = {
    DISTRICT: ("government", ""),
    OFFICE: ("office", DISTRICT),
    BUREAU: ("department", DISTRICT),
    TOWN: ("town", DISTRICT),
}
BELOW = [(BUREAU, Report({NEW: 6, PERMITS: 3})), (TOWN, Report({NEW: 4}))]
OWN = {NEW: 5, PERMITS: 1}
SUM = {NEW: 15, PERMITS: 4}


Making = Callable[..., Made]


@pytest.fixture
def made(tmp_path: Path, catalog: Catalog) -> Making:
    def make(*reports: tuple[str, Report]) -> Made:
        place = world(tmp_path / str(len(list(tmp_path.iterdir()))), catalog, BODIES)
        place.reported([*BELOW, *reports])
        return place.made()

    return make


def test_the_copy_beside_the_sum_is_the_own_office(made: Making) -> None:
    found = made((DISTRICT, Report(SUM, beside=OWN)))
    assert found.counted(DISTRICT) == {DISTRICT: "own", BUREAU: "body", TOWN: "body"}
    assert found.counted("") == found.counted(DISTRICT)
    for area in (DISTRICT, ""):
        row = found.sum(area)
        assert (row["total"], row["own_office"], row["bodies_counted"]) == (15, f"{DISTRICT}（本级）" if area else DISTRICT, 3)
    row = found.sum(DISTRICT)
    assert (row["published"], row["difference"], row["coverage"], row["bodies_missing"], row["total_kind"]) == (
        *(15, 0, "whole_area", ""),
        "complete",
    )


@pytest.mark.parametrize("government", [Report(OWN, title="（本级）年度报告"), Report(SUM, beside=OWN)], ids=["alone", "beside the sum"])
def test_a_general_office_that_reports_the_same_counts_once(government: Report, made: Making) -> None:
    found = made((DISTRICT, government), (OFFICE, Report(OWN)))
    assert found.counted(DISTRICT) == {DISTRICT: "own", BUREAU: "body", TOWN: "body"}
    assert (found.sum(DISTRICT)["total"], found.sum("")["total"]) == (15, 15)
    assert found.sum(DISTRICT)["total_kind"] == "complete"


def test_a_general_office_that_reports_something_else_is_doubted(made: Making) -> None:
    found = made((DISTRICT, Report(SUM, beside=OWN)), (OFFICE, Report({NEW: 2})))
    row = found.sum(DISTRICT)
    assert (row["total"], row["total_kind"], row["bodies_in_doubt"]) == (17, "doubtful", f"{OFFICE}（可能与政府本级重复）")
    assert (row["difference"], row["own_office"]) == (-2, f"{DISTRICT}（本级）、{OFFICE}")
    assert found.sum(DISTRICT, PERMITS)["total_kind"] == "complete"


def test_the_figures_of_the_whole_are_not_those_of_the_general_office(made: Making) -> None:
    found = made((DISTRICT, Report(SUM, title="（汇总）年度报告")), (OFFICE, Report(SUM)))
    assert found.counted(DISTRICT) == {BUREAU: "body", TOWN: "body"}
    row = found.sum(DISTRICT)
    assert (row["total"], row["total_kind"], row["bodies_missing"]) == (10, "lower_bound", f"{OFFICE}（所报为全地区的汇总数）")


def test_what_equals_the_report_of_the_general_office_is_of_the_own_office(made: Making) -> None:
    figures = {**OWN, NEW: 40}  # nothing else tells: larger than every body, far from the sum
    (told,) = made((DISTRICT, Report(figures)), (OFFICE, Report(figures))).coverage
    assert (told["coverage"], told["coverage_basis"]) == ("own_office", "figures")


def test_without_any_word_on_the_own_office_the_sum_has_none(made: Making) -> None:
    row = made((DISTRICT, Report({NEW: 10}, title="（汇总）年度报告"))).sum(DISTRICT)
    assert (row["total"], row["own_office"], row["bodies_missing"]) == (10, "", OFFICE)


def test_a_report_on_the_own_office_in_a_file_of_its_own_tells_that_the_other_is_the_sum(made: Making) -> None:
    found = made((DISTRICT, Report({**SUM, NEW: 70}, beside=OWN, beside_in_a_file_of_its_own=True)))
    assert (found.coverage[0]["coverage"], found.sum(DISTRICT)["total"]) == ("whole_area", 15)


def test_the_same_figures_in_another_file_tell_nothing_of_a_sum(made: Making) -> None:
    figures = {**OWN, NEW: 70}
    found = made((DISTRICT, Report(figures, beside=figures, beside_in_a_file_of_its_own=True)))
    assert (found.coverage[0]["coverage"], found.sum(DISTRICT)["total"]) == ("unknown", 10)
    said = made((DISTRICT, Report({**OWN, NEW: 6}, title="（本级）年度报告", beside=OWN, beside_in_a_file_of_its_own=True)))
    assert (said.coverage[0]["coverage"], said.sum(DISTRICT)["total"]) == ("own_office", 16)
