from pathlib import Path

import pytest

from pipeline.catalog import Catalog, load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.warehouse.store import Store


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog(DEFAULT_CATALOG)


@pytest.fixture
def store(tmp_path: Path, catalog: Catalog) -> Store:
    return Store(tmp_path / "warehouse", catalog)
