"""Names of bodies that somebody asks for, checked against the warehouse: for notebooks and other readers of the DuckDB file."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipeline.common.errors import RegistryError

_MOST_NAMED = 20


def require_bodies(connection: duckdb.DuckDBPyConnection, bodies: Sequence[str]) -> None:
    """Nothing where every one of `bodies` is a name that a body has or had; raises RegistryError with the names that are near otherwise."""
    names = {name for (name,) in connection.execute('SELECT "名称" FROM body_names').fetchall()}
    unknown = [body for body in bodies if body not in names]
    if not unknown:
        return
    near = sorted(name for name in names if any(body in name or name in body for body in unknown))
    said = f"名称相近的有：{'、'.join(near[:_MOST_NAMED])}。" if near else "也没有相近的名称；全部名称见视图 body_names。"
    raise RegistryError(f"没有这些单位：{'、'.join(unknown)}。{said}")
