"""Pages of an OFD file that are one large picture: read like a scan where that can be done here."""

from __future__ import annotations

from lxml import etree

from pipeline.common.errors import ReadError
from pipeline.readers import recognition
from pipeline.readers.ofd.objects import POINTS, attribute
from pipeline.readers.ofd.package import Package, children, text_at
from pipeline.readers.pdf.assembly import PagePieces
from pipeline.readers.pdf.page import PageContent

_WHOLE_PAGE = 0.5  # of the page, that the picture covers
Scan = tuple[str, float, float]  # number of the picture, its width and height in millimetres


def recognised_page(package: Package, common: etree._Element | None, root: str, scan: Scan, page: PageContent) -> PagePieces | None:
    """What is read from the picture that the page consists of; None where there is none, or none that can be read here."""
    resource, width, height = scan
    across, down = page.read.size()
    if width * height * POINTS**2 < _WHOLE_PAGE * across * down or not recognition.can_recognise():
        return None
    data = _picture(package, common, root, resource)
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


def _picture(package: Package, common: etree._Element | None, root: str, resource: str) -> bytes | None:
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
