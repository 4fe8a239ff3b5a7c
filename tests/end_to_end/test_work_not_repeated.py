"""A build does what changed and nothing else, and the same input always gives the same bytes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.orchestration import reading
from pipeline.orchestration.derived import DERIVED
from pipeline.orchestration.reading import Reading
from pipeline.orchestration.workspace import Workspace
from pipeline.readers.beside import Beside, nothing_beside
from tests.installation import RAW, Installation, copy_registry, copy_sample, sample_files, written_anew
from tests.sample.files import sources_files

BODIES = ("财政局", "教育局")
YEARS = (2019, 2020, 2021, 2022)
# tables of a year that look at all years (who has ever reported), so that they are made anew with any change
OF_ALL_YEARS = {table for step in DERIVED if step.all_years for table in step.tables}


class Opened:
    """Paths that this process opened, by way of Python's audit hooks, which nothing passes by."""

    def __init__(self) -> None:
        self.watched: Path | None = None
        self.paths: set[str] = set()
        sys.addaudithook(self._hook)  # there is no way to take it away again

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.watched and event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            path = os.fsdecode(arguments[0])
            if path.startswith(str(self.watched)):
                self.paths.add(path[len(str(self.watched)) + 1 :])

    @contextmanager
    def below(self, folder: Path) -> Iterator[set[str]]:
        """The paths opened below `folder` while the block runs."""
        self.paths, self.watched = set(), folder
        try:
            yield self.paths
        finally:
            self.watched = None


OPENED = Opened()


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Two bodies over four years, built once; not to be changed."""
    installation = Installation.at(tmp_path_factory.mktemp("first") / "installation")
    copy_sample(installation, sample_files(*BODIES, years=YEARS))
    assert installation.build().success
    return installation


@pytest.fixture
def built(first_build: Installation, tmp_path: Path) -> Installation:
    """The first build with its files, moved to a place of its own."""
    return first_build.copied(tmp_path / "installation")


@pytest.fixture
def read_contents(reading_here: None, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is handed to the readers from now on."""
    contents: list[bytes] = []
    original = reading.read_bytes

    def counted(data: bytes, beside: Beside = nothing_beside) -> Reading:
        contents.append(data)
        return original(data, beside)

    monkeypatch.setattr(reading, "read_bytes", counted)
    return contents


def place_of(installation: Installation, body: str, year: int) -> Path:
    (file,) = sample_files(body, years=(year,))
    return installation.raw / file.path


def test_a_build_with_nothing_changed_opens_no_report_and_writes_no_table(built: Installation, read_contents: list[bytes]) -> None:
    before = built.stamps()
    published = {path: path.stat().st_ino for path in (built.workspace.database, built.workspace.workbook)}
    with OPENED.below(built.raw) as opened:
        assert built.build().success
    assert {path for path in opened if not path.endswith("sources.csv")} == set()
    assert any(path.endswith("sources.csv") for path in opened) == any(built.raw.rglob("sources.csv"))
    assert read_contents == []
    assert built.stamps() == before
    assert {path: path.stat().st_ino for path in published} == published


def test_touched_files_are_hashed_and_not_read(built: Installation, read_contents: list[bytes]) -> None:
    before = built.stamps()
    place = place_of(built, "财政局", 2020)
    os.utime(place, ns=(1, 1))
    with OPENED.below(built.raw) as opened:
        assert built.build().success
    assert {path for path in opened if not path.endswith("sources.csv")} == {place.relative_to(built.raw).as_posix()}
    assert (read_contents, built.stamps()) == ([], before)


def assert_made_anew(built: Installation, before: dict[tuple[str, str], tuple[int, int]], year: int, catalog: Catalog) -> None:
    """Tables of one report lie in its year; those that look back also in the next."""
    anew = written_anew(before, built.stamps())
    by_year = {table: years for table, years in anew.items() if catalog.table(table).by_year and table not in OF_ALL_YEARS}
    for table in ("raw_cells", "core_cells", "core_reports", "core_sections", "out_values"):
        assert (table, by_year.get(table)) == (table, {str(year)})
    assert str(year) in by_year["out_findings"]
    # a body that has reported once is expected in its area ever after, and rules and sums look at areas
    for table in ("core_findings", "core_rule_results", "core_finding_cells", "out_rollup"):
        years = by_year.pop(table)
        assert (table, str(year) in years, min(years)) == (table, True, str(year))
    for table in ("out_year_over_year", "out_indicators"):
        assert (table, by_year.get(table)) == (table, {str(year), str(year + 1)})
    looks_twice_back = by_year.pop("out_series")  # at indicators of the year before, one of which counts rules that look back as well
    assert {str(year), str(year + 1)} <= looks_twice_back <= {str(year), str(year + 1), str(year + 2)}
    for table in ("core_suggestions", "core_finding_parts"):  # what a report carries over tells of the one before as well
        assert by_year.pop(table) <= {str(year - 1), str(year), str(year + 1)}
    by_year.pop("out_area_indicators")  # counts who is in time, and who has to report is told over all years
    assert {table: years for table, years in by_year.items() if not years <= {str(year), str(year + 1)}} == {}
    once = {table for table in anew if not catalog.table(table).by_year}
    # the roster is looked at again where a body came or went, decisions where findings did
    assert once - {"core_roster_problems", "core_decisions"} == {
        "raw_files",
        "core_agencies",
        "core_agency_names",
        "core_agency_links",
    }


def test_a_changed_file_redoes_its_year_and_the_next(built: Installation, read_contents: list[bytes], catalog: Catalog) -> None:
    place, before = place_of(built, "财政局", 2019), built.stamps()
    changed = place.read_bytes().replace("4项".encode("gb18030"), b"5")
    place.write_bytes(changed)
    assert built.build_tables().success
    assert read_contents == [changed]
    assert_made_anew(built, before, 2019, catalog)
    figures = {row["value"] for row in built.rows("out_values") if row["field"] == "proactive.procurement.items"}
    assert 5 in figures


def test_an_added_file_redoes_its_year_and_the_next(built: Installation, read_contents: list[bytes], catalog: Catalog) -> None:
    files, before = sample_files("卫生健康局", years=(2020,)), built.stamps()
    copy_sample(built, files)
    assert built.build_tables().success
    assert len(read_contents) == 1
    assert_made_anew(built, before, 2020, catalog)
    assert len(built.rows("core_reports")) == len(BODIES) * len(YEARS) + 1


def test_a_removed_file_redoes_its_year_and_the_next(built: Installation, read_contents: list[bytes], catalog: Catalog) -> None:
    before = built.stamps()
    place_of(built, "教育局", 2020).unlink()
    assert built.build_tables().success
    assert read_contents == []
    assert_made_anew(built, before, 2020, catalog)
    assert {
        (row["agency_name"], row["report_year"]) for row in built.rows("out_submission_status") if row["submission"] == "not_reported"
    } == {("瀚川市沐云区教育局", 2020)}


def test_a_year_without_files_is_gone(built: Installation) -> None:
    for body in BODIES:
        place_of(built, body, 2022).unlink()
    assert built.build_tables().success
    assert all(partition != "2022" for _, partition in built.stamps())
    assert {row["report_year"] for row in built.rows("core_reports")} == {2019, 2020, 2021}


def test_what_came_back_is_as_it_was_and_not_read_again(built: Installation, read_contents: list[bytes]) -> None:
    place, before = place_of(built, "财政局", 2021), built.parquet()
    data = place.read_bytes()
    place.unlink()
    assert built.build_tables().success
    assert built.parquet() != before
    place.write_bytes(data)
    assert built.build_tables().success
    assert (read_contents, built.parquet()) == ([], before)


def test_a_moved_file_is_not_read_again(built: Installation, read_contents: list[bytes]) -> None:
    place, values = place_of(built, "财政局", 2020), built.rows("out_values")
    target = built.raw / "另一个文件夹" / "新名字.bin"
    target.parent.mkdir()
    shutil.move(place, target)
    assert built.build_tables().success
    assert (read_contents, built.rows("out_values")) == ([], values)
    (report,) = (row for row in built.rows("core_reports") if row["path"] == "另一个文件夹/新名字.bin")
    assert report["agency_name"] == "瀚川市沐云区财政局"


def test_one_year_can_be_redone_alone(built: Installation, read_contents: list[bytes], catalog: Catalog) -> None:
    before, bytes_before = built.stamps(), built.parquet()
    assert built.build_tables(2020).success
    anew = written_anew(before, built.stamps())
    assert anew == {table.table: {"2020"} for table in catalog.tables if table.by_year}
    assert (read_contents, built.parquet()) == ([], bytes_before)


def test_redoing_one_year_takes_in_what_changed_in_another(built: Installation) -> None:
    """Else the published tables would hold figures of files that are no longer there."""
    before = built.stamps()
    place_of(built, "财政局", 2022).unlink()
    assert built.build_tables(2020).success
    assert written_anew(before, built.stamps())["core_cells"] == {"2020", "2022"}
    assert [row["report_year"] for row in built.rows("core_reports") if row["agency_name"].endswith("财政局")] == [2019, 2020, 2021]


@pytest.mark.parametrize("version", ["publish_version", "table_version"])
def test_what_people_get_is_made_anew_when_the_code_that_makes_it_changes(
    version: str, built: Installation, read_contents: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    published = {path: path.stat().st_ino for path in (built.workspace.database, built.workspace.workbook)}
    before = built.stamps()
    monkeypatch.setattr(Workspace, version, property(lambda _: "another"))
    assert built.build().success
    assert all(path.stat().st_ino != inode for path, inode in published.items())
    assert (read_contents, built.stamps() == before) == ([], version == "publish_version")


def test_a_lost_cache_changes_no_byte(built: Installation, read_contents: list[bytes]) -> None:
    before = built.parquet()
    shutil.rmtree(built.settings.warehouse / "cache")
    assert built.build().success
    assert len(read_contents) == len(BODIES) * len(YEARS)
    assert built.parquet() == before


def test_the_same_input_gives_the_same_bytes_however_many_work(sample: Installation, tmp_path: Path) -> None:
    """The sample was built by two workers; here by one, from a copy, under another root."""
    other = Installation.at(tmp_path / "elsewhere", workers=1)
    shutil.copytree(sample.raw, other.raw, dirs_exist_ok=True)
    copy_registry(other)
    assert other.build_only("workbook").success
    first, second = sample.parquet(), other.parquet()
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
    assert sample.workspace.workbook.read_bytes() == other.workspace.workbook.read_bytes()


def test_raw_is_never_written_to(sample: Installation) -> None:
    files = {path.relative_to(sample.raw).as_posix(): path.read_bytes() for path in sample.raw.rglob("*") if path.is_file()}
    assert files == {path: (RAW / path).read_bytes() for path in files}
    assert len(files) == len(sample_files()) + len(sources_files())
