"""A table that goes on over a page break, made one again.

The page break may cut a row (the label goes on below), or a merged label cell. Only labels are ever put together: where two
figures would meet in one cell the rows stay apart, so that the break cannot make a figure that nobody printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.readers.pdf.lines import NUMBERED, VALUE
from pipeline.readers.pdf.tables import PageCell, PageTable, on_edges

# Points: the border of the same column may move by this much from page to page.
TOLERANCE = 5.0
MOST_STRETCHED = 0.2  # of the width of a table, between two photos
_LONGEST_UNIT = 2  # characters: 件, 人次, 万元


def belongs_below(table: PageTable, other: PageTable) -> bool:
    """Whether `other`, the first thing on the next page, has the outer edges and most of the column edges of `table`.

    Two photos are never taken from quite the same place: of these all edges have to be those of `table`, once the outer ones are.
    """
    if table.is_picture and other.is_picture and not _same_edges(table, other):
        stretched = _stretched(table, other)
        return stretched is not other and _shared(table, stretched) == min(len(table.columns), len(other.columns)) - 2
    return _same_edges(table, other) and 2 * _shared(table, other) >= min(len(table.columns), len(other.columns)) - 2


def _same_edges(table: PageTable, other: PageTable) -> bool:
    return abs(table.columns[0] - other.columns[0]) <= TOLERANCE and abs(table.columns[-1] - other.columns[-1]) <= TOLERANCE


def _shared(table: PageTable, other: PageTable) -> int:
    """How many inner edges of the table with fewer of them the other one has, too."""
    inner, other_inner = table.columns[1:-1], other.columns[1:-1]
    fewer, more = (inner, other_inner) if len(inner) <= len(other_inner) else (other_inner, inner)
    return sum(1 for edge in fewer if any(abs(edge - candidate) <= TOLERANCE for candidate in more))


def _stretched(table: PageTable, other: PageTable) -> PageTable:
    """`other` with its outer edges where those of `table` are; as it is where one of them is much wider."""
    width, other_width = (columns[-1] - columns[0] for columns in (table.columns, other.columns))
    if abs(width - other_width) > MOST_STRETCHED * width:
        return other
    first = other.columns[0]
    return replace(other, columns=tuple(table.columns[0] + (edge - first) * width / other_width for edge in other.columns))


def joined(table: PageTable, below: PageTable) -> PageTable:
    """One table of both, the rows of `below` after those of `table`."""
    if table.is_picture and below.is_picture and not _same_edges(table, below):
        below = _stretched(table, below)
    edges = _common_edges(table.columns, below.columns)
    upper = on_edges(table, edges, _nearest(table.columns, edges))
    lower = on_edges(below, edges, _nearest(below.columns, edges))
    last, first = upper.row_cells(upper.rows - 1), lower.row_cells(0)
    for part in (lower, _without_repeated_heading(upper, lower)):
        rest = part.row_cells(0)
        if _is_cut_row(last, rest):
            return _put_together(upper, part, list(zip(last, rest, strict=True)), overlap=1)
    return _put_together(upper, lower, _cut_groups(last, first), overlap=0)


def _without_repeated_heading(table: PageTable, below: PageTable) -> PageTable:
    """The lower part without the rows of headings that each page has again, so that a row which the break cuts is whole.

    Where the row below the headings is that of the table above, too, another table of the kind begins.
    """
    count = 0
    while count < min(table.rows, below.rows) - 1 and (heading := _heading_at(table, count)) and heading == _heading_at(below, count):
        count += 1
    begins_anew = _texts_at(table, count) == _texts_at(below, count)
    if not count or begins_anew or any(cell.row < count < cell.row + cell.row_span for cell in below.cells):
        return below
    cells = tuple(replace(cell, row=cell.row - count) for cell in below.cells if cell.row >= count)
    return replace(below, rows=below.rows - count, cells=cells)


def _texts_at(table: PageTable, row: int) -> list[str]:
    """The words in the cells that begin in a row, without figures."""
    return [text for cell in table.row_cells(row) if cell.row == row and (text := "".join(cell.text.split())) and not _is_value(text)]


def _heading_at(table: PageTable, row: int) -> list[str]:
    """What stands in a row of headings; nothing where figures stand there."""
    own = [cell.text.strip() for cell in table.row_cells(row) if cell.row == row]
    return [] if any(text and _is_value(text) for text in own) else _texts_at(table, row)


def _common_edges(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for edge in sorted([*first, *second]):
        if not edges or edge - edges[-1] > TOLERANCE:
            edges.append(edge)
    return tuple(edges)


def _nearest(own: Sequence[float], edges: Sequence[float]) -> list[int]:
    return [min(range(len(edges)), key=lambda index: abs(edges[index] - edge)) for edge in own]


def _is_value(text: str) -> bool:
    return VALUE.fullmatch(text.strip()) is not None


def _label_count(cells: Sequence[PageCell]) -> int:
    """How many cells at the left of a row are labels or empty before its last label: group cells and the label of the row."""
    count = 0
    for index, cell in enumerate(cells):
        if cell.text.strip():
            if _is_value(cell.text):
                break
            count = index + 1
    return count


def _place_of_label(cells: Sequence[PageCell]) -> int:
    """Where the label of a row stands among its cells, behind those of its groups. A short word behind it (件, 万元) is its unit."""
    place = max(0, _label_count(cells) - 1)
    if place and len(cells[place].text.strip()) <= _LONGEST_UNIT and NUMBERED.match(cells[place - 1].text.strip()):
        return place - 1
    return place


def _same_columns(cell: PageCell, other: PageCell) -> bool:
    return (cell.column, cell.column_span) == (other.column, other.column_span)


def _is_cut_row(last: Sequence[PageCell], first: Sequence[PageCell]) -> bool:
    """Whether the first row below is the rest of the last row above: only words of its label, or its figures without the label."""
    if len(last) != len(first) or not all(_same_columns(cell, below) for cell, below in zip(last, first, strict=True)):
        return False
    if _is_sliver(last, first) or _is_cut_heading(last, first) or _is_label_below(last, first):
        return True
    labels = _label_count(last)
    if labels == 0 or not any(cell.text.strip() for cell in last):
        return False
    figures, figures_below = last[labels:], first[labels:]
    if not all(_is_value(cell.text) for cell in (*figures, *figures_below)):
        return False
    if any(cell.text.strip() for cell in figures) and any(cell.text.strip() for cell in figures_below):
        return False
    label, label_below = last[labels - 1].text, first[labels - 1].text
    if not label_below.strip():
        return all(not cell.text.strip() for cell in first[: labels - 1])
    return NUMBERED.match(label) is not None and NUMBERED.match(label_below) is None and not _is_value(label_below)


def _is_sliver(last: Sequence[PageCell], first: Sequence[PageCell]) -> bool:
    """Whether the last row above is only the upper edge of the first row below: nothing is printed in the cells that begin in it."""
    row = max(cell.row for cell in last)
    pairs = [(cell, below) for cell, below in zip(last, first, strict=True) if cell.row < row or cell.row_span > 1]
    return len(pairs) < len(last) and (
        not any(cell.text.strip() for cell in last if cell.row == row and cell.row_span == 1)
        and all(_goes_on(cell, below) for cell, below in pairs)
    )


def _is_cut_heading(last: Sequence[PageCell], first: Sequence[PageCell]) -> bool:
    """Whether the first row below is the rest of a row of headings: empty below each, while a label beside them goes on."""
    row = max(cell.row for cell in last)
    own = [(cell, below) for cell, below in zip(last, first, strict=True) if cell.row == row]
    beside = [below.text.strip() for cell, below in zip(last, first, strict=True) if cell.row < row]
    return (
        all(cell.text.strip() and not _is_value(cell.text) and not below.text.strip() for cell, below in own)
        and any(beside)
        and not any(NUMBERED.match(text) and not text.startswith("第") for text in beside)  # 第二项 within a sentence
    )


def _is_label_below(last: Sequence[PageCell], first: Sequence[PageCell]) -> bool:
    """Whether the last row above holds only the figures of a row, whose label and group stand below, without a figure."""
    labels, row = _label_count(first), max(cell.row for cell in last)
    own, figures = [cell for cell in last[:labels] if cell.row == row], last[labels:]
    return (
        bool(own)
        and NUMBERED.match(first[labels - 1].text) is not None
        and not any(cell.text.strip() for cell in (*own, *first[labels:]))
        and all(cell.text.strip() and _is_value(cell.text) for cell in figures)
    )


def _goes_on(cell: PageCell, below: PageCell) -> bool:
    """Whether a label cell continues that of the page above: it is empty there, or has no number of its own as that one has."""
    return not below.text.strip() or (NUMBERED.match(cell.text) is not None and NUMBERED.match(below.text) is None)


def _cut_groups(last: Sequence[PageCell], first: Sequence[PageCell]) -> list[tuple[PageCell, PageCell]]:
    """The group cells (left of the label of the row) that go on below: empty there, or going on without a number of their own."""
    groups, groups_below = last[: _place_of_label(last)], first[: _place_of_label(first)]
    above = {(cell.column, cell.column_span): cell for cell in groups}
    pairs = []
    for cell in groups_below:
        upper = above.get((cell.column, cell.column_span))
        if upper is None:
            continue
        if _goes_on(upper, cell):
            pairs.append((upper, cell))
        else:
            break  # a new group begins here, and with it all groups within it
    return pairs


def _put_together(upper: PageTable, lower: PageTable, pairs: Sequence[tuple[PageCell, PageCell]], overlap: int) -> PageTable:
    """The cells of both tables, those of `pairs` as one; `overlap` is 1 where the last and the first row are the same."""
    offset = upper.rows - overlap
    united = {id(cell): _united(cell, below, offset) for cell, below in pairs}
    gone = {id(below) for _, below in pairs}
    cells = [united.get(id(cell), cell) for cell in upper.cells] if united else list(upper.cells)
    cells += [replace(cell, row=cell.row + offset) for cell in lower.cells if id(cell) not in gone]
    return replace(upper, rows=offset + lower.rows, cells=tuple(cells), is_cut=upper.is_cut or lower.is_cut)


def _united(cell: PageCell, below: PageCell, offset: int) -> PageCell:
    end = max(cell.row + cell.row_span, offset + below.row + below.row_span)
    text = "\n".join(part for part in (cell.text, below.text) if part)
    place = below if not cell.text and below.text else cell
    confidence = min(cell.confidence, below.confidence)
    return replace(cell, row_span=end - cell.row, text=text, page=place.page, bbox=place.bbox, confidence=confidence, readings=())
