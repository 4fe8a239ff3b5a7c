"""Strange and damaged files among the reports: each is said, none stops the build, nothing is invented."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from contextlib import closing
from decimal import Decimal
from pathlib import Path, PosixPath
from typing import Any

import duckdb
import pytest

from pipeline.cli import main
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.orchestration import reading
from pipeline.orchestration.intake_step import load_summaries
from pipeline.orchestration.read_all import cache_key, read_all
from pipeline.orchestration.reading import Task
from tests.end_to_end.strange_files import JPEG, news_page, noise, truncated
from tests.installation import Installation, copy_sample, sample_files
from tests.sample.files import SampleFile, truths

BODIES = ("财政局", "教育局", "卫生健康局")
YEARS = (2020, 2021)
FIGURES = ("agency_name", "report_year", "field", "applicant", "state", "value", "raw")


def text_dump(agency: str, year: int) -> SampleFile:
    return next(file for file in sample_files(agency, years=(year,)) if file.container == "txt")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Six reports; not to be changed."""
    installation = Installation.at(tmp_path_factory.mktemp("clean") / "installation")
    copy_sample(installation, sample_files(*BODIES, years=YEARS))
    assert installation.build().success
    return installation


@pytest.fixture(scope="module")
def strange(clean: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The same with strange files beside them, built by the command."""
    installation = clean.copied(tmp_path_factory.mktemp("strange") / "installation")
    docx = next(file for file in sample_files("市场监督管理局") if file.container == "docx")
    installation.put("坏/传输中断.docx", truncated(docx))
    installation.put("坏/空.docx", b"")
    installation.put("坏/乱码.pdf", noise())
    installation.put("坏/照片.jpg", JPEG)
    installation.put("坏/改了名的图片.docx", JPEG)
    installation.put("坏/图解.html", news_page("瀚川市沐云区自然资源局", 2021))
    installation.put("坏/已有报告的解读.html", news_page("瀚川市沐云区财政局", 2021))
    installation.put("坏/其实是文字.pdf", text_dump("青檀镇人民政府", 2020).data())
    with settings_in_environment(installation):
        assert main(["build", "--quiet"]) == 0
    return installation


class settings_in_environment:  # noqa: N801 - used like a function
    """The folders of an installation as environment variables, while the block runs."""

    def __init__(self, installation: Installation) -> None:
        settings = installation.settings
        self.values = {
            "GONGKAI_RAW": str(settings.raw),
            "GONGKAI_WAREHOUSE": str(settings.warehouse),
            "GONGKAI_DECISIONS": str(settings.decisions),
            "GONGKAI_CATALOG": str(settings.catalog),
            "GONGKAI_WORKERS": "1",
        }

    def __enter__(self) -> None:
        self.before = {name: os.environ.get(name) for name in self.values}
        os.environ.update(self.values)

    def __exit__(self, *_: object) -> None:
        for name, value in self.before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def figures(installation: Installation) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {tuple(row[name] for name in FIGURES[:4]): tuple(row[name] for name in FIGURES[4:]) for row in installation.rows("out_values")}


@pytest.mark.parametrize(
    ("path", "kind", "code", "says"),
    [
        ("坏/传输中断.docx", "docx", "damaged", "损坏"),
        ("坏/空.docx", "empty", "empty_file", "空"),
        ("坏/乱码.pdf", "unknown", "unsupported_kind", "无法识别"),
        ("坏/照片.jpg", "jpeg", "unsupported_kind", "图片"),
        ("坏/改了名的图片.docx", "jpeg", "unsupported_kind", "图片"),
    ],
)
def test_files_that_cannot_be_read_are_listed_with_the_reason(strange: Installation, path: str, kind: str, code: str, says: str) -> None:
    (row,) = (row for row in strange.rows("raw_files") if row["path"] == path)
    assert (row["kind"], row["read_status"], row["reason_code"], row["reports"]) == (kind, "not_read", code, 0)
    assert says in row["reason"] and row["reason"].endswith("。")


def test_nothing_else_is_unread(strange: Installation) -> None:
    assert len([row for row in strange.rows("raw_files") if row["read_status"] == "not_read"]) == 5


def test_a_pdf_that_is_text_is_read_as_text(strange: Installation) -> None:
    (row,) = (row for row in strange.rows("raw_files") if row["path"] == "坏/其实是文字.pdf")
    assert (row["kind"], row["read_status"], row["reports"]) == ("text", "read", 1)
    file = text_dump("青檀镇人民政府", 2020)
    (truth,) = (truth for truth in truths() if truth["source"] == file.path)
    found = figures(strange)
    for field, applicant, value, state in truth["cells"]:
        read_state, read_value, _ = found[truth["agency"], 2020, field, applicant or ""]
        assert (read_state, read_value) == (state, None if value is None else Decimal(value))


@pytest.mark.parametrize("path", ["坏/图解.html", "坏/已有报告的解读.html"])
def test_a_page_about_a_report_is_refused_in_words(strange: Installation, path: str) -> None:
    (report,) = (row for row in strange.rows("core_reports") if row["path"] == path)
    assert report["status"] == "refused"
    assert report["report_id"] not in {row["report_id"] for row in strange.rows("core_cells", "report_id")}
    messages = [row["message"] for row in strange.rows("core_problems") if row["report_id"] == report["report_id"]]
    assert any("未采用任何数字" in message for message in messages)


def test_a_page_about_a_report_does_not_count_as_another_version_of_it(strange: Installation) -> None:
    reports = strange.rows("core_reports")
    (real,) = (row for row in reports if row["path"] == sample_files("财政局", years=(2021,))[0].path)
    assert real["is_current"]
    assert [row["code"] for row in strange.rows("core_problems") if row["report_id"] == real["report_id"]] == []


def test_all_other_figures_are_unchanged_and_none_is_invented(clean: Installation, strange: Installation) -> None:
    before, after = figures(clean), figures(strange)
    added = {key[:2] for key in after.keys() - before.keys()}
    assert added == {("瀚川市沐云区青檀镇人民政府", 2020)}
    assert {key: after[key] for key in before} == before
    with duckdb.connect(strange.workspace.database, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM out_values").fetchone() == (len(after),)


def test_findings_of_the_other_reports_are_unchanged(clean: Installation, strange: Installation) -> None:
    before = {row["finding_id"] for row in clean.rows("out_findings")}
    after = {row["finding_id"] for row in strange.rows("out_findings") if not row["agency_name"].endswith("青檀镇人民政府")}
    assert before == after


def test_the_end_of_the_build_says_what_was_not_read(strange: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    with settings_in_environment(strange):
        assert main(["build", "--quiet"]) == 0
    said = capsys.readouterr().out
    assert "5 个" in said.replace("\n", "")
    for path in ("坏/传输中断.docx", "坏/空.docx", "坏/乱码.pdf", "坏/照片.jpg", "坏/改了名的图片.docx"):
        assert path in said


class DeadlyPath(PosixPath):
    """A file at which the process that opens it dies at once, as a parser written in C can."""

    def read_bytes(self) -> bytes:
        os._exit(3)


def test_a_file_that_kills_its_reader_costs_only_itself(tmp_path: Path) -> None:
    installation = Installation.at(tmp_path / "installation", workers=2)
    files = sample_files("财政局", years=(2019, 2020))
    copy_sample(installation, files)
    places = [installation.raw / file.path for file in files]
    contents = [hashlib.sha256(place.read_bytes()).hexdigest() for place in places]
    tasks = [Task(cache_key(content, None, None), content, place, None, None) for place, content in zip(places, contents, strict=True)]
    tasks.insert(1, Task(cache_key("deadly", None, None), "deadly", DeadlyPath(places[0]), None, None))
    read_all(installation.workspace, tasks)
    summaries = load_summaries(installation.workspace, [task.key for task in tasks])
    assert {key: summary.error_code for key, summary in summaries.items()} == {
        task.key: "reader_crashed" if task.sha256 == "deadly" else None for task in tasks
    }
    assert [summaries[task.key].years for task in tasks] == [[2019], [], [2020]] or [summaries[task.key].years for task in tasks] == [
        [2020],
        [],
        [2019],
    ]
    assert "异常退出" in (summaries[tasks[1].key].error_message or "")


@pytest.mark.usefixtures("reading_here")
def test_a_defect_of_ours_costs_only_the_file_that_shows_it(clean: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = reading.normalise

    def failing(catalog: Any, document: Any, stated_year: int | None = None) -> Any:
        if any("松涧乡" in paragraph.text for paragraph in document.paragraphs()):
            raise RuntimeError("a defect")
        return original(catalog, document, stated_year)

    monkeypatch.setattr(reading, "normalise", failing)
    installation = clean.copied(tmp_path / "installation")
    copy_sample(installation, sample_files("松涧乡人民政府", years=(2020,)))
    assert installation.build_only("out_values").success
    assert figures(installation) == figures(clean)
    (row,) = (row for row in installation.rows("raw_files") if row["read_status"] == "not_read")
    assert row["reason_code"] == "internal_error" and "未采用任何数字" in row["reason"]


def test_a_mistake_in_sources_csv_is_said_and_stops_nothing(
    clean: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installation = clean.copied(tmp_path / "installation")
    rows = [["文件", "单位", "年度", "发布日期"], ["没有这个文件.docx", "某局", "2021", ""], ["坏日期.txt", "某局", "去年", "2021-13-45"]]
    installation.put("登记/坏日期.txt", "这不是报告。".encode())
    with closing((installation.raw / "登记" / "sources.csv").open("w", encoding="utf-8", newline="")) as handle:
        csv.writer(handle).writerows(rows)
    with settings_in_environment(installation):
        assert main(["build", "--quiet"]) == 0
    assert figures(installation) == figures(clean)
    said = "".join(capsys.readouterr().out.split())
    assert "没有这个文件.docx" in said and "2021-13-45" in said


@pytest.fixture
def poorer(clean: Installation, tmp_path: Path) -> tuple[Installation, Installation]:
    """A published installation, and the same under a catalogue that no longer knows a label: its reports give fewer figures."""
    installation = clean.copied(tmp_path / "installation")
    rows = Path(shutil.copytree(DEFAULT_CATALOG, tmp_path / "rows"))
    labels = rows / "labels" / "proactive.csv"
    labels.write_text(labels.read_text(encoding="utf-8").replace(",printed,行政强制,", ",printed,窗口接待来访,"), encoding="utf-8")
    return installation, installation.with_catalog(rows)


def test_fewer_figures_than_published_are_not_published_until_accepted(
    poorer: tuple[Installation, Installation], capsys: pytest.CaptureFixture[str]
) -> None:
    installation, changed = poorer
    database, workbook = installation.workspace.database, installation.workspace.workbook
    published = database.read_bytes(), workbook.read_bytes()
    with settings_in_environment(changed):
        assert main(["build", "--quiet"]) == 1
        said = "".join(capsys.readouterr().out.split())
        assert "已停止发布" in said and "6份报告读出的数字比已发布的少" in said and "--accept-fewer-figures" in said
        assert (database.read_bytes(), workbook.read_bytes()) == published
        assert main(["build", "--quiet"]) == 1  # the alarm stays until somebody has decided
        assert database.read_bytes() == published[0]
        assert main(["build", "--quiet", "--accept-fewer-figures"]) == 0
        assert database.read_bytes() != published[0]
        assert main(["build", "--quiet"]) == 0
    with duckdb.connect(database, read_only=True) as connection:
        query = "SELECT count(*) FROM out_values WHERE field = 'proactive.coercion.decisions' AND state = 'number'"
        assert connection.execute(query).fetchone() == (0,)


def test_a_withdrawn_report_is_no_loss_of_figures(clean: Installation, tmp_path: Path) -> None:
    installation = clean.copied(tmp_path / "installation")
    (installation.raw / sample_files("财政局", years=(2021,))[0].path).unlink()
    assert installation.build_only("core_cells").success
