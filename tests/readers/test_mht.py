"""A web archive gives the document of the page inside."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.catalog import Catalog
from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of
from pipeline.normalise.report import normalise
from pipeline.readers import html, mht
from tests.reports import render_html, render_mht
from tests.reports.layout import printed_tables
from tests.reports.render_mht import archive
from tests.test_renderers import made

PAGE = "<html><body><p>公开</p><table><tr><td>规章</td><td>1</td></tr></table></body></html>"


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gb2312"])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_archive_gives_the_document_of_its_page(catalog: Catalog, form: str, encoding: str, transfer: Any) -> None:
    content = made(form)
    tables = printed_tables(catalog, content)
    data = render_mht.render(content, tables, encoding=encoding, transfer=transfer)
    assert kind_of(data) == "mht"
    document = mht.read(data)
    assert document == html.read(render_html.render(content, tables, encoding=encoding, declared=encoding))
    (report,) = normalise(catalog, document)
    assert report.status == "parsed"
    found = {(cell.field, cell.applicant): (cell.state, cell.value) for cell in report.cells if not cell.extra}
    assert found == {key: (figure.state, figure.value) for key, figure in content.figures.items()}


@pytest.mark.parametrize(
    ("charset", "encoding"), [("unicode", "utf-16-le"), ("big5", "big5"), ("gb2312", "gb18030"), (None, "gb18030"), ("x-none", "utf-8")]
)
def test_the_charset_of_the_part_is_a_hint(charset: str | None, encoding: str) -> None:
    page = PAGE.replace("公开", "公開").replace("规章", "規章")
    assert mht.read(archive(page.encode(encoding), charset, "base64")) == html.read(page.encode())


def test_pages_in_frames_are_read_where_the_page_itself_has_no_table() -> None:
    frames = b"<html><frameset><frame src='cid:frame1'></frameset></html>"
    document = mht.read(archive(frames, "utf-8", "base64", PAGE.encode(), PAGE.encode()))
    assert [grid.index for grid in document.grids()] == [0, 1]
    whole = mht.read(archive(PAGE.encode(), "utf-8", "base64", PAGE.encode()))
    assert len(list(whole.grids())) == 1


def test_an_archive_of_too_many_pages_is_refused_rather_than_read_in_part() -> None:
    frames = b"<html><frameset><frame src='cid:frame1'></frameset></html>"
    with pytest.raises(ReadError) as raised:
        mht.read(archive(frames, "utf-8", "base64", *[PAGE.encode()] * 100))
    assert raised.value.code == "too_large"


def test_an_archive_without_a_page_is_damaged() -> None:
    with pytest.raises(ReadError) as raised:
        mht.read(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n")
    assert raised.value.code == "damaged"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
def test_a_truncated_archive_is_read_as_far_as_it_goes_or_refused(catalog: Catalog, share: float) -> None:
    data = render_mht.render(made(), printed_tables(catalog, made()))
    try:
        mht.read(data[: int(len(data) * share)])
    except ReadError as error:
        assert error.code in {"damaged", "encoding"}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x\r\n", "mht"),
        (b"Content-Type: multipart/related; boundary=x\nMIME-Version: 1.0\n\n--x\n", "mht"),
        (b"\r\nFrom: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html>", "mht"),
        (b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n", "mail"),
        ("说明：\nMIME-Version: 1.0\nContent-Type: multipart/related\n".encode(), "text"),
    ],
)
def test_archives_are_told_by_their_head(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind
