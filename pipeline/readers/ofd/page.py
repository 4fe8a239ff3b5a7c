"""What stands on an OFD page, gathered in the order in which it is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from pipeline.readers.model import BoundingBox
from pipeline.readers.ofd.hiding import Fills, clip_of, cut_by
from pipeline.readers.ofd.looks import BLACK, Looks
from pipeline.readers.ofd.objects import POINTS, Place, glyphs_of, is_box, is_without_ink, path_box, place_of, quarters_of, rulings_of
from pipeline.readers.ofd.package import Package, attribute, children, local_name, numbers
from pipeline.readers.ofd.pictures import NO_SCAN, Scan, lets_through, picture_of
from pipeline.readers.pdf.calls import OPAQUE, Colour
from pipeline.readers.pdf.clips import inside
from pipeline.readers.pdf.drawn import is_dash, is_ink, is_letter, is_small_picture
from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.objects import NOTICEABLE_HEIGHT, NOTICEABLE_WIDTH
from pipeline.readers.pdf.paths import Ruling, is_thin
from pipeline.readers.pdf.unseen import is_pale

_DEPTH = 8  # of groups within groups
_GROUPS = frozenset({"Content", "Layer", "PageBlock"})
_SEEN_THROUGH = Colour(0, 0, 0, OPAQUE // 2)


class Shared:
    """What the pages of a document use by its number: groups of objects, colours, pictures."""

    def __init__(self, package: Package, common: etree._Element | None, root: str) -> None:
        self._package, self._common, self._root = package, common, root
        resources = list(_resources(package, common, root))
        self.looks = Looks(resources)
        self.groups = {
            attribute(group, "ID"): group for part in resources for group in children(part, "CompositeGraphicUnits", "CompositeGraphicUnit")
        }

    def is_opaque(self, resource: str) -> bool:
        """Whether a picture hides what is below it."""
        picture = picture_of(self._package, self._common, self._root, resource)
        return picture is not None and not lets_through(picture)


def _resources(package: Package, common: etree._Element | None, root: str) -> Iterator[etree._Element]:
    for kind in ("PublicRes", "DocumentRes"):
        for item in children(common, kind):
            part = package.find((item.text or "").strip(), root)
            if part is not None:
                yield package.xml(part)


class PageObjects:
    """The letters and lines of one page. scan: its largest picture; drawn: what is as large as letters and is none."""

    def __init__(self, shared: Shared) -> None:
        self.rulings: list[Ruling] = []
        self.drawn: list[BoundingBox] = []
        self.counts: Counter[str] = Counter()
        self.scan: Scan = NO_SCAN
        self._shared = shared
        self._glyphs: list[Glyph] = []
        self._white: set[int] = set()
        self._fills = Fills()
        self._turns: Counter[int] = Counter()

    def seen(self) -> list[Glyph]:
        """The letters, with what is known of how they are seen."""
        return self._fills.looked_through(self._glyphs, self._white)

    def quarters(self) -> int:
        """By how many quarters most letters are turned."""
        return self._turns.most_common(1)[0][0] if self._turns else 0

    def gather(self, container: etree._Element, outer: Place, layer: str = "", depth: int = 0) -> None:
        """Collect what a page, a layer or a group holds. layer: the number of what the layer around it draws with."""
        for item in container:
            kind = local_name(item)
            if attribute(item, "Visible").lower() == "false" or attribute(item, "Alpha") == "0":
                continue
            if kind in _GROUPS and depth < _DEPTH:
                self.gather(item, outer, attribute(item, "DrawParam") or layer, depth + 1)
            elif kind == "TextObject":
                self._add_text(item, outer, layer)
            elif kind == "PathObject":
                self._add_path(item, outer, layer)
            elif kind == "ImageObject":
                self._add_picture(item, outer)
            elif kind == "CompositeObject" and depth < _DEPTH:
                group = self._shared.groups.get(attribute(item, "ResourceID"))
                if group is not None:
                    self.gather(group, place_of(item, outer), layer, depth + 1)

    def _add_text(self, item: etree._Element, outer: Place, layer: str) -> None:
        turn = quarters_of(item, outer)
        if turn is None:  # aslant, as watermarks are
            return
        looks = self._shared.looks
        is_outlined = attribute(item, "Fill").lower() == "false"
        colour = (looks.stroke_of if is_outlined else looks.fill_of)(item, layer) or BLACK
        unseen = is_without_ink(item) or colour.alpha == 0 or colour.is_white
        glyphs = list(glyphs_of(item, outer, unseen, is_pale(colour)))
        clip = clip_of(item, outer)
        if clip:
            glyphs = cut_by(clip, glyphs)
        elif colour.is_white and colour.alpha and not is_without_ink(item):
            self._white.update(range(len(self._glyphs), len(self._glyphs) + len(glyphs)))
        self._turns[turn] += len(glyphs)
        self._glyphs += glyphs

    def _add_path(self, item: etree._Element, outer: Place, layer: str) -> None:
        self.counts["path"] += 1
        lines = list(rulings_of(item, outer))
        self.rulings += lines
        box = path_box(item, outer)
        if box is None:
            return
        looks, is_filled = self._shared.looks, attribute(item, "Fill").lower() == "true"
        colour = (looks.fill_of if is_filled else looks.stroke_of)(item, layer)
        is_one_line = len(lines) == 1 and is_dash(lines[0])
        is_shape = is_letter(box) and not is_thin(box) and not is_box(item, outer, box)
        if (is_one_line or is_shape) and is_ink(colour or BLACK):
            self.drawn.append(box)
        clip = clip_of(item, outer)
        if is_filled and colour is not None and not is_thin(box) and (seen := inside(box, clip)):
            hides = colour if is_box(item, outer, box) else colour._replace(alpha=min(colour.alpha, OPAQUE - 1))
            self._fills.add(seen, hides, len(self._glyphs))

    def _add_picture(self, item: etree._Element, outer: Place) -> None:
        left, top, width, height = ([*numbers(attribute(item, "Boundary")), 0.0, 0.0, 0.0, 0.0])[:4]
        self.counts["image"] += 1
        self.scan = max(self.scan, Scan(attribute(item, "ResourceID"), width, height, len(self._glyphs)), key=Scan.area)
        noticeable = max(width, height) * POINTS >= NOTICEABLE_WIDTH and min(width, height) * POINTS >= NOTICEABLE_HEIGHT
        self.counts["noticeable"] += noticeable
        box = (*outer.at(left, top), *outer.at(left + width, top + height))
        box = min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
        if is_small_picture(box):
            self.drawn.append(box)
            opaque = self._shared.is_opaque(attribute(item, "ResourceID"))
            self._fills.add(box, None if opaque else _SEEN_THROUGH, len(self._glyphs))
        else:
            self._fills.add(box, _SEEN_THROUGH, len(self._glyphs))
