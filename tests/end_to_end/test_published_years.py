"""`gongkai publish`: what the office gets of each year, made anew only where something has changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.catalog.office import FILE as OFFICE
from pipeline.catalog.registry import ROSTER
from pipeline.cli import main
from pipeline.common.settings import Settings
from pipeline.orchestration import publishing
from pipeline.orchestration.derived import DERIVED
from pipeline.orchestration.publishing import publish_years, published_years
from pipeline.orchestration.refresh import Refreshed, refresh_derived
from pipeline.orchestration.workspace import Workspace
from tests.installation import Installation

YEAR = 2024


@pytest.fixture
def installation(sample: Installation, tmp_path: Path) -> Settings:
    """The tables and decisions of the sample, to be published anew."""
    settings = sample.workspace.settings
    shutil.copytree(settings.warehouse / "parquet", tmp_path / "data" / "warehouse" / "parquet")
    shutil.copytree(settings.decisions, tmp_path / "data" / "decisions", dirs_exist_ok=True)
    return Settings(settings.raw, tmp_path / "data" / "warehouse", tmp_path / "data" / "decisions", settings.catalog)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_publishes_each_year(sample: Installation) -> None:
    folder = sample.workspace.year_folder(YEAR)
    found = contents(folder)
    letters = sorted(path.removeprefix("letters/") for path in found if path.startswith("letters/"))
    findings = sample.workspace.store.read("out_findings", [YEAR]).to_pylist()
    bodies = {row["agency_name"] for row in findings if row["status"] != "waived"}
    assert bodies < {row["agency_name"] for row in findings}
    assert letters == sorted(f"{body}.docx" for body in bodies)
    with ZipFile(folder / f"函件{YEAR}.zip") as archive:
        assert sorted(archive.namelist()) == letters
        assert all(archive.read(name) == found[f"letters/{name}"] for name in letters)
    listed = json.loads(found["tables/datapackage.json"])["resources"]
    assert {f"tables/{resource['path']}" for resource in listed} < set(found)


def test_the_same_tables_give_the_same_files_and_only_once(installation: Settings, sample: Installation) -> None:
    workspace = Workspace(installation)
    first = publish_years(workspace, [YEAR])
    assert first.made == [YEAR]
    assert contents(workspace.year_folder(YEAR)) == contents(sample.workspace.year_folder(YEAR))
    assert publish_years(workspace, [YEAR]).unchanged == [YEAR]
    (workspace.year_folder(YEAR) / "letters").rename(workspace.year_folder(YEAR) / "moved")
    assert publish_years(workspace, [YEAR]).made == [YEAR]


def test_what_the_office_states_of_itself_changes_the_letters(installation: Settings) -> None:
    publish_years(Workspace(installation), [YEAR])
    before = contents(Workspace(installation).year_folder(YEAR))
    (installation.decisions / OFFICE).write_text(
        "report_year,office_name,contact,phone,send_to,reply_by,letter_date\n,区政府办公室,,,,,\n", encoding="utf-8"
    )
    assert publish_years(Workspace(installation), [YEAR]).made == [YEAR]
    after = contents(Workspace(installation).year_folder(YEAR))
    assert {path.split("/")[0] for path in before if before[path] != after[path]} == {"letters", f"函件{YEAR}.zip"}


def test_a_year_that_has_no_reports_any_more_is_taken_away(installation: Settings) -> None:
    workspace = Workspace(installation)
    publish_years(workspace, [2010, 2011])
    for year in workspace.store.years("core_reports"):
        if year != 2011:
            workspace.store.remove("core_reports", year)
            workspace.store.remove("out_submission_status", year)
    years = set(publish_years(workspace).removed)
    assert years == {2010}
    assert not workspace.year_folder(2010).exists()


def test_the_command_names_folders_and_years_that_are_not_there(
    installation: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGKAI_WAREHOUSE", str(installation.warehouse))
    monkeypatch.setenv("GONGKAI_DECISIONS", str(installation.decisions))
    assert main(["publish", "--year", str(YEAR)]) == 0
    assert f"{YEAR} 年度：已生成" in capsys.readouterr().out
    assert main(["publish", "--year", str(YEAR), "--year", "1999"]) == 1
    said = capsys.readouterr()
    assert f"{YEAR} 年度：未变" in said.out
    assert "没有 1999 年度的报告。" in said.err
    monkeypatch.setenv("GONGKAI_WAREHOUSE", str(installation.warehouse / "empty"))
    assert main(["publish"]) == 1
    assert "请先运行 gongkai build" in capsys.readouterr().err


def test_a_mistake_in_what_the_office_states_is_told_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGKAI_ROOT", str(tmp_path))
    (tmp_path / "data" / "decisions").mkdir(parents=True)
    (tmp_path / "data" / "decisions" / OFFICE).write_text(
        "report_year,office_name,contact,phone,send_to,reply_by,letter_date\n,,,,,月底,\n", encoding="utf-8"
    )
    assert main(["build"]) == 2
    assert "office.csv 第 2 行" in capsys.readouterr().err
    assert not (tmp_path / "data" / "warehouse").exists()


def test_a_letter_that_a_killed_run_had_begun_goes_when_it_is_no_longer_due(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(*_: object) -> Iterator[tuple[str, bytes]]:
        yield "letters/某局.docx", b"no longer due"
        raise KeyboardInterrupt

    workspace = Workspace(installation)
    for other in set(workspace.store.years("core_reports")) - {YEAR}:
        workspace.store.remove("core_reports", other)
        workspace.store.remove("out_submission_status", other)
    for year in (YEAR, 1999):  # of a year without tables everything goes
        with monkeypatch.context() as patched:
            patched.setattr(publishing, "year_files", cut_short)
            with pytest.raises(KeyboardInterrupt):
                publishing._publish_year(workspace, year, (), Refreshed())
        assert (workspace.year_folder(year) / "letters/某局.docx").exists()
    assert publish_years(workspace).removed == [1999]
    assert not (workspace.year_folder(YEAR) / "letters/某局.docx").exists()
    assert not workspace.year_folder(1999).exists()
    assert publish_years(workspace).made == []


def test_a_year_on_which_nobody_has_reported_has_its_reminders_and_a_slip_in_the_roster_has_none(installation: Settings) -> None:
    (installation.decisions / ROSTER).write_text(
        "agency_id,agency_name,first_year,last_year,deadline,note\nmuyun-finance,,2026,2026,,\nmuyun-finance,,2062,2062,,\n",
        encoding="utf-8",
    )
    workspace = Workspace(installation)
    refresh_derived(workspace, next(step for step in DERIVED if step.tables == ("out_submission_status",)))
    assert published_years(workspace)[-2:] == [2025, 2026]
    assert publish_years(workspace, [2026, 2062]).made == [2026]
    found = contents(workspace.year_folder(2026))
    assert {path for path in found if not path.startswith("tables/")} == {
        *("汇总2026.xlsx", "函件2026.zip"),
        "letters/瀚川市沐云区财政局（催报函）.docx",
    }
