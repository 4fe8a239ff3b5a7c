"""What the files named in a call stand for: an archive stands for every file inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.common.errors import ReadError
from pipeline.intake.archives import SEPARATOR, Content, contents, is_archive, place_of
from pipeline.intake.files import is_sources


class Source(NamedTuple):
    """A file to parse, as it is to be named in the output. refusal: code and message where it cannot be had."""

    name: str
    refusal: tuple[str, str] | None = None


def sources_in(name: str) -> Iterator[Source]:
    """The file of this name, or the files inside if it is an archive. Whatever else is wrong with it shows when it is read."""
    try:
        inside = _contents(Path(name))
    except ReadError as error:
        yield Source(name, (error.code, error.message))
        return
    if inside is None:
        yield Source(name)
        return
    for item in inside:
        if not item.is_archive and not is_sources(item.address):
            yield Source(name + SEPARATOR + item.address, (item.error.code, item.error.message) if item.error else None)


def _contents(place: Path) -> list[Content] | None:
    """What is inside an archive; None for any other file, and for what cannot be opened or has no end."""
    try:
        if place.is_file():
            with place.open("rb") as stream:
                return contents(stream) if is_archive(stream) else None
    except OSError:
        pass
    return None


def read_source(name: str) -> bytes:
    """The content of a file, or of a file inside an archive. Raises ReadError that says why it cannot be had."""
    try:
        return place_of(Path(name)).read_bytes()
    except OSError as error:
        raise ReadError("cannot_open", f"文件打不开：{error.strerror}。请检查路径和访问权限。") from error
