from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.publish.workbook.overview import write_workbook
from pipeline.warehouse.store import Store
from tests.publish.small_store import small_store


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Store:
    """The small store. Tests must not change it."""
    return small_store(tmp_path_factory.mktemp("stored"), catalog)


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog, stored: Store) -> Path:
    """The workbook of the small store."""
    path = tmp_path_factory.mktemp("warehouse") / "汇总.xlsx"
    write_workbook(stored, catalog, path)
    return path
