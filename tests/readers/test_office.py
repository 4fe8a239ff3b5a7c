"""Documents that go through LibreOffice, and what is said where it is missing."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of
from pipeline.readers import docx, office, optional_parts, registry
from pipeline.readers.office import conversion, reading
from tests.readers.golden_doc.sources import SOURCES
from tests.readers.soffice import converted, required


def test_what_is_missing_and_where_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "libreoffice", lambda: None)
    with pytest.raises(ReadError) as error:
        registry.read("rtf", b"{\\rtf1}")
    assert error.value.code == "libreoffice_missing"
    assert "libreoffice-writer-nogui" in error.value.message


def test_libreoffice_belongs_to_the_version_of_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional_parts, "libreoffice", lambda: None)
    assert "libreoffice" not in optional_parts.parts_present()
    monkeypatch.setattr(optional_parts, "libreoffice", lambda: "/usr/bin/soffice")
    assert "libreoffice" in optional_parts.parts_present()


@pytest.mark.parametrize("kind", ["rtf", "odt", "fodt"])
def test_other_formats_are_read_as_the_docx_that_they_were(kind: str) -> None:
    command = required()
    names = ["form_2021", "nested"]
    sources = [SOURCES[name]() for name in names]
    files = converted(command, sources, ".docx", kind)
    assert {kind_of(data) for data in files} <= {"rtf", "odf"}
    for data, source in zip(files, sources, strict=True):
        assert list(office.read(data).grids()) == list(docx.read(source).grids())


def test_a_workbook_saved_as_xml_is_read_as_a_workbook() -> None:
    required()
    rows = "".join(
        f"<Row><Cell><Data ss:Type='String'>{name}</Data></Cell><Cell><Data ss:Type='Number'>{count}</Data></Cell></Row>"
        for name, count in (("规章", 3), ("行政规范性文件", 12))
    )
    spaces = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    data = f"<?xml version='1.0'?><Workbook {spaces}><Worksheet ss:Name='表二'><Table>{rows}</Table></Worksheet></Workbook>".encode()
    assert kind_of(data) == "excel_xml"
    (grid,) = registry.read("excel_xml", data).grids()
    assert [cell.text for cell in grid.cells] == ["规章", "3", "行政规范性文件", "12"]


def test_what_libreoffice_cannot_open_is_damaged() -> None:
    required()
    with pytest.raises(ReadError) as error:
        office.read(b"PK\x03\x04 no archive")
    assert error.value.code == "damaged"


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    stuck = tmp_path / "soffice"
    stuck.write_text(f"#!/bin/sh\necho $$ > {pid}\nexec sleep 600\n", encoding="utf-8")
    stuck.chmod(stuck.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(conversion, "MOST_SECONDS", 1)
    assert conversion.converted(str(stuck), b"{\\rtf1}", "docx") is None
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_hidden_sheet_in_front_of_an_opendocument_workbook_stays_hidden() -> None:
    required()
    names = ["office:1.0", "table:1.0", "text:1.0", "style:1.0"]
    spaces = " ".join(f'xmlns:{name.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for name in names)
    hidden = '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
    cell = "<table:table-cell office:value-type='{}' office:value='{}'><text:p>{}</text:p></table:table-cell>"
    sheets = "".join(
        f'<table:table table:name="{year}"{style}><table:table-row>{cell.format("string", "", "规章")}{cell.format("float", count, count)}'
        "</table:table-row></table:table>"
        for year, count, style in ((2020, 7, ' table:style-name="ta1"'), (2021, 3, ""))
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    data = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2" office:mimetype="{mime}">'
        f"<office:automatic-styles>{hidden}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document>"
    ).encode()
    document = registry.read(kind_of(data), data)
    assert [cell.text for grid in document.grids() for cell in grid.cells] == ["规章", "3"]
    assert document.metadata["hidden_sheets"] == "2020"
