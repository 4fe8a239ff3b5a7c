"""Which reports are looked at together, through mergers and splits."""

from __future__ import annotations

from dataclasses import replace

from pipeline.catalog import Catalog
from pipeline.catalog.registry.history import Group
from pipeline.checks.localisation.locate import locate
from pipeline.checks.localisation.records import suggestion_rows
from pipeline.checks.localisation.windows import bodies_needed, windows
from pipeline.checks.model import ReportFacts
from tests.checks.build_report import make_report

MERGED = Group(2023, ("new",), ("one", "other"), "merge")
SPLIT = Group(2023, ("one", "other"), ("old",), "split")
CARRIED = {"requests.carried_in[natural_person]": "4", "requests.carried_in[total]": "4", "requests.new[natural_person]": "8"}


def body(catalog: Catalog, name: str, year: int, change: dict[str, str] | None = None) -> ReportFacts:
    sections = {"requests": "", "remedies": ""}
    report = make_report(catalog, "2021", change, year=year, sections=sections)
    return replace(report, report_id=f"{name}-{year}", agency_id=name, agency_name=f"云川市青禾区{name}局")


def test_a_report_stands_with_those_of_the_years_beside_it(catalog: Catalog) -> None:
    now, before, after = (body(catalog, "one", year) for year in (2023, 2022, 2024))
    stranger = body(catalog, "other", 2022)
    (window,) = windows(2023, [now], [before, stranger], [after])
    assert [facts.report_id for facts in window.reports] == ["one-2022", "one-2023", "one-2024"]
    assert [(link.reports, link.before) for link in window.links] == [((now,), (before,)), ((after,), (now,))]


def test_merged_bodies_stand_before_the_new_one(catalog: Catalog) -> None:
    now, before = body(catalog, "new", 2023), [body(catalog, "one", 2022), body(catalog, "other", 2022)]
    (window,) = windows(2023, [now], before, groups=[MERGED])
    assert len(window.reports) == 3
    (alone,) = windows(2023, [now], before[:1], groups=[MERGED])
    assert (len(alone.reports), alone.links) == (1, ())


def test_what_came_out_of_a_split_is_looked_at_once(catalog: Catalog) -> None:
    now = [body(catalog, "one", 2023), body(catalog, "other", 2023)]
    (window,) = windows(2023, now, [body(catalog, "old", 2022)], groups=[SPLIT])
    assert [facts.report_id for facts in window.reports] == ["old-2022", "one-2023", "other-2023"]


def test_of_merged_bodies_the_one_whose_own_sums_break_is_named(catalog: Catalog) -> None:
    wrong = {"requests.carried_out[total]": "3"}
    before = [body(catalog, "one", 2022), body(catalog, "other", 2022, wrong)]
    now = body(catalog, "new", 2023, CARRIED | {"requests.new[total]": "12"})
    (window,) = windows(2023, [now], before, groups=[MERGED])
    (located,) = locate(catalog, window)
    (row,) = suggestion_rows(catalog, located)
    assert (row["cell_report_id"], row["field"], row["proposed_value"], row["determined"]) == (
        "other-2022",
        "requests.carried_out",
        2,
        True,
    )
    assert str(row["suggestion"]).startswith("“云川市青禾区other局”2022 年度报告的表三")


def test_reports_are_needed_of_those_whose_sums_are_compared() -> None:
    after = Group(2024, ("last",), ("one", "third"), "merge")
    now, before, later = bodies_needed(["one"], [SPLIT], [after])
    assert now == {"one", "other", "third"}
    assert before == {"one", "other", "third", "old"}
    assert later == {"one", "other", "third", "last"}


def test_an_own_office_does_not_go_on_from_a_whole_area(catalog: Catalog) -> None:
    now, before = (replace(body(catalog, "one", year), coverage="whole_area") for year in (2023, 2022))
    assert [len(window.links) for window in windows(2023, [now], [before])] == [1]
    assert [len(window.links) for window in windows(2023, [now], [replace(before, coverage="own_office")])] == [0]
