"""The Parquet files of the warehouse: one for each table, or one for each table and report year."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.catalog import Catalog
from pipeline.common.errors import SchemaError
from pipeline.warehouse.schema import arrow_schema, conform, empty_table

FILE_NAME = "part.parquet"
ROWS_IN_A_GROUP = 122_880  # DuckDB reads row groups of this size side by side
_YEAR_PREFIX = "report_year="
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
_FINGERPRINT = b"gongkai.fingerprint"
_CONTENT = b"gongkai.content"


class Store:
    """Reads and writes declared tables below `folder`/parquet, where `folder` is the warehouse of an installation.

    Tables partitioned by year lie in `<table>/report_year=2019/part.parquet` (without a year: in
    `report_year=__HIVE_DEFAULT_PARTITION__`), the others in `<table>/part.parquet`; report_year stays a column of the
    file. The same table gives the same bytes. A fingerprint, by which the caller knows again what a file was made of,
    is kept inside the file, so that the two can never part.
    """

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self.folder = folder / "parquet"
        self.catalog = catalog
        self._seen: dict[Path, tuple[tuple[int, int, int], pa.Schema]] = {}

    def path(self, table: str, year: int | None = None) -> Path:
        """Where the file of `table` (for a table by year: of `year`) lies, whether or not it exists."""
        base = self.folder / table
        if not self.catalog.table(table).by_year:
            if year is not None:
                raise SchemaError(f"表 {table} 不按年度存放，不应给出年度 {year}。")
            return base / FILE_NAME
        return base / f"{_YEAR_PREFIX}{_NO_YEAR if year is None else year}" / FILE_NAME

    def years(self, table: str) -> list[int | None]:
        """The years for which a table by year has a file, ascending, None (no year) last; [None] or [] for other tables."""
        if not self.catalog.table(table).by_year:
            return [None] if self.path(table).is_file() else []
        names = [path.parent.name.removeprefix(_YEAR_PREFIX) for path in (self.folder / table).glob(f"{_YEAR_PREFIX}*/{FILE_NAME}")]
        numbered: list[int | None] = [int(name) for name in names if name.isdigit()]
        return sorted(numbered, key=lambda year: year or 0) + ([None] if _NO_YEAR in names else [])

    def files(self, table: str, years: Collection[int | None] | None = None) -> list[Path]:
        """The files of a table (of these years) in the order of `years`. Raises SchemaError where one is damaged or of another schema."""
        paths = [self.path(table, year) for year in self.years(table) if years is None or year in years]
        for path in paths:
            self._require_declared(table, path)
        return paths

    def write(self, table: str, data: pa.Table, *, year: int | None = None, fingerprint: str) -> Path:
        """Write `data` (for a table by year: the rows of that one year) in place of what was there, at once or not at all.

        Raises SchemaError where `data` does not fit the declaration (see `conform`) or holds another year.
        A table without rows is written as such.
        """
        path = self.path(table, year)
        ordered = conform(self.catalog, table, data)
        if self.catalog.table(table).by_year:
            _require_year(table, ordered, year)
        marks = {_FINGERPRINT: fingerprint.encode(), _CONTENT: _digest(ordered).encode()}
        metadata = {**(ordered.schema.metadata or {}), **marks}
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            pq.write_table(ordered.replace_schema_metadata(metadata), temporary, compression="zstd", row_group_size=ROWS_IN_A_GROUP)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        return path

    def read(self, table: str, years: Iterable[int | None] | None = None, columns: list[str] | None = None) -> pa.Table:
        """The rows of a table, year after year and by key within each; all years and columns where none are named.

        A year without a file has no rows. Raises SchemaError for a damaged file, one that was written under another
        declaration, and a column that is not declared.
        """
        schema = arrow_schema(self.catalog, table)
        unknown = [name for name in columns or () if name not in schema.names]
        if unknown:
            raise SchemaError(f"表 {table} 没有列 {'、'.join(unknown)}。")
        chosen = None if years is None else set(years)
        wanted = [year for year in self.years(table) if chosen is None or year in chosen]
        names = schema.names if columns is None else columns
        target = pa.schema([schema.field(name) for name in names], metadata=schema.metadata)
        parts = [self._read_file(table, self.path(table, year), names).cast(target) for year in wanted]
        return pa.concat_tables([empty_table(self.catalog, table).select(names).cast(target), *parts])

    def count(self, table: str) -> int:
        """How many rows a table has over all years, told by its files without reading them."""
        return sum(pq.read_metadata(path).num_rows for path in self.files(table))

    def fingerprint(self, table: str, year: int | None = None) -> str | None:
        """The fingerprint with which a file was written; None where there is none, or it is damaged or of another schema."""
        return self._mark(table, year, _FINGERPRINT)

    def content(self, table: str, year: int | None = None) -> str | None:
        """A digest of the rows of a file, the same for the same rows whatever they were made of; None as for `fingerprint`."""
        return self._mark(table, year, _CONTENT)

    def _mark(self, table: str, year: int | None, name: bytes) -> str | None:
        path = self.path(table, year)
        if not path.is_file():
            return None
        try:
            schema = self._require_declared(table, path)
        except SchemaError:
            return None
        value = (schema.metadata or {}).get(name)
        return value.decode() if value is not None else None

    def remove(self, table: str, year: int | None = None) -> None:
        """Remove the file of a table (of one year) and its folder; nothing happens where there is none."""
        path = self.path(table, year)
        path.unlink(missing_ok=True)
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()

    def _require_declared(self, table: str, path: Path) -> pa.Schema:
        """The schema of a file with its marks. It is read again only where the file is another one than when it was last asked for."""
        try:
            status = path.stat()
            state = status.st_mtime_ns, status.st_size, status.st_ino
            known, stored = self._seen.get(path, (None, None))
            if known == state:
                return stored
            stored = pq.read_schema(path)
        except (pa.ArrowException, OSError) as error:
            raise _damaged(path, error) from None
        if not stored.equals(arrow_schema(self.catalog, table)):
            raise SchemaError(f"{path} 与 tables.csv、columns.csv 现在登记的表 {table} 不同（列或类型已改动）。请重新生成该表。")
        self._seen[path] = state, stored
        return stored

    def _read_file(self, table: str, path: Path, columns: list[str]) -> pa.Table:
        self._require_declared(table, path)
        try:
            # not pq.read_table: it would take report_year=… in the path for one more column
            with pq.ParquetFile(path) as file:
                return file.read(columns=columns).select(columns)
        except (pa.ArrowException, OSError) as error:
            raise _damaged(path, error) from None


class _Digesting:
    """A file that only digests what is written to it."""

    closed = False

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def close(self) -> None:
        """Nothing is open."""


def _digest(data: pa.Table) -> str:
    """16 characters over schema and rows, in their order."""
    file = _Digesting()
    with pa.ipc.new_stream(pa.PythonFile(file, "w"), data.schema) as stream:
        stream.write_table(data)
    return file.digest.hexdigest()[:16]


def _require_year(table: str, data: pa.Table, year: int | None) -> None:
    column = data.column("report_year")
    for value in pc.unique(column).to_pylist():
        if value != year:
            raise SchemaError(f"表 {table} 中 report_year={value} 的行不能写入年度 {year} 的文件。请按年度分开写入。")


def _damaged(path: Path, error: Exception) -> SchemaError:
    return SchemaError(f"{path} 已损坏，无法读取（{error}）。请删除该文件后重新运行。")
