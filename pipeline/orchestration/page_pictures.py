"""Pages whose pictures are files beside them: page and pictures are one content, and such a picture is no file to read by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.intake.archives import place_of
from pipeline.intake.beside import joined
from pipeline.intake.files import FoundFile, Place
from pipeline.orchestration.reading import FileSummary

# Kinds by the end of the name: it only says which files wait until the pages are read, and what a picture that belongs to one is called.
_KINDS = {"jpg": "jpeg", "jpeg": "jpeg", "png": "png", "gif": "gif", "bmp": "bmp", "webp": "webp", "tif": "tiff", "tiff": "tiff"}


class WithPictures(NamedTuple):
    """A page with the pictures that stand beside it, by their names. sha256: of page and pictures together."""

    sha256: str
    pictures: tuple[tuple[str, FoundFile], ...]

    @property
    def places(self) -> tuple[tuple[str, Place], ...]:
        """Where the pictures are opened."""
        return tuple((name, file.place) for name, file in self.pictures)


def kind_by_name(path: str) -> str | None:
    """What a file would be as a picture; None for any other name."""
    return _KINDS.get(PurePosixPath(path).suffix.lower().removeprefix("."))


def pages_with_pictures(
    found: Iterable[FoundFile], summaries: Mapping[str, FileSummary], stated: Container[str]
) -> dict[str, WithPictures]:
    """By its path, each page of which a picture was found. A picture that sources.csv speaks of is a file of its own."""
    files = {file.path: file for file in found if file.sha256 and not file.is_archive}
    pages = {}
    for path, summary in summaries.items():
        names = ((name, joined(path, name)) for name in summary.pictures)
        pictures = tuple((name, files[place]) for name, place in names if place in files and place not in stated and kind_by_name(place))
        if pictures and path in files:
            pages[path] = WithPictures(_address(files[path], pictures), pictures)
    return pages


def page_of_pictures(pages: Mapping[str, WithPictures]) -> dict[str, str]:
    """By the path of each picture, the path of its page; of several, the first."""
    return {file.path: path for path in sorted(pages, reverse=True) for _, file in pages[path].pictures}


def read_by_themselves(found: Iterable[FoundFile], pages: Mapping[str, WithPictures]) -> list[FoundFile]:
    """The files without the pictures of pages, and each such page under the address that it has with its pictures."""
    pictures = page_of_pictures(pages)
    kept = (file for file in found if file.path not in pictures)
    return [replace(file, sha256=pages[file.path].sha256) if file.path in pages else file for file in kept]


def places_of(raw: Path, path: str, names: Iterable[str]) -> tuple[tuple[str, Place], ...]:
    """Where the pictures of a page are looked for once more."""
    paths = ((name, joined(path, name)) for name in names)
    return tuple((name, place_of(raw / place)) for name, place in paths if place)


def _address(page: FoundFile, pictures: Iterable[tuple[str, FoundFile]]) -> str:
    lines = [page.sha256 or "", *(f"{name}\0{file.sha256}" for name, file in sorted(pictures, key=lambda item: item[0]))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
