"""A document as rows of raw_cells and raw_text."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.readers.model import BoundingBox, Document, Paragraph

Record = dict[str, object]


def raw_cells(sha256: str, report_year: int | None, document: Document) -> Iterator[Record]:
    """One row for each cell of each grid, as printed."""
    for grid in document.grids():
        for cell in grid.cells:
            yield {
                "sha256": sha256,
                "report_year": report_year,
                "grid": grid.index,
                "row": cell.row,
                "column": cell.column,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "text": cell.text,
                "confidence": cell.confidence,
                "page": cell.page,
                **box_columns(cell.bbox),
            }


def raw_text(sha256: str, report_year: int | None, document: Document) -> Iterator[Record]:
    """One row for each paragraph; `block` counts paragraphs and grids together, so that the order of the file is kept."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield {"sha256": sha256, "report_year": report_year, "block": number, "text": block.text, "page": block.page}


def box_columns(bbox: BoundingBox | None) -> Record:
    """The four edges of a box, or nothing for each."""
    return dict(zip(("left", "top", "right", "bottom"), bbox or (None,) * 4, strict=True))
