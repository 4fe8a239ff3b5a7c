"""What a registry says that cannot be so, told with file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.catalog.divisions import directory
from pipeline.catalog.registry import load_registry
from pipeline.normalise.agencies.registry_check import registry_mistakes
from tests.catalog.registry.registry_files import Rows, agency, link, write_registry

A, B, C = agency("a", "瀚川市沐云区甲局"), agency("b", "瀚川市沐云区乙局"), agency("c", "瀚川市沐云区丙局", "2019-03-01")
WRONG_CODE = "11330212002941234X"


def told(folder: Path, agencies: Rows, names: Rows = (), links: Rows = ()) -> list[str]:
    return [str(mistake) for mistake in registry_mistakes(load_registry(write_registry(folder, agencies, names, links)), directory())]


def until(row: dict[str, str], day: str) -> dict[str, str]:
    return row | {"valid_to": day}


GOOD: list[tuple[str, Rows, Rows, Rows]] = [
    ("a rename", [until(A, "2019-02-28"), C], [], [link("rename", "a", "c", "2019-03-01")]),
    ("a rename on the day", [until(A, "2019-03-01"), C], [], [link("rename", "a", "c", "2019-03-01")]),
    ("dates left to the link", [A, agency("c", "瀚川市沐云区丙局")], [], [link("rename", "a", "c", "2019-03-01")]),
    ("a merger", [A, B, C], [], [link("merge", "a", "c", "2019-03-01"), link("merge", "b", "c", "2019-03-01")]),
    ("one name after the other", [until(A, "2018-12-31"), A | {"agency_id": "x", "valid_from": "2019-01-01"}], [], []),
    ("an old name", [A], [{"agency_id": "a", "name": "甲办", "valid_to": "2015-12-31"}], []),
    ("a division", [A | {"division_code": "330212"}], [], []),
    ("a division that is newer than reports", [A | {"division_code": "330114"}], [], []),
    ("a division up to its end", [until(A, "2016-09-30") | {"division_code": "330204"}], [], []),
    ("a zone", [A | {"division_code": "zone-330371"}], [], []),
    ("one code along a lineage", [until(A, "2019-02-28"), C], [], [link("rename", "a", "c", "2019-03-01")]),
]
WRONG: list[tuple[str, Rows, Rows, Rows, str]] = [
    ("one name twice", [A, A | {"agency_id": "x"}], [], [], "agencies.csv 第 3 行“agency_name”列：“瀚川市沐云区甲局”同一时间也是“a”的名称"),
    (
        "a short name twice",
        [A | {"short_names": "甲"}, B | {"short_names": "甲"}],
        [],
        [],
        "agencies.csv 第 3 行“short_names”列：“甲”同一时间",
    ),
    (
        "another's name",
        [A, B],
        [{"agency_id": "b", "name": "瀚川市沐云区甲局"}],
        [],
        "agency_names.csv 第 2 行“name”列：“瀚川市沐云区甲局”同一时间",
    ),
    (
        "a name before its body",
        [C],
        [{"agency_id": "c", "name": "丙办", "valid_to": "2015-12-31"}],
        [],
        "agency_names.csv 第 2 行“valid_from”列：“丙办”的起止日期",
    ),
    (
        "a gap before",
        [until(A, "2018-12-31"), C],
        [],
        [link("rename", "a", "c", "2019-03-01")],
        "agency_links.csv 第 2 行“date”列：原单位“a”止于 2018-12-31",
    ),
    ("an overlap", [until(A, "2019-05-01"), C], [], [link("rename", "a", "c", "2019-03-01")], "之间有重叠"),
    ("a gap behind", [A, C | {"valid_from": "2019-06-01"}], [], [link("rename", "a", "c", "2019-03-01")], "新单位“c”始于 2019-06-01"),
    ("abolished later than it ended", [until(A, "2018-12-31")], [], [link("abolish", "a", "", "2019-03-01")], "之间有空档"),
    ("into what did not exist", [A, C], [], [link("transfer", "a", "c", "2018-03-01")], "agency_links.csv 第 2 行“to_id”列：“c”在变更当天"),
    (
        "from what did not exist",
        [B, C],
        [],
        [link("transfer", "c", "b", "2018-03-01")],
        "agency_links.csv 第 2 行“from_id”列：“c”在变更前一天",
    ),
    (
        "a merger without a day",
        [A, B],
        [],
        [link("merge", "a", "b", "2019-03-01")],
        "agencies.csv 第 3 行“valid_from”列：合并或分设后的单位",
    ),
    ("a parent of another time", [until(A, "2018-12-31") | {"parent_id": "c"}, C], [], [], "agencies.csv 第 2 行“parent_id”列：上级“c”"),
    (
        "a wrong check digit",
        [A | {"organisation_code": WRONG_CODE}],
        [],
        [],
        "agencies.csv 第 2 行“organisation_code”列：“11330212002941234X”的校验码",
    ),
    (
        "a wrong short check digit",
        [A | {"organisation_code": "123456789"}],
        [],
        [],
        "agencies.csv 第 2 行“organisation_code”列：“123456789”的校验码",
    ),
    ("a division that went", [A | {"division_code": "330204"}], [], [], "代码 330204 在 2017—2025 年不存在，改为 330212"),
    (
        "a division that was to come",
        [C | {"valid_from": "2015-01-01", "division_code": "330114"}],
        [],
        [],
        "代码 330114 在 2015—2020 年不存在",
    ),
    ("no division", [A | {"division_code": "999999"}], [], [], "agencies.csv 第 2 行“division_code”列：代码 999999 在 2008—2025 年不存在"),
]


@pytest.mark.parametrize(("agencies", "names", "links"), [case[1:] for case in GOOD], ids=[case[0] for case in GOOD])
def test_what_may_be_so_is_no_mistake(tmp_path: Path, agencies: Rows, names: Rows, links: Rows) -> None:
    assert told(tmp_path, agencies, names, links) == []


@pytest.mark.parametrize(("agencies", "names", "links", "message"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_cannot_be_so_is_told_with_its_place(tmp_path: Path, agencies: Rows, names: Rows, links: Rows, message: str) -> None:
    found = told(tmp_path, agencies, names, links)
    assert len(found) == 1 and message in found[0], found


def test_one_code_of_two_bodies(tmp_path: Path) -> None:
    code = {"organisation_code": "12345678-8"}  # 9 characters with a check digit that fits
    (mistake,) = told(tmp_path, [A | code, B | code])
    assert mistake == "agencies.csv 第 3 行“organisation_code”列：“12345678-8”与单位“a”（第 2 行）的相同。"
