from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.publish.workbook.overview import write_workbook
from tests.publish.small_store import small_store


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    """The workbook of the small store."""
    folder = tmp_path_factory.mktemp("warehouse")
    path = folder / "汇总.xlsx"
    write_workbook(small_store(folder, catalog), catalog, path)
    return path
