"""DOCX (Word and WPS): the main document read straight from its XML, as it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree
from msgspec.structs import replace

from pipeline.common.errors import ReadError
from pipeline.readers.docx.bound import leave_contradicted
from pipeline.readers.docx.chunks import chunk_document, worksheet
from pipeline.readers.docx.heights import settle_heights
from pipeline.readers.docx.inherited import settle_styles
from pipeline.readers.docx.names import ALTERNATE, CELL, CHUNK, PARAGRAPH, RELATION, TABLE, W, alternative
from pipeline.readers.docx.numbering import Numbering, numbering_of
from pipeline.readers.docx.ornament import drop_ornament
from pipeline.readers.docx.package import Package
from pipeline.readers.docx.styles import Styles, marks_of, styles_of
from pipeline.readers.docx.tables import WRAPPERS, docx_grid, word_rows
from pipeline.readers.docx.text import paragraph_text
from pipeline.readers.docx.unseen_runs import mark_unseen
from pipeline.readers.model import Document, Grid, Paragraph
from pipeline.readers.pictures import blocks_in
from pipeline.readers.unseen import with_shown
from pipeline.readers.word.cells import OBJECT, is_layout, text_of_cell, without_objects
from pipeline.readers.word.failures import DAMAGED
from pipeline.readers.word.lists import labelled

TITLE = "{http://purl.org/dc/elements/1.1/}title"
Block = Paragraph | Grid


def read(data: bytes) -> Document:
    """The paragraphs, tables and number of pictures of a DOCX file; headers, footers, notes and comments are left out.

    Raises ReadError: `password`, `damaged`, `too_large`.
    """
    return _read(data, _read_inner)


def _read_inner(data: bytes) -> Document:
    """A Word file inside another one; what it holds in its turn is not looked into."""
    return _read(data, None)


def _read(data: bytes, read_inner: Callable[[bytes], Document] | None) -> Document:
    package = Package(data)
    root = package.root(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise ReadError("damaged", DAMAGED)
    styles_root = package.beside_main("styles.xml")
    leave_contradicted(body, package)
    settle_styles(body, styles_root)
    settle_heights(body)
    has_unseen = mark_unseen(body)
    drop_ornament(body)
    numbering = numbering_of(package.beside_main("numbering.xml"), styles_root)
    reader = _Reader(package, styles_of(styles_root), numbering, read_inner)
    try:
        blocks = tuple(reader.blocks(body))
    except RecursionError as error:
        raise ReadError("damaged", DAMAGED) from error
    document = Document(tuple(without_objects(blocks)) if reader.has_objects else blocks, _metadata(package), reader.pictures)
    return with_shown(document) if has_unseen else document


def _metadata(package: Package) -> dict[str, str]:
    core = package.root("docProps/core.xml")
    title = (core.findtext(TITLE) or "").strip() if core is not None else ""
    return {"title": title} if title else {}


@dataclass
class _Reader:
    """One walk through a document: automatic numbers, grid numbers and pictures are counted along the way."""

    package: Package
    styles: Styles
    numbering: Numbering
    read_inner: Callable[[bytes], Document] | None
    grids: int = 0
    pictures: int = 0
    has_objects: bool = False

    def blocks(self, container: etree._Element) -> list[Block]:
        """The blocks of a body, a cell or a text box. Content controls and insertions are looked into, deletions are not."""
        found: list[Block] = []
        for child in container:
            tag = child.tag
            if tag == PARAGRAPH:
                self._paragraph(child, found)
            elif tag == TABLE:
                found.extend(self._table(child))
            elif tag in WRAPPERS:
                found.extend(self.blocks(child))
            elif tag == ALTERNATE:
                branch = alternative(child)
                if branch is not None:
                    found.extend(self.blocks(branch))
            elif tag == CHUNK:
                self._chunk(child, found)
        return found

    def _paragraph(self, element: etree._Element, blocks: list[Block]) -> None:
        """Add the lines of a paragraph (a manual line break begins a new one), then what stands in its text boxes."""
        found = paragraph_text(element)
        self.pictures += found.pictures
        marks = marks_of(found.properties)
        effect = self.styles.effect(marks.style)
        label = self.numbering.label(marks, effect) if marks.numbering is not None or effect.number is not None else ""
        text = found.text
        self.has_objects |= OBJECT in text
        if label and (text.strip() or self._is_in_cell(element)):
            text = labelled(label, text)
        if text:
            heading = marks.is_heading(effect)
            blocks.extend(Paragraph(line, None, heading) for line in text.split("\n") if line.strip())
        for box in found.boxes:
            blocks.extend(self.blocks(box))
        sheets = [sheet for name in found.objects if (content := self.package.target(name)) and (sheet := worksheet(content))]
        for sheet in sheets:
            self.pictures -= 1
            self._take(sheet.blocks, blocks)
        for image in found.images if not sheets else ():
            self._image(image, blocks)

    def _image(self, relationship: str, blocks: list[Block]) -> None:
        """Add what a picture of a table shows; the picture counts as looked into then."""
        picture = self.package.target(relationship)
        shown = blocks_in(picture) if picture else None
        if shown is None:
            return
        self.pictures -= 1
        self._take(shown, blocks)

    def _chunk(self, element: etree._Element, blocks: list[Block]) -> None:
        """Add what a page inside the file holds; one that nobody looked into counts as a picture."""
        page = self.package.target(element.get(RELATION, ""))
        document = chunk_document(page, self.read_inner) if page else None
        if document is None:
            self.pictures += 1
            return
        self.pictures += document.pictures
        self._take(document.blocks, blocks)

    def _take(self, taken: Iterable[Block], blocks: list[Block]) -> None:
        """Add blocks of another reader, their grids counted on."""
        for block in taken:
            blocks.append(replace(block, index=self.grids) if isinstance(block, Grid) else block)
            self.grids += isinstance(block, Grid)

    @staticmethod
    def _is_in_cell(element: etree._Element) -> bool:
        """Whether a paragraph stands in a table cell, where a number alone is a row index; elsewhere it numbers nothing."""
        parent = element.getparent()
        return parent is not None and parent.tag == CELL

    def _table(self, element: etree._Element) -> list[Block]:
        """A grid; a table around other tables is layout, and its cells follow each other as blocks."""
        rows = word_rows(element)
        contents = [[self.blocks(cell.element) for cell in row] for row in rows]
        if is_layout(contents):
            return [block for row in contents for cell in row for block in cell]
        self.grids -= sum(isinstance(block, Grid) for row in contents for cell in row for block in cell)
        texts = [[text_of_cell(cell) for cell in row] for row in contents]
        grid = docx_grid(element, rows, texts, self.grids)
        if grid is None:
            return []
        self.grids += 1
        return [grid]
