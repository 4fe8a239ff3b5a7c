"""Numbers as offices print them: spaces, digits, commas, signs for nothing, units and remarks, cut numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from pipeline.catalog.model import Catalog
from tests.reports.content import Figure, ReportContent, plain
from tests.reports.layout import PrintedCell, PrintedTable
from tests.reports.quirks.model import OnContent, Registry
from tests.reports.quirks.setting import set_placed, set_rows

NUMBERS = Registry("numbers")
_AMOUNT_HEADING = ("proactive", "column", "procurement_amount")
_FULL_WIDTH = str.maketrans("0123456789-.,", "０１２３４５６７８９－．，")
_WIDE = (
    "text",
    "html",
    "doc",
    "docx",
    "xlsx",
)  # our PDF columns hold two full-width digits a line, and what is cut twice is refused on purpose
_SIGNS = {
    "slashes": "/",
    "dashes": "—",
    "hyphens": "-",
    "full_width_hyphens": "－",
    "none_in_words": "无",
    "not_applicable_in_words": "不适用",
    "empty_in_words": "空",
}


def each_figure(content: ReportContent, change: Callable[[str, Figure], Figure]) -> ReportContent:
    """The content with every figure changed: `change` is given the field id and the figure."""
    return replace(content, figures={key: change(key[0], figure) for key, figure in content.figures.items()})


def _printed(content: ReportContent, change: Callable[[str], str]) -> ReportContent:
    return each_figure(content, lambda _, figure: figure._replace(printed=change(figure.printed)) if figure.printed else figure)


@NUMBERS.content()
def padded_figures(content: ReportContent, _: Catalog, random: Random | None = None) -> ReportContent:
    """Ideographic, no-break and common spaces around figures."""
    return each_figure(content, lambda _, figure: figure._replace(printed=f"　{figure.printed}\N{NO-BREAK SPACE} "))


@NUMBERS.content()
def thin_spaces(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """Thin, narrow and zero-width spaces around figures."""
    return _printed(content, lambda text: f"\u2009\u202f{text}\u200b\u2003")


@NUMBERS.content(containers=_WIDE)
def full_width_digits(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """１２ for 12."""
    return _printed(content, lambda text: text.translate(_FULL_WIDTH))


def _grouped(content: ReportContent, comma: str) -> ReportContent:
    def change(text: str) -> str:
        return re.sub(r"(?<![\d.])\d{4,}", lambda match: f"{int(match[0]):,}".replace(",", comma), text)

    return _printed(content, change)


@NUMBERS.content()
def thousands_commas(content: ReportContent, _: Catalog, random: Random | None = None) -> ReportContent:
    """1,234 for 1234; decimals and units stay."""
    return _grouped(content, ",")


@NUMBERS.content()
def full_width_commas(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """1，234 for 1234."""
    return _grouped(content, "，")


@NUMBERS.content()
def many_decimals(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """Amounts to the yuan, which print with four decimals in 万元."""

    def change(field: str, figure: Figure) -> Figure:
        if catalog.field(content.form_of(field), field).kind != "money" or not figure.value:
            return figure
        value = figure.value + 49
        return Figure(re.sub(r"[\d.,，]*\d", plain(value / 10000), figure.printed, count=1), value)

    return each_figure(content, change)


@NUMBERS.content(says={"S3"})
def blank_cells(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """Nothing is printed where the figure is 0: those cells are blank, not zero."""
    return each_figure(content, lambda _, figure: Figure("", None, "blank") if figure.value == 0 else figure)


def _sign(sign: str) -> OnContent:
    def change(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
        return each_figure(content, lambda _, figure: Figure(sign, None, "not_applicable") if figure.value == 0 else figure)

    return change


for _name, _text in _SIGNS.items():
    _change = _sign(_text)
    _change.__name__ = _name
    NUMBERS.content(says={"S3"})(_change)


@NUMBERS.content()
def units_in_cells(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """The unit behind every count above 0: 9项, 12件."""

    def with_unit(field: str, figure: Figure) -> Figure:
        row = catalog.field(content.form_of(field), field)
        is_bare = row.kind == "count" and figure.value and figure.printed.strip()[-1:].isdigit()
        return figure._replace(printed=figure.printed.rstrip() + row.unit) if is_bare else figure

    return each_figure(content, with_unit)


@NUMBERS.content(containers=_WIDE)
def remarks_in_cells(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """22（其中修订 16 件）."""

    def with_remark(field: str, figure: Figure) -> Figure:
        row = catalog.field(content.form_of(field), field)
        if row.kind != "count" or row.table != "proactive" or not figure.value:
            return figure
        return figure._replace(printed=f"{figure.printed}（其中修订 {random.randint(1, 9)} 件）")

    return each_figure(content, with_remark)


def _money(content: ReportContent, catalog: Catalog, show: Callable[[Decimal], str]) -> ReportContent:
    def change(field: str, figure: Figure) -> Figure:
        is_money = catalog.field(content.form_of(field), field).kind == "money" and figure.value
        return figure._replace(printed=show(figure.value)) if is_money and figure.value else figure

    return each_figure(content, change)


@NUMBERS.content()
def money_in_yuan(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """251000元 in the cell, whatever the heading says."""
    return _money(content, catalog, lambda value: f"{plain(value)}元")


@NUMBERS.content()
def money_in_ten_thousands(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """403万 and 160.5964万元 in the cell."""
    unit = random.choice(["万", "万元"])
    return _money(content, catalog, lambda value: f"{plain(value / 10000)}{unit}")


@NUMBERS.content()
def unit_in_the_heading_only(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """采购总金额（单位：万元） over a bare number."""
    bare = _money(content, catalog, lambda value: plain(value / 10000))
    return replace(bare, labels={**bare.labels, _AMOUNT_HEADING: "采购总金额（单位：万元）"})


@NUMBERS.content(says={"unit_missing"}, forms={"2019"})
def unit_nowhere(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """A bare amount under a bare heading: in yuan where it is large, in 万元 where it is small."""
    items = content.figures["proactive.procurement.items", None].value or Decimal(1)
    whole = (content.figures["proactive.procurement.amount", None].value or 0) > 2000 * items and random.random() < 0.5
    bare = _money(content, catalog, lambda value: plain(value) if whole else plain(value / 10000))
    return replace(bare, labels={key: text for key, text in bare.labels.items() if key != _AMOUNT_HEADING})


def _changes(content: ReportContent, catalog: Catalog, show: Callable[[int], str]) -> ReportContent:
    def change(field: str, figure: Figure) -> Figure:
        is_change = catalog.field(content.form_of(field), field).kind == "signed_count" and figure.value is not None
        return figure._replace(printed=show(int(figure.value or 0))) if is_change else figure

    return each_figure(content, change)


@NUMBERS.content(forms={"2019"})
def plus_signs(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """+19 for a change of 19."""
    return _changes(content, catalog, lambda value: f"{value:+}" if value else "0")


@NUMBERS.content(forms={"2019"})
def full_width_signs(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """－24 and ＋3."""
    return _changes(content, catalog, lambda value: f"{value:+}".replace("-", "－").replace("+", "＋") if value else "0")


@NUMBERS.content(forms={"2019"})
def changes_in_words(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """增10, 减24."""
    return _changes(content, catalog, lambda value: f"{'增' if value > 0 else '减'}{abs(value)}" if value else "0")


@NUMBERS.content(forms={"2019"})
def arrows(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """↑10, ↓24."""
    return _changes(content, catalog, lambda value: f"{'↑' if value > 0 else '↓'}{abs(value)}" if value else "0")


@NUMBERS.content(forms={"2019"})
def both_changes(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """+(3) -(0): an increase and a decrease side by side."""
    return _changes(content, catalog, lambda value: f"+({max(value, 0)}) -({max(-value, 0)})")


@NUMBERS.content(says={"number_repaired", "S7"})
def letter_o_for_zero(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """2O and o for 20 and 0."""
    letter = random.choice("Oo")
    return _printed(content, lambda text: text.replace("0", letter) if random.random() < 0.1 else text)


@NUMBERS.content(says={"number_repaired"}, containers=_WIDE, alone=True)
def wrapped_numbers(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """A long number on two lines of its cell: 13 / 810."""
    return _printed(content, lambda text: re.sub(r"^(\d{2})(\d{3,})", "\\1\n\\2", text))


NUMBERS.option("number_in_two_runs", "docx", "html", options={"cut_runs": True})


@NUMBERS.table(keeps="some", containers={"text", "html", "doc", "docx"}, alone=True)
def number_in_two_cells(table: PrintedTable, random: Random) -> PrintedTable:
    """A figure is cut into two cells: `1` `1` for 11."""
    rows = [list(row) for row in table.rows]
    places = [(row, number) for row in rows for number, cell in enumerate(row) if cell.key and len(cell.text) > 1]
    if not places:
        return table
    row, number = random.choice(places)
    cell = row[number]
    row[number : number + 1] = [replace(cell, text=cell.text[:1]), PrintedCell(cell.text[1:])]
    return set_rows(table, rows)


@NUMBERS.table(keeps="some", alone=True)
def number_in_two_narrow_cells(table: PrintedTable, random: Random) -> PrintedTable:
    """A figure is cut into two cells that share the width of its column."""
    placed = table.placed()
    places = [place for place, cell in placed.items() if cell.key and len(cell.text) > 1]
    if not places:
        return table
    row, column = random.choice(places)
    cell = placed.pop((row, column))
    wider = {}
    for (top, left), other in placed.items():
        over = left <= column < left + other.column_span
        wider[top, left + (left > column)] = replace(other, column_span=other.column_span + 1) if over else other
    wider[row, column] = replace(cell, text=cell.text[:1], column_span=1)
    wider[row, column + 1] = PrintedCell(cell.text[1:], 1, cell.column_span)
    return set_placed(table, wider, len(table.rows), table.columns + 1)


@NUMBERS.content(keeps="some", alone=True)
def ten_read_as_one(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """A scanned 0 is lost at the end of a number; the sums of 表三 tell that."""
    keys = [key for key, figure in content.figures.items() if key[1] and figure.value and figure.printed.endswith("0")]
    if not keys:
        return content
    lost = random.choice(keys)
    return content.with_figures({lost: content.figures[lost]._replace(printed=content.figures[lost].printed[:-1])})


@NUMBERS.tables()
def row_indices(tables: tuple[PrintedTable, ...], random: Random) -> tuple[PrintedTable, ...]:
    """A column of row numbers (`1.` `1、` `1．`) in front of the labels of 表三, which its groups break."""
    mark = random.choice([".", "、", "．", ""])
    return tuple(_indexed(table, mark) if table.label_columns > 1 else table for table in tables)


def _indexed(table: PrintedTable, mark: str) -> PrintedTable:
    first = next(number for number, row in enumerate(table.rows) if any(cell.key for cell in row))
    rows = [list(row) for row in table.rows]
    rows[0].insert(0, PrintedCell("序号", first))
    for number, row in enumerate(rows[first:], start=1):
        row.insert(0, PrintedCell(f"{number}{mark}"))
    return replace(set_rows(table, rows), columns=table.columns + 1, label_columns=table.label_columns + 1)


@NUMBERS.content()
def years_in_headings(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """上一年（2018年）项目数量, 本年（2021年）制发件数: a year that is no figure."""
    year = content.report_year
    new = {
        "2019": {"items_previous_year": f"上一年项目数量（{year - 1}年）", "made": f"本年新制作数量（{year}年）"},
        "2021": {"issued": f"本年制发件数（{year}年）"},
    }
    labels = {("proactive", "column", label): text for label, text in new.get(content.form, {}).items()}
    return replace(content, labels={**content.labels, **labels})
