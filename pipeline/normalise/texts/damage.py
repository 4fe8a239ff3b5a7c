"""Damage to a whole text that leaves its labels readable and its figures worthless."""

from __future__ import annotations

from pipeline.normalise.wording import compact
from pipeline.readers.model import Document

# The printed forms repeat themselves: 结果维持 stands three times in 表四, 信息内容 four or five times in 表二, and zeros
# are everywhere. This many cells without one repetition do not happen in one table of a complete text.
_ENOUGH_CELLS = 60


def repetitions_removed(document: Document) -> bool:
    """Whether a crawler took every repeated line out of a text dump: what is left of the figures stands under wrong labels."""
    texts = [compact(cell.text) for grid in document.grids() if grid.spans == "inferred" for cell in grid.cells]
    printed = [text for text in texts if text]
    return len(printed) >= _ENOUGH_CELLS and len(set(printed)) == len(printed)
