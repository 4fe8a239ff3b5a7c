"""Time a file on one core, container by container: the bare library, our reader, and reader with normaliser."""

from __future__ import annotations

import gc
import io
import statistics
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import lxml.html
import pypdfium2
from lxml import etree
from python_calamine import CalamineWorkbook

from benchmarks.files import Group
from benchmarks.machine import one_core
from pipeline.catalog import Catalog
from pipeline.normalise.report import normalise
from pipeline.readers.encoding import decode
from pipeline.readers.pdf.fonts import fonts_put_away
from pipeline.readers.registry import read

Work = Callable[[bytes], object]
_WORD_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")


@dataclass(frozen=True)
class Speed:
    """Milliseconds of processor time a file, each the median of several rounds over all files of a group.

    bare: the library alone. aside: the library asked for something else (see ASIDE). reader: bytes to Document.
    report: bytes to reports.
    """

    source: str
    container: str
    files: int
    kilobytes: float
    bare: float
    aside: float | None
    reader: float
    report: float


def measure(group: Group, catalog: Catalog, rounds: int) -> Speed:
    """The speed of one group of files, which lie in memory. The rounds take turns, so that a busy machine slows all alike."""
    contents = [path.read_bytes() for path in group.paths]
    works: dict[str, Work] = {
        "bare": BARE[group.container],
        "reader": lambda data: read(group.container, data),
        "report": lambda data: normalise(catalog, read(group.container, data)),
    }
    if group.container in ASIDE:
        works["aside"] = ASIDE[group.container][1]
    times: dict[str, list[float]] = {name: [] for name in works}
    with one_core():
        for turn in range(rounds + 1):
            for name, work in works.items():
                seconds = _seconds(work, contents)
                if turn:  # the first round warms up
                    times[name].append(seconds * 1000 / len(contents))
    middle = {name: statistics.median(found) for name, found in times.items()}
    size = sum(map(len, contents)) / len(contents) / 1024
    return Speed(
        group.source, group.container, len(contents), size, middle["bare"], middle.get("aside"), middle["reader"], middle["report"]
    )


def _seconds(work: Work, contents: list[bytes]) -> float:
    """Processor time of one pass; the garbage collector waits until it is over, as its pauses fall on whoever comes by."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        for data in contents:
            work(data)
        return time.process_time() - started
    finally:
        gc.enable()


def bare_text(data: bytes) -> object:
    """Decode."""
    return decode(data)


def bare_html(data: bytes) -> object:
    """Decode, and parse with lxml.html."""
    text = decode(data, markup=True)
    return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8"))


def bare_docx(data: bytes) -> object:
    """Unzip, and parse the parts that have to be read: document, styles, numbering."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        return [etree.fromstring(archive.read(part)) for part in _WORD_PARTS if part in names]


def bare_docx_main_part(data: bytes) -> object:
    """Unzip, and parse document.xml alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(_WORD_PARTS[0]))


def bare_pdf(data: bytes) -> object:
    """The text of every page by pypdfium2, without the fonts of the machine, as our reader does."""
    with fonts_put_away():
        return bare_pdf_with_fonts(data)


def bare_pdf_with_fonts(data: bytes) -> object:
    """The text of every page by pypdfium2."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def bare_xlsx(data: bytes) -> object:
    """The rows of every sheet by python-calamine."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]


ASIDE: dict[str, tuple[str, Work]] = {
    "docx": ("document.xml alone", bare_docx_main_part),
    "pdf": ("with the fonts of the machine", bare_pdf_with_fonts),
}
BARE: dict[str, Work] = {"text": bare_text, "html": bare_html, "docx": bare_docx, "pdf": bare_pdf, "xlsx": bare_xlsx}
