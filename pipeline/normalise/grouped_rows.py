"""表四 with a row for each kind of case: 行政复议, 未经复议直接起诉 and 复议后起诉 name rows, and the five results head the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.normalise.labels import Vocabulary
from pipeline.normalise.rows import Block


def by_group(vocabulary: Vocabulary, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a table without row labels, those cut into their rows whose rows name the groups that the headings lack."""
    for block in blocks:
        lattice = block.segment.lattice
        headings = (cell.text for row in block.heading_rows for cell in lattice.begun_in(row))
        named = [(row, group, _group_of_row(vocabulary, block, row)) for row, group in block.data_rows]
        groups = [group for _, _, group in named if group]
        if len(groups) < 2 or len(set(groups)) < len(groups) or any(vocabulary.groups_named(text, "column") for text in headings):
            yield block
            continue
        for row, above, group in named:
            yield Block(block.segment, block.heading_rows, [(row, above)], column_group=group)


def _group_of_row(vocabulary: Vocabulary, block: Block, row: int) -> str | None:
    """The one group of columns with headings of its own that the texts of a row name."""
    texts = [cell.text for cell in block.segment.lattice.row(row) if not cell.text.strip().isdigit()]
    named = {group for text in texts for group in vocabulary.groups_named(text, "column")}
    leaves = named & {label.parent for label in vocabulary.of("column", "item")}
    return leaves.pop() if len(leaves) == 1 else None
