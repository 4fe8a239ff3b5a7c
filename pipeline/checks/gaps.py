"""Cells without a number in words: whole columns and rows are named as such, so that a sentence stays readable."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.catalog.row_types import Field
from pipeline.checks.evidence import figure_text, is_absent, listed
from pipeline.checks.names import Names, quoted
from pipeline.normalise.model import Cell

Entry = tuple[Field, str | None, Cell | None]


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
    texts: list[str] = []
    for column in dict.fromkeys(applicant for _, applicant, _ in entries if applicant):
        keys: list[tuple[str, str | None]] = [(field.field, column) for field, applicant, _ in entries if applicant == column]
        if all(key in left for key in keys):
            texts.append(f"{quoted(names.applicant(column))}列")
            left = {key: None for key in left if key not in keys}
    rows: dict[str, list[str | None]] = {}
    for field, applicant, _ in entries:
        rows.setdefault(field.field, []).append(applicant)
    for field, applicant in gaps:
        if (field.field, applicant) not in left:
            continue
        keys = [(field.field, column) for column in rows[field.field]]
        if len(keys) > 1 and all(key in left for key in keys):
            texts.append(f"{quoted('/'.join(names.path(field)))}行")
            left = {key: None for key in left if key not in keys}
        else:
            texts.append(quoted(names.full(field, applicant)))
    return texts
