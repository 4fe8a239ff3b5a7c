"""A name that no body has is said, with those that are near."""

from __future__ import annotations

import duckdb
import pytest

from pipeline.common.errors import RegistryError
from pipeline.warehouse.known_names import require_bodies


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute("""CREATE TABLE body_names ("名称" VARCHAR); INSERT INTO body_names VALUES ('云泽市测试局'), ('云泽市档案局')""")
    return connection


def test_names_that_are_known_pass(connection: duckdb.DuckDBPyConnection) -> None:
    require_bodies(connection, [])
    require_bodies(connection, ["云泽市档案局"])


@pytest.mark.parametrize(("asked", "said"), [("测试局", "名称相近的有：云泽市测试局。"), ("甲局", "也没有相近的名称")])
def test_one_that_is_not_is_said(connection: duckdb.DuckDBPyConnection, asked: str, said: str) -> None:
    with pytest.raises(RegistryError, match=f"没有这些单位：{asked}。{said}"):
        require_bodies(connection, ["云泽市档案局", asked])
