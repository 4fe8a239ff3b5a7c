"""A build with a registry: reports under registered ids, two years of a renamed body side by side, and nothing read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.orchestration import reading
from pipeline.orchestration.reading import Reading
from tests.catalog.registry.registry_files import agency, link, write_registry
from tests.installation import Installation, copy_sample, sample_files

PRINTED, LATER = "瀚川市沐云区财政局", "瀚川市沐云区财政和国有资产管理局"
AGENCIES = [
    agency("cz-1", PRINTED, "", "2019-12-31", agency_level="county", organisation_code="11330212002941234X"),
    agency("cz-2", LATER, "2020-01-01"),
]
NAMES = [{"agency_id": "cz-2", "name": PRINTED}]
LINKS = [link("rename", "cz-1", "cz-2", "2020-01-01")]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A body over two years, built without a registry; not to be changed."""
    installation = Installation.at(tmp_path_factory.mktemp("registry") / "installation")
    copy_sample(installation, sample_files("财政局", years=(2019, 2020)))
    assert installation.build_tables().success
    return installation


@pytest.fixture
def built(before: Installation, tmp_path: Path) -> Installation:
    return before.copied(tmp_path / "installation")


def test_a_registry_files_reports_under_its_ids_and_reads_nothing_again(
    built: Installation, reading_here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(data: bytes) -> Reading:
        raise AssertionError("a file was read again")

    monkeypatch.setattr(reading, "read_bytes", never)
    stamps = built.stamps()
    write_registry(built.settings.decisions, AGENCIES, NAMES, LINKS)
    assert built.build_tables().success
    assert [tuple(row.values()) for row in built.rows("core_reports", "agency_id", "agency_name", "agency_level", "title_agency_id")] == [
        ("cz-1", PRINTED, "county", "cz-1"),
        ("cz-2", LATER, None, "cz-2"),
    ]
    assert [row for row in built.rows("core_problems") if row["code"].startswith("agency_")] == []
    lineages = {row["agency_id"]: (row["lineage_id"], row["registered"]) for row in built.rows("core_agencies")}
    assert lineages == {"cz-1": ("cz-1", True), "cz-2": ("cz-1", True)}
    kinds = {(row["agency_id"], row["name_kind"]) for row in built.rows("core_agency_names")}
    assert kinds == {("cz-1", "legal"), ("cz-2", "legal"), ("cz-2", "filed")}
    assert [(row["link"], row["from_id"], row["to_id"]) for row in built.rows("core_agency_links")] == [("rename", "cz-1", "cz-2")]
    compared = [row for row in built.rows("out_year_over_year") if row["report_year"] == 2020]
    assert {(row["link"], row["previous_name"]) for row in compared} == {("rename", PRINTED)}
    assert sum(row["comparable"] == "yes" for row in compared) > 190
    y1 = {row["report_year"]: row["outcome"] for row in built.rows("core_rule_results") if row["rule"] == "Y1"}
    assert y1[2020] == "pass"
    untouched = {place for place, stamp in built.stamps().items() if stamps.get(place) == stamp}
    assert {("raw_cells", "2019"), ("raw_cells", "2020"), ("raw_files", "")} <= untouched


def test_a_row_that_touches_no_figure_makes_no_figure_anew(built: Installation) -> None:
    write_registry(built.settings.decisions, AGENCIES, NAMES, LINKS)
    assert built.build_tables().success
    stamps = built.stamps()
    write_registry(built.settings.decisions, [*AGENCIES, agency("other", "瀚川市沐云区水务局")], NAMES, LINKS)
    assert built.build_tables().success
    anew = {table for (table, _), stamp in built.stamps().items() if stamps.get((table, _)) != stamp}
    # core_findings and out_rollup are looked at again, since the registry decides who is unexpected and whose figures an area lacks
    assert anew & {"out_values", "out_indicators", "out_findings", "raw_cells"} == set()
    assert "core_agencies" in anew


def test_a_registry_that_contradicts_itself_stops_the_build(built: Installation) -> None:
    write_registry(built.settings.decisions, AGENCIES, links=[link("rename", "cz-1", "nobody", "2020-01-01")])
    assert not built.build().success
