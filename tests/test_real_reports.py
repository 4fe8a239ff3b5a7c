"""The folder of the real reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import real_reports


def test_the_folder_is_the_one_that_the_environment_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(real_reports.VARIABLE, str(tmp_path))
    assert real_reports.folder() == tmp_path


@pytest.mark.parametrize("named", [None, ""])
def test_else_it_lies_beside_the_checkout(monkeypatch: pytest.MonkeyPatch, named: str | None) -> None:
    monkeypatch.delenv(real_reports.VARIABLE, raising=False)
    if named is not None:
        monkeypatch.setenv(real_reports.VARIABLE, named)
    checkout = Path(__file__).resolve().parent.parent
    assert real_reports.folder() == checkout.parent / "shared" / "real"
