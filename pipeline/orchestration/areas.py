"""The areas of a year: what each government's report covers, and whose reports make up the sum of its area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.checks.areas.coverage import Judgement, coverage_rows, judge
from pipeline.normalise.agencies.area_bodies import AreaBodies, Filed
from pipeline.normalise.agencies.areas import AreaTree
from pipeline.normalise.agencies.duties import duties
from pipeline.orchestration.workspace import Workspace
from pipeline.warehouse.schema import from_rows

AREA_TABLES = ("core_report_coverage", "core_area_bodies")
AREA_INPUTS = ("core_reports", "core_report_tables", "core_cells", "core_sections", "core_claims", "raw_text")


def area_tables(workspace: Workspace, year: int) -> dict[str, pa.Table]:
    """core_report_coverage and core_area_bodies of one year."""
    catalog, bodies = workspace.catalog, workspace.bodies
    agencies = workspace.store.read("core_agencies").to_pylist()
    reports = _current(workspace, year)
    tree = AreaTree(bodies, agencies, year, (row["agency_id"] for row in reports))
    by_agency = {row["agency_id"]: row for row in reports}
    governments = [agency_id for agency_id in by_agency if tree.kind(agency_id) == "government" or tree.governs(agency_id)]
    judged = judge(
        catalog,
        {by_agency[agency_id]["report_id"]: by_agency[agency_id]["title"] for agency_id in governments},
        [
            (by_agency[agency_id]["report_id"], by_agency[member]["report_id"])
            for agency_id in governments
            for member in tree.members(agency_id)
            if member in by_agency
        ],
        _texts(workspace, year, [by_agency[agency_id] for agency_id in governments]),
        *(workspace.store.read(table, [year]) for table in ("core_cells", "core_report_tables", "core_claims")),
    )
    for agency_id in _with_own_office_beside(workspace, year) & by_agency.keys():
        judged[by_agency[agency_id]["report_id"]] = Judgement("whole_area", "statement", "同一单位另有只含本级数字的报告")
    filed = {
        agency_id: Filed(
            row["report_id"], row["agency_name"], judged[row["report_id"]].coverage if row["report_id"] in judged else "unknown"
        )
        for agency_id, row in by_agency.items()
    }
    owing = {duty.agency_id: duty.agency_name for duty in duties(catalog, bodies, agencies, year) if duty.owed}
    made = AreaBodies(catalog, bodies, tree, year, filed, owing).rows(year)
    owners = {row["report_id"]: agency_id for agency_id, row in by_agency.items()}
    return {
        "core_report_coverage": from_rows(catalog, "core_report_coverage", coverage_rows(judged, owners, year)),
        "core_area_bodies": from_rows(catalog, "core_area_bodies", made),
    }


def _current(workspace: Workspace, year: int) -> list[dict[str, Any]]:
    """The reports that count, of bodies that are known; one from which no figure was taken is none."""
    columns = ["report_id", "report_year", "sha256", "agency_id", "agency_name", "title", "status", "is_current"]
    rows = workspace.store.read("core_reports", [year], columns=columns).to_pylist()
    return [row for row in rows if row["is_current"] and row["agency_id"] and row["status"] != "refused"]


def _with_own_office_beside(workspace: Workspace, year: int) -> set[str]:
    """Bodies of which a report on the own office alone stands beside the one that counts, which is then that of the whole area."""
    rows = workspace.store.read("core_reports", [year], columns=["agency_id", "is_current", "version_rule"]).to_pylist()
    return {row["agency_id"] for row in rows if row["version_rule"] == "level" and not row["is_current"] and row["agency_id"]}


def _texts(workspace: Workspace, year: int, reports: list[dict[str, Any]]) -> Mapping[str, list[str]]:
    """The paragraphs of some reports; of a file that holds several, only what stands under the headings of each."""
    files = Counter(workspace.store.read("core_reports", [year], columns=["sha256"])["sha256"].to_pylist())
    alone = {row["sha256"]: row["report_id"] for row in reports if files[row["sha256"]] == 1}
    texts: dict[str, list[str]] = {row["report_id"]: [] for row in reports}
    raw = workspace.store.read("raw_text", [year], columns=["sha256", "block", "text"])
    for row in raw.filter(pc.is_in(raw["sha256"], pa.array(list(alone), pa.string()))).sort_by("block").to_pylist():
        texts[alone[row["sha256"]]].append(row["text"])
    sections = workspace.store.read("core_sections", [year], columns=["report_id", "text"])
    several = [row["report_id"] for row in reports if files[row["sha256"]] > 1]
    for row in sections.filter(pc.is_in(sections["report_id"], pa.array(several, pa.string()))).to_pylist():
        texts[row["report_id"]].append(row["text"])
    return texts
