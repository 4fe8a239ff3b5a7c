"""Which registered body a name means in a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.catalog.divisions import directory
from pipeline.catalog.model import Catalog
from pipeline.catalog.registry import load_registry
from pipeline.normalise.agencies.body import said_of_body
from pipeline.normalise.agencies.lookup import Bodies, Found
from tests.catalog.registry.registry_files import agency, link, write_registry

AGENCIES = [
    agency("gov", "瀚川市沐云区人民政府"),
    agency("cz", "瀚川市沐云区财政局", parent_id="gov", short_names="沐云财政"),
    agency("sp-1", "瀚川市沐云区行政审批管理办公室", "", "2018-12-31", parent_id="gov"),
    agency("sp-2", "瀚川市沐云区政务服务管理办公室", "2019-01-01", "2024-06-30", parent_id="gov"),
    agency("sp-3", "瀚川市沐云区数据局", "2024-07-01", parent_id="gov"),
    agency("zj", "瀚川市沐云区城市建设局", "", "2014-12-31", parent_id="gov"),
    agency("zj-new", "瀚川市沐云区城市建设局", "2019-03-01", parent_id="gov"),
    agency("town", "瀚川市沐云区石桥镇人民政府", parent_id="gov"),
    agency("street", "瀚川市沐云区临水街道办事处", parent_id="gov"),
    agency("city", "瀚川市人民政府"),
    agency("city-jt", "瀚川市交通运输局", parent_id="city"),
    agency("jt", "瀚川市沐云区交通运输局", parent_id="gov"),
    agency("yz-zs", "宁波市鄞州区示例局", division_code="330212"),
    agency("jd-zs", "宁波市江东区示例局", "", "2016-09-30", division_code="330204"),
]
NAMES = [{"agency_id": "cz", "name": "沐云区财政和国资局", "valid_from": "2012-01-01", "valid_to": "2015-12-31"}]
LINKS = [
    link("rename", "sp-1", "sp-2", "2019-01-01"),
    link("rename", "sp-2", "sp-3", "2024-07-01"),
    link("merge", "jd-zs", "yz-zs", "2016-10-01"),
]


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Bodies:
    folder: Path = tmp_path_factory.mktemp("decisions")
    return Bodies(load_registry(write_registry(folder, AGENCIES, NAMES, LINKS)), directory())


@pytest.mark.parametrize(
    ("name", "year", "agency_id", "how"),
    [
        ("瀚川市沐云区财政局", 2019, "cz", "found"),
        ("瀚川市 沐云区财政局", 2019, "cz", "found"),
        ("瀚川市沐雲區財政局", 2019, "cz", "found"),
        ("沐云区财政局", 2019, "cz", "found"),
        ("财政局", 2019, "cz", "found"),
        ("沐云财政", 2019, "cz", "found"),
        ("沐云区财政和国资局", 2013, "cz", "found"),
        ("财政和国资局", 2013, "cz", "found"),
        ("沐云区财政和国资局", 2019, "cz", "another_time"),
        ("瀚川市沐雨区财政局", 2019, None, "unknown"),
        ("别处市财政局", 2019, None, "unknown"),
        ("瀚川市沐云区人民政府", 2019, "gov", "found"),
        ("沐云区", 2019, "gov", "found"),
        ("人民政府", 2019, None, "unknown"),
        ("石桥镇", 2019, "town", "found"),
        ("临水街道", 2019, "street", "found"),
        ("瀚川市沐云区行政审批管理办公室", 2018, "sp-1", "found"),
        ("瀚川市沐云区政务服务管理办公室", 2019, "sp-2", "found"),
        # the report on 2018 is published in 2019, perhaps under the new name
        ("瀚川市沐云区政务服务管理办公室", 2018, "sp-1", "found"),
        # an old letterhead: the year still counts
        ("瀚川市沐云区行政审批管理办公室", 2021, "sp-2", "another_time"),
        ("瀚川市沐云区数据局", 2012, "sp-1", "another_time"),
        # one name, two bodies at different times
        ("瀚川市沐云区城市建设局", 2013, "zj", "found"),
        ("瀚川市沐云区城市建设局", 2020, "zj-new", "found"),
        ("瀚川市沐云区城市建设局", 2016, None, "ambiguous"),
        # city and district have an office of the same name
        ("瀚川市交通运输局", 2019, "city-jt", "found"),
        ("沐云区交通运输局", 2019, "jt", "found"),
        ("交通运输局", 2019, None, "ambiguous"),
        # the division by its code, as it was called then
        ("鄞州区示例局", 2019, "yz-zs", "found"),
        ("浙江省宁波市鄞州区示例局", 2019, "yz-zs", "found"),
        ("江东区示例局", 2014, "jd-zs", "found"),
        ("宁波市江东区示例局", 2020, "jd-zs", "not_then"),
        ("示例局", 2020, "yz-zs", "found"),
        ("瀚川市沐云区财政局", None, "cz", "found"),
        ("", 2019, None, "unknown"),
    ],
)
def test_a_name_means_the_body_that_bore_it(bodies: Bodies, name: str, year: int | None, agency_id: str | None, how: Found) -> None:
    found = bodies.resolve(name, year)
    assert (found.agency_id, found.how) == (agency_id, how)


def test_several_bodies_are_named_and_none_is_taken(bodies: Bodies) -> None:
    assert bodies.resolve("交通运输局", 2019).candidates == ("city-jt", "jt")


def test_a_near_miss_is_proposed_and_not_matched(bodies: Bodies) -> None:
    assert bodies.resolve("瀚川市沭云区财政局", 2019).agency_id is None
    assert bodies.similar("瀚川市沭云区财政局", 2019)[0] == "cz"
    assert bodies.similar("某某公司", 2019) == ()


@pytest.mark.parametrize(
    ("name", "agency_id"),
    [
        ("瀚川市沭云区财政局", "cz"),  # in the division
        ("瀚川市沐云区财政居", "cz"),  # at the end
        ("瀚川市沐云区政务服务管里办公室", "sp-2"),  # in a long name
        ("瀚川市沐云区民政局", None),  # another body
        ("瀚川市沐云区审计局", None),
    ],
)
def test_a_slip_is_told_from_another_body(bodies: Bodies, name: str, agency_id: str | None) -> None:
    assert bodies.mistyped(name, 2020) == ((agency_id,) if agency_id else ())


def test_what_is_said_of_how_a_name_was_found(bodies: Bodies, catalog: Catalog) -> None:
    def said(name: str, year: int, *present: str) -> list[tuple[str, str]]:
        return [(item.code, item.message) for item in said_of_body(catalog, bodies, name, year, present)]

    assert said("瀚川市沐云区财政局", 2019) == said("沐云区财政局", 2019) == said("沐云财政", 2019) == said("某某公司", 2019) == []
    ((code, message),) = said("财政局", 2019)
    assert code == "agency_bare" and "视为“瀚川市沐云区财政局”" in message
    ((code, message),) = said("交通运输局", 2019)
    assert code == "agency_ambiguous" and "“瀚川市交通运输局”、“瀚川市沐云区交通运输局”" in message
    ((code, message),) = said("瀚川市沭云区财政局", 2019)
    assert code == "agency_similar" and "“瀚川市沐云区财政局”" in message
    assert said("瀚川市沭云区财政局", 2019, "cz") == [], "the body that is near has reported itself"
    ((code, message),) = said("宁波市江东区示例局", 2020)
    assert code == "agency_not_then" and "2020 年度并不存在" in message
    ((code, message),) = said("瀚川市沐云区行政审批管理办公室", 2021)
    assert code == "agency_renamed" and "归入“瀚川市沐云区政务服务管理办公室”" in message


def test_only_bodies_of_the_year_are_proposed(bodies: Bodies) -> None:
    assert "sp-3" in bodies.similar("瀚川市沐云区数椐局", 2024)
    assert "sp-3" not in bodies.similar("瀚川市沐云区数椐局", 2019)


def test_the_names_of_a_body_begin_with_its_legal_one(bodies: Bodies) -> None:
    assert bodies.names_of("cz") == ("瀚川市沐云区财政局", "沐云区财政和国资局", "沐云财政")


def test_an_empty_registry_knows_nobody(tmp_path: Path) -> None:
    assert Bodies(load_registry(tmp_path), directory()).resolve("瀚川市沐云区财政局", 2019).how == "unknown"
