"""What a person means on the command line: a body under any of its names, a cell in the wording of the form, a finding by its id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from unicodedata import normalize

from pipeline.catalog.row_types import Field
from pipeline.checks.names import Names
from pipeline.common.errors import DecisionError
from pipeline.normalise.agencies.names import provisional_id
from pipeline.orchestration.workspace import Workspace

_MOST_LISTED = 12
_NOISE = re.compile(r"[\s/／·、，,：:（）()“”\"]+")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|（[一二三四五六七八九十]+）|\d+[.．、])")
Row = dict[str, Any]


class WantedCell(NamedTuple):
    """A cell as people and tables name it."""

    field: Field
    applicant: str | None
    label: str


def body_ids(workspace: Workspace, name: str, year: int | None = None) -> tuple[str, ...]:
    """The ids of all bodies that a name, any name of their lineage or an id can mean; of a year: only the one that reported on it.

    Raises DecisionError where nobody is meant, or for a year not one body alone.
    """
    bodies = workspace.bodies
    named = (name,) if name in bodies.registry.by_id else bodies.named(name)
    ids = list(dict.fromkeys(each for one in named for each in bodies.history.lineage(one)))
    reports = workspace.store.read("core_reports", columns=["agency_id", "agency_name", "report_year", "is_current"]).to_pylist()
    reported = {row["agency_id"]: row["agency_name"] for row in reports if row["is_current"] and row["report_year"] == year}
    known = {row["agency_id"] for row in reports if row["agency_id"]}
    ids += [each for each in (name, provisional_id(name)) if each in known and each not in ids]
    if not ids:
        near = [row["agency_name"] for row in reports if row["agency_name"] and row["agency_name"].endswith(name)]
        near += [bodies.registry.agency(each).agency_name for each in bodies.similar(name, None)]
        hint = f"名称相近的有：{'、'.join(dict.fromkeys(near))}。" if near else "用 gongkai agencies list 查看登记的单位。"
        raise DecisionError(f"没有叫“{name}”的单位。{hint}")
    if year is None:
        return tuple(ids)
    then = [each for each in ids if each in reported]
    if not then:
        raise DecisionError(f"“{name}”没有 {year} 年度的现行报告。请核对年度；报告刚放入的，先运行 gongkai build。")
    if len(then) > 1:
        raise DecisionError(
            f"“{name}”在 {year} 年度可以是几个单位：{'、'.join(f'{reported[each]}（{each}）' for each in then)}。请写全称或编号。"
        )
    return (then[0],)


def cell_meant(workspace: Workspace, report_id: str, year: int, text: str, column: str | None) -> WantedCell:
    """The cell of a report that `text` names: a field id, the printed label, or words of the headings above it.

    column: the applicant column by id or heading. Raises DecisionError with the cells that it could be, where that is not one.
    """
    names = Names(workspace.catalog)
    cells = list(_cells_of(workspace, names, report_id, year))
    applicants = _applicants(workspace, column)
    fields = _matching(text, cells)
    columns = "、".join(row.label_zh for row in workspace.catalog.applicants)
    found = [cell for cell in fields if column is None or cell.applicant in applicants]
    if len(found) == 1:
        return found[0]
    if not fields:
        raise DecisionError(f"该报告中没有叫“{text}”的格。可以写指标编号，或者表中的行名、列名，如“予以公开”“行政许可 处理决定数量”。")
    if not found and all(cell.applicant is None for cell in fields):
        raise DecisionError(f"“{text}”不分列，请去掉 --column。")
    if not found:
        raise DecisionError(f"“{text}”没有“{column}”这一列。列有：{columns}。")
    if len({cell.field.field for cell in found}) == 1:
        raise DecisionError(f"请用 --column 写明“{text}”的哪一列：{columns}。")
    labels = list(dict.fromkeys(f"{names.full(cell.field, None)}（{cell.field.field}）" for cell in found))
    listed = "\n".join(f"  {label}" for label in labels[:_MOST_LISTED])
    more = f"\n  ……共 {len(labels)} 个" if len(labels) > _MOST_LISTED else ""
    raise DecisionError(f"“{text}”可以是几个格，请写得更全，或者写编号：\n{listed}{more}")


def finding_meant(workspace: Workspace, text: str) -> Row:
    """The row of out_findings with this id, or the only one that begins so. Raises DecisionError where there is none, or several."""
    rows: list[Row] = workspace.store.read("out_findings").to_pylist()
    found = [row for row in rows if row["finding_id"].startswith(text.strip().lower())] if text.strip() else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise DecisionError(f"没有编号为“{text}”的问题。数字改动后编号随之改变；用 gongkai findings 查看现在的问题。")
    raise DecisionError(f"有 {len(found)} 个问题的编号以“{text}”开头，请写全。")


def _cells_of(workspace: Workspace, names: Names, report_id: str, year: int) -> Iterator[WantedCell]:
    tables = {
        row["table"]: row["form"] for row in workspace.store.read("core_report_tables", [year]).to_pylist() if row["report_id"] == report_id
    }
    for table, form in tables.items():
        for field in workspace.catalog.fields_of(form, table) if form else ():
            for applicant in [row.applicant for row in workspace.catalog.applicants] if field.by_applicant else [None]:
                yield WantedCell(field, applicant, f"{names.table(form, table)}“{names.full(field, applicant)}”")


def _applicants(workspace: Workspace, column: str | None) -> frozenset[str | None]:
    wanted = _plain(column or "")
    return frozenset(row.applicant for row in workspace.catalog.applicants if wanted in (_plain(row.applicant), _plain(row.label_zh)))


def _matching(text: str, cells: Iterable[WantedCell]) -> list[WantedCell]:
    """By id; else by the whole printed label or last heading; else every word of the text in the headings above."""
    cells = list(cells)
    ways = (
        lambda cell: cell.field.field == text.strip(),
        lambda cell: _plain(text) in (_plain(cell.field.label_zh), _plain(cell.label), _plain(cell.label.split("“")[1])),
        lambda cell: _plain(text) == _plain(cell.label.split("“")[1].split("（")[0].split("/")[-1]),
        lambda cell: all(_plain(word) in _plain(cell.label) for word in re.split(r"[\s/／]+", text.strip()) if word),
    )
    return next((found for way in ways if (found := [cell for cell in cells if way(cell)])), [])


def _plain(text: str) -> str:
    """Without numbering, spaces and marks, so that 1.属于国家秘密 and 属于国家秘密 are the same."""
    return _NOISE.sub("", _NUMBERING.sub("", normalize("NFKC", text).strip().replace("(", "（").replace(")", "）")))
