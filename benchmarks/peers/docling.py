"""docling (IBM): its own readers of DOCX, HTML and XLSX, which give tables whose cells have places and spans.

They are called without the pipeline around them, which adds checks and, on import, PyTorch. Its reading of PDF needs models
from a hub and is left out.
"""

from __future__ import annotations

import io
from importlib import import_module
from typing import Any

from pipeline.readers.model import Document, Grid, GridCell

CONTAINERS = {"docx": ("docling", "docx"), "html": ("docling", "bs4"), "xlsx": ("docling", "openpyxl")}
_READERS = {
    "docx": ("docling.backend.msword_backend", "MsWordDocumentBackend"),
    "html": ("docling.backend.html_backend", "HTMLDocumentBackend"),
    "xlsx": ("docling.backend.msexcel_backend", "MsExcelDocumentBackend"),
}


def read(container: str, data: bytes) -> Any:
    """The file as a DoclingDocument."""
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    module, name = _READERS[container]
    backend = getattr(import_module(module), name)
    opened = InputDocument(io.BytesIO(data), InputFormat(container), backend, filename=f"report.{container}")
    return opened._backend.convert()


def document(returned: Any) -> Document:
    """The tables as grids."""
    return Document(tuple(_grid(index, table.data) for index, table in enumerate(returned.tables)))


def _grid(index: int, table: Any) -> Grid:
    cells = sorted(table.table_cells, key=lambda cell: (cell.start_row_offset_idx, cell.start_col_offset_idx))
    return Grid(
        index,
        table.num_rows,
        table.num_cols,
        tuple(GridCell(cell.start_row_offset_idx, cell.start_col_offset_idx, cell.text, cell.row_span, cell.col_span) for cell in cells),
    )
