"""Colours of fonts and cells in xlsx files: which letters nobody sees."""

from __future__ import annotations

from lxml import etree

from pipeline.readers.colours import is_white

_PAPER = "FFFFFF"
_INDEXED = {"0": "000000", "1": _PAPER, "8": "000000", "9": _PAPER, "65": _PAPER}  # of the colours of old workbooks those that matter
_SLIGHT = 0.03  # a theme colour made darker or lighter by less is the same to the eye
_TINY = 2.0  # points


def is_unseen(font: etree._Element | None, fill: etree._Element | None) -> bool:
    """Whether letters in a font are as white, or of the same colour, as what is behind them, or too small to be seen."""
    if font is None:
        return False
    if _is_tiny(font.find("{*}sz")):
        return True
    letters, behind = colour_of(font.find("{*}color")), _behind(fill)
    return letters is not None and (letters == behind or (is_white(letters) and is_white(behind)))


def colour_of(colour: etree._Element | None) -> str | None:
    """A colour in hexadecimal digits, as far as it can be told without the theme: white and black of it are."""
    if colour is None:
        return None
    if colour.get("rgb"):
        return colour.get("rgb", "")[-6:].upper()
    if colour.get("indexed"):
        return _INDEXED.get(colour.get("indexed", ""))
    return _PAPER if colour.get("theme") == "0" and abs(_fraction(colour.get("tint"))) < _SLIGHT else None


def _behind(fill: etree._Element | None) -> str | None:
    """What is painted behind letters: white for nothing, None for what cannot be told."""
    pattern = fill.find("{*}patternFill") if fill is not None else None
    if fill is None or (pattern is None and not len(fill)) or (pattern is not None and pattern.get("patternType") in (None, "none")):
        return _PAPER
    return colour_of(pattern.find("{*}fgColor")) if pattern is not None and pattern.get("patternType") == "solid" else None


def _is_tiny(size: etree._Element | None) -> bool:
    return size is not None and 0 < _fraction(size.get("val")) <= _TINY


def _fraction(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
