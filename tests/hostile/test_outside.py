"""Nothing outside a file is ever read for it: no entity, no linked file, no address; and entities cannot swell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket

import pytest

from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of
from pipeline.readers.registry import read
from tests.hostile.floods import xlsx
from tests.hostile.parsing import codes, parse
from tests.readers import docx_samples as docx

SECRET = "机密四一七"
MAIN = f'xmlns:w="{docx.MAIN}"'


def with_document_type(
    declared: str, text: str, root: str = "w:document", inside: str = "<w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body>"
) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE {root} {declared}><{root} {MAIN}>{inside.format(text)}</{root}>'


def docx_with(main: str) -> bytes:
    return replaced(docx.docx_of(docx.paragraph("x")), "word/document.xml", main)


def replaced(data: bytes, name: str, content: str) -> bytes:
    """The archive with another content for one member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.namelist():
            target.writestr(member, content if member == name else source.read(member))
    return stream.getvalue()


def ofd_with(main: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("OFD.xml", main)
    return stream.getvalue()


def mht_with(page: str) -> bytes:
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset="utf-8"\n\n'
    return f"{head}{page}\n--b--\n".encode()


def xlsx_with(declared: str, text: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<?xml version="1.0"?><!DOCTYPE sst {declared}><sst xmlns="{main}"><si><t>{text}</t></si></sst>'
    return xlsx('<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row></sheetData>', shared)


CONTAINERS: dict[str, Callable[[str, str], bytes]] = {
    "docx": lambda declared, text: docx_with(with_document_type(declared, text)),
    "xlsx": xlsx_with,
    "ofd": lambda declared, text: ofd_with(with_document_type(declared, text, "OFD", "<DocBody>{}</DocBody>")),
    "html": lambda declared, text: f"<!DOCTYPE html {declared}><html><body><p>报告{text}</p></body></html>".encode(),
    "mht": lambda declared, text: mht_with(f"<!DOCTYPE html {declared}><html><body><p>报告{text}</p></body></html>"),
    "word_xml": lambda declared, text: (
        with_document_type(declared, text, "w:wordDocument", "<w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body>")
        .replace(docx.MAIN, "http://schemas.microsoft.com/office/word/2003/wordml")
        .encode()
    ),
}


def text_in(data: bytes) -> str:
    """All that a reader makes of a file; the message where it refuses it."""
    try:
        document = read(kind_of(data), data)
    except ReadError as error:
        return error.message
    cells = (cell.text for grid in document.grids() for cell in grid.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs()), *cells, *document.metadata.values()])


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beside the report that nobody may read."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("declared", ['[<!ENTITY x SYSTEM "{}">]', '[<!ENTITY % p SYSTEM "{}"> %p; <!ENTITY x "y">]', 'SYSTEM "{}"'])
def test_an_entity_brings_in_no_other_file(container: str, declared: str, secret: Path) -> None:
    data = CONTAINERS[container](declared.format(secret.as_uri()), "&x;")
    assert SECRET not in text_in(data)


@pytest.mark.parametrize("container", CONTAINERS)
def test_nobody_is_called(container: str) -> None:
    called: list[object] = []
    with socket(AF_INET, SOCK_STREAM) as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"

        def listen() -> None:
            try:
                called.append(server.accept())
            except TimeoutError:
                return

        declared = f'PUBLIC "x" "{address}.dtd" [<!ENTITY x SYSTEM "{address}">]'
        text_in(CONTAINERS[container](declared, "&x;"))
        listen()
    assert called == []


def laughs(entity: str = "x", levels: int = 12) -> str:
    """A thousand million laughs."""
    lines = [f'<!ENTITY {entity}0 "哈哈哈哈哈哈哈哈哈哈">']
    lines += [f'<!ENTITY {entity}{level} "{f"&{entity}{level - 1};" * 10}">' for level in range(1, levels)]
    return f"[{' '.join(lines)} <!ENTITY {entity} '&{entity}{levels - 1};'>]"


def test_entities_do_not_swell(tmp_path: Path) -> None:
    files = [(container, make(laughs(), "&x;")) for container, make in CONTAINERS.items()]
    in_attribute = with_document_type(laughs(), "", inside='<w:body><w:p w:rsid="&x;"/></w:body>')
    files.append(("docx, in an attribute", docx_with(in_attribute)))
    for name, lines in parse(tmp_path, files).items():
        assert not codes(lines) & {"time_limit", "memory_limit", "reader_crashed", "internal_error"}, name
        assert [line["status"] for line in lines] == ["refused"], name


LINKED = {
    "html": '<p>报告</p><iframe src="{0}"></iframe><object data="{0}"></object><img src="{0}"><link rel=import href="{0}">',
    "rtf": r"{{\rtf1\ansi\ansicpg936 report {{\field{{\*\fldinst INCLUDETEXT "
    r'"{0}"}}{{\fldrslt x}}}}\par}}',
    "docx": None,
}


@pytest.mark.parametrize("container", LINKED)
def test_a_link_brings_in_no_other_file(container: str, secret: Path) -> None:
    template = LINKED[container]
    if template is None:
        field = f'<w:p><w:fldSimple w:instr="INCLUDETEXT &quot;{secret}&quot;"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        data = docx.docx_of(field + f'<w:altChunk xmlns:r="urn:r" r:id="{secret}"/>')
    else:
        data = template.format(secret).encode()
    assert SECRET not in text_in(data)
