"""What hides letters on an OFD page: fills and pictures drawn over them, clips, ink as white as the paper.

Objects are drawn in the order of the file. White letters are seen on a dark ground, and no letter below something opaque.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from lxml import etree
from msgspec.structs import replace

from pipeline.readers.model import BoundingBox
from pipeline.readers.ofd.objects import Place, path_box, place_of
from pipeline.readers.ofd.package import attribute, children
from pipeline.readers.pdf.calls import OPAQUE, Colour
from pipeline.readers.pdf.characters import UNKNOWN
from pipeline.readers.pdf.clips import EVERYWHERE
from pipeline.readers.pdf.glyphs import DIGITS, Glyph

_BAND, _LAST_BAND = 24.0, 1_000  # points: fills are looked up by the bands of the page that they touch; no page has more


def _band(down: float) -> int:
    """The band of the page at which a point lies; one far off the page, or nowhere, lies in the last one."""
    return int(min(max(down // _BAND, -1.0), _LAST_BAND)) if math.isfinite(down) else _LAST_BAND


@dataclass
class Fills:
    """Everything that was filled so far: its box, its colour (None for a picture), and how many letters were drawn before it."""

    _bands: dict[int, list[tuple[BoundingBox, Colour | None, int]]] = field(default_factory=dict)

    def add(self, box: BoundingBox, colour: Colour | None, letters_before: int) -> None:
        """A fill or a picture, by its box in points."""
        for band in range(_band(box[1]), _band(box[3]) + 1):
            self._bands.setdefault(band, []).append((box, colour, letters_before))

    def looked_through(self, glyphs: Sequence[Glyph], white: Collection[int]) -> list[Glyph]:
        """The letters as they are seen. white: the numbers of those that are not seen because they are white."""
        return [self._seen(glyph, number, number in white) for number, glyph in enumerate(glyphs)] if self._bands else list(glyphs)

    def _seen(self, glyph: Glyph, number: int, is_white: bool) -> Glyph:
        across, down = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        is_on_dark = False
        for box, colour, letters_before in self._bands.get(_band(down), ()):
            if not (box[0] <= across <= box[2] and box[1] <= down <= box[3]):
                continue
            if letters_before > number:
                if colour is None or colour.alpha == OPAQUE:
                    return replace(glyph, unseen=True, is_covered=True)
            elif colour is None or colour.alpha > 0:
                is_on_dark = colour is None or not colour.is_white
        return replace(glyph, unseen=False) if is_white and is_on_dark else glyph


def clip_of(item: etree._Element, outer: Place) -> BoundingBox | None:
    """The box within which an object is seen, in points; None where nothing cuts it. Of round clips the bounds count."""
    left, top, right, bottom = EVERYWHERE
    for clips in children(item, "Clips"):
        place = place_of(item, outer, with_matrix=attribute(clips, "TransFlag").lower() != "false")
        for clip in children(clips, "Clip"):
            boxes = [
                box for area in children(clip, "Area") for path in children(area, "Path") if (box := path_box(path, place_of(area, place)))
            ]
            if boxes:
                left, top = max(left, min(box[0] for box in boxes)), max(top, min(box[1] for box in boxes))
                right, bottom = min(right, max(box[2] for box in boxes)), min(bottom, max(box[3] for box in boxes))
    return None if (left, top, right, bottom) == EVERYWHERE else (left, top, right, bottom)


def cut_by(clip: BoundingBox, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The letters of a text within a clip: not seen where all are cut away; a digit beyond it beside others cannot be read."""
    outside = [_is_outside(clip, glyph) for glyph in glyphs]
    if all(outside):
        return [replace(glyph, unseen=True) for glyph in glyphs]
    return [
        replace(glyph, character=UNKNOWN) if is_out and glyph.character in DIGITS else glyph
        for glyph, is_out in zip(glyphs, outside, strict=True)
    ]


def _is_outside(clip: BoundingBox, glyph: Glyph) -> bool:
    across, down = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return not (clip[0] <= across <= clip[2] and clip[1] <= down <= clip[3])
