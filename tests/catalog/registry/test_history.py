"""Bodies through time: spans, lineages, and whose figures stand before whose."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.registry.history import History
from pipeline.catalog.registry.model import Registry
from pipeline.catalog.registry.rows import Agency, AgencyLink, LinkKind
from pipeline.catalog.registry.structure import structural_mistakes


def body(agency_id: str, valid_from: str = "", valid_to: str = "") -> Agency:
    first, last = (date.fromisoformat(text) if text else None for text in (valid_from, valid_to))
    return Agency(agency_id, f"瀚川市沐云区{agency_id}局", valid_from=first, valid_to=last)


def to(link: LinkKind, from_id: str, to_id: str | None, day: str) -> AgencyLink:
    return AgencyLink(link, from_id, to_id, date.fromisoformat(day))


def told(history: History, year: int) -> set[tuple[str, str, str]]:
    """(bodies, bodies before, what happened) of each group, for short."""
    return {("+".join(group.agencies), "+".join(group.previous), group.succession) for group in history.groups(year)}


def test_a_renamed_body_comes_after_the_one_of_the_old_name() -> None:
    history = History(
        Registry((body("a"), body("b"), body("c")), links=(to("rename", "a", "b", "2019-01-01"), to("rename", "b", "c", "2024-07-01")))
    )
    assert told(history, 2018) == {("a", "a", "same")}
    assert told(history, 2019) == {("b", "a", "rename")}
    assert told(history, 2024) == {("c", "b", "rename")}
    assert history.lineage("b") == ("a", "b", "c") and history.lineage_id("c") == "a"
    assert [history.member("a", year) for year in (2018, 2019, 2023, 2024)] == ["a", "b", "b", "c"]


def test_two_renames_in_one_year_are_one_step() -> None:
    history = History(
        Registry((body("a"), body("b"), body("c")), links=(to("rename", "a", "b", "2019-03-01"), to("rename", "b", "c", "2019-11-01")))
    )
    assert told(history, 2019) == {("c", "a", "rename")}


def test_a_merger_has_all_that_went_into_it_before_it() -> None:
    history = History(
        Registry((body("a"), body("b"), body("c")), links=(to("merge", "a", "c", "2019-03-01"), to("merge", "b", "c", "2019-03-01")))
    )
    assert told(history, 2018) == {("a", "a", "same"), ("b", "b", "same")}
    assert told(history, 2019) == {("c", "a+b", "merge")}
    assert told(history, 2020) == {("c", "c", "same")}
    assert history.lineage_id("c") == "c"


def test_a_body_that_takes_another_in_goes_on() -> None:
    history = History(Registry((body("a"), body("b")), links=(to("merge", "b", "a", "2019-03-01"),)))
    assert told(history, 2019) == {("a", "a+b", "merge")}
    assert told(history, 2018) == {("a", "a", "same"), ("b", "b", "same")}


def test_a_split_body_stands_before_the_sum_of_what_came_out_of_it() -> None:
    history = History(
        Registry((body("a"), body("b"), body("c")), links=(to("split", "a", "b", "2019-03-01"), to("split", "a", "c", "2019-03-01")))
    )
    assert told(history, 2019) == {("b+c", "a", "split")}
    assert [group.group_id for group in history.groups(2019)] == ["b+c"]
    assert told(history, 2020) == {("b", "b", "same"), ("c", "c", "same")}


def test_a_body_from_which_a_part_is_split_off_goes_on() -> None:
    history = History(Registry((body("a"), body("b")), links=(to("split", "a", "b", "2019-03-01"),)))
    assert told(history, 2019) == {("a+b", "a", "split")}


def test_tasks_that_move_leave_the_bodies_as_they_are_and_are_told() -> None:
    history = History(Registry((body("a"), body("b"), body("c")), links=(to("transfer", "a", "b", "2019-03-01"),)))
    assert told(history, 2019) == {("a", "a", "transfer"), ("b", "b", "transfer"), ("c", "c", "same")}


def test_what_begins_has_nothing_before_it_and_what_ends_nothing_after() -> None:
    history = History(Registry((body("a", valid_from="2019-05-01"), body("b")), links=(to("abolish", "b", None, "2019-06-01"),)))
    assert told(history, 2019) == {("a", "", "established")}
    assert told(history, 2018) == {("b", "b", "same")}


def test_mergers_and_splits_of_one_year_that_touch_are_one_group() -> None:
    links = (to("merge", "x", "a", "2019-02-01"), to("split", "a", "b", "2019-08-01"))
    history = History(Registry((body("a"), body("b"), body("x")), links=links))
    assert told(history, 2019) == {("a+b", "a+x", "regroup")}


def test_a_change_on_new_years_day_belongs_to_the_new_year() -> None:
    bodies = (body("a", valid_to="2019-01-01"), body("b", valid_from="2019-01-01"))
    history = History(Registry(bodies, links=(to("rename", "a", "b", "2019-01-01"),)))
    assert told(history, 2018) == {("a", "a", "same")} and told(history, 2019) == {("b", "a", "rename")}


IDS = st.sampled_from("abcdefgh")
DAYS = st.dates(date(2014, 1, 1), date(2018, 12, 31))
LINKS = st.builds(
    lambda link, from_id, to_id, day: AgencyLink(link, from_id, None if link == "abolish" else to_id, day),
    st.sampled_from(("rename", "merge", "split", "transfer", "abolish")),
    IDS,
    IDS,
    DAYS,
)
BODIES = st.tuples(*(st.builds(lambda first, name=name: Agency(name, name, valid_from=first), st.none() | DAYS) for name in "abcdefgh"))


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """Registries that can be loaded: every link that would be a mistake is left out again."""
    registry = Registry(draw(BODIES))
    for number, link in enumerate(draw(st.lists(LINKS, max_size=8))):
        longer = Registry(
            registry.agencies, links=(*registry.links, AgencyLink(link.link, link.from_id, link.to_id, link.date, line=number))
        )
        registry = registry if any(structural_mistakes(longer)) else longer
    return registry


@given(registries())
def test_a_lineage_is_an_equivalence(registry: Registry) -> None:
    history = History(registry)
    lineages = {agency_id: history.lineage(agency_id) for agency_id in registry.by_id}
    for agency_id, members in lineages.items():
        assert agency_id in members
        assert {lineages[other] for other in members} == {members}
        assert {history.lineage_id(other) for other in members} == {members[0]}
    for link in registry.links:
        if link.link == "rename":
            assert history.lineage_id(link.from_id) == history.lineage_id(link.to_id or "")


@given(registries(), st.integers(2013, 2019))
def test_no_body_is_lost_or_doubled_from_year_to_year(registry: Registry, year: int) -> None:
    history = History(registry)
    groups = history.groups(year)
    now = Counter(each for group in groups for each in group.agencies)
    before = Counter(each for group in groups for each in group.previous)
    assert now == Counter(each for each in registry.by_id if history.exists(each, year))
    existed = {each for each in registry.by_id if history.exists(each, year - 1)}
    assert set(before.values()) <= {1} and set(before) <= existed
    for lost in existed - set(before):  # nothing of it is left, nor of anything that it went into
        assert not history.exists(lost, year)
    for group in groups:
        assert (len(group.agencies) > 1) == (group.succession in ("split", "regroup") or (not group.previous and len(group.agencies) > 1))
