"""Rows of a core table by report, each made into an object when it is first looked at: most rules pass without any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Made = TypeVar("Made")
Numbers = npt.NDArray[np.int32]


class GroupedRows(Generic[Made]):
    """The rows of a table that has a report_id, in the order of the table within each report. make takes the columns named."""

    def __init__(self, table: pa.Table, columns: Sequence[str], make: Callable[..., Made]) -> None:
        self._all, self._names, self._make = table, columns, make

    def of(self, report_id: str) -> Sequence[Made]:
        """What stands in the table about a report."""
        return _Later(lambda: self._made(report_id))

    def _made(self, report_id: str) -> tuple[Made, ...]:
        places = self._places.get(report_id)
        return tuple(map(self._make, *(column[places.start : places.stop] for column in self._columns))) if places else ()

    @cached_property
    def _grouped(self) -> tuple[pa.Table, dict[str, range]]:
        """The table with the rows of each report together, and where those of each report stand."""
        codes, (*reports, _) = encoded(self._all, "report_id")
        table = self._all.select(self._names)
        if len(codes) and (np.diff(codes) < 0).any():
            order = np.argsort(codes, kind="stable")
            table, codes = table.take(order), codes[order]
        starts = np.searchsorted(codes, np.arange(len(reports) + 1)).tolist()
        return table, dict(zip(reports, (range(start, stop) for start, stop in pairwise(starts)), strict=True))

    @cached_property
    def _places(self) -> dict[str, range]:
        return self._grouped[1]

    @cached_property
    def _columns(self) -> list[list[Any]]:
        return [self._grouped[0][name].to_pylist() for name in self._names]


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


def encoded(table: pa.Table, column: str) -> tuple[Numbers, list[Any]]:
    """A column as numbers, in the order in which its values first come, and the values (None last)."""
    numbered = whole(table[column].dictionary_encode())
    words = numbered.dictionary.to_pylist()
    return pc.fill_null(numbered.indices, len(words)).to_numpy(), [*words, None]


def whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece; not copied where it is in one."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
