"""What steps take out of the store and give back to it."""

from __future__ import annotations

import pyarrow as pa

from pipeline.orchestration.workspace import Workspace

Made = dict[str, pa.Table]  # by name


def of_year(workspace: Workspace, table: str, year: int) -> pa.Table:
    """The rows of a table on one year."""
    return workspace.store.read(table, [year])
