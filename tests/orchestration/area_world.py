"""Small areas without any file: bodies of a registry, their figures as core tables, and what areas and sums are made of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.catalog import Catalog
from pipeline.catalog.decisions import COLUMNS, COVERAGES_DECIDED
from pipeline.orchestration.areas import area_tables
from pipeline.orchestration.core_steps import make_agencies
from pipeline.orchestration.out_steps import make_rollup, make_values
from pipeline.orchestration.workspace import Workspace
from pipeline.warehouse.schema import empty_table, from_rows
from tests.indicators.builders import FORM_2021, FiledReport, Key, core_cells, core_report_tables, core_reports
from tests.installation import Installation

YEAR = 2023
NEW, HANDLED, PERMITS = ("requests.new", "total"), ("requests.handled", "total"), "proactive.licensing.decisions"
Row = dict[str, Any]
_OTHERS = ("core_claims", "core_sections", "raw_text", "core_report_versions", "out_findings", "core_finding_cells", "core_corrections")


@dataclass(frozen=True)
class Report:
    """A report on the year. beside: one on the own office alone that stands beside the sum; title: what its title says more."""

    figures: Mapping[Key, int | str | Decimal] = field(default_factory=dict)
    forms: Mapping[str, str | None] = field(default_factory=lambda: FORM_2021)
    beside: Mapping[Key, int | str | Decimal] | None = None
    beside_in_a_file_of_its_own: bool = False
    title: str = "政府信息公开工作年度报告"
    corrects: Mapping[Key, int | str | Decimal] | None = None


@dataclass
class World:
    """bodies: name -> kind and the name of the body above. Every body owes a report, but vertical ones."""

    workspace: Workspace
    catalog: Catalog

    def reported(self, reports: Sequence[tuple[str, Report]], year: int = YEAR) -> None:
        """Put the core tables of a year into the store; in the order given."""
        filed, extra = [], {}
        for name, report in reports:
            copies = [("", report.figures, True, None)]
            copies += [("own", report.beside, False, "level")] if report.beside is not None else []
            copies += [("old", report.corrects, False, "correction_mark")] if report.corrects is not None else []
            for number, (what, figures, is_current, rule) in enumerate(copies):
                each = FiledReport(name, year, figures or {}, report.forms, current=is_current, copy=number)
                filed.append(each)
                sha = f"{name}/{what}" if report.beside_in_a_file_of_its_own else name
                title = f"{name}{year}年{report.title}"
                extra[each.report_id] = {"sha256": sha, "report_index": number, "title": title, "version_rule": rule, "what": what}
        rows = [
            {**row, **{name: value for name, value in extra[row["report_id"]].items() if name != "what"}, "agency_kind": None}
            for row in core_reports(self.catalog, filed).to_pylist()
        ]
        tables = {
            "core_reports": from_rows(self.catalog, "core_reports", rows),
            "core_report_tables": core_report_tables(self.catalog, filed),
            "core_cells": from_rows(self.catalog, "core_cells", [_whole(row) for row in core_cells(self.catalog, filed).to_pylist()]),
            **{name: empty_table(self.catalog, name) for name in _OTHERS},
        }
        self._put(tables, year)

    def _put(self, tables: Mapping[str, Any], year: int) -> None:
        for name, table in tables.items():
            self.workspace.store.write(name, table, year=year, fingerprint="1")

    def decided(self, name: str, coverage: str, digest: str, year: int = YEAR) -> World:
        """The same with a decision on what a report covers, opened anew."""
        head = COLUMNS[COVERAGES_DECIDED]
        row = (f"id-{name}", str(year), coverage, digest, "来电说明", "电话", "王某", "2024-03-02", "active")
        _write(self.workspace.settings.decisions / COVERAGES_DECIDED, head, [row])
        return _world(Workspace(self.workspace.settings), self.catalog)

    def made(self, year: int = YEAR) -> Made:
        """Areas and sums of the year."""
        for name, table in make_agencies(self.workspace, year).items():
            self.workspace.store.write(name, table, fingerprint="1")
        areas = area_tables(self.workspace, year)
        self._put(areas, year)
        self._put(make_values(self.workspace, year), year)
        rollup = make_rollup(self.workspace, year)
        self._put(rollup, year)
        return Made(*(table.to_pylist() for table in (*areas.values(), *rollup.values())))


@dataclass(frozen=True)
class Made:
    """The rows of core_report_coverage, core_area_bodies and out_rollup."""

    coverage: list[Row]
    bodies: list[Row]
    rollup: list[Row]

    def sum(self, area: str, key: Key = NEW, form: str = "2021") -> Row:
        """One cell of an area, "" for all bodies."""
        wanted = (f"id-{area}" if area else "", form, *((key, "") if isinstance(key, str) else key))
        (row,) = [row for row in self.rollup if (row["area_id"], row["form"], row["field"], row["applicant"]) == wanted]
        return row

    def counted(self, area: str) -> dict[str, str]:
        """Which bodies of an area count, with their roles."""
        rows = [row for row in self.bodies if row["area_id"] == (f"id-{area}" if area else "") and row["is_counted"]]
        return {row["agency_name"]: row["body_role"] for row in rows}


def world(
    root: Path, catalog: Catalog, bodies: Mapping[str, tuple[str, str]], links: Iterable[tuple[str, str, str]] = (), year: int = YEAR
) -> World:
    """An installation of these bodies. links: kind, name before, name after, on the first of June of the year."""
    installation = Installation.at(root / "installation")
    folder = installation.settings.decisions
    folder.mkdir()
    head = ("agency_id", "agency_name", "short_names", "agency_kind", "agency_level", "division_code", "parent_id", "organisation_code")
    listed = [(f"id-{name}", name, "", kind, "", "", f"id-{above}" if above else "", "") for name, (kind, above) in bodies.items()]
    _write(folder / "agencies.csv", (*head, "valid_from", "valid_to", "note"), [(*row, "", "", "") for row in listed])
    changes = [(kind, f"id-{before}", f"id-{after}", f"{year}-06-01", "", "") for kind, before, after in links]
    _write(folder / "agency_links.csv", ("link", "from_id", "to_id", "date", "source", "note"), changes)
    return _world(installation.workspace, catalog)


def _world(workspace: Workspace, catalog: Catalog) -> World:
    vars(workspace)["catalog"] = catalog  # loaded once for all tests
    return World(workspace, catalog)


def _whole(row: Row) -> Row:
    return {**row, "confidence": 1.0}


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
