"""Tables with merged cells at random, for readers to bring back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st


@dataclass(frozen=True)
class Piece:
    """A cell of a random table: upper left corner, text and spans."""

    row: int
    column: int
    text: str
    row_span: int
    column_span: int


@st.composite
def merged_tables(draw: st.DrawFn, texts: st.SearchStrategy[str], minimum: int = 1) -> list[Piece]:
    """The cells of a table, in reading order: a grid covered without holes by rectangles."""
    rows, columns = draw(st.integers(minimum, 7)), draw(st.integers(2, 7))
    free = set(product(range(rows), range(columns)))
    pieces = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        width = draw(st.integers(1, 3))
        while any((row, column + step) not in free for step in range(width)):
            width -= 1
        height = draw(st.sampled_from([1, 1, 1, 2, 3]))
        while not all((row + down, column + step) in free for down in range(height) for step in range(width)):
            height -= 1
        free -= set(product(range(row, row + height), range(column, column + width)))
        pieces.append(Piece(row, column, draw(texts), height, width))
    return pieces
