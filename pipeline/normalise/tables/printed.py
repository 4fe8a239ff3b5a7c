"""The printed tables of a report: which form each one has, and its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.copies import copies_of
from pipeline.normalise.lists import interpret_list
from pipeline.normalise.model import Cell, Locator, Problem, TableFound
from pipeline.normalise.problems import problem
from pipeline.normalise.tables.cells import cells_of, locator_of, printed_twice
from pipeline.normalise.tables.interpretation import Interpretation, Stray
from pipeline.normalise.tables.lattice import Lattice, transposed
from pipeline.normalise.tables.placement import interpret
from pipeline.normalise.tables.segments import Segment

_Placed = TypeVar("_Placed", Cell, Problem)
_MOST_NAMED = 5
_OF_A_PART = {"cells_missing", "line_added"}
_DOUBTFUL = {"cells_missing", "label_unmatched", "cell_unplaced", "cell_conflict", "table_repeated", "cell_unreadable"}


class TableRead(NamedTuple):
    """What became of a printed table."""

    found: TableFound
    cells: list[Cell]
    problems: list[Problem]


def read_table(catalog: Catalog, table: str, segments: Sequence[Segment], form_due: str | None) -> TableRead:
    """Read one printed table from its segments, as the form whose labels it bears.

    Of several copies the one of the form that is due counts; copies of the same form have to agree, cell by cell. Where
    the table is whole without the segments in which nothing has a place by itself, these are other statistics.
    """
    read = _read_copies(catalog, table, segments, form_due)
    if _is_whole(read) or len(segments) < 2:
        return read
    own = [item for item in segments if _places_anything(catalog, item, form_due)]
    if 0 < len(own) < len(segments):
        without_strangers = _read_copies(catalog, table, own, form_due)
        if _is_whole(without_strangers):
            return without_strangers
    return read


def _is_whole(read: TableRead) -> bool:
    """Whether every cell of a table was found and nothing in it is in doubt."""
    said = {item.code for item in read.problems}
    legible = all(cell.locator is not None and cell.state != "unreadable" for cell in read.cells)
    return read.found.state == "found" and legible and not said & _DOUBTFUL


def _places_anything(catalog: Catalog, segment: Segment, form_due: str | None) -> bool:
    """Whether rows have cells of the form by themselves: other statistics name 行政许可 too, below headings of their own."""
    reading = _best(catalog, segment.table, [segment], form_due)
    return reading is not None and bool(reading.placed)


def _read_copies(catalog: Catalog, table: str, segments: Sequence[Segment], form_due: str | None) -> TableRead:
    reads = [_read_copy(catalog, table, copy, form_due) for copy in copies_of(catalog, segments)]
    found = [read for read in reads if read.found.state == "found"]
    filled = [read for read in found if any(cell.state != "blank" for cell in read.cells)]
    if 0 < len(filled) < len(found):  # forms that were left empty beside one that was filled in contradict nothing
        read = filled[0] if len(filled) == 1 else _agreed_copies(catalog, table, filled, form_due)
        number = catalog.form_table(read.found.form or "", table).number_zh
        message = f"报告中另有空白的{number}，没有填写任何数字，采用填有数字的。"
        return read._replace(problems=[*read.problems, problem(catalog, "copy_blank", message, table=table)])
    if len(found) < 2:
        return next(iter(found or reads), TableRead(TableFound(table, None, "absent"), [], []))
    return _agreed_copies(catalog, table, found, form_due)


def _agreed_copies(catalog: Catalog, table: str, found: list[TableRead], form_due: str | None) -> TableRead:
    """What several copies of a table have in common, those of the form that is due before others; parts side by side together."""
    if in_parts := _parts_together(found):
        return in_parts
    due = [read for read in found if read.found.form == form_due] or [read for read in found if read.found.form == found[0].found.form]
    due.sort(key=lambda read: -sum(cell.locator is not None for cell in read.cells))  # the one that prints most comes first
    number = catalog.form_table(due[0].found.form or "", table).number_zh
    message = f"报告中有 {len(found)} 份{number}，采用 {due[0].found.form} 年格式的 {len(due)} 份；各份不一致的数字未采用，请核实。"
    cells, conflicts = _agreed(catalog, due)
    same = len(due) == len(found) and not conflicts  # the page for print, the page for phones
    repeated = [] if same else [problem(catalog, "table_repeated", message, table=table)]
    said = [item for read in due for item in read.problems if read is due[0] or item.code != "cells_missing"]
    return TableRead(due[0].found, cells, [*repeated, *said, *conflicts])


def _parts_together(found: list[TableRead]) -> TableRead | None:
    """A table whose columns were printed in several parts, each with the labels of all rows, where the parts make it whole."""
    places = [{(cell.field, cell.applicant) for cell in read.cells if cell.locator} for read in found]
    whole = {(cell.field, cell.applicant) for cell in found[0].cells if not cell.extra}
    if (
        len({read.found.form for read in found}) > 1
        or sum(map(len, places)) != len(set().union(*places))
        or not whole <= set().union(*places)
    ):
        return None
    printed = {(cell.field, cell.applicant): cell for read in found for cell in read.cells if cell.locator}
    said = [item for read in found for item in read.problems if item.code not in _OF_A_PART]
    return TableRead(found[0].found, [printed.get((cell.field, cell.applicant), cell) for cell in found[0].cells], said)


def _read_copy(catalog: Catalog, table: str, segments: Sequence[Segment], form_due: str | None) -> TableRead:
    """Where two forms fit equally well (a table cut after a few rows), the form due for the year decides.

    A table in which nothing has its place may have its rows and columns exchanged.
    """
    reading = _best(catalog, table, segments, form_due)
    if reading is not None and reading.placed:
        return _read(catalog, reading)
    if reading is not None and reading.is_of_a_place:
        number = catalog.form_table(reading.form, table).number_zh
        message = f"报告附有当地自定的统计表，各行与规定的{number}大多不同，其数字保留在原表中，没有归入任何指标。"
        return TableRead(TableFound(table, None, "absent"), [], [problem(catalog, "list_of_a_place", message, table=table)])
    reading = _best(catalog, table, [_turned(segment) for segment in segments], form_due)
    if reading is not None and reading.placed:
        read = _read(catalog, reading)
        return TableRead(read.found, [_turned_back(cell) for cell in read.cells], [_turned_back(item) for item in read.problems])
    if not any(segment.has_content for segment in segments):
        return TableRead(TableFound(table, None, "absent"), [], [])
    message = "报告中有这张表的行名、列名，但行列对不上，未能读取。请改用原件。"
    return TableRead(TableFound(table, None, "unreadable"), [], [problem(catalog, "table_unreadable", message, table=table)])


def _read(catalog: Catalog, reading: Interpretation) -> TableRead:
    cells, problems = cells_of(catalog, reading)
    problems += _strays(catalog, reading)
    if not any(item.severity != "info" for item in problems):
        problems += _unread(catalog, reading, [cell for cell in cells if cell.state == "unreadable"])
    return TableRead(TableFound(reading.table, reading.form, "found"), cells, problems)


def _unread(catalog: Catalog, reading: Interpretation, cells: Sequence[Cell]) -> Iterator[Problem]:
    """What is said of cells that may stand in a line that was not understood, where nothing else is said: no figure is lost in silence."""
    if cells:
        number = catalog.form_table(reading.form, reading.table).number_zh
        names = "、".join(dict.fromkeys(catalog.field(reading.form, cell.field).label_zh for cell in cells[:3]))
        message = f"{number}有 {len(cells)} 个单元格不能确定印的是什么，未采用：{names}{'等' if len(cells) > 3 else ''}。请对照原件核实。"
        yield problem(catalog, "cell_unreadable", message, table=reading.table)


def _best(catalog: Catalog, table: str, segments: Sequence[Segment], form_due: str | None) -> Interpretation | None:
    """The form that fits best. The form due is tried first, and where it fits without a doubt, no other."""
    forms = sorted((row.form for row in catalog.form_tables if row.table == table), key=lambda form: form != form_due)
    readings: list[Interpretation] = []
    for form in forms:
        readings.append((interpret_list if catalog.is_list(form, table) else interpret)(catalog, form, table, segments))
        if readings[-1].is_perfect:
            break
    return max(readings, key=lambda reading: (reading.weight, reading.form == form_due, reading.form), default=None)


def _turned(segment: Segment) -> Segment:
    lattice = Lattice(transposed(segment.lattice.grid), segment.first, segment.last)
    return Segment(lattice, segment.table, segment.lattice.first, segment.lattice.last)


def _turned_back(item: _Placed) -> _Placed:
    place = item.locator
    return item if place is None else replace(item, locator=Locator(place.table, place.column, place.row, place.page, place.bbox))


def _agreed(catalog: Catalog, reads: Iterable[TableRead]) -> tuple[list[Cell], list[Problem]]:
    """The cells of the first copy; where another has something else, the cell is unreadable."""
    copies = list(reads)
    first, *others = (read.cells for read in copies)
    form = copies[0].found.form or ""
    rivals: dict[tuple[str, str | None], Cell] = {}
    known = {(cell.field, cell.applicant): cell for cell in first}
    for other in (cell for cells in others for cell in cells):
        mine = known.get((other.field, other.applicant))
        if mine is None or other.locator is None:
            continue  # a table of some rows only does not contradict the whole one
        if (other.state, other.value) != (mine.state, mine.value):
            rivals[other.field, other.applicant] = other
    unread = {key: replace(known[key], state="unreadable", value=None) for key in rivals}
    read_twice = {key: rival for key, rival in rivals.items() if "unreadable" not in (known[key].state, rival.state)}
    problems = [printed_twice(catalog, form, known[key], rival) for key, rival in read_twice.items()]
    if len(problems) > _MOST_NAMED:
        number = catalog.form_table(form, copies[0].found.table).number_zh
        message = f"{number}在报告中有不止一份，有 {len(problems)} 个单元格各份数字不同，均未采用；"
        message += "请写明各份属于哪个范围（如汇总、本级）或只留一份。"
        problems = [problem(catalog, "cell_conflict", f"{message}例如：{problems[0].message}", table=copies[0].found.table)]
    return [unread.get((cell.field, cell.applicant), cell) for cell in first], problems


def _strays(catalog: Catalog, reading: Interpretation) -> Iterator[Problem]:
    number = catalog.form_table(reading.form, reading.table).number_zh
    for stray in reading.unmatched:
        message = f"{number}的“{_short(stray)}”与格式中的任何一行、一列都对不上，其数字未采用。"
        yield _stray(catalog, "label_unmatched", reading, stray, message)
    for stray in reading.unplaced:
        yield _stray(catalog, "cell_unplaced", reading, stray, f"{number}有数字“{stray.cell.text.strip()}”不能确定属于哪一格，未采用。")
    if reading.local:
        names = "、".join(dict.fromkeys(f"“{_short(stray)}”" for stray in reading.local[:_MOST_NAMED]))
        more = f"等 {len(reading.local)} 处" if len(reading.local) > _MOST_NAMED else ""
        message = f"{number}中{names}{more}不是格式规定的行或列，其数字保留在原表中，没有归入任何指标。"
        yield _stray(catalog, "line_added", reading, reading.local[0], message)
        for stray in reading.local[1:]:
            message = f"{number}中“{_short(stray)}”不是格式规定的行或列。"
            yield _stray(catalog, "line_added", reading, stray, message)
    for stray in reading.inferred:
        yield _stray(
            catalog, "label_inferred", reading, stray, f"{number}的行名或列名“{_short(stray)}”残缺或用字不同，按文字相近和前后次序归位。"
        )


def _stray(catalog: Catalog, code: str, reading: Interpretation, stray: Stray, message: str) -> Problem:
    return problem(catalog, code, message, table=reading.table, locator=locator_of(stray.grid, stray.cell))


def _short(stray: Stray) -> str:
    text = "".join(stray.text.split())
    return text if len(text) <= 30 else text[:29] + "…"
