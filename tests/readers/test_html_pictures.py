"""Pictures of a page in files beside it: which they are, and what is said of those that cannot be looked into."""

from __future__ import annotations

from types import ModuleType

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.report import normalise
from pipeline.readers import html, mht
from pipeline.readers.beside import relative_name
from pipeline.readers.html import inline
from tests.reports import render_html, render_mht
from tests.reports.layout import printed_tables
from tests.test_renderers import CATALOG, made


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("./x.jpg", "x.jpg"),
        ("images/表三.png", "images/表三.png"),
        ("images/%E8%A1%A8%E4%B8%89.png", "images/表三.png"),
        ("%B1%ED%C8%FD.png", "表三.png"),
        (" images\\表三.png?v=1#a ", "images/表三.png"),
        ("../x.jpg", "../x.jpg"),
        ("a/../../x.jpg", "../x.jpg"),
        ("http://www.example.cn/x.jpg", None),
        ("//www.example.cn/x.jpg", None),
        ("/x.jpg", None),
        ("%2Fetc/passwd", None),
        ("C:\\x.jpg", None),
        ("file:///x.jpg", None),
        ("data:image/png;base64,AAAA", None),
        ("x%00.jpg", None),
        ("..", None),
        ("", None),
        ("x" * 2000, None),
    ],
)
def test_addresses_that_name_a_file_beside_the_page(address: str, expected: str | None) -> None:
    assert relative_name(address) == expected


def page(*addresses: str) -> bytes:
    """A report without 表四, and these pictures."""
    html_page = render_html.render(made(), printed_tables(CATALOG, made())[:2])
    return html_page.replace(b"</body>", "".join(f'<p><img src="{address}"></p>' for address in addresses).encode() + b"</body>")


def test_a_picture_that_is_not_there_is_named_and_its_table_unreadable(catalog: Catalog) -> None:
    document = html.read(page("./images/表四.png", "http://www.example.cn/photo.jpg"))
    assert document.metadata["pictures"].splitlines() == ["images/表四.png"]
    assert document.metadata["pictures_unread"].splitlines() == ["images/表四.png"]
    (report,) = normalise(catalog, document)
    states = {table.table: table.state for table in report.tables}
    assert (states["requests"], states["remedies"]) == ("found", "unreadable")
    (message,) = [item.message for item in report.problems if item.code == "table_unreadable"]
    assert "“images/表四.png”" in message or "make extras" in message


@pytest.mark.usefixtures("without_recognition")
def test_without_the_optional_part_it_is_said_what_to_install(catalog: Catalog) -> None:
    (report,) = normalise(catalog, html.read(page("1.png"), beside=lambda address: bytes(10_000)))
    assert [item.message for item in report.problems if item.code == "table_unreadable" and "make extras" in item.message]
    assert {table.table: table.state for table in report.tables}["remedies"] == "unreadable"


def test_a_photo_of_the_site_changes_nothing(catalog: Catalog) -> None:
    (report,) = normalise(catalog, html.read(page("http://www.example.cn/photo.jpg")))
    assert {table.table: table.state for table in report.tables}["remedies"] == "absent"


def test_only_so_many_pictures_are_asked_for() -> None:
    asked: list[str] = []

    def beside(address: str) -> bytes | None:
        asked.append(address)
        return None

    document = html.read(page(*(f"{number}.png" for number in range(3000)), *["0.png"] * 3000), beside=beside)
    assert len(asked) == len(set(asked)) == inline.MOST_PICTURES
    assert len(document.metadata["pictures"].splitlines()) <= 500


def test_a_web_archive_holds_its_pictures(catalog: Catalog, scans: ModuleType) -> None:
    content = made()
    *others, last = printed_tables(catalog, content)
    ((picture,),) = scans.render_pictures.pictures_of(content, [last])
    html_page = render_html.render(content, others).replace(
        b"</body>", '<p><img src="images/表四.png"><img src="cid:none@x"></p></body>'.encode()
    )
    data = render_mht.with_pictures(html_page, {"images/表四.png": scans.render_scan.wrapped([picture], "png", 200)})
    (report,) = normalise(catalog, mht.read(data))
    found = {(cell.field, cell.applicant): cell.value for cell in report.cells if not cell.extra}
    assert found == {key: figure.value for key, figure in content.figures.items()}
