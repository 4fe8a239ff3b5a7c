from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from pipeline.catalog.agencies import deadline_for, kind_of_agency
from pipeline.catalog.divisions import directory
from pipeline.catalog.model import Catalog
from pipeline.catalog.registry import Registry
from pipeline.catalog.registry.rows import Agency, RosterEntry
from pipeline.catalog.row_types import AgencyKind
from pipeline.common.errors import CatalogError, SchemaError
from pipeline.indicators.submission import out_submission_status
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.records import core_agencies
from tests.indicators.builders import FiledReport, check_declared, core_reports, declared_table


@pytest.mark.parametrize(
    ("name", "kind", "level", "deadline"),
    [
        ("云汀区水利局", "department", None, date(2024, 1, 31)),
        ("云汀区人民政府", "government", "county", date(2024, 3, 31)),
        ("云汀区人民政府办公室", "office", None, date(2024, 1, 31)),
        ("云汀区柳岸镇人民政府", "town", "town", date(2024, 3, 31)),
        ("柳岸镇", "town", "town", date(2024, 3, 31)),
        ("云汀区人民政府城东街道办事处", "town", "town", date(2024, 3, 31)),
        ("浙江省人民政府", "government", "province", date(2024, 3, 31)),
        ("延边朝鲜族自治州人民政府 ", "government", "city", date(2024, 3, 31)),
    ],
)
def test_the_longest_suffix_tells_kind_and_deadline(catalog: Catalog, name: str, kind: str, level: str | None, deadline: date) -> None:
    found = kind_of_agency(catalog, name)
    assert (found.kind, found.level) == (kind, level)
    assert deadline_for(catalog, name, 2023) == deadline


def test_without_the_empty_suffix_or_with_a_day_that_is_not_there(catalog: Catalog) -> None:
    no_rest = replace(catalog, agency_kinds=tuple(row for row in catalog.agency_kinds if row.suffix))
    with pytest.raises(CatalogError, match="水利局"):
        kind_of_agency(no_rest, "水利局")
    leap = replace(catalog, agency_kinds=(AgencyKind("", "department", None, 2, 29),))
    assert deadline_for(leap, "水利局", 2023) == date(2024, 2, 29)
    with pytest.raises(CatalogError, match="2 月 29 日"):
        deadline_for(leap, "水利局", 2022)


def by_year(reports: Sequence[FiledReport]) -> list[FiledReport]:
    return sorted(reports, key=lambda report: report.year)


def submission(
    catalog: Catalog,
    reports: Sequence[FiledReport],
    year: int,
    severities: dict[str, str] | None = None,
    registry: Registry | None = None,
    contradicting: Sequence[str] = (),
) -> dict[str, dict[str, object]]:
    bodies = Bodies(registry or Registry(), directory(catalog.folder))
    agencies = list(core_agencies(catalog, bodies, [(f"id-{report.agency}", report.agency, report.year) for report in by_year(reports)]))
    compared = {"other_report_id": "x", "report_year": year, "difference_kind": "contradicting"}
    versions = [{**compared, "report_id": report_id} for report_id in contradicting]
    findings = [
        {"finding_id": f"{report_id}-{number}", "report_id": report_id, "report_year": year, "severity": severity}
        for report_id, listed in (severities or {}).items()
        for number, severity in enumerate(listed)
    ]
    table = out_submission_status(
        catalog,
        bodies,
        declared_table(catalog, "core_agencies", agencies),
        core_reports(catalog, reports),
        declared_table(catalog, "core_findings", findings),
        declared_table(catalog, "core_report_versions", versions),
        year,
    )
    check_declared(catalog, "out_submission_status", table)
    return {row["agency_name"]: row for row in table.to_pylist()}


def test_bodies_are_expected_from_their_first_report_to_the_last_year_of_the_data(catalog: Catalog) -> None:
    reports = [FiledReport("甲局", 2020), FiledReport("甲局", 2022), FiledReport("乙局", 2021), FiledReport("丙局", 2023)]
    assert {name: row["submission"] for name, row in submission(catalog, reports, 2020).items()} == {"甲局": "reported"}
    assert {name: row["submission"] for name, row in submission(catalog, reports, 2021).items()} == {
        "甲局": "not_reported",
        "乙局": "reported",
    }
    last = submission(catalog, reports, 2023)
    assert {name: row["submission"] for name, row in last.items()} == {"甲局": "not_reported", "乙局": "not_reported", "丙局": "reported"}
    absent = last["甲局"]
    assert (absent["report_id"], absent["status"], absent["copies"], absent["errors"], absent["days_late"]) == (None, None, 0, 0, None)
    assert absent["deadline"] == date(2024, 1, 31)
    assert submission(catalog, reports, 2024) == {}


@pytest.mark.parametrize(
    ("published_on", "days_late"),
    [(date(2023, 12, 1), 0), (date(2024, 1, 31), 0), (date(2024, 2, 1), 1), (date(2025, 1, 31), 366), (None, None)],
)
def test_days_late(catalog: Catalog, published_on: date | None, days_late: int | None) -> None:
    row = submission(catalog, [FiledReport("甲局", 2023, published_on=published_on)], 2023)["甲局"]
    assert (row["published_on"], row["days_late"]) == (published_on, days_late)


def test_findings_and_copies_of_the_current_report(catalog: Catalog) -> None:
    reports = [
        FiledReport("甲局", 2023, copies=2, copy=1),
        FiledReport("甲局", 2023, copies=2, copy=2, current=False),
        FiledReport("乙局", 2023, status="partial"),
    ]
    rows = submission(catalog, reports, 2023, {"甲局-2023-1": "EEWIII", "甲局-2023-2": "EEEEE"})
    first = rows["甲局"]
    assert (first["errors"], first["warnings"], first["infos"], first["copies"]) == (2, 1, 3, 2)
    assert first["report_id"] == "甲局-2023-1"
    assert (rows["乙局"]["submission"], rows["乙局"]["status"], rows["乙局"]["errors"]) == ("reported_incomplete", "partial", 0)


def test_files_without_any_figure_are_neither_a_report_nor_nothing(catalog: Catalog) -> None:
    refused = [FiledReport("甲局", 2023, status="refused", current=False, copies=0, copy=copy) for copy in (1, 2)]
    row = submission(catalog, refused, 2023, {"甲局-2023-2": "E"})["甲局"]
    assert (row["submission"], row["status"], row["report_id"]) == ("unusable", "refused", "甲局-2023-2")
    assert (row["copies"], row["errors"]) == (0, 1)


def test_a_usable_report_counts_whatever_else_came(catalog: Catalog) -> None:
    refused = FiledReport("甲局", 2023, status="refused", current=False, copy=2)
    for status, expected in (("parsed", "reported"), ("partial", "reported_incomplete")):
        row = submission(catalog, [refused, FiledReport("甲局", 2023, status=status, copy=1)], 2023)["甲局"]
        assert (row["submission"], row["report_id"]) == (expected, "甲局-2023-1")


def test_an_unknown_severity_is_refused(catalog: Catalog) -> None:
    with pytest.raises(SchemaError, match="X"):
        submission(catalog, [FiledReport("甲局", 2023)], 2023, {"甲局-2023-0": "EX"})


DEPARTMENT = Agency("id-甲局", "甲局", agency_kind="department")
NOT_YET = Agency("id-乙局", "乙局", agency_kind="department", valid_from=date(2024, 1, 1))
VERTICAL = Agency("id-税务局", "税务局", agency_kind="vertical")


def states(rows: dict[str, dict[str, object]]) -> dict[str, tuple[object, object]]:
    return {name: (row["submission"], row["owed_by"]) for name, row in rows.items()}


def test_registered_bodies_owe_while_they_exist(catalog: Catalog) -> None:
    registry = Registry(agencies=(DEPARTMENT, NOT_YET, VERTICAL))
    reports = [FiledReport("丙局", 2022), FiledReport("丙局", 2023)]
    assert states(submission(catalog, reports, 2023, registry=registry)) == {
        "甲局": ("not_reported", "registry"),
        "税务局": ("not_owed", "registry"),
        "丙局": ("reported", "reports"),
    }
    reports = [FiledReport("丙局", 2024), FiledReport("税务局", 2024)]
    assert states(submission(catalog, reports, 2024, registry=registry)) == {
        "甲局": ("not_reported", "registry"),
        "乙局": ("not_reported", "registry"),
        "税务局": ("reported", "registry"),
        "丙局": ("reported", "reports"),
    }
    early = submission(catalog, [FiledReport("乙局", 2023)], 2023, registry=registry)
    assert early["乙局"]["submission"] == "unexpected", "it did not exist then"


def test_a_roster_counts_before_registry_and_reports_in_the_years_it_is_about(catalog: Catalog) -> None:
    roster = (RosterEntry("id-甲局", None, 2023, None, (2, 15)), RosterEntry(None, "丁局", 2023))
    registry = Registry(agencies=(DEPARTMENT, VERTICAL), roster=roster)
    reports = [FiledReport("丙局", 2022), FiledReport("甲局", 2023, published_on=date(2024, 2, 20)), FiledReport("丙局", 2023)]
    found = submission(catalog, reports, 2023, registry=registry)
    assert states(found) == {
        "甲局": ("reported", "roster"),
        "丁局": ("not_reported", "roster"),
        "丙局": ("unexpected", "roster"),
        "税务局": ("not_owed", "roster"),
    }
    assert (found["甲局"]["deadline"], found["甲局"]["days_late"]) == (date(2024, 2, 15), 5)
    assert found["丁局"]["deadline"] == date(2024, 1, 31)
    assert states(submission(catalog, reports, 2022, registry=registry))["丙局"] == ("reported", "reports")


def test_a_registered_kind_tells_the_deadline(catalog: Catalog) -> None:
    registry = Registry(agencies=(Agency("id-城东", "城东", agency_kind="town"),))
    assert submission(catalog, [FiledReport("甲局", 2023)], 2023, registry=registry)["城东"]["deadline"] == date(2024, 3, 31)


def test_contradicting_copies_are_counted(catalog: Catalog) -> None:
    rows = submission(catalog, [FiledReport("甲局", 2023, copies=2)], 2023, contradicting=["甲局-2023-0"])
    assert (rows["甲局"]["copies"], rows["甲局"]["contradicting"]) == (2, 1)
