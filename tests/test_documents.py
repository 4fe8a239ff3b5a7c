"""What the pages say that can be checked without a warehouse; their queries are run in end_to_end/test_database.py."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipeline.publish.workbook.guide import SHEETS
from tests.documents import PAGES, ROOT

_LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
_SOURCE = re.compile(r"`((?:pipeline|tests|docs|benchmarks|notebooks|data/decisions)/[\w./-]*\.(?:py|csv|md|sql|yml|toml))`")
_IN_A_ROOM = re.compile(r"`((?:common|catalog|intake|readers|normalise|checks|indicators|warehouse|publish|orchestration|rows)/[\w./-]+)`")
_SUFFIXES = {".py", ".csv", ".sql"}
_CODE = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")
_DECISION = re.compile(r"^## (\d+)\. ", re.MULTILINE)


@pytest.fixture(scope="module")
def sources() -> str:
    """All that the program is made of, and its tests, as one text."""
    files = (path for folder in ("pipeline", "tests", "benchmarks") for path in (ROOT / folder).rglob("*") if path.suffix in _SUFFIXES)
    return "".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere_and_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [page.parent / unquote(name) for name in _LINK.findall(text)]
    named = [ROOT / name for name in _SOURCE.findall(text)]
    assert [str(path) for path in (*linked, *named) if not path.exists()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "dictionary"], ids=lambda page: page.stem)
def test_names_in_code_marks_are_names_of_the_code(page: Path, sources: str) -> None:
    spans = _CODE.findall(re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))
    names = {name for span in spans for name in _NAME.findall(span)}
    assert {name for name in names if name not in sources} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_files_that_are_named_by_their_room_exist(page: Path) -> None:
    named = _IN_A_ROOM.findall(page.read_text(encoding="utf-8"))
    assert [name for name in named if not any((ROOT / "pipeline" / above / name).exists() for above in ("", "catalog"))] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(number) for number in _DECISION.findall((ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_guide_for_offices_names_every_sheet_of_the_workbook() -> None:
    text = (ROOT / "docs" / "使用说明.md").read_text(encoding="utf-8")
    listed = {re.sub(r"\d{4}$", "", name) for name in re.findall(r"\*\*(.+?)\*\*", text.split("## 三、")[1].split("几点约定")[0])}
    assert listed == {"说明", *(name for name, _ in SHEETS)}
