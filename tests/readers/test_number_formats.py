from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.number_formats import BUILT_IN, shown, shown_text
from pipeline.readers.sheet_looks import Look, Written

DASH = '#,##0;-#,##0;"-"'


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("0", DASH, "-"),
        ("12", DASH, "12"),
        ("-1234", DASH, "-1,234"),
        ("0", BUILT_IN[41], "-"),
        ("59237.2449", BUILT_IN[43], "59,237.24"),
        ("0", "0;-0;;@", ""),
        ("5", ";;;", ""),
        ("0", "#", ""),
        ("0", "#.##", ""),
        ("0.5", "#.##", ".5"),
        ("0.05", "0%", "5%"),
        ("0.1234", "0.00%", "12.34%"),
        ("12", "General", "12"),
        ("12", 'General"件"', "12件"),
        ("5", '0.00"万元"', "5.00万元"),
        ("5", "0\\件", "5件"),
        ("-5", "#,##0_);[Red](#,##0)", "(5)"),
        ("-5", "0;[红色]0", "5"),
        ("2.5", "0", "3"),
        ("123456", "0.0,", "123.5"),
        ("7", "000", "007"),
        ("5", "[$¥-804]#,##0.00", "¥5.00"),
        ("1234567.5", "#,##0.0#", "1,234,567.5"),
        ("4867272", "0!.0000", "486.7272"),
        ("4867272", '0"."0,"万"', "486.7万"),
        ("272", "0\\.0000", "0.0272"),
        ("12", "[>=1000]0;0", "12"),
        ("0", '[=0]"-";0', "-"),
        ("5", '[=0]"-";[>=5]0"件";0', "5件"),
        ("12", "[DBNum1][$-804]General", "12"),
    ],
)
def test_what_a_sheet_shows(number: str, code: str, text: str) -> None:
    assert shown(Decimal(number), code) == text


@pytest.mark.parametrize("code", ["0.00E+00", "# ?/?", "000-000", "0!.00!.00", "[>1]#!.0.0", "[>=1000]0"])
def test_formats_that_are_not_worked_out(code: str) -> None:
    assert shown(Decimal(12), code) is None


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["0.00", "#,##0.00", "General", BUILT_IN[43], BUILT_IN[39]]))
def test_formats_that_change_nothing_are_passed_over(number: Decimal, code: str) -> None:
    plain = format(number.normalize(), "f")
    text, otherwise, _ = Look(formats={(0, 0): code}).of_number((0, 0), plain)
    assert text == plain
    assert otherwise is None or (number == 0 and otherwise == "-")


@given(st.integers(-(10**17), 10**17), st.text(st.sampled_from('0#?.,;-%"\\_*[]万元件@ '), max_size=12))
def test_any_format_gives_a_text_or_none(number: int, code: str) -> None:
    assert isinstance(shown(Decimal(number), code), str | None)


@pytest.mark.parametrize(
    ("plain", "code", "expected"),
    [
        ("5", '0.00"万元"', ("5万元", None)),
        ("0.05", "0%", ("5%", None)),
        ("0", DASH, ("0", "-")),
        ("12.345", "0.0", ("12.345", "12.3")),
        ("-12.6", "0", ("-12.6", "-13")),
        ("545000", '0,"件"', ("545件", "545件", "545000")),
        ("4867272", "0!.0000", ("486.7272", "486.7272", "4867272")),
        ("-5", "0;[红色]0", ("-5", "5")),
        ("-5", "0_);(0)", ("-5", None)),
        ("12", "# ?/?", ("12", "# ?/?（格式）")),
    ],
)
def test_text_and_what_is_shown_in_its_stead(plain: str, code: str, expected: tuple[str | None, ...]) -> None:
    assert Look(formats={(0, 0): code}).of_number((0, 0), plain) == Written(*expected)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("0;0;0;", ""),
        ('0;0;0;"18"', "18"),
        ('@"件"', "12件"),
        ('"1"@', "112"),
        (BUILT_IN[41], "12"),
        ("0_ ;[Red]-0", "12"),
        ('0;-0;"-"', "12"),
        ("yyyy-m-d", "12"),
    ],
)
def test_what_a_sheet_shows_of_a_text(code: str, text: str) -> None:
    assert shown_text("12", code) == text
    unit = Written("12件") if text == "12件" else Written("12") if text == "12" else Written("12", text)
    assert Look(formats={(0, 0): code}).of_text((0, 0), "12") == unit
