"""`gongkai agencies`: the registry checked, listed, asked, and rows for the bodies that are not in it. Each gives lines of text."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pipeline.catalog.divisions import directory
from pipeline.catalog.registry import read_registry
from pipeline.catalog.registry.load import COLUMNS
from pipeline.catalog.registry.rows import AgencyLink
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.names import provisional_id
from pipeline.normalise.agencies.registry_check import registry_mistakes
from pipeline.orchestration.workspace import Workspace

_LINKS = {"rename": "更名为", "merge": "并入", "split": "分设出", "transfer": "部分职能划入", "abolish": "撤销"}
_GOVERNMENT = "人民政府"


def check(workspace: Workspace) -> tuple[list[str], bool]:
    """What is wrong in the registry, one line each, and whether nothing is."""
    registry, mistakes = read_registry(workspace.settings.decisions)
    if not mistakes:
        mistakes = registry_mistakes(registry, directory(workspace.settings.catalog))
    if mistakes:
        return [*map(str, mistakes), f"共 {len(mistakes)} 处问题（{workspace.settings.decisions}）。"], False
    named = (("单位", registry.agencies), ("其他名称", registry.names), ("变更", registry.links), ("应报名单", registry.roster))
    counts = "，".join(f"{name} {len(rows)} 行" for name, rows in named)
    return [f"单位登记表没有问题：{counts}。"], True


def listing(workspace: Workspace) -> list[str]:
    """Every registered body, lineage by lineage."""
    bodies, years = workspace.bodies, _years(workspace)
    lineages = dict.fromkeys(bodies.history.lineage(agency_id) for agency_id in bodies.registry.by_id)
    lines = [line for members in lineages for number, each in enumerate(members) for line in [_line(bodies, years, each, after=number > 0)]]
    unknown = len(years.keys() - bodies.registry.by_id.keys())
    return [
        *lines,
        f"共登记 {len(bodies.registry.agencies)} 个单位；另有 {unknown} 个单位报送过报告而没有登记（gongkai agencies propose）。",
    ]


def shown(workspace: Workspace, name: str) -> tuple[list[str], bool]:
    """A body under any of its names with its history, and whether there is one."""
    bodies, years = workspace.bodies, _years(workspace)
    found = bodies.named(name)
    if found:
        lineages = dict.fromkeys(bodies.history.lineage(agency_id) for agency_id in found)
        return [line for members in lineages for line in _lineage(bodies, years, members)], True
    lines = [f"登记表中没有“{name}”。"]
    unregistered = provisional_id(name)
    if unregistered in years:
        lines.append(f"以这一名称报送过 {_spoken_years(years[unregistered])} 年度的报告，临时编号 {unregistered}。")
    lines += [f"名称相近的有：{bodies.registry.agency(each).agency_name}（{each}）" for each in bodies.similar(name, None)]
    return lines, unregistered in years


def proposals(workspace: Workspace) -> tuple[str, list[str]]:
    """Rows of agencies.csv for the bodies that reported and are not registered, with the heading, and what is to be looked at."""
    bodies, agencies = workspace.bodies, workspace.store.read("core_agencies").to_pylist()
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS["agencies.csv"], restval="", lineterminator="\n")
    writer.writeheader()
    present = {row["agency_id"] for row in agencies if row["first_year"] is not None}
    remarks = []
    for row in sorted((row for row in agencies if not row["registered"]), key=lambda row: row["agency_name"]):
        name, years = row["agency_name"], f"{row['first_year']}—{row['last_year']}"
        writer.writerow(
            {
                "agency_id": "dw-" + row["agency_id"].removeprefix("p-"),
                "agency_name": name,
                "agency_kind": row["agency_kind"],
                "agency_level": row["agency_level"] or "",
                "division_code": _division(workspace, name, row["last_year"]),
                "parent_id": _parent(bodies, name),
                "note": f"报告年度 {years}",
            }
        )
        similar = [each for each in bodies.mistyped(name, row["last_year"]) if each not in present]
        remarks += [
            f"“{name}”与已登记而没有报告的“{bodies.registry.agency(each).agency_name}”（{each}）名称相近，请先核对。" for each in similar
        ]
    return out.getvalue(), remarks


def _years(workspace: Workspace) -> dict[str, list[int]]:
    """The years on which each body reported, as the last build found."""
    years: dict[str, set[int]] = defaultdict(set)
    for row in workspace.store.read("core_reports", columns=["agency_id", "report_year"]).to_pylist():
        if None not in row.values():
            years[row["agency_id"]].add(row["report_year"])
    return {agency_id: sorted(found) for agency_id, found in years.items()}


def _line(bodies: Bodies, years: dict[str, list[int]], agency_id: str, *, after: bool) -> str:
    start = "  → " if after else ""
    reported = f"，报告 {_spoken_years(years[agency_id])}" if agency_id in years else ""
    return f"{start}{bodies.registry.agency(agency_id).agency_name}（{agency_id}，{_spoken_span(bodies, agency_id)}{reported}）"


def _lineage(bodies: Bodies, years: dict[str, list[int]], members: tuple[str, ...]) -> Iterator[str]:
    for agency_id in members:
        row = bodies.registry.agency(agency_id)
        yield _line(bodies, years, agency_id, after=False)
        if others := bodies.names_of(agency_id)[1:]:
            yield f"    其他名称：{'、'.join(others)}"
        if row.parent_id:
            yield f"    上级：{bodies.registry.agency(row.parent_id).agency_name}"
        if row.division_code or row.organisation_code:
            yield "    " + "，".join(filter(None, (f"行政区划 {row.division_code}" * bool(row.division_code), row.organisation_code or "")))
        for link in bodies.history.links_of(agency_id):
            yield f"    {link.date}：{_spoken_link(bodies, link)}" + (f"（{link.source}）" if link.source else "")


def _spoken_link(bodies: Bodies, link: AgencyLink) -> str:
    before = bodies.registry.agency(link.from_id).agency_name
    after = f"“{bodies.registry.agency(link.to_id).agency_name}”" if link.to_id else ""
    return f"“{before}”{_LINKS[link.link]}{after}"


def _spoken_span(bodies: Bodies, agency_id: str) -> str:
    first, last = bodies.history.span(agency_id)
    start = "" if first == date.min else f"{first} 起"
    end = "" if last == date.max else f"{last} 止"
    return " ".join(filter(None, (start, end))) or "起止不限"


def _spoken_years(years: list[int]) -> str:
    """2019—2021、2023."""
    parts: list[list[int]] = []
    for year in years:
        if parts and parts[-1][-1] == year - 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return "、".join(str(part[0]) if len(part) == 1 else f"{part[0]}—{part[-1]}" for part in parts)


def _division(workspace: Workspace, name: str, year: int) -> str:
    """The code of the longest name of a division with which a body's name begins, where only one bears it."""
    divisions = directory(workspace.settings.catalog)
    for length in range(len(name), 1, -1):
        found = divisions.find(name[:length], year)
        if found:
            return found[0].code if len(found) == 1 else ""
    return ""


def _parent(bodies: Bodies, name: str) -> str:
    """The registered government whose division the name begins with, if there is one."""
    fitting = [
        row
        for row in bodies.registry.agencies
        if row.agency_name.endswith(_GOVERNMENT) and name.startswith(row.agency_name.removesuffix(_GOVERNMENT)) and name != row.agency_name
    ]
    return max(fitting, key=lambda row: len(row.agency_name)).agency_id if fitting else ""
