"""The colours of OFD objects: stated at the object, in what it draws with (DrawParam), or in that of its layer."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.readers.ofd.package import attribute, children, numbers
from pipeline.readers.pdf.calls import OPAQUE, Colour

BLACK = Colour(0, 0, 0, OPAQUE)
_DEPTH = 8  # of what is drawn with after something else
_LONGEST_INDEX = 6  # digits
_FULL = 255.0


class Looks:
    """Colours and colour spaces that the resources of a document name."""

    def __init__(self, resources: Sequence[etree._Element] = ()) -> None:
        self._parameters = {attribute(item, "ID"): item for res in resources for item in children(res, "DrawParams", "DrawParam")}
        self._spaces = {attribute(item, "ID"): item for res in resources for item in children(res, "ColorSpaces", "ColorSpace")}

    def fill_of(self, item: etree._Element, layer: str) -> Colour | None:
        """What an object is filled with; None where nothing says so. layer: the number of what its layer draws with."""
        return self._colour_of(item, "FillColor", layer)

    def stroke_of(self, item: etree._Element, layer: str) -> Colour | None:
        """What the lines of an object are drawn with; None where nothing says so."""
        return self._colour_of(item, "StrokeColor", layer)

    def _colour_of(self, item: etree._Element, name: str, layer: str) -> Colour | None:
        opacity = next(iter(numbers(attribute(item, "Alpha"))), _FULL)
        for source in (item, *self._chain(attribute(item, "DrawParam") or layer)):
            for colour in children(source, name):
                found = self._colour(colour)
                return found._replace(alpha=_whole(found.alpha * opacity / _FULL))
        return None

    def _chain(self, number: str) -> Iterator[etree._Element]:
        for _ in range(_DEPTH):
            parameter = self._parameters.get(number)
            if parameter is None:
                return
            yield parameter
            number = attribute(parameter, "Relative")

    def _colour(self, colour: etree._Element) -> Colour:
        """A colour; of a shading the darkest one, so that only what is white throughout is white."""
        own = next(iter(numbers(attribute(colour, "Alpha"))), _FULL)
        shades = [self._plain(part) for part in colour.iter("{*}Color") if part is not colour] or [self._plain(colour)]
        darkest = min(shades, key=lambda shade: shade.red + shade.green + shade.blue)
        return darkest._replace(alpha=_whole(min(shade.alpha for shade in shades) * own / _FULL))

    def _plain(self, colour: etree._Element) -> Colour:
        """A colour that is no shading, opaque."""
        space = self._spaces.get(attribute(colour, "ColorSpace"))
        value = attribute(colour, "Value") or next((part.text or "" for part in children(colour, "Value")), "")
        if not value and space is not None and (index := attribute(colour, "Index")).isdecimal():
            palette = [part.text or "" for part in children(space, "Palette", "CV")]
            value = palette[int(index)] if len(index) < _LONGEST_INDEX and int(index) < len(palette) else ""
        return _rgb(_parts(value))


def _parts(value: str) -> list[float]:
    """The parts of a colour, written as numbers or as hexadecimal ones with a #."""
    parts = []
    for word in value.replace(",", " ").split():
        try:
            parts.append(float(int(word[1:], 16)) if word.startswith("#") else float(word))
        except ValueError:
            return []
    return parts


def _rgb(parts: Sequence[float]) -> Colour:
    """Grey, red-green-blue, or cyan-magenta-yellow-black, by the number of parts; black where there are none."""
    if len(parts) == 1:
        red = green = blue = parts[0]
    elif len(parts) == 3:
        red, green, blue = parts
    elif len(parts) == 4:
        red, green, blue = ((_FULL - part) * (_FULL - parts[3]) / _FULL for part in parts[:3])
    else:
        return BLACK
    return Colour(_whole(red), _whole(green), _whole(blue), OPAQUE)


def _whole(part: float) -> int:
    return int(max(0.0, min(float(OPAQUE), part))) if math.isfinite(part) else OPAQUE
