"""What stands in a table cell of a Word file besides lines of text: small pictures, equations, tables of one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.readers.model import Grid, Paragraph

OBJECT = "\ufffc"  # in a text, where a small picture or an object stands in the line
UNREAD = "\N{REPLACEMENT CHARACTER}"
SHOWS_WITHOUT_RESULT = re.compile(
    r"\s*(?:EQ\b|SYMBOL\b|MACROBUTTON\b|GOTOBUTTON\b|=)", re.IGNORECASE
)  # fields that Word works out when it shows the file
_LONGEST = 40  # letters in a table of one cell that belongs to the cell around it

Block = Paragraph | Grid


def text_of_cell(blocks: Sequence[Block]) -> str:
    """The lines of a cell. Where nothing but a small picture or an object stands in it, something unread: it is not blank."""
    text = "\n".join(block.text if isinstance(block, Paragraph) else _only_text(block) or "" for block in blocks)
    if OBJECT not in text:
        return text
    return "\n".join(line for line in text.replace(OBJECT, "").split("\n") if line.strip()) or UNREAD


def without_objects(blocks: Sequence[Block]) -> list[Block]:
    """Running text without the places of objects."""
    return [
        Paragraph(text, block.page, block.heading, block.recognised) if isinstance(block, Paragraph) and OBJECT in block.text else block
        for block in blocks
        if isinstance(block, Grid) or (text := block.text.replace(OBJECT, "")).strip()
    ]


def is_layout(contents: Sequence[Sequence[Sequence[Block]]]) -> bool:
    """Whether a table holds tables in its cells, other than one short text in a frame of its own."""
    grids = [block for row in contents for cell in row for block in cell if isinstance(block, Grid)]
    return any(_only_text(grid) is None for grid in grids) or bool(grids and len(contents) == 1)


def _only_text(grid: Grid) -> str | None:
    """The one short text of a table; None where there is more, or none."""
    texts = [cell.text for cell in grid.cells if cell.text.strip()]
    return texts[0] if len(texts) == 1 and len(texts[0]) <= _LONGEST and "\n" not in texts[0].strip() else None
