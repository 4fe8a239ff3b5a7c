"""How much a document may hold: beyond this it is no report, and all later steps would only take time over it."""

from __future__ import annotations

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document, Grid

# A report has some 400 cells and 200 paragraphs; a file with all reports of a county, a hundred times that.
MOST_CELLS = 300_000
MOST_PARAGRAPHS = 300_000
MOST_CHARACTERS = 20_000_000


def bounded(document: Document) -> Document:
    """The document itself. Raises ReadError("too_large") where it holds more than any file with reports does."""
    cells = paragraphs = characters = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            cells += len(block.cells)
            characters += sum(len(cell.text) for cell in block.cells)
        else:
            paragraphs += 1
            characters += len(block.text)
    for count, most, unit in (
        (cells, MOST_CELLS, "个单元格"),
        (paragraphs, MOST_PARAGRAPHS, "个段落"),
        (characters, MOST_CHARACTERS, "个字"),
    ):
        if count > most:
            message = f"文件内容过多（{count} {unit}，上限 {most}），未读取，未采用任何数字。请只保留报告内容后重新报送。"
            raise ReadError("too_large", message)
    return document
