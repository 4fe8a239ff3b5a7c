"""Tables made of <div>, <ul> or <dl>: by style (display: table, grid), by role, or as rows of equally many texts.

They are rewritten as <table> before the page is walked. Where rows have different numbers of cells and nothing states their
widths, these are worked out, and the table is marked as inferred. What is less explicit stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.readers.html.fields import text_of
from pipeline.readers.html.styles import Styles
from pipeline.readers.spans import infer_spans

INFERRED = "data-spans-inferred"  # set on a <table>
_SIGNS = ("table-row", "grid-template-columns", "role")  # one of which every table by style or by role needs
_TABLE = re.compile(r"<t[dh]\b")
_HOLDERS = ("div", "section", "article", "ul", "ol", "dl", "dd", "li", "main", "form")
_ROWS = frozenset({"div", "ul", "ol", "dl", "li", "p", "section"})
_TEXTS = frozenset({"div", "span", "li", "dt", "dd", "p", "b", "strong", "em", "i", "label"})
_INLINE = frozenset({"span", "font", "a", "b", "strong", "i", "em", "u", "small", "big", "sub", "sup", "label", "br"})
_VALUE = re.compile(r"\s*(?:[+\-－]?\s*[\d０-９][\d０-９,，.]*|[/／—－-]+|无)\s*")
_LONGEST = 200  # characters in a cell; more is layout
_MOST_CELLS = 20_000


def mark_tables(root: etree._Element, small: str) -> None:
    """Rewrite such tables of a page; small: its source in small letters, in which most show at once that there are none."""
    if any(sign in small for sign in _SIGNS):
        styles = Styles(root)
        for element in list(root.iter("*")):
            part = styles.part_of(element) if isinstance(element.tag, str) and element.tag != "table" else None
            if part == "table":
                _mark_styled(element, styles)
            elif part == "grid":
                _mark_grid(element, styles)
    if not _TABLE.search(small):
        for element in list(root.iter(*_HOLDERS)):
            _mark_plain(element)


def _mark_styled(table: etree._Element, styles: Styles) -> None:
    rows = [(row, list(_parts(row, "cell", styles))) for row in _parts(table, "row", styles)]
    if len(rows) > 1 and all(cells for _, cells in rows) and _are_short(cell for _, cells in rows for cell in cells):
        _write(table, [(row, cells) for row, cells in rows])


def _parts(holder: etree._Element, wanted: str, styles: Styles) -> Iterator[etree._Element]:
    """The parts of one kind within an element, not looking into other parts of tables."""
    for child in holder.iterchildren("*"):
        part = styles.part_of(child)
        if part == wanted:
            yield child
        elif part is None and not (child.tag in _INLINE and not len(child)):
            yield from _parts(child, wanted, styles)


def _mark_grid(holder: etree._Element, styles: Styles) -> None:
    """A grid of stated columns whose cells, one behind the other, fill its rows."""
    width, cells = styles.tracks(holder), list(holder.iterchildren("*"))
    if width < 2 or len(cells) > _MOST_CELLS or not _are_short(iter(cells)):
        return
    spans = [styles.spans(cell) for cell in cells]
    rows: list[list[etree._Element]] = []
    free = [0] * width  # for each column the first free row
    for cell, span in zip(cells, spans, strict=True):
        if span is None:
            return
        row = min(free)
        column = free.index(row)
        if column + span[1] > width or any(free[place] != row for place in range(column, column + span[1])):
            return
        while len(rows) <= row:
            rows.append([])
        rows[row].append(cell)
        free[column : column + span[1]] = [row + span[0]] * span[1]
    if len(rows) < 2 or len(set(free)) > 1:
        return
    for cell, span in zip(cells, spans, strict=True):
        assert span is not None
        cell.set("rowspan", str(span[0]))
        cell.set("colspan", str(span[1]))
    wrapped = []
    for members in rows:
        row_element = etree.SubElement(holder, "tr")
        for cell in members:
            cell.tail = None
            row_element.append(cell)
        wrapped.append((row_element, members))
    _write(holder, wrapped, stated=True)


def _mark_plain(holder: etree._Element) -> None:
    """Rows of texts, in each row as many, with a figure somewhere among them; or one <dl> in which each <dt> has as many <dd>."""
    if holder.tag == "dl":
        rows = _definitions(holder)
    else:
        children = list(holder.iterchildren("*"))
        if len(children) < 2 or any(child.tag != children[0].tag or child.tag not in _ROWS for child in children):
            return
        rows = [(child, list(child.iterchildren("*"))) for child in children]
        if any((row.text or "").strip() for row, _ in rows):
            return
    cells = [cell for _, of_row in rows for cell in of_row]
    if len(rows) < 2 or len({len(of_row) for _, of_row in rows}) > 1 or len(rows[0][1]) < 2 or len(cells) > _MOST_CELLS:
        return
    plain = all(cell.tag in _TEXTS and all(inner.tag in _INLINE for inner in cell.iterdescendants("*")) for cell in cells)
    if plain and _are_short(iter(cells)) and any(_VALUE.fullmatch(text_of(cell)) for cell in cells):
        _write(holder, rows)


def _definitions(holder: etree._Element) -> list[tuple[etree._Element, list[etree._Element]]]:
    rows: list[list[etree._Element]] = []
    for child in list(holder.iterchildren("*")):
        if child.tag == "dt":
            rows.append([child])
        elif child.tag == "dd" and rows:
            rows[-1].append(child)
        else:
            return []
    if len(rows) < 2 or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        return []
    wrapped = []
    for cells in rows:
        row = etree.SubElement(holder, "tr")
        for cell in cells:
            row.append(cell)
        wrapped.append((row, cells))
    return wrapped


def _are_short(cells: Iterator[etree._Element]) -> bool:
    return all(len(text_of(cell).strip()) <= _LONGEST for cell in cells)


def _write(table: etree._Element, rows: Sequence[tuple[etree._Element, list[etree._Element]]], stated: bool = False) -> None:
    """Rename the elements of a table; widths come from aria-colspan, else from how rows of different length fit."""
    cells = [cell for _, of_row in rows for cell in of_row]
    for cell in cells:
        for name in ("rowspan", "colspan"):
            if cell.get(f"aria-{name}"):
                cell.set(name, cell.get(f"aria-{name}", "1"))
                stated = True
    if not stated and len({len(of_row) for _, of_row in rows}) > 1:
        widths = infer_spans([[text_of(cell).strip() for cell in of_row] for _, of_row in rows])
        for (_, of_row), of_widths in zip(rows, widths, strict=True):
            for cell, width in zip(of_row, of_widths, strict=True):
                cell.set("colspan", str(width))
        table.set(INFERRED, "")
    table.tag = "table"
    for row, of_row in rows:
        row.tag = "tr"
        for cell in of_row:
            cell.tag = "td"
