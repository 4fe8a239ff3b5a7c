"""Year over year through renames, mergers and splits."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog.divisions import directory
from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.model import Registry
from pipeline.catalog.registry.rows import Agency, AgencyLink, LinkKind
from pipeline.indicators.succession import last_year, this_year
from pipeline.indicators.year_over_year import out_year_over_year
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.records import core_agency_predecessors
from tests.indicators.builders import FORM_2019, FORM_2021, FiledReport, check_declared, declared_table, values_of

NEW = ("requests.new", "total")
Key = tuple[str, str]


def registered(*names: str) -> tuple[Agency, ...]:
    """Bodies under the ids that reports of these names have in the builders."""
    return tuple(Agency(f"id-{name}", name) for name in names)


def linked(link: LinkKind, from_name: str, to_name: str, day: date = date(2023, 3, 1)) -> AgencyLink:
    return AgencyLink(link, f"id-{from_name}", f"id-{to_name}", day)


def predecessors(catalog: Catalog, registry: Registry, year: int, *reported: str) -> pa.Table:
    rows = core_agency_predecessors(Bodies(registry, directory()), year, {f"id-{name}": name for name in reported})
    return declared_table(catalog, "core_agency_predecessors", list(rows))


def compare(catalog: Catalog, registry: Registry, now: list[FiledReport], before: list[FiledReport]) -> dict[Key, dict[str, object]]:
    groups = predecessors(catalog, registry, 2023, *(report.agency for report in now))
    table = out_year_over_year(catalog, values_of(catalog, now), values_of(catalog, before), groups)
    check_declared(catalog, "out_year_over_year", table)
    return {(row["agency_name"], row["field"]): row for row in table.to_pylist() if row["applicant"] in ("", "total")}


def told(row: dict[str, object]) -> tuple[object, ...]:
    return row["value"], row["previous_value"], row["change"], row["comparable"], row["link"], row["previous_name"]


def test_a_renamed_body_is_compared_with_the_one_of_the_old_name(catalog: Catalog) -> None:
    registry = Registry(registered("旧局", "新局"), links=(linked("rename", "旧局", "新局"),))
    rows = compare(catalog, registry, [FiledReport("新局", 2023, {NEW: 12})], [FiledReport("旧局", 2022, {NEW: 10})])
    assert told(rows["新局", "requests.new"]) == (12, 10, 2, "yes", "rename", "旧局")


def test_a_merged_body_is_compared_with_the_sum(catalog: Catalog) -> None:
    registry = Registry(registered("甲局", "乙局", "丙局"), links=(linked("merge", "甲局", "丙局"), linked("merge", "乙局", "丙局")))
    before = [FiledReport("甲局", 2022, {NEW: 10, "proactive.fees.amount": Decimal("0.1")}), FiledReport("乙局", 2022, {NEW: 5})]
    rows = compare(catalog, registry, [FiledReport("丙局", 2023, {NEW: 12})], before)
    assert (
        told(rows["丙局", "requests.new"]) == (12, 15, -3, "yes", "merge", "甲局、乙局")
        or told(rows["丙局", "requests.new"])[5] == "乙局、甲局"
    )
    assert rows["丙局", "proactive.fees.amount"]["previous_value"] == Decimal("0.1")


def test_a_merged_body_has_no_base_where_one_of_them_lacks_the_cell(catalog: Catalog) -> None:
    registry = Registry(registered("甲局", "丙局"), links=(linked("merge", "甲局", "丙局"),))
    before = [FiledReport("甲局", 2022, {NEW: 10}), FiledReport("丙局", 2022, {NEW: "blank"})]
    row = compare(catalog, registry, [FiledReport("丙局", 2023, {NEW: 12})], before)["丙局", "requests.new"]
    assert (row["previous_value"], row["comparable"], row["comparable_reason"]) == (None, "no", "上年该格空白")
    row = compare(catalog, registry, [FiledReport("丙局", 2023, {NEW: 12})], before[:1])["丙局", "requests.new"]
    assert (row["previous_value"], row["comparable"], row["comparable_reason"]) == (None, "no", "上年各单位的报告不齐，不能相加")


def test_what_came_out_of_a_split_is_added_up(catalog: Catalog) -> None:
    registry = Registry(registered("甲局", "乙局", "丙局"), links=(linked("split", "甲局", "乙局"), linked("split", "甲局", "丙局")))
    now = [FiledReport("乙局", 2023, {NEW: 7}), FiledReport("丙局", 2023, {NEW: 8})]
    rows = compare(catalog, registry, now, [FiledReport("甲局", 2022, {NEW: 10})])
    (group,) = {name for name, _ in rows} - {"乙局", "丙局"}
    assert set(group.split("、")) == {"乙局", "丙局"}
    assert told(rows[group, "requests.new"]) == (15, 10, 5, "yes", "split", "甲局")
    assert told(rows["乙局", "requests.new"]) == (7, None, None, "no", "split", "甲局")
    assert rows["乙局", "requests.new"]["comparable_reason"] == "本年分设或重组，与上年比较见有关各单位的合计"


def test_of_a_split_nothing_is_added_up_where_a_report_is_missing(catalog: Catalog) -> None:
    registry = Registry(registered("甲局", "乙局"), links=(linked("split", "甲局", "乙局"),))
    rows = compare(catalog, registry, [FiledReport("乙局", 2023, {NEW: 7})], [FiledReport("甲局", 2022, {NEW: 10})])
    assert {name for name, _ in rows} == {"乙局"}


def test_bodies_of_different_forms_are_not_added_up(catalog: Catalog) -> None:
    registry = Registry(registered("甲局", "丙局"), links=(linked("merge", "甲局", "丙局"),))
    before = [FiledReport("甲局", 2022, {NEW: 10}, FORM_2019), FiledReport("丙局", 2022, {NEW: 3}, FORM_2021)]
    row = compare(catalog, registry, [FiledReport("丙局", 2023, {NEW: 12})], before)["丙局", "requests.new"]
    assert (row["previous_value"], row["comparable"]) == (None, "no")


def test_tasks_that_moved_and_new_bodies_are_told(catalog: Catalog) -> None:
    bodies = (*registered("甲局", "乙局"), Agency("id-新局", "新局", valid_from=date(2023, 5, 1)))
    registry = Registry(bodies, links=(linked("transfer", "甲局", "乙局"),))
    now = [FiledReport(name, 2023, {NEW: 7}) for name in ("甲局", "新局")]
    rows = compare(catalog, registry, now, [FiledReport("甲局", 2022, {NEW: 10})])
    assert told(rows["甲局", "requests.new"]) == (7, 10, -3, "weakly", "transfer", None)
    assert rows["甲局", "requests.new"]["comparable_reason"] == "本年有部分职能划转"
    assert (rows["新局", "requests.new"]["comparable_reason"], rows["新局", "requests.new"]["link"]) == ("本年新设", "established")


def test_a_body_of_no_registry_is_compared_with_itself(catalog: Catalog) -> None:
    row = compare(catalog, Registry(), [FiledReport("甲局", 2023, {NEW: 7})], [FiledReport("甲局", 2022, {NEW: 4})])["甲局", "requests.new"]
    assert told(row) == (7, 4, 3, "yes", "same", None)


def test_a_body_that_went_into_another_is_not_counted_twice(catalog: Catalog) -> None:
    registry = Registry(registered("甲局", "乙局"), links=(linked("merge", "甲局", "乙局"),))
    now = [FiledReport(name, 2023, {NEW: 7}) for name in ("甲局", "乙局")]
    rows = compare(catalog, registry, now, [FiledReport(name, 2022, {NEW: 4}) for name in ("甲局", "乙局")])
    assert told(rows["乙局", "requests.new"])[:4] == (7, 8, -1, "yes")
    assert told(rows["甲局", "requests.new"])[1:5] == (None, None, "no", "ended")


BODIES = ("甲局", "乙局", "丙局", "丁局")
DAYS = st.dates(date(2022, 6, 1), date(2023, 12, 31))
SOME_LINKS = st.lists(
    st.builds(linked, st.sampled_from(("merge", "split")), st.sampled_from(BODIES), st.sampled_from(BODIES), DAYS),
    max_size=4,
    unique_by=lambda row: (row.link, row.from_id, row.to_id),
)


@pytest.fixture(scope="module")
def before(catalog: Catalog) -> pa.Table:
    """The year before: each body with a power of ten of its own, so that a sum tells whose figures are in it."""
    return values_of(catalog, [FiledReport(name, 2022, {NEW: 10**place}) for place, name in enumerate(BODIES)])


@settings(deadline=None)
@given(SOME_LINKS)
def test_sums_over_all_bodies_are_kept(catalog: Catalog, before: pa.Table, links: list[AgencyLink]) -> None:
    """Whoever is merged or split: what is added up under the groups of a year is what those bodies reported, no more, no less."""
    registry = Registry(registered(*BODIES), links=tuple(links))
    groups = predecessors(catalog, registry, 2023, *BODIES)
    then = {row["previous_agency_id"] for row in groups.to_pylist()} - {None}
    assert {row["agency_id"] for row in groups.to_pylist()} >= {f"id-{name}" for name in BODIES}
    added = sum(row["value"] for row in last_year(before, groups).to_pylist() if (row["field"], row["applicant"]) == NEW)
    assert added == sum(10**place for place, name in enumerate(BODIES) if f"id-{name}" in then)
    rows = Counter((row["agency_id"], row["field"], row["applicant"]) for row in this_year(before, groups).to_pylist())
    assert set(rows.values()) <= {1}
