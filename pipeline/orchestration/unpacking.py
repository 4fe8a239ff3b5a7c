"""What the files named in a call stand for: an archive stands for every file inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.common.errors import ReadError, in_chinese
from pipeline.intake.archives import SEPARATOR, contents, is_archive, place_of
from pipeline.intake.files import is_sources
from pipeline.intake.openable import why_not


class Source(NamedTuple):
    """A file to parse, as it is to be named in the output. refusal: code and message where it cannot be had."""

    name: str
    refusal: tuple[str, str] | None = None


def stands_for_many(name: str) -> bool:
    """Whether the file of this name is an archive; looks at its list of contents and unpacks nothing."""
    place = Path(name)
    try:
        if place.is_file():
            with place.open("rb") as stream:
                return is_archive(stream)
    except OSError:
        pass
    return False


def all_sources_in(name: str) -> list[Source]:
    """`sources_in` as a list, which a worker can send back."""
    return list(sources_in(name))


def sources_in(name: str) -> Iterator[Source]:
    """The file of this name, or the files inside if it is an archive. Whatever else is wrong with it shows when it is read."""
    if not stands_for_many(name):
        yield Source(name)
        return
    try:
        with Path(name).open("rb") as stream:
            inside = contents(stream)
    except OSError:
        yield Source(name)
        return
    except ReadError as error:
        yield Source(name, (error.code, error.message))
        return
    for item in inside:
        if not item.is_archive and not is_sources(item.address):
            yield Source(name + SEPARATOR + item.address, (item.error.code, item.error.message) if item.error else None)


def read_source(name: str) -> bytes:
    """The content of a file, or of a file inside an archive. Raises ReadError that says why it cannot be had."""
    place = place_of(Path(name))
    try:
        if isinstance(place, Path) and (refusal := why_not(place.stat())):
            raise refusal
        return place.read_bytes()
    except OSError as error:
        raise ReadError("cannot_open", f"文件打不开：{in_chinese(error)}。请检查路径和访问权限。") from error
