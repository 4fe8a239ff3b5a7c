"""Cells without a number in words: whole columns and rows are named as such, so that a sentence stays readable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.catalog.row_types import Field
from pipeline.checks.evidence import figure_text, is_absent, listed
from pipeline.checks.names import Names, quoted
from pipeline.normalise.model import Cell

Entry = tuple[Field, str | None, Cell | None]
Key = tuple[str, str | None]


def gaps_text(names: Names, entries: Sequence[Entry]) -> str:
    """What is the matter with the cells of one table that are not numbers: 空白 27 个（“商业企业”列、…）；填“/” 1 个（…）.

    entries: every cell of the table, in printed order, with the fields of its form.
    """
    groups: dict[str, list[tuple[Field, str | None]]] = {}
    for field, applicant, cell in entries:
        if cell is None or cell.value is None:
            what = "未找到" if is_absent(cell) else figure_text(cell, field.unit)
            groups.setdefault(what, []).append((field, applicant))
    areas = {what: _areas(names, entries, gaps) for what, gaps in groups.items()}
    return "；".join(f"{what} {len(gaps)} 个（{listed(areas[what])}）" for what, gaps in groups.items())


def _areas(names: Names, entries: Sequence[Entry], gaps: Sequence[tuple[Field, str | None]]) -> list[str]:
    """The places of `gaps`: the whole table, else whole columns of applicants, else whole rows, else single cells."""
    left = dict.fromkeys((field.field, applicant) for field, applicant in gaps)
    if len(left) == len(entries):
        return ["全部单元格"]
    columns, rows = defaultdict[str, list[Key]](list), defaultdict[str, list[Key]](list)
    for field, applicant, _ in entries:
        rows[field.field].append((field.field, applicant))
        if applicant:
            columns[applicant].append((field.field, applicant))
    texts: list[str] = []
    for column, keys in columns.items():
        if all(key in left for key in keys):
            texts.append(f"{quoted(names.applicant(column))}列")
            _leave_out(left, keys)
    for field, applicant in gaps:
        keys = rows[field.field]
        if (field.field, applicant) not in left:
            continue
        if len(keys) > 1 and all(key in left for key in keys):
            texts.append(f"{quoted('/'.join(names.path(field)))}行")
            _leave_out(left, keys)
        else:
            texts.append(quoted(names.full(field, applicant)))
    return texts


def _leave_out(left: dict[Key, None], keys: Iterable[Key]) -> None:
    for key in keys:
        del left[key]
