"""`python -m benchmarks.claims [FILE…]`: processor time to take claims, without reading the file (the sample by default)."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.files import SAMPLE
from pipeline.catalog import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.errors import ReadError
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.intake.kinds import kind_of
from pipeline.normalise.claims.paragraphs import claims_of
from pipeline.normalise.sections import find_sections
from pipeline.readers.model import Document
from pipeline.readers.registry import read

_ROUNDS = 5
_YEAR = 2023  # any: it decides which year the claims are of, not how long they take


class Measured(NamedTuple):
    """One report: characters of prose, claims taken, milliseconds of the fastest round."""

    characters: int
    claims: int
    milliseconds: float


def measure(catalog: Catalog, document: Document) -> Measured:
    """Take the claims of one document some times."""
    sections = find_sections(catalog, document)
    times = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        claims = claims_of(catalog, document, sections, _YEAR, "", 0)
        times.append(time.process_time() - start)
    return Measured(sum(len(paragraph.text) for paragraph in document.paragraphs()), len(claims), min(times) * 1000)


def main(arguments: list[str]) -> None:
    """Measure and print."""
    catalog = load_catalog(DEFAULT_CATALOG)
    paths = [Path(name) for name in arguments] or sorted(path for path in SAMPLE.rglob("*") if path.is_file())
    found = [measure(catalog, document) for path in paths if (document := _document(path)) is not None]
    slowest = max(found, key=lambda row: row.milliseconds)
    median = statistics.median(row.milliseconds for row in found)
    characters = statistics.median(row.characters for row in found)
    sys.stdout.write(
        f"{len(found)} reports, {sum(row.claims for row in found)} claims; {median:.2f} ms a report (median, {characters:.0f} characters), "
        f"{slowest.milliseconds:.2f} ms the slowest ({slowest.characters} characters, {slowest.claims} claims)\n"
    )


def _document(path: Path) -> Document | None:
    data = path.read_bytes()
    try:
        return read(kind_of(data), data)
    except ReadError:
        return None


if __name__ == "__main__":
    main(sys.argv[1:])
