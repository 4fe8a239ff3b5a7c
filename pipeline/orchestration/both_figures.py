"""Steps whose tables say what holds and what was printed: they run a second time on printed figures where something is corrected."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import pyarrow as pa

from pipeline.indicators.printed import as_printed, beside_printed, is_corrected
from pipeline.orchestration.stored import Made, of_year
from pipeline.orchestration.workspace import Workspace

Read = Callable[[str, int], pa.Table]  # the rows of a table on one year


def with_printed(make: Callable[[Workspace, int, Read], Made]) -> Callable[[Workspace, int], Made]:
    """The step `make`, with printed figures beside those in force. It has to read everything through the `Read` that it is given."""

    @wraps(make)
    def made(workspace: Workspace, year: int) -> Made:
        corrected = False

        def read(table: str, of: int) -> pa.Table:
            nonlocal corrected
            data = of_year(workspace, table, of)
            corrected = corrected or is_corrected(data)
            return data

        now = make(workspace, year, read)
        if not corrected:
            return now
        printed = make(workspace, year, lambda table, of: as_printed(workspace.catalog, table, of_year(workspace, table, of)))
        return {table: beside_printed(workspace.catalog, table, now[table], printed[table]) for table in now}

    return made
