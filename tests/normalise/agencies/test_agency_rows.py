"""Registered bodies as rows: under which names they can be asked for, from when to when, and who stands before whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.catalog.divisions import directory
from pipeline.catalog.model import Catalog
from pipeline.catalog.registry import load_registry
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.records import core_agencies, core_agency_links, core_agency_names, core_agency_predecessors
from tests.catalog.registry.registry_files import agency, link, write_registry

AGENCIES = [
    agency("cz", "瀚川市沐云区财政局", short_names="沐云财政"),
    agency("sp-1", "瀚川市沐云区行政审批管理办公室", "", "2018-12-31"),
    agency("sp-2", "瀚川市沐云区政务服务管理办公室", "2019-01-01"),
]
NAMES = [
    {"agency_id": "cz", "name": "沐云区财政和国资局", "valid_from": "2012-01-01", "valid_to": "2015-12-31", "source": "区编办文件"},
    {"agency_id": "sp-1", "name": "沐云区审批办"},
]
LINKS = [link("rename", "sp-1", "sp-2", "2019-01-01")]


@pytest.fixture
def bodies(tmp_path: Path) -> Bodies:
    return Bodies(load_registry(write_registry(tmp_path, AGENCIES, NAMES, LINKS)), directory())


def test_each_name_says_its_kind_and_from_when_to_when_it_holds(catalog: Catalog, bodies: Bodies) -> None:
    agencies = list(core_agencies(catalog, bodies, [("p-1", "别处市林业局", 2020)]))
    names = {row["name"]: row for row in core_agency_names(bodies, agencies)}
    told = {name: (row["agency_id"], row["name_kind"], row.get("valid_from"), row.get("valid_to")) for name, row in names.items()}
    assert told["瀚川市沐云区财政局"] == ("cz", "legal", None, None)
    assert told["沐云财政"] == ("cz", "short", None, None)
    assert told["沐云区财政和国资局"] == ("cz", "filed", date(2012, 1, 1), date(2015, 12, 31))
    assert told["沐云区审批办"] == ("sp-1", "filed", None, date(2018, 12, 31)), "without days of its own it holds as long as the body"
    assert told["瀚川市沐云区政务服务管理办公室"] == ("sp-2", "legal", date(2019, 1, 1), None)
    assert told["别处市林业局"] == ("p-1", "printed", None, None)
    assert [names[name].get("source") for name in ("沐云区财政和国资局", "沐云区审批办", "瀚川市沐云区财政局")] == [
        "区编办文件",
        None,
        None,
    ]


def test_a_body_has_the_first_and_last_year_of_its_reports(catalog: Catalog, bodies: Bodies) -> None:
    reports = [("cz", "沐云区财政局", year) for year in (2021, 2019, 2020)]
    years = {row["agency_id"]: (row["first_year"], row["last_year"]) for row in core_agencies(catalog, bodies, reports)}
    assert years == {"cz": (2019, 2021), "sp-1": (None, None), "sp-2": (None, None)}


def test_what_became_of_a_body_is_as_registered(bodies: Bodies) -> None:
    (row,) = core_agency_links(bodies)
    assert (row["link"], row["from_id"], row["to_id"], row["date"]) == ("rename", "sp-1", "sp-2", date(2019, 1, 1))


def test_a_renamed_body_stands_behind_the_former_one_and_one_that_went_on_reporting_has_ended(bodies: Bodies) -> None:
    def before(year: int, *reported: str) -> dict[str, tuple[object, object]]:
        rows = core_agency_predecessors(bodies, year, dict.fromkeys(reported, "某单位"))
        return {str(row["agency_id"]): (row["previous_agency_id"], row["link"]) for row in rows}

    assert before(2018, "sp-1") == {"sp-1": ("sp-1", "same")}
    assert before(2019, "sp-2", "cz") == {"sp-2": ("sp-1", "rename"), "cz": ("cz", "same")}
    assert before(2019, "sp-1", "sp-2") == {"sp-2": ("sp-1", "rename"), "sp-1": (None, "ended")}
    assert before(2020, "sp-2") == {"sp-2": ("sp-2", "same")}
    assert before(2020, "p-1") == {"p-1": ("p-1", "same")}, "a body that is not registered is before itself"
