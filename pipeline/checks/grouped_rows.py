"""Rows of a core table by report, each made into an object when it is first looked at: most rules pass without any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Generic, TypeVar, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.checks.model import CellKey
from pipeline.normalise.model import Cell, Locator

Made = TypeVar("Made")
_NOTHING = range(0)
_PLACES = ("grid", "row", "column", "page")
_EDGES = ("left", "top", "right", "bottom")


class GroupedRows(Generic[Made]):
    """The rows of a table that has a report_id, in the order of the table within each report. make takes the columns named."""

    def __init__(self, table: pa.Table, columns: Sequence[str], make: Callable[..., Made]) -> None:
        self._table, self._places = _grouped(table.select(["report_id", *columns]))
        self._names, self._make = columns, make

    def of(self, report_id: str) -> Sequence[Made]:
        """What stands in the table about a report."""
        places = self._places.get(report_id, _NOTHING)
        return _Later(lambda: self._made(places)) if places else ()

    def _made(self, places: range) -> tuple[Made, ...]:
        return tuple(map(self._make, *(column[places.start : places.stop] for column in self._columns)))

    @cached_property
    def _columns(self) -> list[list[Any]]:
        return [self._table[name].to_pylist() for name in self._names]


class CellRows:
    """core_cells by report."""

    def __init__(self, table: pa.Table) -> None:
        self._table, self._places = _grouped(table)
        fields, applicants = (self._table[name].combine_chunks().dictionary_encode() for name in ("field", "applicant"))
        columns = applicants.dictionary.to_pylist()
        self._keys = [(field, applicant or None) for field in fields.dictionary.to_pylist() for applicant in columns]
        self._codes = fields.indices.to_numpy().astype(np.int64) * max(len(columns), 1) + applicants.indices.to_numpy()
        self._extra = self._table["is_extra"].combine_chunks().to_numpy(zero_copy_only=False)

    def of(self, report_id: str, extra: bool = False) -> Mapping[CellKey, Cell]:
        """The cells of a report that are in its form, or (extra) those that are not."""
        return _CellsOf(self, self._places.get(report_id, _NOTHING), extra)

    def rows(self, places: range, extra: bool) -> dict[CellKey, int]:
        """Where in the table which cell stands."""
        are_extra = self._extra[places.start : places.stop]
        wanted = np.flatnonzero(are_extra if extra else ~are_extra)
        codes = self._codes[places.start : places.stop][wanted].tolist()
        return {self._keys[code]: row for code, row in zip(codes, (wanted + places.start).tolist(), strict=True)}

    def cell(self, row: int) -> Cell:
        """The cell in a row of the table."""
        field, applicant = self._keys[self._codes[row]]
        table, state = (words[places[row]] for words, places in self._words)
        value, raw = (column[row].as_py() for column in self._printed)
        place: Locator | None = None
        if self._numbers[0][row] >= 0:
            box = tuple(column[row].as_py() for column in self._edges) if self._boxed[row] else None
            place = Locator(*(None if (number := column[row]) < 0 else number for column in self._numbers), bbox=box)  # type: ignore[misc, arg-type]
        return Cell(table, field, applicant, state, value, raw, place, self._confidence[row], bool(self._extra[row]))

    @cached_property
    def _words(self) -> list[tuple[list[Any], list[int]]]:
        encoded = [self._table[name].combine_chunks().dictionary_encode() for name in ("table", "state")]
        return [(column.dictionary.to_pylist(), column.indices.to_pylist()) for column in encoded]

    @cached_property
    def _printed(self) -> list[pa.Array]:
        return [self._table[name].combine_chunks() for name in ("value", "raw")]

    @cached_property
    def _numbers(self) -> list[list[int]]:
        return [pc.fill_null(self._table[name], -1).to_numpy().tolist() for name in _PLACES]

    @cached_property
    def _edges(self) -> list[pa.Array]:
        return [self._table[name].combine_chunks() for name in _EDGES]

    @cached_property
    def _boxed(self) -> list[bool]:
        boxed: list[bool] = np.logical_and.reduce([edge.is_valid().to_numpy(zero_copy_only=False) for edge in self._edges]).tolist()
        return boxed

    @cached_property
    def _confidence(self) -> list[float]:
        confidence: list[float] = self._table["confidence"].to_numpy().tolist()
        return confidence


class _CellsOf(Mapping[CellKey, Cell]):
    """The cells of one report."""

    def __init__(self, source: CellRows, places: range, extra: bool) -> None:
        self._source, self._places, self._extra = source, places, extra
        self._rows: dict[CellKey, int] | None = None
        self._made: dict[CellKey, Cell] = {}

    def __getitem__(self, key: CellKey) -> Cell:
        if key not in self._made:
            self._made[key] = self._source.cell(self._known()[key])
        return self._made[key]

    def get(self, key: CellKey, default: Any = None) -> Any:
        """The same without a detour over KeyError, since many rules ask for cells that are not there."""
        return self[key] if key in self._made or key in self._known() else default

    def __contains__(self, key: object) -> bool:
        return key in self._known()

    def __iter__(self) -> Iterator[CellKey]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())

    def __reduce__(self) -> tuple[type[dict[CellKey, Cell]], tuple[dict[CellKey, Cell]]]:
        """Another process gets the cells themselves, not the whole table."""
        return dict, (dict(self),)

    def _known(self) -> dict[CellKey, int]:
        if self._rows is None:
            self._rows = self._source.rows(self._places, self._extra)
        return self._rows


class _Later(Sequence[Made]):
    """A sequence that is made when first looked at."""

    def __init__(self, make: Callable[[], tuple[Made, ...]]) -> None:
        self._make = make

    @overload
    def __getitem__(self, place: int) -> Made: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Made]: ...
    def __getitem__(self, place: int | slice) -> Made | Sequence[Made]:
        return self._all[place]

    def __iter__(self) -> Iterator[Made]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __reduce__(self) -> tuple[type[tuple[Made, ...]], tuple[tuple[Made, ...]]]:
        return tuple, (self._all,)

    @cached_property
    def _all(self) -> tuple[Made, ...]:
        return self._make()


def _grouped(table: pa.Table) -> tuple[pa.Table, dict[str, range]]:
    """A table with the rows of each report together, and where those of each report stand."""
    reports = table["report_id"].combine_chunks().dictionary_encode()
    codes = reports.indices.to_numpy()
    if len(codes) and (np.diff(codes) < 0).any():
        order = np.argsort(codes, kind="stable")
        table, codes = table.take(order), codes[order]
    starts = np.searchsorted(codes, np.arange(len(reports.dictionary) + 1)).tolist()
    ranges = (range(start, stop) for start, stop in pairwise(starts))
    return table.combine_chunks(), dict(zip(reports.dictionary.to_pylist(), ranges, strict=True))
