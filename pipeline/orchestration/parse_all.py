"""Files named in a call, read side by side, their lines in the order of the call."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.catalog import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.errors import ReadError
from pipeline.common.settings import Settings
from pipeline.normalise.filing.attachments import pages_of_attachments
from pipeline.normalise.output import refused_line
from pipeline.orchestration.parsing import Line, Parsed, parse_file
from pipeline.orchestration.reading import FileSummary
from pipeline.orchestration.unpacking import Source, all_sources_in, stands_for_many
from pipeline.orchestration.workers import run, warm_up


class _Task(NamedTuple):
    """A file at its place in the output. page: the page that it is attached to."""

    number: int
    source: Source
    page: str | None = None


def parse_all(settings: Settings, sources: Sequence[str]) -> Iterator[list[Line]]:
    """The JSON lines of each file, in the order of `sources`; of an archive, those of each file inside.

    A file of tables that a page of the same call has as its attachment gets body, year and text from that page.
    Raises CatalogError where the catalogue is broken.
    """
    warm_up()
    catalog = load_catalog(settings.catalog)
    come: dict[int, Parsed] = {}
    turn, is_alone = 0, len(sources) == 1 and not stands_for_many(sources[0])
    known: dict[str, FileSummary] = {}
    tasks: dict[str, _Task] = {}
    files = (file for source in sources for file in _files_in(settings, source))
    for task, parsed in _parsed(settings, catalog, (_Task(number, file) for number, file in enumerate(files))):
        come[task.number] = parsed
        if parsed.known:
            known[task.source.name], tasks[task.source.name] = parsed.known, task
        while turn in come and (is_alone or not _may_be_attached(come[turn].known)):  # of that it is known when all are read
            yield come.pop(turn).lines
            turn += 1
    attached = [tasks[name]._replace(page=page) for name, page in pages_of_attachments(known, {}).items()]
    come |= {task.number: parsed for task, parsed in _parsed(settings, catalog, attached)}
    yield from (come[number].lines for number in sorted(come))


def _may_be_attached(known: FileSummary | None) -> bool:
    return known is not None and not known.is_page and known.reports == 1 and (known.agency is None or known.years == [None])


def _parsed(settings: Settings, catalog: Catalog, tasks: Iterable[_Task]) -> Iterator[tuple[_Task, Parsed]]:
    work = partial(_parse, catalog_folder=settings.catalog)
    for task, result in run(work, tasks, settings.workers, settings.limits):
        yield task, _lost(catalog, task.source.name, result) if isinstance(result, ReadError) else result


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


def _parse(task: _Task, catalog_folder: Path) -> Parsed:
    return parse_file(task.source, catalog_folder, task.page)


def _lost(catalog: Catalog, source: str, error: ReadError) -> Parsed:
    """What is said of a file that stopped its reader."""
    return Parsed([(refused_line(catalog, source, _sha256(Path(source)), error.code, error.message), False)])


def _sha256(path: Path) -> str | None:
    """The hash of a file's content; None for what has no end, such as a device."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
