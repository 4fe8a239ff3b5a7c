"""Paragraphs and headings of a page, damage, and real pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.common.errors import ReadError
from pipeline.readers.html import read
from pipeline.readers.model import Paragraph
from tests.readers.html_samples import body, lines


def test_paragraphs_and_headings() -> None:
    document = body("首行<h1>题 目</h1><p>　　一段<br>二段</p><div>三<span>段</span></div><p>&nbsp;</p>")
    assert document.blocks == (
        Paragraph("首行"),
        Paragraph("题 目", heading=True),
        Paragraph("　　一段"),
        Paragraph("二段"),
        Paragraph("三段"),
    )


def test_preformatted_text_keeps_its_lines() -> None:
    assert lines("<pre>一、总体情况\n正文\n</pre>") == ["一、总体情况", "正文"]


@pytest.mark.parametrize("tag", ["table><tr><td", "div", "font"])
def test_what_lies_too_deep_is_refused_and_not_lost(tag: str) -> None:
    with pytest.raises(ReadError) as raised:
        body(f"<{tag}>" * 10_000 + "规章")
    assert raised.value.code == "damaged"


def test_a_thousand_unclosed_tags_are_read() -> None:
    assert lines("<font>" * 1_000 + "一<p>二") == ["一", "二"]


GRIDS = {
    "ankang_2019": [(18, 7)],
    "beijingjie_2020": [(18, 7)],
    "changchun_2020": [(3, 4), (12, 7)],
    "eryuan_202102": [(3, 4), (3, 4)],
    "hangzhou_style_2025": [(14, 4), (28, 10), (4, 15)],
    "huachuan_2021": [(14, 7), (6, 10)],
    "hushi_2019": [(7, 7)],
    "nanyuan_post_2021": [(4, 4), (4, 4), (4, 4), (3, 4)],
    "nileke_2023": [(14, 4), (12, 10)],
    "niuhua_202201": [(3, 4), (14, 4)],
    "qianjin_2020": [(18, 4)],
    "qijiazi_2023": [(14, 7), (5, 10)],
    "shekou_2022": [(14, 4)],
    "shiqiao_2019": [(18, 5), (7, 12)],
    "shuyang_fgj_2023": [(6, 4), (14, 4), (28, 10), (4, 15)],
    "tuanjie_2020": [(18, 7)],
    "tuofenglu_2020": [(18, 7), (5, 10)],
    "xiliu_202401": [(14, 4)],
    "xinjiu_2021": [(14, 7), (6, 10)],
    "yanan_2021": [(14, 4)],
    "yelang_2023": [(18, 7)],
    "zhongcun_2020": [(18, 7)],
    "zhongshan_2021": [(15, 5)],
}


@pytest.mark.real
def test_real_pages(real_reports: Path) -> None:
    for name, shapes in GRIDS.items():
        document = read((real_reports / f"{name}.html").read_bytes())
        assert [(found.rows, found.columns) for found in document.grids()] == shapes, name
        assert "\ufffd" not in "".join(block.text for block in document.paragraphs()), name
        assert document.pictures == (2 if name == "beijingjie_2020" else 0), name


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><p>前</p></body></html><p>后</p>",
        "<html><body><p>前</p></html>\n<html><head><title>二</title></head><body><p>后</p></body></html>",
        "<body><div><!DOCTYPE html><HTML><head><style>p{}</style></head><body><p>前</p></BODY ></HTML\n></div><p>后</p></body>",
    ],
    ids=("after the end", "two pages", "a page in a page"),
)
def test_what_comes_after_the_end_of_the_page_is_read_as_in_a_browser(text: str) -> None:
    assert [block.text for block in read(text.encode()).paragraphs()] == ["前", "后"]


def test_every_line_of_a_heading_is_one() -> None:
    found = [(block.text, block.heading) for block in body("<h1><span>甲<br>乙</span></h1><p>丙<br>丁").paragraphs()]
    assert found == [("甲", True), ("乙", True), ("丙", False), ("丁", False)]
