"""Fixtures that every test may use."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from pipeline.catalog import Catalog, load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from tests.optional import left_out
from tests.real_reports import REAL_REPORTS, VARIABLE

if TYPE_CHECKING:
    from tests.installation import Installation

ROOT = Path(__file__).parent.parent

# How long one example takes says nothing on a busy machine
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


class ByFile(LoadFileScheduling):
    """One worker runs all tests of a file, and one all files that use the sample: what they share is made once.

    (--dist loadgroup would say the same, but marks no test under pytest 9.)
    """

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "sample" if _uses_sample(file) else file


@cache
def _uses_sample(file: str) -> bool:
    return "sample: Installation" in (ROOT / file).read_text(encoding="utf-8")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """How tests are shared out among the workers of pytest-xdist."""
    return ByFile(config, log)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The catalogue of the package."""
    return load_catalog(DEFAULT_CATALOG)


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of real reports with known figures, see `tests/real_reports.py`."""
    if not REAL_REPORTS.is_dir():
        left_out(f"real reports are not in {REAL_REPORTS} ({VARIABLE} names another folder)")
    return REAL_REPORTS


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The whole sample with the registry of its bodies, built once by two workers. Tests must not change it."""
    from tests.installation import Installation, copy_registry, copy_sample, sample_files

    installation = Installation.at(tmp_path_factory.mktemp("sample") / "installation", workers=2)
    copy_sample(installation, sample_files())
    copy_registry(installation)
    run = installation.build()
    assert run.success, run
    return installation


@pytest.fixture
def reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds read files in this process and not in workers, so that a test can put itself in between."""
    from pipeline.orchestration import read_all
    from pipeline.orchestration.workers import Done

    monkeypatch.setattr(read_all, "run", lambda work, tasks, workers, limits: (Done(task, work(task)) for task in tasks))


@pytest.fixture(scope="session")
def scans() -> ModuleType:
    """The module that makes scans and tells how well they are read; needs the optional part and a Chinese font."""
    from pipeline.readers.recognition import can_recognise

    if not can_recognise():
        left_out("scans cannot be tested here: the optional part is not installed (make extras)")
    from tests import scans as module
    from tests.reports.render_scan import shows_chinese

    if not shows_chinese():
        left_out("scans cannot be tested here: no Chinese font is installed (e.g. fonts-noto-cjk), so that no scan can be drawn")
    return module


@pytest.fixture
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the optional part that recognises text in pictures."""
    from pipeline.readers import recognition

    monkeypatch.setattr(recognition, "can_recognise", lambda: False)
