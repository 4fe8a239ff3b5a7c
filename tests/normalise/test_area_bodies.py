"""Whose reports make up the sum of an area: each figure once, and a reason for every body that is left out."""

from __future__ import annotations

from datetime import date

from pipeline.catalog import Catalog
from pipeline.catalog.divisions import directory
from pipeline.catalog.registry import Registry
from pipeline.catalog.registry.rows import Agency, AgencyLink
from pipeline.normalise.agencies.area_bodies import AreaBodies, Coverage, Filed
from pipeline.normalise.agencies.areas import AreaTree
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.records import core_agencies

YEAR = 2023
CITY, COUNTY, BUREAU, TOWN, TAX = "瀚川市人民政府", "瀚川市沐云区人民政府", "瀚川市沐云区水务局", "瀚川市沐云区甲镇人民政府", "沐云区税务局"
OFFICE = "瀚川市人民政府办公室"
AGENCIES = (
    Agency("city", CITY, agency_kind="government"),
    Agency("office", OFFICE, parent_id="city"),
    Agency("county", COUNTY, agency_kind="government", parent_id="city"),
    Agency("bureau", BUREAU, parent_id="county"),
    Agency("town", TOWN, parent_id="county"),
    Agency("tax", TAX, parent_id="county"),
)


def counted(
    catalog: Catalog, filed: dict[str, Coverage], agencies: tuple[Agency, ...] = AGENCIES, links: tuple[AgencyLink, ...] = ()
) -> dict[str, dict[str, tuple[str, bool, bool]]]:
    """By area and body: role, counted, expected. Everybody but the tax office owes."""
    bodies = Bodies(Registry(agencies=agencies, links=links), directory())
    names = {row.agency_id: row.agency_name for row in agencies}
    rows = list(core_agencies(catalog, bodies, [(each, names[each], YEAR) for each in filed]))
    tree = AreaTree(catalog, bodies, rows, YEAR, filed)
    owing = {each: name for each, name in names.items() if each != "tax" and bodies.history.exists(each, YEAR)}
    reports = {each: Filed(f"r-{each}", names[each], coverage) for each, coverage in filed.items()}
    found: dict[str, dict[str, tuple[str, bool, bool]]] = {}
    for row in AreaBodies(catalog, bodies, tree, YEAR, reports, owing).rows(YEAR):
        assert row["is_counted"] or row["body_reason"]
        found.setdefault(str(row["area_id"]), {})[str(row["agency_id"])] = (row["body_role"], row["is_counted"], row["is_expected"])  # type: ignore[assignment]
    return found


ALL: dict[str, Coverage] = {
    "city": "whole_area",
    "office": "unknown",
    "county": "whole_area",
    "bureau": "unknown",
    "town": "unknown",
    "tax": "unknown",
}


def test_a_government_below_counts_with_its_sum_and_a_sum_never_beside_its_parts(catalog: Catalog) -> None:
    found = counted(catalog, ALL)
    assert found["city"] == {"city": ("sum", False, False), "office": ("own", True, True), "county": ("whole", True, True)}
    assert found["county"] == {
        "county": ("sum", False, False),
        "bureau": ("body", True, True),
        "town": ("body", True, True),
        "tax": ("body", False, False),
    }
    assert {each for each, (_, is_counted, _) in found[""].items() if is_counted} == {"office", "bureau", "town", "tax"}


def test_without_its_sum_a_government_below_counts_with_its_bodies(catalog: Catalog) -> None:
    found = counted(catalog, {**ALL, "county": "own_office"})
    assert {each: row[0] for each, row in found["city"].items() if row[1]} == {
        "office": "own",
        "county": "body",
        "bureau": "body",
        "town": "body",
    }
    lacking = counted(catalog, {each: coverage for each, coverage in ALL.items() if each not in ("county", "town")})
    assert {each for each, row in lacking["city"].items() if row[2] and not row[1]} == {"county", "town"}


def test_what_nobody_can_tell_is_left_out_and_lacking(catalog: Catalog) -> None:
    found = counted(catalog, {**ALL, "county": "unknown"})
    assert found["county"]["county"] == ("own", False, True)
    assert found[""]["county"] == ("own", False, True)
    alone = counted(catalog, {"city": "whole_area", "county": "unknown"})
    assert alone["city"]["county"] == ("whole", True, True)


def test_a_merged_body_counts_once_by_its_own_report_or_by_all_that_went_into_it(catalog: Catalog) -> None:
    merged = (Agency("new", "瀚川市沐云区水务和园林局", parent_id="county"), Agency("garden", "瀚川市沐云区园林局", parent_id="county"))
    links = tuple(AgencyLink("merge", each, "new", date(YEAR, 6, 1)) for each in ("bureau", "garden"))
    agencies = (*AGENCIES, *merged)
    both = counted(catalog, {**ALL, "new": "unknown", "garden": "unknown"}, agencies, links)["county"]
    assert (both["new"][1], both["bureau"][1], both["garden"][1]) == (True, False, False)
    old = counted(catalog, {**ALL, "garden": "unknown"}, agencies, links)["county"]
    assert (old["bureau"][1], old["garden"][1], "new" in old) == (True, True, False)
    half = counted(catalog, ALL, agencies, links)["county"]
    assert half["new"] == ("body", False, True)


def test_a_zone_counts_with_its_sum_or_with_its_bodies_never_with_both(catalog: Catalog) -> None:
    zone = (Agency("zone", "沐云经济开发区管理委员会", parent_id="county"), Agency("works", "沐云经济开发区建设局", parent_id="zone"))
    whole = counted(catalog, {**ALL, "zone": "whole_area", "works": "unknown"}, (*AGENCIES, *zone))
    assert (whole["county"]["zone"], "works" in whole["county"]) == (("whole", True, True), False)
    assert whole["zone"] == {"zone": ("sum", False, False), "works": ("body", True, True)}
    own = counted(catalog, {**ALL, "zone": "own_office", "works": "unknown"}, (*AGENCIES, *zone))
    assert {each for each in ("zone", "works") if own["county"][each][1]} == {"zone", "works"}
    unclear = counted(catalog, {**ALL, "zone": "unknown", "works": "unknown"}, (*AGENCIES, *zone))
    assert (unclear["county"]["zone"], unclear["county"]["works"]) == (("body", False, True), ("body", True, True))
    bureau = counted(catalog, {**ALL, "works": "unknown"}, (*AGENCIES, Agency("works", "沐云区水务局工程处", parent_id="bureau")))
    assert (bureau["county"]["bureau"][1], bureau["county"]["works"][1]) == (True, True)


def test_a_body_of_an_earlier_year_does_not_count_beside_what_it_went_into(catalog: Catalog) -> None:
    merged = Agency("new", "瀚川市沐云区水务和园林局", parent_id="county"), Agency("garden", "瀚川市沐云区园林局", parent_id="county")
    links = tuple(AgencyLink("merge", each, "new", date(YEAR - 2, 6, 1)) for each in ("bureau", "garden"))
    both = counted(catalog, {**ALL, "new": "unknown"}, (*AGENCIES, *merged), links)
    assert [(area, both[area]["bureau"][1], both[area]["new"][1]) for area in ("county", "")] == [
        ("county", False, True),
        ("", False, True),
    ]
    alone = counted(catalog, ALL, (*AGENCIES, *merged), links)["county"]
    assert (alone["bureau"][1], alone["new"]) == (True, ("body", False, True))


def test_bodies_of_which_each_is_above_the_other_after_a_merger_end_no_build(catalog: Catalog) -> None:
    agencies = (*AGENCIES, Agency("x", "瀚川市沐云区乙镇人民政府", parent_id="town"), Agency("y", "瀚川市沐云区丙镇人民政府"))
    town = Agency("town", TOWN, parent_id="y")
    links = (AgencyLink("merge", "y", "x", date(YEAR - 1, 6, 1)),)
    found = counted(
        catalog, {"town": "unknown", "x": "unknown"}, tuple(town if each.agency_id == "town" else each for each in agencies), links
    )
    assert {each for each, row in found[""].items() if row[1]} == {"town", "x"}
