"""Every kind of file under every suffix: what is inside tells, the name does not."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.catalog import load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.intake.files import scan
from pipeline.intake.kinds import kind_of
from pipeline.orchestration.reading import read_bytes
from pipeline.orchestration.unpacking import read_source, sources_in
from pipeline.readers.registry import READERS
from tests.end_to_end.strange_files import JPEG, noise
from tests.intake.zips import packed
from tests.reports import render_docx, render_html, render_mht, render_ofd, render_pdf, render_text, render_xls, render_xlsx
from tests.reports.layout import printed_tables
from tests.test_renderers import made

SUFFIXES = ("doc", "docx", "wps", "rtf", "xls", "xlsx", "et", "pdf", "ofd", "htm", "html", "shtml", "mht", "txt", "zip", "jpg", "tif", "")
_CATALOG = load_catalog(DEFAULT_CATALOG)
_CONTENT = made()
_TABLES = printed_tables(_CATALOG, _CONTENT)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def stream(name: str) -> bytes:
    return _OLE2 + name.encode("utf-16-le").ljust(64, b"\0")


MADE: dict[str, Callable[[], bytes]] = {
    "text": lambda: render_text.render(_CONTENT, _TABLES, encoding="gb18030"),
    "html": lambda: render_html.render(_CONTENT, _TABLES, encoding="gb18030", declared=None),
    "mht": lambda: render_mht.render(_CONTENT, _TABLES),
    "docx": lambda: render_docx.render(_CONTENT, _TABLES),
    "xlsx": lambda: render_xlsx.render(_CONTENT, _TABLES),
    "xls": lambda: render_xls.render(_CONTENT, _TABLES),
    "pdf": lambda: render_pdf.render(_CONTENT, _TABLES),
    "ofd": lambda: render_ofd.render(_CONTENT, _TABLES),
    "zip": lambda: packed({"年报.txt": render_text.render(_CONTENT, _TABLES)}, "gbk"),
    "doc": lambda: stream("WordDocument"),
    "ppt": lambda: stream("PowerPoint Document"),
    "encrypted": lambda: stream("EncryptedPackage"),
    "rtf": lambda: b"{\\rtf1\\ansi}",
    "excel_xml": lambda: (
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
    ),
    "word_xml": lambda: b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>',
    "jpeg": lambda: JPEG,
    "rar": lambda: b"Rar!\x1a\x07\x00",
    "seven_zip": lambda: b"7z\xbc\xaf\x27\x1c",
    "gzip": lambda: gzip.compress(b"x"),
    "empty": lambda: b"",
    "unknown": noise,
}
READ_HERE = [kind for kind in MADE if kind in READERS and kind not in ("doc", "rtf", "word_xml", "jpeg")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind under every suffix, in a folder for each kind."""
    folder = tmp_path_factory.mktemp("suffixes")
    for kind, make in MADE.items():
        (folder / kind).mkdir()
        data = make()
        for suffix in SUFFIXES:
            (folder / kind / f"年报.{suffix}").write_bytes(data)
    return folder


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", MADE)
def test_the_content_tells_the_kind(folder: Path, kind: str, suffix: str) -> None:
    path = str(folder / kind / f"年报.{suffix}")
    (source,) = sources_in(path)
    if kind == "zip":
        assert source.name == f"{path}!年报.txt"
        assert kind_of(read_source(source.name)) == "text"
    else:
        assert (source.name, kind_of(read_source(path))) == (path, kind)


@pytest.mark.parametrize("kind", READ_HERE)
def test_the_document_is_the_same_whatever_the_suffix(folder: Path, kind: str) -> None:
    readings = {suffix: read_bytes(read_source(str(folder / kind / f"年报.{suffix}"))) for suffix in ("doc", "pdf")}
    assert readings["doc"] == readings["pdf"]
    assert readings["doc"].document is not None


def test_a_scan_opens_archives_under_any_suffix(folder: Path) -> None:
    found = scan(folder, {})
    assert {file.path for file in found if file.is_archive} == {f"zip/年报.{suffix}" for suffix in SUFFIXES}
    assert sum(file.path.endswith("!年报.txt") for file in found) == len(SUFFIXES)
