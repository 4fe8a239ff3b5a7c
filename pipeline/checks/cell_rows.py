"""core_cells by report, each cell made into an object when it is first asked for: most rules pass without any."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.checks.grouped_rows import encoded, whole
from pipeline.checks.model import CellKey
from pipeline.normalise.model import Cell, Locator

_NOWHERE = -1
_PLACES = ("grid", "row", "column", "page")
_EDGES = ("left", "top", "right", "bottom")


class CellRows:
    """core_cells by report: where in the table each cell of each report stands (the last one, where it stands twice)."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        codes, (*reports, _) = encoded(table, "report_id")
        fields, field_names = encoded(table, "field")
        applicants, columns = encoded(table, "applicant")
        extra = whole(table["is_extra"]).to_numpy(zero_copy_only=False)
        combined = (fields.astype(np.int64) * len(columns) + applicants) * 2 + extra
        known = np.flatnonzero(np.bincount(combined, minlength=1)) if len(combined) else combined
        places = np.empty(2 * len(field_names) * len(columns), np.int32)
        places[known] = np.arange(len(known), dtype=np.int32)
        self._reports = {report_id: number for number, report_id in enumerate(reports)}
        self._rows = np.full((len(reports), len(known)), _NOWHERE, np.int32)
        self._rows[codes, places[combined]] = np.arange(table.num_rows, dtype=np.int32)
        self.keys: tuple[dict[CellKey, int], dict[CellKey, int]] = ({}, {})  # of the form, extra: the column of _rows
        for number, code in enumerate(known.tolist()):
            field, column = divmod(code // 2, len(columns))
            self.keys[code % 2][field_names[field], columns[column] or None] = number
        self._named = tuple({number: key for key, number in keys.items()} for keys in self.keys)
        self._columns = tuple(np.fromiter(keys.values(), np.int32, len(keys)) for keys in self.keys)

    def of(self, report_id: str, extra: bool = False) -> Mapping[CellKey, Cell]:
        """The cells of a report that are in its form, or (extra) those that are not."""
        number = self._reports.get(report_id)
        return _CellsOf(self, number, extra) if number is not None and self.keys[extra] else {}

    def row(self, report: int, column: int) -> int:
        """Where in the table a cell stands; below 0 where the report has none."""
        return int(self._rows[report, column])

    def all_of(self, report: int, extra: bool) -> dict[CellKey, int]:
        """Every cell of a report, in the order of the table, and where it stands."""
        columns = self._columns[extra]
        rows = self._rows[report, columns]
        order = np.argsort(rows, kind="stable")[np.count_nonzero(rows == _NOWHERE) :]
        named = self._named[extra]
        return {named[column]: row for column, row in zip(columns[order].tolist(), rows[order].tolist(), strict=True)}

    def cell(self, key: CellKey, row: int, extra: bool) -> Cell:
        """The cell in a row of the table."""
        (tables, table_of), (states, state_of), (values, value_of), (raws, raw_of) = self._words
        grids, lines, columns, pages = self._numbers
        place: Locator | None = None
        if grids[row] != _NOWHERE:
            box = tuple(edge[row].as_py() for edge in self._edges) if self._boxed[row] else None
            place = Locator(grids[row], _number(lines[row]), _number(columns[row]), _number(pages[row]), box)
        field, applicant = key
        state, value, raw = state_of[states[row]], value_of[values[row]], raw_of[raws[row]]
        return Cell(table_of[tables[row]], field, applicant, state, value, raw, place, self._confidence[row], extra)

    def cells(self, rows: Mapping[CellKey, int], extra: bool) -> dict[CellKey, Cell]:
        """The cells in many rows of the table: each takes half the time that it takes alone."""
        places = np.fromiter(rows.values(), np.int64, len(rows))
        if self._boxed[places].any():
            return {key: self.cell(key, row, extra) for key, row in rows.items()}
        words = [[known[code] for code in np.asarray(codes)[places].tolist()] for codes, known in self._words]
        numbers = [[None if number == _NOWHERE else number for number in np.asarray(column)[places].tolist()] for column in self._numbers]
        located = [None if place[0] is None else Locator(*place) for place in zip(*numbers, strict=True)]
        columns = zip(rows, *words, located, np.asarray(self._confidence)[places].tolist(), strict=True)
        return {
            key: Cell(table, key[0], key[1], state, value, raw, place, sure, extra)
            for key, table, state, value, raw, place, sure in columns
        }

    @cached_property
    def _words(self) -> list[tuple[memoryview, list[Any]]]:
        """What stands in many rows once only. From a memoryview a number comes three times as fast as from an array."""
        columns = (encoded(self._table, name) for name in ("table", "state", "value", "raw"))
        return [(codes.data, words) for codes, words in columns]

    @cached_property
    def _numbers(self) -> list[memoryview]:
        return [whole(pc.fill_null(self._table[name], _NOWHERE)).to_numpy().data for name in _PLACES]

    @cached_property
    def _edges(self) -> list[pa.Array]:
        return [whole(self._table[name]) for name in _EDGES]

    @cached_property
    def _boxed(self) -> npt.NDArray[np.bool_]:
        edges = [self._table[name] for name in _EDGES]
        if any(edge.null_count == len(edge) for edge in edges):  # tables that were not read from pages: all of them, most often
            return np.zeros(self._table.num_rows, np.bool_)
        boxed: npt.NDArray[np.bool_] = np.logical_and.reduce([edge.is_valid().to_numpy() for edge in edges])
        return boxed

    @cached_property
    def _confidence(self) -> memoryview:
        confidence: memoryview = whole(self._table["confidence"]).to_numpy().data
        return confidence


class _CellsOf(Mapping[CellKey, Cell]):
    """The cells of one report."""

    def __init__(self, source: CellRows, report: int, extra: bool) -> None:
        self._source, self._report, self._extra = source, report, extra
        self._columns = source.keys[extra]
        self._made: dict[CellKey, Cell | None] = {}
        self._all: dict[CellKey, Cell] | None = None  # where somebody went through all of them

    def __getitem__(self, key: CellKey) -> Cell:
        cell: Cell | None = self.get(key)
        if cell is None:
            raise KeyError(key)
        return cell

    def get(self, key: CellKey, default: Any = None) -> Any:
        """The same, where many rules ask for cells that are not there."""
        try:
            cell = self._made[key]
        except KeyError:
            row = self._row(key)
            cell = self._made[key] = None if row == _NOWHERE else self._source.cell(key, row, self._extra)
        return default if cell is None else cell

    def __contains__(self, key: object) -> bool:
        return self._row(key) != _NOWHERE

    def __iter__(self) -> Iterator[CellKey]:
        return iter(self._whole)

    def items(self) -> ItemsView[CellKey, Cell]:
        """All of them, made at once."""
        return self._whole.items()

    def values(self) -> ValuesView[Cell]:
        """All of them, made at once."""
        return self._whole.values()

    def __len__(self) -> int:
        return len(self._rows) if self._all is None else len(self._all)

    def __reduce__(self) -> tuple[type[dict[CellKey, Cell]], tuple[dict[CellKey, Cell]]]:
        """Another process gets the cells themselves, not the whole table."""
        return dict, (self._whole,)

    @property
    def _whole(self) -> dict[CellKey, Cell]:
        if self._all is None:
            self._all = self._source.cells(self._rows, self._extra)
            self._made.update(self._all)
        return self._all

    def _row(self, key: Any) -> int:
        column = self._columns.get(key)
        return _NOWHERE if column is None else self._source.row(self._report, column)

    @property
    def _rows(self) -> dict[CellKey, int]:
        return self._source.all_of(self._report, self._extra)


def _number(number: int) -> int | None:
    return None if number == _NOWHERE else number
