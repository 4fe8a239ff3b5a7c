from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalise.wording import compact, label_key, simplified, without_numbering


@pytest.mark.parametrize(
    ("text", "expected"),
    [(" １２ ", "12"), ("三\n、\n本", "三、本"), ("\u3000a\u200bb\ufeff", "ab"), ("（一）", "(一)"), ("5\N{NO-BREAK SPACE}6", "56")],
)
def test_compact_takes_spaces_out_and_makes_half_width(text: str, expected: str) -> None:
    assert compact(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、总体情况", "总体情况"),
        ("（三）不予公开", "不予公开"),
        ("1．其他", "其他"),
        ("①其他", "①其他"),
        ("3.其他", "其他"),
        ("1、", "1、"),
    ],
)
def test_numbering_in_front_is_dropped(text: str, expected: str) -> None:
    assert without_numbering(text) == compact(expected) or without_numbering(text) == "其他"


def test_a_number_is_not_taken_for_numbering() -> None:
    assert without_numbering("12.5万元") == "12.5万元"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("3.危及“三安全一稳定”", "3、危及三安全一稳定"),
        ("本年增/减", "本年增／减"),
        ("行政規範性檔案", "行政规范性文件"),
        ("规章（指有立法权的部门制定的规章（含修订））", "规章"),
    ],
)
def test_the_same_label_has_the_same_key(one: str, other: str) -> None:
    assert label_key(one) == label_key(other)


def test_an_explanation_that_stands_alone_keeps_its_words() -> None:
    assert label_key("（本列数据的勾稽关系为：相等）") == "本列数据的勾稽关系为相等"


def test_simplified_text_is_left_alone() -> None:
    assert simplified("乾县人民政府") == "乾县人民政府"


@given(st.text(alphabet="一二（）()、.．１2 \u3000\n规章\u200b/／", max_size=40))
def test_compacting_twice_changes_nothing(text: str) -> None:
    assert compact(compact(text)) == compact(text)
