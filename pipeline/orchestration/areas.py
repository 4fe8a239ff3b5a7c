"""The areas of a year: what each government's report covers, and whose reports make up the sum of its area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.catalog.decisions import CoverageDecision
from pipeline.checks.areas.coverage import Coverage, Judgement, judge
from pipeline.checks.areas.overruled import coverage_rows, decided, digests, overruled
from pipeline.checks.areas.own_office import Alike, alike, own_office_copies
from pipeline.normalise.agencies.area_bodies import OFFICE, AreaBodies, Filed, OwnOffices
from pipeline.normalise.agencies.areas import AreaTree
from pipeline.normalise.agencies.duties import duties
from pipeline.orchestration.workspace import Workspace
from pipeline.warehouse.schema import from_rows

AREA_TABLES = ("core_report_coverage", "core_area_bodies")
AREA_INPUTS = ("core_reports", "core_report_tables", "core_cells", "core_sections", "core_claims", "raw_text")
Row = Mapping[str, Any]


def area_tables(
    workspace: Workspace, year: int, *, as_judged: bool = False, also: tuple[CoverageDecision, ...] = ()
) -> dict[str, pa.Table]:
    """core_report_coverage and core_area_bodies of one year. as_judged: without what people decided; also: as if they decided this, too."""
    catalog, bodies = workspace.catalog, workspace.bodies
    agencies = workspace.store.read("core_agencies").to_pylist()
    filings = _filings(workspace, agencies, year)
    core_cells = workspace.store.read("core_cells", [year])
    same = alike(filings.offices(), filings.below(), core_cells)
    judged = _judged(workspace, filings, same, core_cells)
    owners = {row["report_id"]: agency_id for agency_id, row in filings.current.items()}
    said = digests({report_id: filings.current[owners[report_id]]["title"] for report_id in judged}, judged, core_cells)
    rulings = decided([row for row in (*workspace.decisions.coverage, *also) if row.report_year == year and not as_judged], owners, said)
    counts = {report_id: overruled(found, rulings.get(report_id)) for report_id, found in judged.items()}
    filed = {
        agency_id: Filed(row["report_id"], row["agency_name"], _coverage(counts, row["report_id"]))
        for agency_id, row in filings.current.items()
    }
    owed = [duty for duty in duties(catalog, bodies, agencies, year) if duty.owed]
    owing = {duty.agency_id: duty.agency_name for duty in owed}
    own_offices = OwnOffices(
        {agency_id: Filed(row["report_id"], row["agency_name"], "own_office") for agency_id, row in filings.copies.items()},
        [each[:2] for each in same if each.others_have_figures or _coverage(counts, each.government_report) != "whole_area"],
        {duty.agency_id for duty in owed if duty.basis == "roster"},
    )
    made = AreaBodies(catalog, bodies, filings.tree, year, filed, owing, own_offices).rows(year)
    covered = coverage_rows(judged, rulings, owners, said, year)
    return {
        "core_report_coverage": from_rows(catalog, "core_report_coverage", covered),
        "core_area_bodies": from_rows(catalog, "core_area_bodies", made),
    }


@dataclass(frozen=True)
class _Filings:
    """The reports of a year by body, as far as areas go: those that count, and those on an own office that stand beside a sum."""

    year: int
    tree: AreaTree
    current: Mapping[str, Row]
    copies: Mapping[str, Row]

    @property
    def governments(self) -> list[str]:
        """The bodies with a report whose coverage is a question."""
        return [each for each in self.current if self.tree.kind(each) == "government" or self.tree.governs(each)]

    def below(self) -> list[tuple[str, str]]:
        """The report of a government and of a body of its area, for all of these."""
        return [
            (self.current[each]["report_id"], self.current[member]["report_id"])
            for each in self.governments
            for member in self.tree.members(each)
            if member in self.current
        ]

    def offices(self) -> list[tuple[str, str]]:
        """Each report of a government beside that of its general office."""
        return [
            (above["report_id"], self.current[member]["report_id"])
            for each in self.governments
            for member in self.tree.members(each)
            if member in self.current and self.tree.kind(member) == OFFICE
            for above in (self.current[each], self.copies.get(each))
            if above
        ]

    def two_files(self) -> list[tuple[str, str]]:
        """A report and the one on the own office beside it, where these are two files: the later may be the earlier one again."""
        both = ((self.current[each], copy) for each, copy in self.copies.items())
        return [(whole["report_id"], copy["report_id"]) for whole, copy in both if whole["sha256"] != copy["sha256"]]


def _filings(workspace: Workspace, agencies: list[Row], year: int) -> _Filings:
    """A report of nobody who is known, or from which no figure was taken, is none."""
    every = workspace.store.read("core_reports", [year]).to_pylist()
    current = {row["agency_id"]: row for row in every if row["is_current"] and row["agency_id"] and row["status"] != "refused"}
    copies = {row["agency_id"]: row for row in own_office_copies(every) if row["agency_id"] in current}
    return _Filings(year, AreaTree(workspace.catalog, workspace.bodies, agencies, year, current), current, copies)


def _judged(workspace: Workspace, filings: _Filings, same: Iterable[Alike], core_cells: pa.Table) -> dict[str, Judgement]:
    reports = [filings.current[agency_id] for agency_id in filings.governments]
    titles, texts = {row["report_id"]: row["title"] for row in reports}, _texts(workspace, filings.year, reports)
    tables, claims = (workspace.store.read(table, [filings.year]) for table in ("core_report_tables", "core_claims"))
    judged = judge(workspace.catalog, titles, filings.below(), texts, core_cells, tables, claims)
    repeated = {found.office_report for found in alike(filings.two_files(), (), core_cells)}
    for agency_id, copy in filings.copies.items():
        whole = filings.current[agency_id]
        is_clear = _coverage(judged, whole["report_id"]) == "unknown" and copy["report_id"] not in repeated
        if whole["sha256"] == copy["sha256"] or is_clear:
            judged[whole["report_id"]] = Judgement("whole_area", "statement", "同一单位另有只含本级数字的报告")
    for found in same:
        if found.government_report in judged and _coverage(judged, found.government_report) == "unknown":
            judged[found.government_report] = Judgement("own_office", "figures", "与其办公厅（室）报告的数字完全相同")
    return judged


def _coverage(judged: Mapping[str, Judgement], report_id: str) -> Coverage:
    return judged[report_id].coverage if report_id in judged else "unknown"


def _texts(workspace: Workspace, year: int, reports: list[Row]) -> Mapping[str, list[str]]:
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
