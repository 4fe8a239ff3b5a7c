from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.errors import ReadError
from pipeline.readers.encoding import decode

TEXT = "政府信息公开工作年度报告：行政许可 12 件，“其他”0 件。"
RARE = "䶮镕喆"  # not in gb2312; the last two are in gbk


def page(charset: str, text: str = TEXT) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>{text}</body></html>'


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "GBK", "gb18030", "iso-8859-1", "no-such-charset", "hex"])
@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
def test_a_wrong_declaration_does_no_harm(declared: str, real: str) -> None:
    assert decode(page(declared).encode(real), markup=True) == page(declared)


def test_white_space_alone_does_not_make_a_page_chinese() -> None:
    assert decode("<td>\xa0</td>".encode()) == "<td>\xa0</td>"


def test_gb2312_means_gb18030() -> None:
    assert decode(page("gb2312", RARE).encode("gb18030"), markup=True) == page("gb2312", RARE)


def test_big5_is_believed_where_it_fits() -> None:
    text = page("big5", "政府資訊公開年度報告行政規範性檔案")
    assert decode(text.encode("big5"), markup=True) == text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(codec: str) -> None:
    assert decode(TEXT.encode(codec)) == TEXT


def test_one_broken_character_is_seen_and_the_rest_is_kept() -> None:
    data = (TEXT * 20).encode("gb18030")
    decoded = decode(data + b"\xff" + "完".encode("gb18030"))
    assert decoded.startswith(TEXT * 20)
    assert "\ufffd" in decoded


def test_a_character_cut_at_the_end_of_utf_8() -> None:
    assert decode((TEXT * 20).encode()[:-1]).startswith(TEXT * 19)


@given(st.binary(max_size=300), st.booleans())
def test_bytes_give_text_or_a_read_error(data: bytes, markup: bool) -> None:
    try:
        assert isinstance(decode(data, markup=markup), str)
    except ReadError as error:
        assert error.code == "encoding"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=12, max_size=200))
def test_chinese_in_either_encoding_comes_back(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(text.encode("gb18030")) == text
