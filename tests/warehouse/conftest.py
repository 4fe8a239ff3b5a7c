from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.warehouse.store import Store


@pytest.fixture
def store(tmp_path: Path, catalog: Catalog) -> Store:
    return Store(tmp_path / "warehouse", catalog)
