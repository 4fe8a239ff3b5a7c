"""Our readers beside others, on the same files in the same run: processor time of reading, and cells right.

Only reading is compared: what a peer returns goes through our normaliser, just as what our reader returns, and all are told
the year of the report.
"""

from __future__ import annotations

import gc
import logging
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from benchmarks.files import Group
from benchmarks.machine import one_core
from benchmarks.peers import NAMES, adapter, missing
from benchmarks.truth import Score, Truth, known, score
from pipeline.catalog import Catalog
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document
from pipeline.readers.registry import read

OURS = "gongkai"
CONTAINERS = ("docx", "html", "xlsx", "pdf")


@dataclass(frozen=True)
class Compared:
    """One reader on one group of files. milliseconds: of processor time a file, the median of several rounds over all files.

    failed: files on which the reader raised an error; none of their cells counts as right.
    """

    source: str
    container: str
    reader: str
    files: int
    milliseconds: float
    right: int
    wrong: int
    known: int
    failed: int


class Reader(NamedTuple):
    """How a reader reads a file, and how what it returns becomes a Document."""

    read: Callable[[bytes], Any]
    document: Callable[[Any], Document]


def compare(group: Group, catalog: Catalog, rounds: int) -> list[Compared]:
    """Ours and every peer that is installed, on the files of a group whose figures are known. Rounds take turns."""
    listed = known(group)
    contents = [path.read_bytes() for path, _ in listed]
    if not contents or group.container not in CONTAINERS:
        return []
    readers = readers_of(group.container)
    times: dict[str, list[float]] = {name: [] for name in readers}
    with one_core(), _in_silence():
        scores = {name: _scores(reader, catalog, contents, [truth for _, truth in listed]) for name, reader in readers.items()}
        for _ in range(rounds):
            for name, reader in readers.items():
                times[name].append(_seconds(reader, contents) * 1000 / len(contents))
    found = []
    for name, (total, failed) in scores.items():
        found.append(Compared(group.source, group.container, name, len(contents), statistics.median(times[name]), *total, failed))
    return found


def readers_of(container: str) -> dict[str, Reader]:
    """Our reader and those of the peers that are installed, by name."""
    readers = {OURS: Reader(partial(read, container), lambda document: document)}
    for name in NAMES:
        peer = adapter(name)
        if container in peer.CONTAINERS and not missing(name, container):
            readers[name] = Reader(partial(peer.read, container), peer.document)
    return readers


def not_measured() -> list[str]:
    """What could not be compared here, and how it can be."""
    lines = []
    for name in NAMES:
        reasons = {container: ", ".join(missing(name, container)) for container in adapter(name).CONTAINERS}
        for modules in sorted(set(reasons.values()) - {""}):
            containers = ", ".join(container for container in reasons if reasons[container] == modules)
            lines.append(f"{name} was not measured on {containers}: not installed here ({modules})")
    return [*lines, "`make extras` installs markitdown and pdfplumber"] if lines else []


def _scores(reader: Reader, catalog: Catalog, contents: list[bytes], truths: list[Truth]) -> tuple[Score, int]:
    """All cells together, and the number of files that the reader fails on. This is the first pass and warms up."""
    scores, failed = [], 0
    for data, truth in zip(contents, truths, strict=True):
        try:
            document = reader.document(reader.read(data))
        except Exception:  # noqa: BLE001 - whatever a reader of others fails with, it is counted
            document = Document(())
            failed += 1
        scores.append(score(truth, normalise(catalog, document, stated_year=truth.report_year)))
    return Score(*map(sum, zip(*scores, strict=True))), failed


def _seconds(reader: Reader, contents: list[bytes]) -> float:
    """Processor time of reading every file once."""
    gc.collect()
    started = time.process_time()
    for data in contents:
        with suppress(Exception):
            reader.read(data)
    return time.process_time() - started


@contextmanager
def _in_silence() -> Iterator[None]:
    """Without what the peers log and warn about files."""
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        logging.disable(before)
