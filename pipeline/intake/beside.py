"""Files that stand beside another, in its folder or below: for a page, its pictures. Nothing outside that folder is ever opened."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path

from pipeline.common.errors import ReadError
from pipeline.intake.archives import SEPARATOR, MemberPlace
from pipeline.intake.files import Place

LARGEST = 40_000_000  # bytes of one picture

ContentOf = Callable[[str], bytes | None]  # name relative to the page -> content, None where it is not there or not to be opened


def files_beside(page: Path | MemberPlace) -> ContentOf:
    """The files in the folder of a page and below it, on disk or in the archive that holds the page."""
    return lambda name: _content(place_beside(page, name))


def files_at(places: dict[str, Place]) -> ContentOf:
    """Files whose places are known, by their names."""
    return lambda name: _content(places.get(name))


def place_beside(page: Path | MemberPlace, name: str) -> Place | None:
    """Where the file of this name is; None where that is not below the folder of the page, by a link or otherwise, or no file."""
    if name.startswith(("/", "../")) or "\0" in name:
        return None
    if isinstance(page, MemberPlace):
        return MemberPlace(page.archive, joined(page.address, name) or "")
    try:
        folder = page.parent.resolve()
        place = (folder / name).resolve()
        inside = place.is_relative_to(folder) and place.is_file() and place.stat().st_size <= LARGEST
    except (OSError, RuntimeError, ValueError):
        return None
    return place if inside else None


def joined(page: str, name: str) -> str | None:
    """The path of a file from that of the page it stands beside; None outside of what holds the page (the raw folder or an archive)."""
    archive, _, path = page.rpartition(SEPARATOR)
    inner = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    if inner.startswith(("../", "/")) or inner in ("..", "."):
        return None
    return f"{archive}{SEPARATOR}{inner}" if archive else inner


def _content(place: Place | None) -> bytes | None:
    if place is None:
        return None
    try:
        content = place.read_bytes()
    except (OSError, ReadError):
        return None
    return content if len(content) <= LARGEST else None
