from __future__ import annotations

import pytest

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.settings import DEFAULT_CATALOG


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog(DEFAULT_CATALOG)
