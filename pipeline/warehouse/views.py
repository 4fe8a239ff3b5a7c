"""The views of the warehouse that are written by hand: one .sql file each in the folder views of the catalogue.

    -- What one row is, and what to mind. (Leading comment lines: the description of the view.)
    -- column: 单位: 报送单位的名称
    SELECT agency_name AS 单位, report_year FROM out_findings

The file's name is the view's name. A column without a line of its own takes the definition that columns.csv gives for a
column of that name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.common.errors import CatalogError

_COLUMN = "column:"


@dataclass(frozen=True)
class View:
    """A view: its name, its description, the SELECT behind it, and what each column is, by its heading."""

    name: str
    description_zh: str
    sql: str
    columns: dict[str, str]


def sql_views(catalog: Catalog) -> list[View]:
    """The views of the catalogue's folder by name. Raises CatalogError where a file lacks its description."""
    return [parse_view(path) for path in sorted((catalog.folder / "views").glob("*.sql"))]


def parse_view(path: Path) -> View:
    """One .sql file. Raises CatalogError where the description or the query is missing or a column line is not understood."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    count = next((number for number, line in enumerate(lines) if not line.strip().startswith("--")), len(lines))
    description: list[str] = []
    columns: dict[str, str] = {}
    for line in lines[:count]:
        text = line.strip().removeprefix("--").strip()
        if not text.startswith(_COLUMN):
            description.append(text)
            continue
        name, sign, meaning = text.removeprefix(_COLUMN).partition(":")
        if not sign or not name.strip() or not meaning.strip():
            raise CatalogError(f"视图 {path.name}：“{line}”应写作“-- column: 列名: 说明”。")
        columns[name.strip()] = meaning.strip()
    sql = "\n".join(lines[count:]).strip().rstrip(";")
    if not "".join(description):
        raise CatalogError(f"视图 {path.name} 没有说明。请在文件开头用“-- ”写明每行是什么。")
    if not sql:
        raise CatalogError(f"视图 {path.name} 没有查询语句。")
    return View(path.stem, "".join(description), sql, columns)


def identifier(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL string (COMMENT ON and CREATE VIEW take no parameters)."""
    return "'" + text.replace("'", "''") + "'"
