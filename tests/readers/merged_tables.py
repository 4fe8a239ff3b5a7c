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

    @property
    def shape(self) -> tuple[int, int, int, int, str]:
        """Row, column, row span, column span and text."""
        return self.row, self.column, self.row_span, self.column_span, self.text


# The results of requests as DOC and DOCX merge them: the first column over three rows, the second over two
RESULTS = {
    (0, 0, 3, 1, "三、办理结果"),
    (0, 1, 1, 2, "（一）公开"),
    (0, 3, 1, 1, "3"),
    (1, 1, 2, 1, "（二）无法提供"),
    (1, 2, 1, 1, "1.无"),
    (1, 3, 1, 1, "4"),
    (2, 2, 1, 1, "2.另作"),
    (2, 3, 1, 1, "5"),
}


@st.composite
def merged_tables(draw: st.DrawFn, texts: st.SearchStrategy[str], minimum: int = 1, plain_edges: bool = False) -> list[Piece]:
    """The cells of a table, in reading order: a grid covered without holes by rectangles.

    plain_edges: nothing is merged in the first row and column, so that every edge between rows and columns is in use.
    """
    rows, columns = draw(st.integers(minimum, 7)), draw(st.integers(2, 7))
    free = set(product(range(rows), range(columns)))
    pieces = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        plain = plain_edges and 0 in (row, column)
        width = 1 if plain else draw(st.sampled_from([1, 1, 2, 3, 7]))
        while any((row, column + step) not in free for step in range(width)):
            width -= 1
        height = 1 if plain else draw(st.sampled_from([1, 1, 1, 2, 3, 7]))
        while not all((row + down, column + step) in free for down in range(height) for step in range(width)):
            height -= 1
        free -= set(product(range(row, row + height), range(column, column + width)))
        pieces.append(Piece(row, column, draw(texts), height, width))
    return pieces
