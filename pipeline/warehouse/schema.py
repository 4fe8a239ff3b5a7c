"""The declared tables as Arrow schemas, and the gate that every table passes on its way into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.catalog import Catalog
from pipeline.catalog.row_types import Table
from pipeline.common.errors import SchemaError

_WIDE_AMOUNT = pa.decimal128(38, 6)


@dataclass(frozen=True)
class ColumnType:
    """How a type of columns.csv is stored in Parquet and DuckDB; `accepts`: the Arrow types that may be cast to it, and only exactly."""

    arrow: Any
    duckdb: str
    accepts: tuple[Callable[[Any], bool], ...]
    rule_zh: str


_STRINGS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
_NUMBERS = (pa.types.is_integer, pa.types.is_decimal, pa.types.is_floating)
TYPES: dict[str, ColumnType] = {
    "text": ColumnType(pa.string(), "VARCHAR", _STRINGS, "文字"),
    "integer": ColumnType(pa.int64(), "BIGINT", _NUMBERS, "整数"),
    "year": ColumnType(pa.int32(), "INTEGER", _NUMBERS, "整数年份"),
    "date": ColumnType(pa.date32(), "DATE", (pa.types.is_date32,), "日期（不带时刻）"),
    "boolean": ColumnType(pa.bool_(), "BOOLEAN", (pa.types.is_boolean,), "真或假"),
    # a binary float is never taken for an amount: what was printed as 0.1 must not become 0.1000000000000000055
    "amount": ColumnType(
        pa.decimal128(24, 6), "DECIMAL(24, 6)", (pa.types.is_integer, pa.types.is_decimal), "十进制数，整数不超过 18 位、小数不超过 6 位"
    ),
    "decimal_number": ColumnType(pa.float64(), "DOUBLE", _NUMBERS, "有限的数值"),
}


@lru_cache(maxsize=256)  # a build asks two thousand times for its some forty schemas
def arrow_schema(catalog: Catalog, table: str) -> pa.Schema:
    """The schema of a declared table: columns in order, label, unit and definition as metadata, required = not nullable.

    Raises SchemaError where tables.csv has no such table or columns.csv names a type that is not in TYPES.
    """
    declared = _declared(catalog, table)
    fields = []
    for name in declared.columns:
        column = catalog.column(name)
        if column.type not in TYPES:
            raise SchemaError(f"columns.csv 的列 {name}：没有“{column.type}”这种类型，应为 {'、'.join(TYPES)} 之一。")
        metadata = {"label_zh": column.label_zh, "unit": column.unit, "definition_zh": column.definition_zh}
        fields.append(pa.field(name, TYPES[column.type].arrow, nullable=name not in declared.required, metadata=metadata))
    return pa.schema(fields, metadata={"table": table, "label_zh": declared.label_zh, "definition_zh": declared.definition_zh})


def empty_table(catalog: Catalog, table: str) -> pa.Table:
    """The declared table without rows."""
    return arrow_schema(catalog, table).empty_table()


def from_rows(catalog: Catalog, table: str, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """A table of the declared columns and types from row dictionaries; a column that a row does not name is null there.

    Raises SchemaError for a name that is not declared and for a value that the declared type cannot hold exactly.
    Order, keys and required columns are looked at by `conform`.
    """
    schema = arrow_schema(catalog, table)
    listed = list(rows)
    known = frozenset(schema.names)
    for number, row in enumerate(listed, start=1):
        if not known.issuperset(row):
            names = "、".join(sorted(set(row) - known))
            raise SchemaError(
                f"{_title(catalog, table)}第 {number} 行有未登记的列 {names}。请先在 columns.csv 和 tables.csv 中登记，或改正列名。"
            )
    columns = [_cast(catalog, table, name, _built(catalog, table, name, listed)) for name in schema.names]
    return pa.Table.from_arrays(columns, schema=schema)


def conform(catalog: Catalog, table: str, data: pa.Table) -> pa.Table:
    """`data` as the declared table: exactly its columns, exact casts only, required columns full, key unique, sorted by key.

    Nulls of a key column that is not required count as equal to each other and stand last. Raises SchemaError at the
    first violation with table, column, row and what to do.
    """
    declared = _declared(catalog, table)
    missing = [name for name in declared.columns if name not in data.column_names]
    extra = [name for name in data.column_names if name not in declared.columns]
    twice = [name for name in declared.columns if data.column_names.count(name) > 1]
    if missing or extra or twice:
        parts = (("缺少列", missing), ("有未登记的列", extra), ("列名重复", twice))
        said = "；".join(f"{label} {'、'.join(names)}" for label, names in parts if names)
        raise SchemaError(f"{_title(catalog, table)}{said}。请使写入的列与 tables.csv 登记的完全一致。")
    columns = [_cast(catalog, table, name, data.column(name)) for name in declared.columns]
    conformed = pa.Table.from_arrays(columns, schema=arrow_schema(catalog, table))
    for name in declared.required:
        if conformed.column(name).null_count:
            row = pc.index(pc.is_null(conformed.column(name)), True).as_py()
            raise _violation(catalog, table, name, row, conformed, "必填列为空。请补上该值；确实可能没有的，在 tables.csv 中不列为必填")
    return _sorted_by_key(catalog, declared, conformed)


def _sorted_by_key(catalog: Catalog, declared: Table, data: pa.Table) -> pa.Table:
    if not declared.key or not data.num_rows:
        return data.combine_chunks()
    order = pc.sort_indices(data, sort_keys=[(name, "ascending", "at_end") for name in declared.key])
    ordered = data.take(order).combine_chunks()
    same = None
    for name in declared.key:
        before, after = ordered.column(name).slice(0, data.num_rows - 1), ordered.column(name).slice(1)
        equal = pc.or_(pc.fill_null(pc.equal(before, after), False), pc.and_(pc.is_null(before), pc.is_null(after)))
        same = equal if same is None else pc.and_(same, equal)
    place = pc.index(same, True).as_py()
    if place >= 0:
        first, second = sorted((order[place].as_py(), order[place + 1].as_py()))
        message = f"主键（{'、'.join(declared.key)}）与第 {first + 1} 行重复。请去掉重复的行，或查明为何同一对象出现两次"
        raise _violation(catalog, declared.table, "、".join(declared.key), second, data, message)
    return ordered


def _built(catalog: Catalog, table: str, name: str, rows: list[Mapping[str, object]]) -> pa.Array:
    kind = catalog.column(name).type
    values = [row.get(name) for row in rows]
    if kind == "decimal_number":
        values = [float(value) if isinstance(value, Decimal) else value for value in values]
    # Arrow cuts 1.5 to 1 when told to make integers of it, so only amounts, where it is strict, are built with their type
    target = TYPES[kind].arrow if kind == "amount" else None

    def build(count: int) -> pa.Array:
        return pa.array(values[:count], type=target)

    try:
        return build(len(values))
    except (pa.ArrowException, UnicodeError, OverflowError, TypeError, ValueError):
        row = _first_failing(build, len(values))
        raise _unfit(catalog, table, name, row, values[row], _key_text(catalog.table(table), rows[row])) from None


def _cast(catalog: Catalog, table: str, name: str, column: Any) -> Any:
    kind = TYPES[catalog.column(name).type]
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not pa.types.is_null(column.type) and not any(accepts(column.type) for accepts in kind.accepts):
        message = f"类型为 {column.type}，应为{kind.rule_zh}。请先换算成应有的类型，不要依靠自动转换"
        raise SchemaError(f"{_title(catalog, table)}的列 {_label(catalog, name)}{message}。")

    def cast(count: int) -> Any:
        part = column.slice(0, count)
        if kind.arrow == TYPES["amount"].arrow and pa.types.is_integer(part.type):
            part = part.cast(_WIDE_AMOUNT)  # Arrow refuses int64 -> decimal(24, 6) by the types alone
        return part.cast(kind.arrow, safe=True)

    try:
        result = cast(len(column))
    except pa.ArrowException:
        row = _first_failing(cast, len(column))
        raise _unfit(catalog, table, name, row, column[row].as_py()) from None
    if pa.types.is_floating(kind.arrow):
        row = pc.index(pc.is_finite(result), False).as_py()
        if row >= 0:
            raise _unfit(catalog, table, name, row, column[row].as_py())
    return result


def _first_failing(attempt: Callable[[int], object], count: int) -> int:
    """The row that makes `attempt` over the first n rows fail, found by halving (a longer beginning fails as well)."""
    good, bad = 0, count
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            attempt(middle)
            good = middle
        except (pa.ArrowException, UnicodeError, OverflowError, TypeError, ValueError):
            bad = middle
    return bad - 1


def _unfit(catalog: Catalog, table: str, name: str, row: int, value: object, key: str = "") -> SchemaError:
    kind = catalog.column(name).type
    said = ascii(value) if isinstance(value, str) and not value.isprintable() else str(value)
    return SchemaError(
        f"{_title(catalog, table)}的列 {_label(catalog, name)}第 {row + 1} 行{key}：“{said}”不能原样存为 {kind}（{TYPES[kind].rule_zh}）。"
        "请在写入之前换算或改正，写入时不作舍入。"
    )


def _violation(catalog: Catalog, table: str, name: str, row: int, data: pa.Table, message: str) -> SchemaError:
    declared = catalog.table(table)
    values = {column: data.column(column)[row].as_py() for column in declared.key}
    label = _label(catalog, name) if name in declared.columns else name
    return SchemaError(f"{_title(catalog, table)}的列 {label}第 {row + 1} 行{_key_text(declared, values)}：{message}。")


def _key_text(declared: Table, row: Mapping[str, object]) -> str:
    return "（" + "，".join(f"{name}={row.get(name)}" for name in declared.key) + "）" if declared.key else ""


def _declared(catalog: Catalog, table: str) -> Table:
    try:
        return catalog.table(table)
    except KeyError:
        raise SchemaError(f"tables.csv 没有登记表 {table}。请先登记，或改正表名。") from None


def _title(catalog: Catalog, table: str) -> str:
    return f"表 {table}（{catalog.table(table).label_zh}）"


def _label(catalog: Catalog, column: str) -> str:
    return f"{column}（{catalog.column(column).label_zh}）"
