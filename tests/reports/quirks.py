"""Named oddities of real reports, as transformations of the content (what is printed) or of a table (how it is set).

A new oddity is one function and one row in CONTENT_QUIRKS or TABLE_QUIRKS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from pipeline.catalog.model import Catalog
from tests.reports.content import Figure, ReportContent
from tests.reports.layout import PrintedCell, PrintedTable

_FULL_WIDTH = str.maketrans("0123456789-.,", "０１２３４５６７８９－．，")


def _each_figure(content: ReportContent, change: Callable[[str, Figure], Figure]) -> ReportContent:
    return replace(content, figures={key: change(key[0], figure) for key, figure in content.figures.items()})


def blank_cells(content: ReportContent, _: Catalog) -> ReportContent:
    """Nothing is printed where the figure is 0: those cells are blank, not zero."""
    return _each_figure(content, lambda _, figure: Figure("", None, "blank") if figure.value == 0 else figure)


def slashes(content: ReportContent, _: Catalog) -> ReportContent:
    """A slash where the figure is 0."""
    return _each_figure(content, lambda _, figure: Figure("/", None, "not_applicable") if figure.value == 0 else figure)


def thousands_commas(content: ReportContent, _: Catalog) -> ReportContent:
    """1,234 for 1234; decimals and units stay."""

    def grouped(_: str, figure: Figure) -> Figure:
        digits = len(figure.printed) - len(figure.printed.lstrip("0123456789"))
        return figure._replace(printed=f"{int(figure.printed[:digits]):,}{figure.printed[digits:]}") if digits > 3 else figure

    return _each_figure(content, grouped)


def units_in_cells(content: ReportContent, catalog: Catalog) -> ReportContent:
    """The unit behind every count above 0: 9项, 12件."""

    def with_unit(field: str, figure: Figure) -> Figure:
        row = catalog.field(content.form, field)
        return figure._replace(printed=figure.printed + row.unit) if row.kind == "count" and figure.value else figure

    return _each_figure(content, with_unit)


def full_width_digits(content: ReportContent, _: Catalog) -> ReportContent:
    """１２ for 12."""
    return _each_figure(content, lambda _, figure: figure._replace(printed=figure.printed.translate(_FULL_WIDTH)))


def padded_figures(content: ReportContent, _: Catalog) -> ReportContent:
    """Ideographic, no-break and common spaces around figures."""
    return _each_figure(content, lambda _, figure: figure._replace(printed=f"　{figure.printed}\N{NO-BREAK SPACE} "))


def plus_signs(content: ReportContent, catalog: Catalog) -> ReportContent:
    """+19 for a change of 19."""

    def signed(field: str, figure: Figure) -> Figure:
        is_change = catalog.field(content.form, field).kind == "signed_count"
        return figure._replace(printed=f"+{figure.printed}") if is_change and (figure.value or Decimal(0)) > 0 else figure

    return _each_figure(content, signed)


def _each_cell(table: PrintedTable, change: Callable[[PrintedCell], PrintedCell]) -> PrintedTable:
    return replace(table, rows=tuple(tuple(change(cell) for cell in row) for row in table.rows))


def wrapped_labels(table: PrintedTable) -> PrintedTable:
    """Labels broken over lines in the middle of a word."""
    return _each_cell(
        table, lambda cell: replace(cell, text=f"{cell.text[:3]}\n{cell.text[3:]}") if cell.key is None and len(cell.text) > 4 else cell
    )


def vertical_labels(table: PrintedTable) -> PrintedTable:
    """Tall label cells with one character a line."""
    return _each_cell(table, lambda cell: replace(cell, text="\n".join(cell.text)) if cell.key is None and cell.row_span > 9 else cell)


def spare_column(table: PrintedTable) -> PrintedTable:
    """An empty column at the right edge."""
    first, *rest = table.rows
    rows = ((*first, PrintedCell("", row_span=len(table.rows))), *rest)
    return replace(table, columns=table.columns + 1, rows=rows)


def lost_merges(table: PrintedTable) -> PrintedTable:
    """Cells merged downwards fall apart: the label stands in the first, the others are empty."""
    rows: list[list[tuple[int, PrintedCell]]] = [[] for _ in table.rows]
    for (top, left), cell in table.placed().items():
        rows[top].append((left, replace(cell, row_span=1)))
        for below in range(top + 1, top + cell.row_span):
            rows[below].append((left, PrintedCell("", 1, cell.column_span)))
    return replace(table, rows=tuple(tuple(cell for _, cell in sorted(cells, key=lambda placed: placed[0])) for cells in rows))


CONTENT_QUIRKS: dict[str, Callable[[ReportContent, Catalog], ReportContent]] = {
    quirk.__name__: quirk
    for quirk in (blank_cells, slashes, thousands_commas, units_in_cells, full_width_digits, padded_figures, plus_signs)
}
TABLE_QUIRKS: dict[str, Callable[[PrintedTable], PrintedTable]] = {
    quirk.__name__: quirk for quirk in (wrapped_labels, vertical_labels, spare_column, lost_merges)
}
