"""Figures in force and figures as printed, side by side in every table that is worked out.

A column says what holds (a corrected figure where the office corrected one); `printed_` before its name says the same worked out of
printed figures alone. out_values is what both are made of: value is printed there, corrected_value stands beside it.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.catalog.model import Catalog
from pipeline.common.sql import query
from pipeline.indicators.relations import PRINTED, printed_columns

_VALUES = "out_values"
_UNCORRECTED = "SELECT * REPLACE (CAST(NULL AS DECIMAL(24, 6)) AS corrected_value) FROM seen"


def is_corrected(data: pa.Table) -> bool:
    """Whether a figure of a table is corrected, or worked out of one that is."""
    held = "corrected_value" in data.column_names and data["corrected_value"].null_count < data.num_rows
    used = "corrected_cells" in data.column_names and (pc.sum(data["corrected_cells"]).as_py() or 0) > 0
    return held or used


def as_printed(catalog: Catalog, table: str, data: pa.Table) -> pa.Table:
    """An out table as if nothing were corrected: only its columns that have a printed one beside them change."""
    if table == _VALUES:
        return query(_UNCORRECTED, seen=data)
    replaced = ", ".join(f'"{PRINTED}{name}" AS "{name}"' for name in printed_columns(catalog, table))
    return query(f"SELECT * REPLACE ({replaced}) FROM seen", seen=data) if replaced else data


def beside_printed(catalog: Catalog, table: str, now: pa.Table, printed: pa.Table) -> pa.Table:
    """`now` with the figures of `printed`, which is the same table made of printed figures alone, beside its own.

    Null where the printed figures give no such row.
    """
    replaced = ", ".join(f'printed."{name}" AS "{PRINTED}{name}"' for name in printed_columns(catalog, table))
    if not replaced:
        return now
    key = ", ".join(f'"{name}"' for name in catalog.table(table).key)
    return query(f"SELECT now.* REPLACE ({replaced}) FROM now LEFT JOIN printed USING ({key})", now=now, printed=printed)
