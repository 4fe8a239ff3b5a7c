"""What a page says about itself, its pictures, and its links to other reports."""

from __future__ import annotations

import pytest

from pipeline.readers.html import read
from tests.readers.html_samples import body


def test_what_the_page_says_about_itself() -> None:
    document = read(
        '<head><title>\n 甲局年报 </title><title>第二个</title><meta name="ArticleTitle" content="甲局2023年年报"/>'
        '<meta name="PubDate" content="2024-1-9 10:26"/><meta property="og:site_name" content="云岭县"/></head><p>x'.encode()
    )
    assert document.metadata == {
        "title": "甲局年报",
        "article_title": "甲局2023年年报",
        "published_on": "2024-01-09",
        "site_name": "云岭县",
    }
    assert read(b'<meta name="PubDate" content="2024-13-45"/><p>x').metadata == {}


def test_pictures_that_may_hold_a_table() -> None:
    ornaments = '<img src="/images/qr.png"><img src="x.png" alt="扫一扫"><img src="a.png" width=16 height="16px">'
    assert body(f'<img src="t1.jpg">{ornaments}<img src=b.png width=600>').pictures == 2


REPORT = "沐云区财政局2023年政府信息公开工作年度报告"


OTHER = "沐云区教育局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        (f"<li><a href='1.html'>{OTHER}</a></li>", []),
        (f"<li><span>·</span><a href='1.html'>{OTHER}</a> 2024-01-09</li>", ["· 2024-01-09"]),
        (f"<p><a href='1.html'>{OTHER}</a>已经公布。</p>", [f"{OTHER}已经公布。"]),
        (f"<h1><a href='#'>{OTHER}</a></h1>", [OTHER]),
        (f"<p><a name='top'>{OTHER}</a></p>", [OTHER]),
        (f"<p><a href='#'>{REPORT}</a></p>", [REPORT]),
        ("<p><a href='2.html'>下一页</a></p>", ["下一页"]),
    ],
)
def test_links_to_other_reports_are_no_titles_of_the_page(markup: str, kept: list[str]) -> None:
    document = read(f"<head><meta charset=utf-8><title>{REPORT}_沐云区</title></head><body>{markup}".encode())
    assert [paragraph.text for paragraph in document.paragraphs()] == kept
