"""Kinds are told by content alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.kinds import kind_of

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = "<!DOCTYPE html><html><head><title>年度报告</title></head><body><p>一、总体情况</p></body></html>"


def archive(*names: str) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as opened:
        for name in names:
            opened.writestr(name, "x" * 100)
    return saved.getvalue()


def word() -> bytes:
    saved = io.BytesIO()
    document = Document()
    document.add_paragraph("一、总体情况")
    document.save(saved)
    return saved.getvalue()


def workbook() -> bytes:
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    book.add_worksheet().write(0, 0, "规章")
    book.close()
    return saved.getvalue()


def directory(*streams: str) -> bytes:
    return OLE2 + bytes(512) + b"".join(stream.encode("utf-16-le").ljust(64, b"\0") for stream in streams)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\t\0", "empty"),
        (b"%PDF-1.4\n1 0 obj\n", "pdf"),
        (b"\n\n%PDF-1.7\n1 0 obj<<>>", "pdf"),
        ("本文说明 %PDF-1.4 文件的格式。".encode(), "text"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0..JFIF", "jpeg"),
        (b"II*\0....", "tiff"),
        (b"GIF89a....", "gif"),
        (b"BM" + bytes(12) + b"\x28\0\0\0" + bytes(40), "bmp"),
        (b"{\\rtf1\\ansi \\'d2\\'bb}", "rtf"),
        (directory("Root Entry", "WordDocument", "1Table"), "doc"),
        (b"\xdb\xa5\x2d\x00" + bytes(100), "word2"),
        (directory("Root Entry", "Workbook"), "xls"),
        (directory("Root Entry", "Book"), "xls"),
        (directory("Root Entry", "EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (directory("Root Entry", "Contents"), "ole2"),
        (directory("Root Entry", "CONTENTS", "MatOST"), "works"),
        (directory("Root Entry", "WordDocument", "Workbook"), "doc"),
        (b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">', "odf"),
        (archive("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (archive("2023/a.html", "word/b.docx"), "zip"),
        (PAGE.encode(), "html"),
        (PAGE.encode("gb18030"), "html"),
        (b"\xff\xfe" + PAGE.encode("utf-16-le"), "html"),
        (b"\xef\xbb\xbf\r\n <TABLE><TR><TD>1</TD></TR></TABLE>", "html"),
        (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n<html><body>", "mht"),
        (b"From: a@b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=x\r\n\r\n--x\r\n", "mail"),
        (directory("Root Entry", "__properties_version1.0"), "mail"),
        (b'<?xml version="1.0"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof">', "uof"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1;K3\r\nE\r\n", "sylk"),
        ("一、总体情况\n\t规章\n\t0\n".encode(), "text"),
        ("一、总体情况\n\t规章\n\t0\n".encode("gbk"), "text"),
        (b"\xff\xfe" + "一、总体情况".encode("utf-16-le"), "text"),
        ("金额 < 100 且 a<b 的项目".encode(), "text"),
        (bytes(range(256)) * 40, "unknown"),
        (b"\x00\x01\x02\x03" * 50, "unknown"),
    ],
)
def test_kind_by_content(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_office_packages_whole_and_truncated() -> None:
    assert kind_of(word()) == "docx"
    assert kind_of(word()[: len(word()) // 2]) == "docx"
    assert kind_of(workbook()) == "xlsx"
    assert kind_of(archive("a.txt")[:60]) == "zip"


def test_a_text_cut_in_the_middle_of_a_character_at_the_sample_is_text() -> None:
    for shift in range(3):
        assert kind_of(b"a" * shift + "政府信息公开".encode() * 20_000) == "text"


@given(st.binary(max_size=400))
def test_never_raises(data: bytes) -> None:
    assert kind_of(data)
    assert kind_of(b"PK\x03\x04" + data) in {"zip", "docx", "xlsx", "xlsb", "pptx", "ofd", "odf"}
    assert kind_of(OLE2 + data)


@pytest.mark.real
def test_real_files(real_reports: Path) -> None:
    for path in real_reports.iterdir():
        expected = {".html": "html", ".pdf": "pdf", ".txt": "text"}.get(path.suffix)
        if expected:
            assert kind_of(path.read_bytes()) == expected, path.name
