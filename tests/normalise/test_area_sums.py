"""Laws of areas: in no sum does a figure stand twice, and nothing that was reported is left out without a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog.divisions import directory
from pipeline.catalog.load import load_catalog
from pipeline.catalog.registry import Registry
from pipeline.catalog.registry.rows import Agency, AgencyLink
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.normalise.agencies.area_bodies import ALL, AreaBodies, Coverage, Filed, OwnOffices
from pipeline.normalise.agencies.areas import AreaTree
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.records import core_agencies
from pipeline.readers.records import Record

CATALOG, DIVISIONS, YEAR = load_catalog(DEFAULT_CATALOG), directory(), 2023
# A city over two districts with streets, zones and towns; a town with an office of its own; a bureau with a branch.
TREE: Mapping[str, tuple[str, str]] = {
    "city": ("government", ""),
    "city-office": ("office", "city"),
    "city-bureau": ("department", "city"),
    "district": ("government", "city"),
    "district-office": ("office", "district"),
    "bureau": ("department", "district"),
    "branch": ("branch", "bureau"),
    "tax": ("vertical", "district"),
    "street": ("town", "district"),
    "street-station": ("organisation", "street"),
    "town": ("town", "district"),
    "甲开发区管理委员会": ("organisation", "district"),
    "zone-bureau": ("department", "甲开发区管理委员会"),
    "county": ("government", "city"),
    "county-town": ("town", "county"),
}
COVERAGES: list[Coverage] = ["whole_area", "own_office", "unknown"]
GOVERNING = [name for name, (kind, _) in TREE.items() if kind in ("government", "town")]
FILED = st.dictionaries(st.sampled_from(list(TREE)), st.sampled_from(COVERAGES))
CHANGES = [("merge", "bureau", "new"), ("merge", "city-bureau", "new"), ("rename", "bureau", "new"), ("split", "bureau", "new"),
           ("merge", "street", "town")]  # fmt: skip
LINKS = st.lists(
    st.builds(
        lambda change, day: AgencyLink(*change, day), st.sampled_from(CHANGES), st.sampled_from([date(YEAR, 6, 1), date(YEAR - 2, 6, 1)])
    ),
    max_size=2,
    unique_by=lambda link: link.from_id,
)


def made(
    filed: Mapping[str, Coverage], links: Sequence[AgencyLink] = (), copies: Collection[str] = ()
) -> tuple[list[Record], dict[str, Coverage]]:
    """The rows of core_area_bodies, and what each report covers: a question only of those that govern."""
    agencies = [Agency(name, name, agency_kind=kind, parent_id=above or None) for name, (kind, above) in TREE.items()]
    agencies.append(Agency("new", "new", agency_kind="department", parent_id="district"))
    bodies = Bodies(Registry(agencies=tuple(agencies), links=tuple(links)), DIVISIONS)
    tree = AreaTree(CATALOG, bodies, list(core_agencies(CATALOG, bodies, [(each, each, YEAR) for each in filed])), YEAR, filed)
    owing = {each.agency_id: each.agency_name for each in agencies if bodies.history.exists(each.agency_id, YEAR)}
    asked = {each for each in filed if tree.kind(each) == "government" or tree.governs(each)}
    covers: dict[str, Coverage] = {each: coverage if each in asked else "unknown" for each, coverage in filed.items()}
    reports = {each: Filed(f"r-{each}", each, coverage) for each, coverage in covers.items()}
    own = OwnOffices({each: Filed(f"own-{each}", each) for each in copies if covers.get(each) == "whole_area"}, ())
    return list(AreaBodies(CATALOG, bodies, tree, YEAR, reports, owing, own).rows(YEAR)), covers


def inside(name: str) -> set[str]:
    """A body and everything below it."""
    return {name}.union(*(inside(below) for below, (_, above) in TREE.items() if above == name))


def holds(report: str, covers: Mapping[str, Coverage], links: Sequence[AgencyLink]) -> set[str]:
    """The bodies whose figures stand in a report: those of what went into a body are its own."""
    kind, name = report.split("-", 1)
    is_whole = kind == "r" and covers[name] == "whole_area"
    held = inside(name) if is_whole else {name}
    return held | {link.from_id for link in links if link.to_id in held and link.link in ("merge", "rename")}


@given(FILED, LINKS, st.sets(st.sampled_from(GOVERNING)))
@settings(max_examples=150, deadline=None)
def test_no_figure_stands_twice_in_a_sum(filed: dict[str, Coverage], links: list[AgencyLink], copies: set[str]) -> None:
    listed, covers = made(filed, links, copies)
    by_area: dict[str, list[Record]] = {}
    for row in listed:
        by_area.setdefault(str(row["area_id"]), []).append(row)
        assert row["is_counted"] or row["body_reason"]
        assert not (row["is_counted"] and row["report_id"] is None)
    for area, parts in by_area.items():
        keys = [(row["agency_id"], row["body_role"]) for row in parts]
        assert len(keys) == len(set(keys))
        counted = [str(row["report_id"]) for row in parts if row["is_counted"]]
        held = [body for report in counted for body in holds(report, covers, links)]
        assert len(held) == len(set(held)), (area, counted)


@given(FILED, st.randoms())
@settings(max_examples=50, deadline=None)
def test_the_order_of_reports_changes_nothing(filed: dict[str, Coverage], random: Random) -> None:
    names = list(filed)
    random.shuffle(names)
    assert made({name: filed[name] for name in names}) == made(filed)


@given(FILED, LINKS)
@settings(max_examples=50, deadline=None)
def test_every_report_is_counted_or_left_out_with_a_reason_in_the_group_of_all(filed: dict[str, Coverage], links: list[AgencyLink]) -> None:
    listed = {str(row["agency_id"]): row for row in made(filed, links)[0] if row["area_id"] == ALL and row["report_id"]}
    assert set(listed) == set(filed)
