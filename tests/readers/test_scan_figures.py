"""What is trusted of a recognised figure: no library for pictures is needed to tell."""

from __future__ import annotations

import pytest

from pipeline.readers.scan.figures import agreed, has_its_pieces, is_figure, only_number
from pipeline.readers.scan.pieces import Piece


def digits(*widths: int, gap: int = 4, height: int = 20) -> list[Piece]:
    pieces, left = [], 0
    for width in widths:
        pieces.append(Piece(left, 0, left + width, height, width * height))
        left += width + gap
    return pieces


def test_a_lost_digit_is_noticed() -> None:
    assert has_its_pieces("10", digits(6, 12), [])
    assert not has_its_pieces("1", digits(6, 12), [])
    assert not has_its_pieces("100", digits(6, 12), [])


def test_digits_that_touch_may_be_one_piece() -> None:
    assert has_its_pieces("00", digits(26), [])
    assert not has_its_pieces("0", digits(26), [])


def test_a_lost_point_is_noticed_though_it_is_as_small_as_dust() -> None:
    point = Piece(17, 17, 19, 20, 0)
    line = [Piece(0, 0, 12, 20, 200), Piece(24, 0, 36, 20, 200)]
    assert has_its_pieces("3.7", line, [point])
    assert not has_its_pieces("37", line, [point])
    assert has_its_pieces("37", line, [Piece(17, 2, 18, 3, 0)])  # dust above the base line


def test_a_lost_sign_is_noticed() -> None:
    line = [Piece(0, 9, 8, 11, 16), *(piece._replace(left=piece.left + 12, right=piece.right + 12) for piece in digits(12, 12))]
    assert has_its_pieces("-24", line, [])
    assert not has_its_pieces("24", line, [])
    assert not has_its_pieces("24", line[1:], [Piece(4, 9, 8, 11, 0)])


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [("12", "12", "12"), ("O", "0", "0"), ("1O", "1O", "10"), ("1", "7", None), ("10", "1", None), ("，", ",", "，"), ("无", "无", "无")],
)
def test_two_readings_have_to_agree(first: str, second: str, text: str | None) -> None:
    assert agreed(first, second) == text


@pytest.mark.parametrize("text", ["12", "", "-", "无", "9项", "22(其中修订16件)", "l"])
def test_what_may_be_a_figure_is_read_twice(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["行政许可", "1.属于国家秘密", "本年收费金额（单位：万元）"])
def test_labels_are_read_once(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (["12", "12", "I2", "12"], None),  # a digit beside a letter is another number
        (["12", "12", "L", "", "12"], "12"),
        (["1O", "10", "1 0"], "10"),
        (["12", "17", "12"], None),
        (["L", ""], None),
        (["3件", "3"], None),
    ],
)
def test_one_number_among_readings(readings: list[str], expected: str | None) -> None:
    assert only_number(readings) == expected
