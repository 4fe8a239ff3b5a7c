"""The registry as files: what is read, and that every mistake is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.catalog.registry import Registry, load_registry, read_registry
from pipeline.catalog.registry.load import COLUMNS, KINDS, LEVELS, LINKS
from pipeline.catalog.registry.rows import Agency, AgencyLink, AgencyName, RosterEntry
from pipeline.common.errors import RegistryError
from tests.catalog.registry.registry_files import Rows, agency, link, write_registry

REPOSITORY = Path(__file__).parents[3]


def test_no_files_are_an_empty_registry(tmp_path: Path) -> None:
    assert load_registry(tmp_path / "nowhere") == Registry()


def test_the_registry_of_the_repository_can_be_used() -> None:
    assert read_registry(REPOSITORY / "data" / "decisions")[1] == []


def test_every_column_is_read(tmp_path: Path) -> None:
    first = agency(
        *("a", "瀚川市沐云区甲局", "2010-01-01", "2019/3/1"),
        short_names="甲局|沐云甲",
        agency_kind="department",
        agency_level="county",
        division_code="330212",
        parent_id="b",
        organisation_code="11330212002941234X",
        note="示例",
    )
    write_registry(
        tmp_path,
        [first, agency("b", "瀚川市沐云区人民政府")],
        [{"agency_id": "a", "name": "甲办", "valid_from": "2011-01-01", "valid_to": "", "source": "文件"}],
        [{"link": "abolish", "from_id": "a", "to_id": "", "date": "2019-03-01", "source": "文件", "note": "说明"}],
        [{"agency_name": "丙所", "first_year": "2019", "last_year": "2020", "deadline": "03-31"}],
    )
    registry = load_registry(tmp_path)
    assert registry.agency("a") == Agency(
        *("a", "瀚川市沐云区甲局", ("甲局", "沐云甲"), "department", "county", "330212", "b", "11330212002941234X"),
        *(date(2010, 1, 1), date(2019, 3, 1), "示例"),
    )
    assert registry.names == (AgencyName("a", "甲办", date(2011, 1, 1), None, "文件"),)
    assert registry.links == (AgencyLink("abolish", "a", None, date(2019, 3, 1), "文件", "说明"),)
    assert registry.roster == (RosterEntry(None, "丙所", 2019, 2020, (3, 31)),)


def test_a_file_in_the_encoding_of_excel_is_read(tmp_path: Path) -> None:
    write_registry(tmp_path, [agency("a", "甲局")])
    path = tmp_path / "agencies.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert load_registry(tmp_path).agency("a").agency_name == "甲局"


def test_the_digest_tells_what_matters(tmp_path: Path) -> None:
    def digest(agencies: Rows) -> str:
        return load_registry(write_registry(tmp_path, agencies)).digest

    one, other = agency("a", "甲局"), agency("b", "乙局")
    assert digest([one, other]) == digest([other, one | {"note": "备注"}])
    assert digest([one, other]) != digest([one, other | {"short_names": "乙"}])


BODIES = [agency("a", "甲局"), agency("b", "乙局"), agency("c", "丙局")]
WRONG: list[tuple[str, dict[str, Rows], str]] = [
    ("no id", {"agencies": [agency("", "甲局")]}, "agencies.csv 第 2 行“agency_id”列：不能为空"),
    ("provisional id", {"agencies": [agency("p-1", "甲局")]}, "agencies.csv 第 2 行“agency_id”列：编号只能"),
    ("no name", {"agencies": [agency("a", "")]}, "agencies.csv 第 2 行“agency_name”列：不能为空"),
    ("kind", {"agencies": [agency("a", "甲局", agency_kind="局")]}, "agencies.csv 第 2 行“agency_kind”列：应为 government"),
    ("level", {"agencies": [agency("a", "甲局", agency_level="县")]}, "agencies.csv 第 2 行“agency_level”列：应为 state"),
    ("division", {"agencies": [agency("a", "甲局", division_code="33 02")]}, "agencies.csv 第 2 行“division_code”列：应为六位代码"),
    ("code", {"agencies": [agency("a", "甲局", organisation_code="123")]}, "agencies.csv 第 2 行“organisation_code”列：应为 9 位"),
    ("day", {"agencies": [agency("a", "甲局", "2019-02-30")]}, "agencies.csv 第 2 行“valid_from”列：“2019-02-30”不是日期"),
    ("dates", {"agencies": [agency("a", "甲局", "2019-02-20", "2018-01-01")]}, "agencies.csv 第 2 行“valid_to”列：止日"),
    ("twice", {"agencies": [agency("a", "甲局"), agency("a", "乙局")]}, "agencies.csv 第 3 行“agency_id”列：编号“a”在第 2 行"),
    ("parent", {"agencies": [agency("a", "甲局", parent_id="x")]}, "agencies.csv 第 2 行“parent_id”列：agencies.csv 中没有编号“x”"),
    (
        "parents in a circle",
        {"agencies": [agency("a", "甲局", parent_id="b"), agency("b", "乙局", parent_id="a")]},
        "agencies.csv 第 3 行“parent_id”列：“b”的上级关系转了一圈",
    ),
    ("name of nobody", {"names": [{"agency_id": "x", "name": "甲"}]}, "agency_names.csv 第 2 行“agency_id”列：agencies.csv 中没有编号"),
    ("empty name", {"names": [{"agency_id": "a", "name": ""}]}, "agency_names.csv 第 2 行“name”列：不能为空"),
    ("kind of link", {"links": [link("swap", "a", "b", "2019-01-01")]}, "agency_links.csv 第 2 行“link”列：应为 rename"),
    ("link from nobody", {"links": [link("rename", "x", "b", "2019-01-01")]}, "agency_links.csv 第 2 行“from_id”列：agencies.csv 中没有"),
    ("link to nobody", {"links": [link("merge", "a", "x", "2019-01-01")]}, "agency_links.csv 第 2 行“to_id”列：agencies.csv 中没有"),
    ("link to nothing", {"links": [link("merge", "a", "", "2019-01-01")]}, "agency_links.csv 第 2 行“to_id”列：不能为空"),
    ("abolished into", {"links": [link("abolish", "a", "b", "2019-01-01")]}, "agency_links.csv 第 2 行“to_id”列：撤销"),
    ("link without day", {"links": [link("rename", "a", "b", "")]}, "agency_links.csv 第 2 行“date”列：不能为空"),
    ("renamed to itself", {"links": [link("rename", "a", "a", "2019-01-01")]}, "agency_links.csv 第 2 行“to_id”列：更名后"),
    (
        "renamed twice over",
        {"links": [link("rename", "a", "b", "2019-01-01"), link("rename", "a", "c", "2019-01-01")]},
        "agency_links.csv 第 2 行“from_id”列：“a”更名为多个单位",
    ),
    (
        "two renamed to one",
        {"links": [link("rename", "a", "c", "2019-01-01"), link("rename", "b", "c", "2019-01-01")]},
        "agency_links.csv 第 3 行“to_id”列：多个单位更名为“c”",
    ),
    (
        "renamed in a circle",
        {"links": [link("rename", "a", "b", "2015-01-01"), link("rename", "b", "a", "2019-01-01")]},
        "agency_links.csv 第 2 行“from_id”列：“a”的变更转了一圈",
    ),
    (
        "merged into each other",
        {"links": [link("merge", "a", "b", "2019-01-01"), link("merge", "b", "a", "2019-01-01")]},
        "agency_links.csv 第 2 行“from_id”列：“a”的变更转了一圈",
    ),
    (
        "link twice",
        {"links": [link("merge", "a", "b", "2019-01-01"), link("merge", "a", "b", "2019-01-01")]},
        "agency_links.csv 第 3 行“from_id”列：这一变更在第 2 行",
    ),
    ("roster of nobody", {"roster": [{"first_year": "2019"}]}, "roster.csv 第 2 行“agency_id”列：agency_id 和 agency_name 至少"),
    ("roster year", {"roster": [{"agency_id": "a", "first_year": "19"}]}, "roster.csv 第 2 行“first_year”列：应为四位年度"),
    ("roster deadline", {"roster": [{"agency_id": "a", "deadline": "2-30"}]}, "roster.csv 第 2 行“deadline”列：“2-30”不是月和日"),
    (
        "roster years",
        {"roster": [{"agency_id": "a", "first_year": "2019", "last_year": "2018"}]},
        "roster.csv 第 2 行“last_year”列：末年 2018 早于首年 2019",
    ),
]


@pytest.mark.parametrize(("files", "message"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_mistake_is_told_with_its_place(tmp_path: Path, files: dict[str, Rows], message: str) -> None:
    write_registry(tmp_path, **({"agencies": BODIES} | files))
    with pytest.raises(RegistryError) as raised:
        load_registry(tmp_path)
    assert message in str(raised.value)


def test_a_part_that_is_split_off_may_come_back(tmp_path: Path) -> None:
    links = [link("split", "a", "b", "2012-01-01"), link("merge", "b", "a", "2019-01-01")]
    assert read_registry(write_registry(tmp_path, BODIES, links=links))[1] == []


def _without_column(path: Path) -> None:
    path.write_text("agency_id,agency_name\na,甲局\n", encoding="utf-8")


def _of_bytes(path: Path) -> None:
    path.write_bytes(b"\xff\xff\xff\x80")


@pytest.mark.parametrize(("spoil", "message"), [(_without_column, "缺少列 short_names"), (_of_bytes, "既不是 UTF-8")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, spoil: Callable[[Path], None], message: str) -> None:
    spoil(tmp_path / "agencies.csv")
    (mistake,) = read_registry(tmp_path)[1]
    assert str(mistake).startswith("agencies.csv 第 1 行：") and message in mistake.message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    write_registry(tmp_path, [agency("", "甲局"), agency("b", "")], links=[link("rename", "", "", "")])
    assert [(mistake.file, mistake.line) for mistake in read_registry(tmp_path)[1]] == [
        *(("agencies.csv", 2), ("agencies.csv", 3)),
        ("agency_links.csv", 2),
    ]


def test_the_page_beside_the_tables_names_every_file_column_and_word() -> None:
    page = (REPOSITORY / "data" / "decisions" / "README.md").read_text(encoding="utf-8")
    words = [*COLUMNS, *(column for columns in COLUMNS.values() for column in columns), *KINDS, *LEVELS, *LINKS]
    assert [word for word in words if word not in page] == []
    for file, columns in COLUMNS.items():
        header = (REPOSITORY / "data" / "decisions" / file).read_text(encoding="utf-8").partition("\n")[0]
        assert tuple(header.split(",")) == columns
