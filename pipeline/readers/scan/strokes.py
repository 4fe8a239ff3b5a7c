"""Signs for nothing that are a single stroke, told by their shape: the recogniser takes a dash for 一 and a slash for 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from pipeline.readers.scan.ink import DARK
from pipeline.readers.scan.picture import Picture

Stroke = Literal["—", "/", ""]

FLATNESS = 1.6  # how many times as wide as high a dash is
THICKEST_DASH = 0.3  # heights of a letter
FILLED = 0.55  # of its box: 一 of a type with serifs fills less
LEANING = 0.18  # to the right, for each pixel upwards: 1 of most types stands straight, of italics it leans by 0.1 to 0.26
FEWEST_ROWS = 8
SIGN = 0.9  # how sure a sign is of which shape and readings agree
READ_FOR_DASH, READ_FOR_SLASH = frozenset("一-—－–―─━ー_二=•·"), frozenset("/／╱∕1lI|丿ノ")
SLASHES = frozenset("/／╱∕")


def may_be_sign(text: str) -> bool:
    """Whether a reading is one that a dash or a slash may get."""
    return text.strip() in READ_FOR_DASH | READ_FOR_SLASH


def stroke_in(part: Picture, letter: float) -> Stroke:
    """The sign whose shape the print in `part` has. letter: the usual height of a letter in pixels."""
    ink = part < DARK
    height, width = ink.shape
    if width >= FLATNESS * height and height <= THICKEST_DASH * letter and ink.mean() >= FILLED:
        return "—"
    rows = np.nonzero(ink.any(axis=1))[0]
    if len(rows) < FEWEST_ROWS or len(rows) < 0.9 * height:
        return ""
    across = np.arange(width)
    slope, _ = np.polyfit(rows, [across[row].mean() for row in ink[rows]], 1)
    return "/" if -slope >= LEANING else ""


def sign_read(stroke: Stroke, readings: Sequence[str]) -> str | None:
    """The sign of a stroke where the readings do not speak against it: `—`, or `/` where one of them says so; else None."""
    texts = [text.strip() for text in readings if text.strip()]
    if texts and stroke == "—" and READ_FOR_DASH.issuperset(texts):
        return "—"
    if stroke == "/" and READ_FOR_SLASH.issuperset(texts) and not SLASHES.isdisjoint(texts):
        return "/"
    return None
