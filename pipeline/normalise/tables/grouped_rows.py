"""表四 with a row for each kind of case: 行政复议, 未经复议直接起诉 and 复议后起诉 name rows, and the five results head the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.normalise.tables.labels import Vocabulary
from pipeline.normalise.tables.rows import Block


def by_group(vocabulary: Vocabulary, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a table without row labels, those cut into their rows whose rows name the groups that the headings lack."""
    for block in blocks:
        lattice = block.segment.lattice
        headings = (cell.text for row in block.heading_rows for cell in lattice.begun_in(row))
        named = [(row, group, _group_of_row(vocabulary, block, row)) for row, group in block.data_rows]
        groups = [group for _, _, group in named if group]
        if (over_all := _over_all(vocabulary, block)) and not groups:
            block.column_group = over_all
            yield block
            continue
        if len(groups) < 2 or len(set(groups)) < len(groups) or any(vocabulary.groups_named(text, "column") for text in headings):
            yield block
            continue
        for row, above, group in named:
            yield Block(block.segment, block.heading_rows, [(row, above)], column_group=group)


def _over_all(vocabulary: Vocabulary, block: Block) -> str | None:
    """The one group of all columns: named alone in a row of headings, or in the text above where no heading names any."""
    if not block.heading_rows:
        return None
    leaves = {label.parent for label in vocabulary.of("column", "item")}
    printed = [[cell for cell in block.segment.lattice.begun_in(row) if cell.text.strip()] for row in block.heading_rows]
    named = {group for cells in printed for cell in cells for group in vocabulary.groups_named(cell.text, "column")} & leaves
    if not named:
        return block.segment.group
    alone = {group for cells in printed if len(cells) == 1 for group in vocabulary.groups_named(cells[0].text, "column")} & leaves
    return named.pop() if len(named) == 1 and named == alone else None


def _group_of_row(vocabulary: Vocabulary, block: Block, row: int) -> str | None:
    """The one group of columns with headings of its own that the texts of a row name."""
    texts = [cell.text for cell in block.segment.lattice.row(row) if not cell.text.strip().isdigit()]
    named = {group for text in texts for group in vocabulary.groups_named(text, "column")}
    leaves = named & {label.parent for label in vocabulary.of("column", "item")}
    return leaves.pop() if len(leaves) == 1 else None
