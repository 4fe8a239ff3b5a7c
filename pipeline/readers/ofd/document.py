"""The documents in an OFD file, page by page: its letters and lines go the way of those of a PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document
from pipeline.readers.ofd.objects import POINTS, Place, attribute, glyphs_of, numbers, place_of, rulings_of
from pipeline.readers.ofd.package import Package, children, damaged, local_name, text_at
from pipeline.readers.ofd.pictures import NO_SCAN, Scan, recognised_page, without_layer_of
from pipeline.readers.pdf.assembly import PagePieces, blocks_of, pieces_of
from pipeline.readers.pdf.characters import is_garbage
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.page import NOTICEABLE_HEIGHT, NOTICEABLE_WIDTH, OUTLINED_PAGE_PATHS, PageContent
from pipeline.readers.pdf.paths import Ruling

_A4 = (0.0, 0.0, 210.0, 297.0)
_MOST_PAGES = 2_000
_DEPTH = 8  # of groups within groups
_GROUPS = frozenset({"Content", "Layer", "PageBlock"})


def read(data: bytes) -> Document:
    """The text, tables and number of pictures of an OFD file. Raises ReadError: `damaged`, `password`, or `too_large`."""
    package = Package(data)
    entry = package.find("OFD.xml")
    if entry is None:
        raise damaged()
    bodies = list(children(package.xml(entry), "DocBody"))
    pages: list[tuple[PagePieces, int]] = []
    for body in bodies:
        root = package.find(text_at(body, "DocRoot"), entry)
        if root is None:
            raise damaged()
        pages.extend(_pages(package, root, first=len(pages) + 1))
    if not pages:
        raise damaged()
    title = next((text for body in bodies if (text := text_at(body, "DocInfo", "Title"))), "")
    pictures = sum(pictures for _, pictures in pages)
    return Document(blocks_of([pieces for pieces, _ in pages]), {"title": title} if title else {}, pictures)


@dataclass
class _Objects:
    """What stands on a page, gathered. scan: its largest picture."""

    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    scan: Scan = NO_SCAN


def _pages(package: Package, root: str, first: int) -> Iterator[tuple[PagePieces, int]]:
    """The pages of one document, numbered from `first`, each with the number of pictures on it that nobody looked into."""
    document = package.xml(root)
    common = next(children(document, "CommonData"), None)
    box = _box(common, "PageArea")
    templates = {attribute(item, "ID"): attribute(item, "BaseLoc") for item in children(common, "TemplatePage")}
    groups = dict(_shared_groups(package, common, root))
    pages = list(children(document, "Pages", "Page"))
    if first + len(pages) > _MOST_PAGES:
        raise ReadError("too_large", "OFD 文件的页数大得不合情理，未读取。请只保留报告内容后重新报送。")
    for number, item in enumerate(pages, start=first):
        page = _part(package, attribute(item, "BaseLoc"), root, number)
        found = _Objects()
        for used in children(page, "Template"):
            if location := templates.get(attribute(used, "TemplateID")):
                _gather(_part(package, location, root, number), Place(), groups, found, 0)
        _gather(page, Place(), groups, found, 0)
        paper = _box(page, "Area") or box or _A4
        found.glyphs = without_layer_of(package, common, root, found.scan, found.glyphs, paper)
        content = _content(number, paper, found)
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


def _shared_groups(package: Package, common: etree._Element | None, root: str) -> Iterator[tuple[str, etree._Element]]:
    """The groups of objects that pages use by their number, as a form is used in a PDF."""
    for kind in ("PublicRes", "DocumentRes"):
        for item in children(common, kind):
            part = package.find((item.text or "").strip(), root)
            if part is not None:
                for group in children(package.xml(part), "CompositeGraphicUnits", "CompositeGraphicUnit"):
                    yield attribute(group, "ID"), group


def _gather(container: etree._Element, outer: Place, groups: Mapping[str, etree._Element], found: _Objects, depth: int) -> None:
    """Collect what a page, a layer or a group holds."""
    for item in container:
        kind = local_name(item)
        if attribute(item, "Visible").lower() == "false" or attribute(item, "Alpha") == "0":
            continue
        if kind in _GROUPS and depth < _DEPTH:
            _gather(item, outer, groups, found, depth + 1)
        elif kind == "TextObject":
            found.glyphs.extend(glyphs_of(item, outer))
        elif kind == "PathObject":
            found.counts["path"] += 1
            found.rulings.extend(rulings_of(item, outer))
        elif kind == "ImageObject":
            width, height = ([*numbers(attribute(item, "Boundary")), 0.0, 0.0, 0.0, 0.0])[2:4]
            found.counts["image"] += 1
            found.scan = max(found.scan, Scan(attribute(item, "ResourceID"), width, height, len(found.glyphs)), key=Scan.area)
            found.counts["noticeable"] += (
                max(width, height) * POINTS >= NOTICEABLE_WIDTH and min(width, height) * POINTS >= NOTICEABLE_HEIGHT
            )
        elif kind == "CompositeObject" and depth < _DEPTH:
            group = groups.get(attribute(item, "ResourceID"))
            if group is not None:
                _gather(group, place_of(item, outer), groups, found, depth + 1)


def _content(number: int, box: tuple[float, ...], found: _Objects) -> PageContent:
    """A page; letters that mean nothing (a font without Unicode) make it a picture, as in a PDF."""
    glyphs, pictures = found.glyphs, found.counts["noticeable"]
    if is_garbage([glyph.character for glyph in glyphs]):
        glyphs, pictures = [], max(1, pictures)
    elif not glyphs:
        pictures = 1 if found.counts["image"] or found.counts["path"] >= OUTLINED_PAGE_PATHS else 0
    frame = Frame((0.0, 0.0, box[2] * POINTS, box[3] * POINTS), 0)
    return PageContent(number, frame, frame, glyphs, found.rulings, pictures)
