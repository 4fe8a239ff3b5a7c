"""`gongkai roster`: the roster checked, and one proposed from those who reported last. Each gives lines of text."""

from __future__ import annotations

import csv
import io

import pyarrow.compute as pc

from pipeline.catalog.kept_files import Mistake
from pipeline.catalog.registry import ROSTER, read_registry
from pipeline.catalog.registry.load import COLUMNS
from pipeline.normalise.agencies.duties import Roster
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.orchestration.workspace import Workspace


def mistakes_of(workspace: Workspace, bodies: Bodies) -> list[Mistake]:
    """What is doubtful in the roster, by line: names that nobody bears, rows on one body, years in which a body was not there."""
    reported = workspace.store.read("core_agencies", columns=["agency_name", "first_year"])
    names = reported.filter(pc.field("first_year").is_valid())["agency_name"].to_pylist()
    return sorted(Roster(workspace.catalog, bodies).mistakes(names), key=lambda mistake: mistake.line)


def check(workspace: Workspace) -> tuple[list[str], bool]:
    """What is wrong in the roster, one line each, and whether nothing is."""
    registry, mistakes = read_registry(workspace.settings.decisions)
    mistakes = [mistake for mistake in mistakes if mistake.file == ROSTER]
    if not mistakes:
        mistakes = mistakes_of(workspace, workspace.bodies)
    if mistakes:
        return [*map(str, mistakes), f"共 {len(mistakes)} 处问题（{workspace.settings.decisions / ROSTER}）。"], False
    if not registry.roster:
        return ["应报名单（roster.csv）没有内容：应报单位按单位登记表和以前的报告确定。用 gongkai roster propose 可以写出一份。"], True
    return [f"应报名单没有问题：{len(registry.roster)} 行。"], True


def propose(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Rows of roster.csv for the year after the last one with reports, from those who reported on it; and what is to be looked at."""
    agencies = workspace.store.read("core_agencies").to_pylist()
    last = max((row["last_year"] for row in agencies if row["last_year"] is not None), default=None)
    if last is None:
        return [], ["还没有任何报告，请先运行 gongkai build。"]
    history = workspace.bodies.history
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS[ROSTER], restval="", lineterminator="\n")
    writer.writeheader()
    remarks = []
    for row in sorted(agencies, key=lambda row: (row["agency_kind"], row["agency_name"])):
        name, year = row["agency_name"], row["last_year"]
        if year is None:
            continue
        if row["registered"] and history.member(row["agency_id"], last + 1) is None:
            remarks.append(f"“{name}”在 {last + 1} 年度已不存在，未列入。")
        elif year == last:
            agency_id = row["agency_id"] if row["registered"] else ""
            writer.writerow({"agency_id": agency_id, "agency_name": name, "first_year": last + 1, "note": f"{last} 年度已报送"})
        elif not row["registered"] or history.exists(row["agency_id"], last):
            remarks.append(f"“{name}”最近一次报送的是 {year} 年度，未列入；应报的请补上。")
    return out.getvalue().splitlines(), remarks
