"""The documents in an OFD file, page by page: its letters and lines go the way of those of a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from msgspec.structs import replace

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document
from pipeline.readers.ofd.notes import appearances
from pipeline.readers.ofd.objects import POINTS, Place, place_of
from pipeline.readers.ofd.package import Package, attribute, children, damaged, numbers, text_at
from pipeline.readers.ofd.page import PageObjects, Shared
from pipeline.readers.ofd.pictures import recognised_page, without_layer_of
from pipeline.readers.pdf.assembly import PagePieces, blocks_of, pieces_of
from pipeline.readers.pdf.characters import is_garbage
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.page import OUTLINED_PAGE_PATHS, PageContent
from pipeline.readers.pdf.paths import Ruling
from pipeline.readers.pdf.struck import with_struck
from pipeline.readers.pdf.watermarks import without_watermarks

_A4 = (0.0, 0.0, 210.0, 297.0)
_MOST_PAGES = 2_000


def read(data: bytes) -> Document:
    """The text, tables and number of pictures of an OFD file. Raises ReadError: `damaged`, `password`, or `too_large`."""
    package = Package(data)
    entry = package.find("OFD.xml")
    if entry is None:
        raise damaged()
    bodies = list(children(package.xml(entry), "DocBody"))
    pages: list[tuple[PagePieces, int]] = []
    for body in bodies:
        pages.extend(_pages(package, _root_of(package, body, entry), first=len(pages) + 1))
    if not pages:
        raise damaged()
    title = next((text for body in bodies if (text := text_at(body, "DocInfo", "Title"))), "")
    pictures = sum(pictures for _, pictures in pages)
    return Document(blocks_of([pieces for pieces, _ in pages]), {"title": title} if title else {}, pictures)


def _root_of(package: Package, body: etree._Element, entry: str) -> str:
    """The part with which a document begins: that of the version in force, where there are several. Raises ReadError: `damaged`."""
    for version in children(body, "Versions", "Version"):
        part = package.find(attribute(version, "BaseLoc"), entry) if attribute(version, "Current").lower() == "true" else None
        root = package.find(text_at(package.xml(part), "DocRoot"), part) if part else None
        if root:
            return root
    root = package.find(text_at(body, "DocRoot"), entry)
    if root is None:
        raise damaged()
    return root


def _pages(package: Package, root: str, first: int) -> Iterator[tuple[PagePieces, int]]:
    """The pages of one document, numbered from `first`, each with the number of pictures on it that nobody looked into."""
    document = package.xml(root)
    common = next(children(document, "CommonData"), None)
    box = _box(common, "PageArea")
    templates = {attribute(item, "ID"): attribute(item, "BaseLoc") for item in children(common, "TemplatePage")}
    shared = Shared(package, common, root)
    notes = appearances(package, document, root)
    pages = list(children(document, "Pages", "Page"))
    if first + len(pages) > _MOST_PAGES:
        raise ReadError("too_large", "OFD 文件的页数大得不合情理，未读取。请只保留报告内容后重新报送。")
    for number, item in enumerate(pages, start=first):
        page = _part(package, attribute(item, "BaseLoc"), root, number)
        found = PageObjects(shared)
        for used in children(page, "Template"):
            if location := templates.get(attribute(used, "TemplateID")):
                found.gather(_part(package, location, root, number), Place())
        found.gather(page, Place())
        for appearance in notes.get(attribute(item, "ID"), ()):
            found.gather(appearance, place_of(appearance, Place()))
        paper = _box(page, "Area") or box or _A4
        content = _content(number, paper, found, without_layer_of(package, common, root, found.scan, found.seen(), paper))
        recognised = None if content.glyphs else recognised_page(package, common, root, found.scan, content)
        yield (recognised, 0) if recognised else (pieces_of(content), content.pictures)


def _part(package: Package, location: str, beside: str, number: int) -> etree._Element:
    name = package.find(location, beside)
    if name is None:
        raise ReadError("damaged", f"OFD 文件缺少第 {number} 页，无法读取。请向报送单位重新索取完整的文件。")
    return package.xml(name)


def _box(element: etree._Element | None, area: str) -> tuple[float, ...] | None:
    """The box of a page: left, top, width, height in millimetres."""
    box = numbers(text_at(element, area, "PhysicalBox"))
    return tuple(box) if len(box) == 4 and box[2] > 0 and box[3] > 0 else None


def _content(number: int, box: tuple[float, ...], found: PageObjects, glyphs: list[Glyph]) -> PageContent:
    """A page; letters that mean nothing (a font without Unicode) make it a picture, as in a PDF."""
    pictures = found.counts["noticeable"]
    if is_garbage([glyph.character for glyph in glyphs]):
        glyphs, pictures = [], max(1, pictures)
    elif not glyphs:
        pictures = 1 if found.counts["image"] or found.counts["path"] >= OUTLINED_PAGE_PATHS else 0
    shown = Frame((0.0, 0.0, box[2] * POINTS, box[3] * POINTS), 0)
    read, rulings, drawn = shown, found.rulings, found.drawn
    if found.quarters():
        read = Frame(shown.bounds, found.quarters())
        glyphs = [_turned(glyph, shown, read) for glyph in glyphs]
        rulings = [Ruling(*read.view(shown.user(ruling))) for ruling in rulings]
        drawn = [read.view(shown.user(piece)) for piece in drawn]
    return PageContent(number, shown, read, with_struck(without_watermarks(glyphs), rulings), rulings, pictures, drawn)


def _turned(glyph: Glyph, shown: Frame, read: Frame) -> Glyph:
    left, top, right, bottom = read.view(shown.user((glyph.left, glyph.top, glyph.right, glyph.bottom)))
    return replace(glyph, left=left, top=top, right=right, bottom=bottom)
