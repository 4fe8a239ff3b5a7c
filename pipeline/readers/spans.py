"""Column spans of a table of which only the cells of each row are known, as in the text dump of a Word file.

What is certain: the longest row has no merged cell, and every row is as wide as it. The rest is worked out from how
neighbouring rows fit: an empty cell below a cell continues it (a vertical merge), so both are equally wide. What stays
open goes to the leftmost cell, because labels lead a row; cells behind a label whose width is known share evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

Rows = Sequence[Sequence[str]]


def infer_spans(rows: Rows) -> list[list[int]]:
    """The width in columns of every cell of `rows` (each at least one cell long); every row adds up to the longest row."""
    return _Spans(rows).solve()


class _Spans:
    """Widths under way. Cells are numbered through all rows; cells known to be equally wide share a group."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.columns = max(map(len, rows), default=0)
        self.first = [0]  # number of the first cell of each row
        for row in rows:
            self.first.append(self.first[-1] + len(row))
        self.above: list[int | None] = [None] * self.first[-1]  # the cell that an empty cell continues
        for index in range(1, len(rows)):
            self._link(index)
        self.members: dict[int, list[int]] = {}
        self.group: list[int] = []
        for cell, above in enumerate(self.above):
            self.group.append(cell if above is None else self.group[above])
            self.members.setdefault(self.group[cell], []).append(cell)
        self.row_of = [index for index, row in enumerate(rows) for _ in row]
        self.width: dict[int, int] = {}  # by group
        self.open = [len(row) for row in rows]  # cells whose width is not known yet, by row
        self.left = [self.columns] * len(rows)  # columns not given to a cell yet, by row

    def solve(self) -> list[list[int]]:
        """Settle rows, the longest first: whatever they determine helps the shorter ones."""
        for index in sorted(range(len(self.rows)), key=lambda index: (-len(self.rows[index]), index)):
            if self.open[index]:
                self._settle(index)
        return [self._checked(index) for index in range(len(self.rows))]

    def _link(self, index: int) -> None:
        """Tie the empty cells at both ends of a row to the cells that they continue in the row above."""
        row, above = self.rows[index], self.rows[index - 1]
        if len(above) == 1 or len(row) == 1:
            return  # a title over the whole width interrupts merged cells
        filled = [place for place, text in enumerate(row) if text.strip()]
        leading = min(filled[0] if filled else len(row), len(above))
        trailing = min(len(row) - 1 - filled[-1] if filled else 0, len(above) - leading)
        while (len(row) == leading + trailing) != (len(above) == leading + trailing):
            leading, trailing = (leading, trailing - 1) if trailing else (leading - 1, 0)
        for place in range(leading):
            self.above[self.first[index] + place] = self.first[index - 1] + place
        for place in range(1, trailing + 1):
            self.above[self.first[index + 1] - place] = self.first[index] - place

    def _settle(self, index: int) -> None:
        """Give the open cells of a row their widths, by the first way that fits what is known of the row."""
        for widths in (self._as_neighbour(index - 1, index), self._as_neighbour(index + 1, index), self._as_runs_below(index)):
            if widths and all(self.width.get(group, width) == width for group, width in zip(self._groups(index), widths, strict=True)):
                break
        else:
            widths = self._by_position(index)
        for group, width in zip(self._groups(index), widths, strict=True):
            self._fix(group, width)

    def _as_neighbour(self, neighbour: int, index: int) -> list[int] | None:
        """A row with as many cells as the settled row beside it has the same cells."""
        if not 0 <= neighbour < len(self.rows) or len(self.rows[neighbour]) != len(self.rows[index]) or self.open[neighbour]:
            return None
        return [self.width[group] for group in self._groups(neighbour)]

    def _as_runs_below(self, index: int) -> list[int] | None:
        """A heading row whose cells stand over runs of the row below: cells that are merged further down, cells that are not."""
        below = index + 1
        if below >= len(self.rows) or self.open[below]:
            return None
        cells = range(self.first[below], self.first[below + 1])
        continued = {self.above[cell] for cell in range(self.first[below + 1], self.first[min(below + 2, len(self.rows))])}
        runs = [sum(self.width[self.group[cell]] for cell in run) for _, run in groupby(cells, key=continued.__contains__)]
        return runs if len(runs) == len(self.rows[index]) else None

    def _by_position(self, index: int) -> list[int]:
        groups = self._groups(index)
        unknown = [place for place, group in enumerate(groups) if group not in self.width]
        share = 1 if unknown[0] == 0 else max(1, self.left[index] // len(unknown))
        widths = [self.width.get(group, share) for group in groups]
        widths[unknown[0]] = max(1, self.left[index] - share * (len(unknown) - 1))
        return widths

    def _fix(self, group: int, width: int) -> None:
        """Record a width, and every other one that follows because a row has a single open cell left."""
        waiting = [(group, width)]
        while waiting:
            group, width = waiting.pop()
            if group in self.width:
                continue
            self.width[group] = width
            for index in [self.row_of[cell] for cell in self.members[group]]:
                self.open[index] -= 1
                self.left[index] -= width
                if self.open[index] == 1:
                    last = next(other for other in self._groups(index) if other not in self.width)
                    waiting.append((last, max(1, self.left[index])))

    def _groups(self, index: int) -> list[int]:
        return self.group[self.first[index] : self.first[index + 1]]

    def _checked(self, index: int) -> list[int]:
        """The widths of a row; where neighbours contradict each other, those of the row alone."""
        widths = [self.width[group] for group in self._groups(index)]
        if sum(widths) == self.columns:
            return widths
        return [self.columns - len(widths) + 1] + [1] * (len(widths) - 1)
