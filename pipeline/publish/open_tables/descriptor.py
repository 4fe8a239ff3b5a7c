"""datapackage.json (Data Package, version 1): what each file holds, column by column, its size and its hash.

Version 2 knows no resource that is a file and not a table, and readers of it take a Parquet file for a table that they cannot measure.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pipeline.catalog import Catalog
from pipeline.catalog.row_types import Table

_TYPES = {
    **{"text": "string", "integer": "integer", "year": "year", "date": "date", "boolean": "boolean"},
    **{"amount": "number", "decimal_number": "number"},
}
_DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True, "skipInitialSpace": False}
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def data_package(catalog: Catalog, year: int, files: list[tuple[Table, str, str, bytes]]) -> bytes:
    """The descriptor of `files`: for each its table, its path, its format (csv or parquet) and its content."""
    say = catalog.wordings
    package = {
        "profile": "data-package",
        "name": f"gongkai-{year}",
        "title": say("package.title", year=year),
        "description": say("package.description", year=year),
        "sources": [{"title": say("package.source", year=year)}],
        "resources": [_resource(catalog, *file) for file in files],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(catalog: Catalog, table: Table, path: str, kind: str, content: bytes) -> dict[str, Any]:
    common = {
        "name": f"{table.table}_{kind}" if kind != "csv" else table.table,
        "path": path,
        "title": table.label_zh,
        "description": table.definition_zh,
        "format": kind,
        "mediatype": _MEDIA[kind],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if kind != "csv":  # a Parquet file has its schema inside
        return {**common, "profile": "data-resource", "type": "file"}
    csv_only = {"profile": "tabular-data-resource", "encoding": "utf-8", "dialect": _DIALECT}
    return {**common, **csv_only, "schema": _schema(catalog, table)}


def _schema(catalog: Catalog, table: Table) -> dict[str, Any]:
    fields = []
    for name in table.columns:
        column = catalog.column(name)
        field = {"name": name, "title": column.label_zh, "description": column.definition_zh, "type": _TYPES[column.type]}
        fields.append({**field, "unit": column.unit} if column.unit else field)
    return {"fields": fields, "missingValues": [""], "primaryKey": list(table.key)}
