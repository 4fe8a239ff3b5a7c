"""Files named in a call, read side by side, their lines in the order of the call."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from pipeline.catalog import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.errors import ReadError
from pipeline.common.settings import Settings
from pipeline.normalise.output import refused_line
from pipeline.orchestration.parsing import Line, parse_file
from pipeline.orchestration.unpacking import Source, all_sources_in, stands_for_many
from pipeline.orchestration.workers import run, warm_up


def parse_all(settings: Settings, sources: Sequence[str]) -> Iterator[list[Line]]:
    """The JSON lines of each file, in the order of `sources`; of an archive, those of each file inside.

    Raises CatalogError where the catalogue is broken.
    """
    warm_up()
    catalog = load_catalog(settings.catalog)
    come: dict[int, list[Line]] = {}
    turn = 0
    work = partial(_numbered, catalog_folder=settings.catalog)
    files = (file for source in sources for file in _files_in(settings, source))
    for (number, source), result in run(work, enumerate(files), settings.workers, settings.limits):
        come[number] = [_lost(catalog, source.name, result)] if isinstance(result, ReadError) else result
        while turn in come:
            yield come.pop(turn)
            turn += 1


def _files_in(settings: Settings, name: str) -> Iterator[Source]:
    """What a file named in the call stands for. An archive is unpacked in a worker: what is wrong with it costs that archive alone."""
    if not stands_for_many(name):
        yield Source(name)
        return
    for _, result in run(all_sources_in, [name], 1, settings.limits):
        if isinstance(result, ReadError):
            yield Source(name, (result.code, result.message))
        else:
            yield from result


def _numbered(task: tuple[int, Source], catalog_folder: Path) -> list[Line]:
    return parse_file(task[1], catalog_folder)


def _lost(catalog: Catalog, source: str, error: ReadError) -> Line:
    """The line of a file that stopped its reader."""
    return refused_line(catalog, source, _sha256(Path(source)), error.code, error.message), False


def _sha256(path: Path) -> str | None:
    """The hash of a file's content; None for what has no end, such as a device."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
