from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.values import read_value

NUMBERS = {
    "12": "12",
    "１２": "12",
    "\N{NO-BREAK SPACE}12\u3000": "12",
    "1,234": "1234",
    "１，２３４，５６７": "1234567",
    "59237.2449": "59237.2449",
    "12。": "12",
    "0": "0",
    "007": "7",
    "零": "0",
    "〇": "0",
    "-24": "-24",
    "－24": "-24",
    "+19": "19",
    "增10": "10",
    "减24": "-24",
    "↓24": "-24",
    "-0": "0",
    "+(0) -(0)": "0",
    "+（3）-（1）": "2",
    "增10减3": "7",
    "22（其中修订 16 件）": "22",
    "12（其中3": "12",
    "1197①": "1197",
    "12[¹]": "12",
    "3 *": "3",
    "3＊＊": "3",
    "12[1]": "12",
    "12【2】": "12",
    "3注1": "3",
    "共计3": "3",
    "'12": "12",
    "1'234": "1234",
    "𝟏𝟐": "12",
}
UNITS = {
    "9项": ("9", "项"),
    "403万": ("403", "万"),
    "251000元": ("251000", "元"),
    "12元整": ("12", "元"),
    "减少3项": ("-3", "项"),
    "人民币12万元": ("12", "万元"),
    "￥120元": ("120", "元"),
    "12项/次": ("12", "项/次"),
    "160.5964万元": ("160.5964", "万元"),
    "447228件": ("447228", "件"),
    "12 (件)": ("12", "件"),
    "0件": ("0", "件"),
    "共3件": ("3", "件"),
    "两件": ("2", "件"),
    "一件": ("1", "件"),
    "零件": ("0", "件"),
    "３件次": ("3", "件次"),
    "￥12.5万": ("12.5", "万"),
    "3件①": ("3", "件"),
    "1.2万件": ("1.2", "万件"),
    "人民币壹拾贰万叁仟元整": ("123000", "元"),
}
REPAIRED = {
    "1 1": "11",
    "13\n810": "13810",
    "1 234 567": "1234567",
    "O": "0",
    "1o": "10",
    "0 .092": "0.092",
    "十二": "12",
    "12²": "12",
}
UNREADABLE = [
    "约12", "12余件", "12%", "12.", "12、", "1-5", "1/2", "2021-1-1", "- 4 -", "-1-1", "第4页 共6页", "第二十条",
    "²", "①12", "٣",
    "一", "一一", "¥12", "万", "十百", "〇十一", "（12）", "共", "约共3件", "3*4",
    "12①3", "百件", "12+3", "详见附件", "5 6 7", "1,23", "增/减", "。", "本年新",
]  # fmt: skip
SIGNS = ["/", "／", "-", "－", "—", "——", "———", "/ /", "\\", "无", "無", "无。", "不适用", "空", "N/A", "n/a", "─", "‑", "−"]


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_numbers(catalog: Catalog, text: str, number: str) -> None:
    value = read_value(catalog, text)
    assert (value.state, value.number, value.unit, value.repaired) == ("number", Decimal(number), None, False)


@pytest.mark.parametrize(("text", "expected"), UNITS.items())
def test_units_are_told_and_not_multiplied(catalog: Catalog, text: str, expected: tuple[str, str]) -> None:
    value = read_value(catalog, text)
    assert value.unit is not None
    assert (value.number, value.unit.unit) == (Decimal(expected[0]), expected[1])


@pytest.mark.parametrize(("text", "number"), REPAIRED.items())
def test_mended_numbers_say_so(catalog: Catalog, text: str, number: str) -> None:
    value = read_value(catalog, text)
    assert (value.number, value.repaired) == (Decimal(number), True)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_not_one_number_is_unreadable(catalog: Catalog, text: str) -> None:
    assert read_value(catalog, text).state == "unreadable"


@pytest.mark.parametrize("text", SIGNS)
def test_signs_for_nothing_are_kept_as_signs(catalog: Catalog, text: str) -> None:
    value = read_value(catalog, text)
    assert (value.state, value.number) == ("not_applicable", None)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\N{NO-BREAK SPACE}", "\u200b\n"])
def test_blank_is_not_zero(catalog: Catalog, text: str) -> None:
    assert read_value(catalog, text).state == "blank"


@given(st.integers(-(10**9), 10**9))
def test_any_integer_is_read_as_it_is(catalog: Catalog, number: int) -> None:
    assert read_value(catalog, str(number)).number == number
    assert read_value(catalog, f"{number:,}").number == number


@given(st.text(max_size=30))
def test_no_text_crashes_and_a_number_is_set_exactly_for_numbers(catalog: Catalog, text: str) -> None:
    value = read_value(catalog, text)
    assert (value.number is not None) == (value.state == "number")


@given(st.text(alphabet="零一二三十百千万两〇0123456789.,-+()/增减件万元 ", max_size=12))
def test_no_text_of_number_letters_crashes(catalog: Catalog, text: str) -> None:
    value = read_value(catalog, text)
    assert value.number is None or value.number.is_finite()


@pytest.mark.parametrize(
    "text", ["1" * 50, "1" * 200_000, "１" * 200_000, "-" + "9" * 60, "0." + "0" * 60 + "1", "1." + "0" * 40 + "1", "+1" + "1" * 60 + "-2"]
)
def test_an_endless_number_is_no_figure(catalog: Catalog, text: str) -> None:
    assert read_value(catalog, text).state == "unreadable"


@pytest.mark.parametrize("text", ["0 0", "0 5", "0\n13"])
def test_two_figures_of_which_the_first_is_nought_are_no_number_that_was_cut(catalog: Catalog, text: str) -> None:
    assert read_value(catalog, text).state == "unreadable"
