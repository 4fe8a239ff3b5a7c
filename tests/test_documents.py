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
_DECISION = re.compile(r"^## (\d+)\. ", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere_and_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [page.parent / unquote(name) for name in _LINK.findall(text)]
    named = [ROOT / name for name in _SOURCE.findall(text)]
    assert [str(path) for path in (*linked, *named) if not path.exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(number) for number in _DECISION.findall((ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_guide_for_offices_names_every_sheet_of_the_workbook() -> None:
    text = (ROOT / "docs" / "使用说明.md").read_text(encoding="utf-8")
    listed = {re.sub(r"\d{4}$", "", name) for name in re.findall(r"\*\*(.+?)\*\*", text.split("## 三、")[1].split("几点约定")[0])}
    assert listed == {"说明", *(name for name, _ in SHEETS)}
