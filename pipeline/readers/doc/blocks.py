"""Paragraphs of a DOC file put together to blocks: running text, tables, tables in tables, text boxes at their anchors."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, chain

from pipeline.readers.doc.lists import Lists
from pipeline.readers.doc.paragraphs import DocParagraph
from pipeline.readers.doc.rows import has_ground, row_cells
from pipeline.readers.doc.styles import Styles
from pipeline.readers.model import Grid, GridCell, Paragraph
from pipeline.readers.spans import infer_spans
from pipeline.readers.unseen import seen
from pipeline.readers.word.cells import is_layout, text_of_cell
from pipeline.readers.word.grids import WordCell, word_grid
from pipeline.readers.word.headings import BODY_TEXT_LEVEL
from pipeline.readers.word.lists import LEVELS, ListCounts, labelled

Block = Paragraph | Grid


@dataclass
class TableRow:
    """A row under way: the blocks of each cell, and the places of the cells as its end states them."""

    contents: list[list[Block]] = field(default_factory=list)
    places: list[WordCell] = field(default_factory=list)


@dataclass
class BlockReader:
    """One walk through a document: automatic numbers and grid numbers are counted along the way.

    main: where the main text ends, and with it the anchors.
    boxes: the text boxes by the position of their anchor, in order; each is read where its anchor stands.
    """

    styles: Styles
    lists: Lists
    main: int
    boxes: list[tuple[int, list[DocParagraph]]] = field(default_factory=list)
    counts: ListCounts = field(default_factory=ListCounts)
    grids: int = 0
    read_boxes: int = 0

    def blocks(self, paragraphs: list[DocParagraph]) -> list[Block]:
        """The blocks of the paragraphs of a part of the text."""
        found, at = list[Block](), 0
        while at < len(paragraphs):
            if paragraphs[at].marks.depth:
                at = self._table(paragraphs, at, 1, found)
            else:
                self._paragraph(paragraphs[at], found, in_cell=False)
                at += 1
        return found

    def boxes_left(self) -> list[Block]:
        """The blocks of text boxes whose anchors were not met."""
        return self._boxes_before(None)

    def _boxes_before(self, end: int | None) -> list[Block]:
        found = list[Block]()
        while self.read_boxes < len(self.boxes) and (end is None or self.boxes[self.read_boxes][0] < end):
            self.read_boxes += 1
            found.extend(self.blocks(self.boxes[self.read_boxes - 1][1]))
        return found

    def _paragraph(self, paragraph: DocParagraph, blocks: list[Block], in_cell: bool) -> None:
        """Add the lines of a paragraph (a manual line break begins a new one), then what stands in its text boxes."""
        label, text = self._label(paragraph), paragraph.text
        if label and (text.strip() or in_cell):
            text = labelled(label, text)
        heading = self._is_heading(paragraph)
        blocks.extend(Paragraph(line, None, heading) for line in text.split("\n") if line.strip())
        if self.read_boxes < len(self.boxes) and paragraph.end <= self.main:
            blocks.extend(self._boxes_before(paragraph.end))

    def _label(self, paragraph: DocParagraph) -> str:
        marks = paragraph.marks
        number, level = marks.list, marks.level or 0
        if number is None:
            effect = self.styles.effect(marks.style)
            number, level = effect.list, marks.level if marks.level is not None else effect.level or 0
        found = self.lists.get(number) if number else None
        return self.counts.label(str(number), found, min(level, LEVELS - 1)) if found is not None else ""

    def _is_heading(self, paragraph: DocParagraph) -> bool:
        own = paragraph.marks.outline_level
        return own < BODY_TEXT_LEVEL if own is not None else self.styles.effect(paragraph.marks.style).heading

    def _table(self, paragraphs: list[DocParagraph], at: int, depth: int, blocks: list[Block]) -> int:
        """Add the table at `depth` that begins with paragraph `at`; returns the number of the first paragraph behind it."""
        rows, row, cell = list[TableRow](), TableRow(), list[Block]()
        while at < len(paragraphs) and paragraphs[at].marks.depth >= depth:
            paragraph = paragraphs[at]
            if paragraph.marks.depth > depth:
                at = self._table(paragraphs, at, depth + 1, cell)
                continue
            at += 1
            if paragraph.ends_row:
                if cell:
                    row.contents.append(cell)
                row.places = row_cells(paragraph.marks.table)
                if has_ground(paragraph.marks.table):
                    row.contents = [[seen(block) for block in blocks_of_cell] for blocks_of_cell in row.contents]
                if not paragraph.deleted:
                    rows.append(row)
                row, cell = TableRow(), []
                continue
            self._paragraph(paragraph, cell, in_cell=True)
            if paragraph.ends_cell:
                row.contents.append(cell)
                cell = []
        if cell:
            row.contents.append(cell)
        if row.contents:
            rows.append(row)
        blocks.extend(self._grid(rows))
        return at

    def _grid(self, rows: list[TableRow]) -> list[Block]:
        """A grid; a table around other tables is layout, and its cells follow each other as blocks."""
        contents = [row.contents for row in rows]
        inside = list(chain.from_iterable(chain.from_iterable(contents)))
        if is_layout(contents):
            return inside
        self.grids -= sum(isinstance(block, Grid) for block in inside)
        texts = [[text_of_cell(cell) for cell in row] for row in contents]
        if any(len(row.contents) > len(row.places) for row in rows):
            grid = _inferred(texts, self.grids)
        else:
            places = [row.places[: len(row.contents)] for row in rows]
            grid = word_grid(places, texts, lambda edges: edges, self.grids)
        if grid is None:
            return []
        self.grids += 1
        return [grid]


def _inferred(texts: list[list[str]], index: int) -> Grid | None:
    """The grid of a table whose rows do not all say where their cells stand: only the order within each row is certain."""
    texts = [row for row in texts if row]
    if not texts:
        return None
    spans = infer_spans(texts)
    cells = tuple(
        GridCell(row, start, text, 1, span)
        for row, (row_texts, widths) in enumerate(zip(texts, spans, strict=True))
        for text, span, start in zip(row_texts, widths, accumulate(widths, initial=0), strict=False)
    )
    return Grid(index, len(texts), sum(spans[0]), cells, "inferred")
