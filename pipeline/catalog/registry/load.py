"""Reads the registry from the folder of decisions. Every mistake is told with file, line and column; a missing file is an empty one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipeline.catalog.csv_rows import Row
from pipeline.catalog.kept_files import Mistake, day, made_rows
from pipeline.catalog.registry.model import Registry
from pipeline.catalog.registry.rows import Agency, AgencyLink, AgencyName, LinkKind, RosterEntry
from pipeline.catalog.registry.structure import structural_mistakes
from pipeline.common.errors import RegistryError

Made = TypeVar("Made")

KINDS = ("government", "office", "department", "town", "branch", "organisation", "vertical")
LEVELS = ("state", "province", "city", "county", "town")
LINKS: tuple[LinkKind, ...] = ("rename", "merge", "split", "transfer", "abolish")
PROVISIONAL = "p-"  # how the ids of bodies begin that are in no registry
COLUMNS = {
    "agencies.csv": (
        *("agency_id", "agency_name", "short_names", "agency_kind", "agency_level", "division_code", "parent_id"),
        *("organisation_code", "valid_from", "valid_to", "note"),
    ),
    "agency_names.csv": ("agency_id", "name", "valid_from", "valid_to", "source"),
    "agency_links.csv": ("link", "from_id", "to_id", "date", "source", "note"),
    "roster.csv": ("agency_id", "agency_name", "first_year", "last_year", "deadline", "note"),
}
REGISTRY = ("agencies.csv", "agency_names.csv", "agency_links.csv")  # the files that say who a body is
ROSTER = "roster.csv"
_MONTH_AND_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})")


def load_registry(folder: Path) -> Registry:
    """The registry in `folder`; empty where the files are missing. Raises RegistryError with every mistake that was found."""
    registry, mistakes = read_registry(folder)
    if mistakes:
        listed = "\n".join(f"  {mistake}" for mistake in mistakes)
        raise RegistryError(f"单位登记表（{folder}）有 {len(mistakes)} 处错误，请改正：\n{listed}")
    return registry


def read_registry(folder: Path) -> tuple[Registry, list[Mistake]]:
    """What the registry in `folder` says, without the rows that cannot be read, and its mistakes in the order of files and lines."""
    mistakes: list[Mistake] = []

    def rows(file: str, make: Callable[[Row, int], Made]) -> tuple[Made, ...]:
        return tuple(made_rows(folder / file, COLUMNS[file], make, mistakes))

    registry = Registry(
        agencies=rows("agencies.csv", _agency),
        names=rows("agency_names.csv", _name),
        links=rows("agency_links.csv", _link),
        roster=rows("roster.csv", _roster_entry),
    )
    if not mistakes:  # a row that could not be read would be missed by the others
        mistakes.extend(structural_mistakes(registry))
    order = list(COLUMNS)
    return registry, sorted(mistakes, key=lambda mistake: (order.index(mistake.file), mistake.line))


def _agency(row: Row, line: int) -> Agency:
    agency_id = row.required("agency_id")
    if agency_id.startswith(PROVISIONAL) or not re.fullmatch(r"[\w.-]+", agency_id):
        raise row.error(
            "agency_id", f"编号只能由字母、数字、汉字和 - _ . 组成，不能以 {PROVISIONAL} 开头（留给未登记的单位），现为“{agency_id}”。"
        )
    return Agency(
        agency_id=agency_id,
        agency_name=row.required("agency_name"),
        short_names=tuple(name.strip() for name in row.text("short_names").split("|") if name.strip()),
        agency_kind=_choice(row, "agency_kind", KINDS),
        agency_level=_choice(row, "agency_level", LEVELS),
        division_code=_matching(row, "division_code", r"\d{6}|[\w-]{2,}", "应为六位代码或本表登记的开发区编号"),
        parent_id=row.optional("parent_id"),
        organisation_code=_matching(
            row, "organisation_code", r"(?i)[0-9a-z]{8}-?[0-9a-z]|[0-9a-z]{18}", "应为 9 位组织机构代码或 18 位统一社会信用代码"
        ),
        valid_from=day(row, "valid_from"),
        valid_to=day(row, "valid_to"),
        note=row.text("note"),
        line=line,
    )


def _name(row: Row, line: int) -> AgencyName:
    return AgencyName(
        row.required("agency_id"), row.required("name"), day(row, "valid_from"), day(row, "valid_to"), row.text("source"), line
    )


def _link(row: Row, line: int) -> AgencyLink:
    link = row.one_of("link", LINKS)
    to_id = row.optional("to_id")
    if link == "abolish" and to_id:
        raise row.error("to_id", "撤销（abolish）没有去向，应为空；职能划给其他单位的，另写一行 transfer。")
    if link != "abolish" and not to_id:
        raise row.error("to_id", "不能为空。")
    changed_on = day(row, "date")
    if changed_on is None:
        raise row.error("date", "不能为空，应为变更生效之日，如 2019-03-01。")
    return AgencyLink(link, row.required("from_id"), to_id, changed_on, row.text("source"), row.text("note"), line)


def _roster_entry(row: Row, line: int) -> RosterEntry:
    agency_id, agency_name = row.optional("agency_id"), row.optional("agency_name")
    if not agency_id and not agency_name:
        raise row.error("agency_id", "agency_id 和 agency_name 至少填写一项。")
    years = row.optional_integer("first_year"), row.optional_integer("last_year")
    for column, year in zip(("first_year", "last_year"), years, strict=True):
        if year is not None and not 2000 <= year < 2100:
            raise row.error(column, f"应为四位年度，现为“{year}”。")
    return RosterEntry(agency_id, agency_name, *years, _month_and_day(row, "deadline"), row.text("note"), line)


def _choice(row: Row, column: str, choices: Iterable[str]) -> str | None:
    return row.one_of(column, tuple(choices)) if row.text(column) else None


def _matching(row: Row, column: str, pattern: str, message: str) -> str | None:
    text = row.optional(column)
    if text and not re.fullmatch(pattern, text):
        raise row.error(column, f"{message}，现为“{text}”。")
    return text


def _month_and_day(row: Row, column: str) -> tuple[int, int] | None:
    text = row.text(column)
    if not text:
        return None
    with suppress(ValueError):
        if written := _MONTH_AND_DAY.fullmatch(text):
            due = date(2024, int(written[1]), int(written[2]))
            return due.month, due.day
    raise row.error(column, f"“{text}”不是月和日，应写作 03-31。")
