"""Pages inside something else: answers of interfaces, feeds, scripts, frames, fields; and files as programs save them."""

from __future__ import annotations

import gzip
import html
import json

import pytest

from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of
from pipeline.readers.model import Document
from pipeline.readers.registry import read

TABLE = '<table border="1"><tr><td>规章</td><td>12</td></tr><tr><td>规范性文件</td><td>3</td></tr></table>'
TITLE = "瀚川市沐云区教育局2022年政府信息公开工作年度报告"
ARTICLE = f"<p>{'公开' * 120}</p>{TABLE}"
IN_UNICODE = json.dumps(ARTICLE).replace("<", "\\u003c")
FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss><channel><title>年报</title>'
    "<item><title>{}</title><description>{}</description></item></channel></rss>"
)
WRAPPED = {
    "interface": json.dumps({"code": 200, "data": {"title": TITLE, "content": ARTICLE}}),
    "plain interface": json.dumps({"data": [{"Title": TITLE, "body": ARTICLE}]}, ensure_ascii=False),
    "WordPress": json.dumps({"title": {"rendered": TITLE}, "content": {"rendered": ARTICLE}}),
    "escaped": json.dumps({"title": TITLE, "content": html.escape(ARTICLE, quote=False)}),
    "callback": f"jQuery1_2({json.dumps({'name': TITLE, 'html': ARTICLE})});",
    "feed": FEED.format(TITLE, html.escape(ARTICLE)),
    "feed in CDATA": FEED.format(TITLE, f"<![CDATA[{ARTICLE}]]>"),
    "state of the page": f"<html><title>{TITLE}</title><div id=app></div><script>window.__STATE__={{a:{IN_UNICODE}}}</script>",
    "hidden field": f"<html><title>{TITLE}</title><textarea style='display:none'>{html.escape(ARTICLE)}</textarea><div id=x></div>",
    "template": f"<html><title>{TITLE}</title><template>{ARTICLE}</template><div id=x></div>",
    "frame": f"<html><title>{TITLE}</title><iframe srcdoc=\"{html.escape(ARTICLE)}\"></iframe>",
    "written": f"<html><title>{TITLE}</title><p>一</p><script>document.write('{ARTICLE.replace('</', chr(60) + chr(92) + '/')}');</script>",
    "source": f"<html><table><tr><td class=line-number></td><td class=line-content>{html.escape(ARTICLE)}</td></tr></table>",
}  # fmt: skip


def texts(document: Document) -> list[str]:
    return [cell.text for grid in document.grids() for cell in grid.cells]


@pytest.mark.parametrize("name", WRAPPED)
def test_the_table_inside_is_read(name: str) -> None:
    data = WRAPPED[name].encode()
    document = read(kind_of(data), data)
    assert texts(document)[-4:] == ["规章", "12", "规范性文件", "3"]
    assert name == "source" or TITLE in (document.metadata.get("title"), *(paragraph.text for paragraph in document.paragraphs()))


def test_what_a_script_keeps_is_left_alone_where_the_page_shows_tables() -> None:
    page = f"<html><body>{TABLE}<script>var last = {json.dumps(TABLE.replace('12', '99'))}</script></body></html>"
    assert texts(read("html", page.encode())) == ["规章", "12", "规范性文件", "3"]


def test_an_article_that_is_kept_twice_is_read_once() -> None:
    page = f"<html><body><script>var a={json.dumps(ARTICLE)}, b={json.dumps(ARTICLE)}</script></body></html>"
    assert texts(read("html", page.encode())) == ["规章", "12", "规范性文件", "3"]


def test_figures_of_scripts_in_cells_are_printed() -> None:
    page = "<table><tr><td>规章</td><td><script>document.write('12')</script></td></tr><tr><td>甲</td><td>3</td></tr></table>"
    assert texts(read("html", page.encode())) == ["规章", "12", "甲", "3"]


def test_blanks_that_were_escaped_twice_are_blanks() -> None:
    assert texts(read("html", "<table><tr><td>规章</td><td>&amp;nbsp;12&amp;nbsp;</td></tr></table>".encode()))[1].strip() == "12"


def test_a_page_under_gzip_is_read_and_other_things_are_said() -> None:
    packed = gzip.compress(f"<html><body>{TABLE}</body></html>".encode())
    assert texts(read(kind_of(packed), packed)) == ["规章", "12", "规范性文件", "3"]
    for content, code in ((gzip.compress(b"\x89PNG\r\n\x1a\n"), "unsupported_kind"), (packed[:-20], "damaged")):
        with pytest.raises(ReadError) as caught:
            read("gzip", content)
        assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "hz"])
def test_encodings_that_nothing_declares(encoding: str) -> None:
    data = f"<html><body><p>一、总体情况</p>{TABLE}</body></html>".encode(encoding)
    assert texts(read(kind_of(data), data)) == ["规章", "12", "规范性文件", "3"]


def test_a_text_that_was_encoded_twice() -> None:
    for before in ("utf-8", "gb18030"):
        data = f"<html><body>{TABLE}</body></html>".encode(before).decode("latin-1").encode()
        assert texts(read("html", data))[::2] == ["规章", "规范性文件"]


def test_a_foot_in_another_encoding_spoils_no_page() -> None:
    data = f"<html><body>{TABLE}<p>".encode() + "主办单位：沐云区人民政府办公室版权所有".encode("gbk") + b"</p></body></html>"
    document = read("html", data)
    assert texts(document)[::2] == ["规章", "规范性文件"]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["主办单位：沐云区人民政府办公室版权所有"]
