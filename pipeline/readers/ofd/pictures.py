"""Pages of an OFD file that are one large picture: read like a scan where that can be done here, whatever text lies behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from pipeline.common.errors import ReadError
from pipeline.readers import recognition
from pipeline.readers.ofd.objects import POINTS
from pipeline.readers.ofd.package import Package, attribute, children, text_at
from pipeline.readers.pdf.assembly import PagePieces
from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.page import PageContent

_WHOLE_PAGE = 0.5  # of the page, that the picture covers
_PNG = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPE, _WITH_ALPHA = 25, (4, 6)  # of a PNG: where it stands, and those that let through what lies below


class Scan(NamedTuple):
    """A picture on a page: its number, width and height in millimetres, and how many letters are drawn before it."""

    resource: str
    width: float
    height: float
    letters_before: int

    def area(self) -> float:
        """How much of the page it takes, in square millimetres."""
        return self.width * self.height


NO_SCAN = Scan("", 0.0, 0.0, 0)


def without_layer_of(
    package: Package, common: etree._Element | None, root: str, scan: Scan, glyphs: list[Glyph], paper: Sequence[float]
) -> list[Glyph]:
    """The letters of a page without those that make a scan searchable: drawn on the picture without ink, or below it. They were recognised
    by whoever wrote the file, and may be wrong where the picture is right; where they are most, nothing is left. paper: in millimetres.
    """
    if not glyphs or scan.area() < _WHOLE_PAGE * paper[2] * paper[3]:
        return glyphs
    data = picture_of(package, common, root, scan.resource) if scan.letters_before else None
    covered = scan.letters_before if data is not None and not lets_through(data) else 0
    seen = [glyph for number, glyph in enumerate(glyphs) if number >= covered and not glyph.unseen]
    return seen if 2 * len(seen) >= len(glyphs) else []


def lets_through(picture: bytes) -> bool:
    """Whether what is below a picture may be seen through it."""
    return picture.startswith(_PNG) and (picture[_COLOUR_TYPE] in _WITH_ALPHA or b"tRNS" in picture[:4096])


def recognised_page(package: Package, common: etree._Element | None, root: str, scan: Scan, page: PageContent) -> PagePieces | None:
    """What is read from the picture that the page consists of; None where there is none, or none that can be read here."""
    across, down = page.read.size()
    if scan.area() * POINTS**2 < _WHOLE_PAGE * across * down or not recognition.can_recognise():
        return None
    data = picture_of(package, common, root, scan.resource)
    if data is None:
        return None
    from pipeline.readers.scan.page import scanned_page
    from pipeline.readers.scan.picture import pages_of
    from pipeline.readers.scan.resolution import dots_per_inch

    try:
        pixels = next(pages_of(data))
    except ReadError:  # in a format of its own (JBIG2): the page stays a picture that nobody looked into
        return None
    found = scanned_page(pixels, page.number, dots_per_inch(pixels))
    return found if found.tables or found.lines else None


def picture_of(package: Package, common: etree._Element | None, root: str, resource: str) -> bytes | None:
    """The bytes of the picture with this number."""
    for kind in ("PublicRes", "DocumentRes"):
        for item in children(common, kind):
            part = package.find((item.text or "").strip(), root)
            if part is None:
                continue
            resources = package.xml(part)
            for media in children(resources, "MultiMedias", "MultiMedia"):
                if attribute(media, "ID") == resource:
                    name = text_at(media, "MediaFile")
                    found = package.find(f"{attribute(resources, 'BaseLoc')}/{name}", part) or package.find(name, part)
                    return package.read(found) if found else None
    return None
