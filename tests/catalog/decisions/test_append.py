"""Adding a decision to its file: all else stays, nothing is lost by two at once, nothing wrong is written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog import Catalog, load_catalog
from pipeline.catalog.decisions import COLUMNS, CONFIRMATIONS, CORRECTIONS, load_decisions
from pipeline.catalog.decisions import append as module
from pipeline.catalog.decisions.append import append_row
from pipeline.common.errors import DecisionError
from pipeline.common.settings import DEFAULT_CATALOG
from tests.catalog.decisions.decision_files import row, text_of, write

CATALOG = load_catalog(DEFAULT_CATALOG)
REASONS = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from('," '), min_size=1).filter(str.strip)


def test_a_new_file_opens_in_excel(tmp_path: Path, catalog: Catalog) -> None:
    assert append_row(tmp_path / "decisions", CORRECTIONS, row(CORRECTIONS), catalog) == 2
    data = (tmp_path / "decisions" / CORRECTIONS).read_bytes()
    assert data.startswith(b"\xef\xbb\xbfagency_id,")
    assert data.count(b"\r\n") == 2
    assert len(load_decisions(tmp_path / "decisions", catalog).corrections) == 1


@settings(max_examples=30)
@given(
    reason=REASONS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    end=st.sampled_from(["\n", "\r\n"]),
    columns=st.permutations((*COLUMNS[CONFIRMATIONS], "备注")),
    whole=st.booleans(),
)
def test_what_was_there_stays_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, reason: str, encoding: str, end: str, columns: list[str], whole: bool
) -> None:
    folder = tmp_path_factory.mktemp("decisions")
    text = text_of(CONFIRMATIONS, row(CONFIRMATIONS, 备注="自用"), columns=tuple(columns), end=end)
    before = (text if whole else text.removesuffix(end)).encode(encoding)
    (folder / CONFIRMATIONS).write_bytes(before)
    append_row(folder, CONFIRMATIONS, row(CONFIRMATIONS, finding_id="f" * 16, reason=reason), CATALOG)
    after = (folder / CONFIRMATIONS).read_bytes()
    assert after.startswith(before)
    assert after.count(end.encode()) >= 3
    assert [each.reason for each in load_decisions(folder, CATALOG).confirmations] == ["核实", reason.strip()]
    assert sorted(path.name for path in folder.iterdir()) == [CONFIRMATIONS]


def test_people_at_once_lose_nothing(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, CONFIRMATIONS)
    ids = [f"{number:016x}" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: append_row(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS, finding_id=each), catalog), ids))
    assert sorted(each.finding_id for each in load_decisions(tmp_path, catalog).confirmations) == ids


def test_what_another_program_saved_meanwhile_is_kept(tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS))
    real = module._replaced
    saved = []

    def saving_first(place: Path, before: bytes | None, after: bytes) -> bool:
        if not saved:
            saved.append(write(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS), row(CONFIRMATIONS, finding_id="a" * 16)))
        return real(place, before, after)

    monkeypatch.setattr(module, "_replaced", saving_first)
    append_row(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS, finding_id="b" * 16), catalog)
    assert [each.finding_id[0] for each in load_decisions(path.parent, catalog).confirmations] == ["0", "a", "b"]


def test_somebody_who_does_not_let_go_is_named(tmp_path: Path, catalog: Catalog) -> None:
    path = write(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS))
    before = path.read_bytes()
    (tmp_path / f".{CONFIRMATIONS}.lock").touch()
    with pytest.raises(DecisionError, match=r"另一个人正在登记.*没有写入"):
        append_row(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS, finding_id="a" * 16), catalog, wait=0)
    assert path.read_bytes() == before


@pytest.mark.parametrize("there", [{"reason": ""}, {}])
def test_nothing_is_written_where_the_file_would_be_wrong(tmp_path: Path, catalog: Catalog, there: dict[str, str]) -> None:
    path = write(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS, **there))
    before = path.read_bytes()
    with pytest.raises(DecisionError, match="没有写入"):
        append_row(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS), catalog)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [CONFIRMATIONS]
