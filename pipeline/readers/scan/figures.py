"""Whether what was recognised can be trusted as a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.readers.scan.pieces import Piece

# Nought as the recogniser may call it.
NOUGHTS = str.maketrans("Oo〇○Οο", "000000")
FORMS = str.maketrans("（），．：－—–一０１２３４５６７８９", "(),.:----0123456789")
IDEOGRAPH = re.compile("[一-鿿]")
PLAIN = re.compile(r"[0-9.,\-+]+")
SEPARATED = 0.5  # of the height of a line: a piece as high is a digit, a smaller one a point, comma or sign
ONE_DIGIT = 0.85  # widest digit, in heights of a digit; digits that touch each other follow at 0.45 to 0.8
NARROWEST, WIDEST = 0.45, 0.8


def is_figure(text: str) -> bool:
    """Whether a recognised line may stand for a figure or a sign for nothing; what could not be recognised may, too."""
    bare = text.strip()
    letters = len(IDEOGRAPH.findall(bare))
    return len(bare) <= 2 or (any(letter.isdigit() for letter in bare) and 2 * letters <= len(bare)) or letters == 0


def agreed(first: str, second: str) -> str | None:
    """The text on which two readings agree; None where they do not. In a number a round letter is a nought, which looks the same."""
    one, other = (re.sub(r"\s", "", text).translate(FORMS) for text in (first, second))
    number, other_number = one.translate(NOUGHTS), other.translate(NOUGHTS)
    if number == other_number and PLAIN.fullmatch(number) and any(letter.isdigit() for letter in number):
        return number
    return first if one == other else None


def only_number(readings: Sequence[str]) -> str | None:
    """The one plain number among readings; None where there is none, or two of them differ."""
    plain = {re.sub(r"\s", "", text).translate(FORMS).translate(NOUGHTS) for text in readings if any(letter.isdigit() for letter in text)}
    number = plain.pop() if len(plain) == 1 else ""
    return number if PLAIN.fullmatch(number) else None


def has_its_pieces(text: str, line: Sequence[Piece], dust: Sequence[Piece]) -> bool:
    """Whether a plain number has as many characters as there are pieces of print side by side: a lost 1 or point is noticed.

    Digits that touch each other are one wide piece. Anything but a plain number is not judged.
    """
    bare = re.sub(r"\s", "", text).translate(FORMS)
    if not PLAIN.fullmatch(bare):
        return True
    height = max(piece.height for piece in line)
    top, bottom = min(piece.top for piece in line), max(piece.bottom for piece in line)
    points = [piece for piece in dust if _is_point(piece, line, top, bottom) or _is_sign(piece, line, top, bottom)]
    ranges = [_characters(right - left, tall, height) for left, right, tall in _side_by_side([*line, *points])]
    return sum(fewest for fewest, _ in ranges) <= len(bare) <= sum(most for _, most in ranges)


def _characters(width: int, tall: int, height: int) -> tuple[int, int]:
    """How many characters a group of print may be, at least and at most."""
    if tall < SEPARATED * height or width <= ONE_DIGIT * height:
        return 1, 1
    return round(width / (WIDEST * height) + 0.1), round(width / (NARROWEST * height))


def _is_point(dust: Piece, line: Sequence[Piece], top: int, bottom: int) -> bool:
    """Whether dust lies where a decimal point would: between digits, on the base line."""
    is_low = dust.top >= (top + bottom) / 2 and dust.bottom <= bottom + (bottom - top) / 4
    return is_low and min(piece.left for piece in line) < dust.left and dust.right < max(piece.right for piece in line)


def _is_sign(dust: Piece, line: Sequence[Piece], top: int, bottom: int) -> bool:
    """Whether dust lies where a sign would: flat, close before the digits, in the middle of their height."""
    start, height = min(piece.left for piece in line), bottom - top
    is_near = start - height <= dust.left and dust.right <= start
    return dust.width > dust.height and is_near and top + height / 4 <= dust.top and dust.bottom <= bottom - height / 5


def _side_by_side(pieces: Sequence[Piece]) -> list[tuple[int, int, int]]:
    """Pieces over each other made one: left, right and height of each group."""
    groups: list[tuple[int, int, int]] = []
    for piece in sorted(pieces):
        if groups and piece.left < groups[-1][1]:
            left, right, height = groups[-1]
            groups[-1] = left, max(right, piece.right), max(height, piece.height)
        else:
            groups.append((piece.left, piece.right, piece.height))
    return groups
