"""Cells as evidence of a finding: what is printed, where it stands, and how a sentence names it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.catalog.numbers import number_text as number_text  # noqa: PLC0414 - kinds of rule ask for it here
from pipeline.catalog.row_types import Field
from pipeline.checks.model import FindingCell, ReportFacts, Side
from pipeline.checks.names import Names
from pipeline.normalise.locations import location_text
from pipeline.normalise.model import Cell

MOST_NAMED = 8  # cells that a sentence lists by name before it says 等


def figure_text(cell: Cell | None, unit: str) -> str:
    """What a cell says, in words: 12 件, 空白, 填“/”, 无法识别, 未找到."""
    if cell is None or (cell.state == "blank" and cell.locator is None):
        return "未找到"
    if cell.state == "number" and cell.value is not None:
        printed = f"（印出“{cell.raw.strip()}”）" if unit == "元" and cell.raw.strip() != number_text(cell.value) else ""
        return f"{number_text(cell.value)} {unit}{printed}"
    if cell.state == "blank":
        return "空白"
    if cell.state == "not_applicable":
        return f"填“{cell.raw.strip()}”"
    return f"无法识别（“{cell.raw.strip()}”）" if cell.raw.strip() else "无法识别"


def finding_cell(
    names: Names, facts: ReportFacts, field: Field, applicant: str | None, cell: Cell | None, side: Side = "left", prefix: str = ""
) -> FindingCell:
    """The evidence for one cell; `prefix` goes before its label (上一年度)."""
    return FindingCell(
        side=side,
        report_id=facts.report_id,
        field=field.field,
        applicant=applicant,
        label=prefix + names.full(field, applicant),
        state="absent" if is_absent(cell) else cell.state if cell else "absent",
        value=cell.value if cell else None,
        raw=cell.raw if cell else "",
        location=location_text(cell.locator if cell else None),
        locator=cell.locator if cell else None,
    )


def is_absent(cell: Cell | None) -> bool:
    """Whether the report has no such cell (which is not the same as an empty one)."""
    return cell is None or (cell.state == "blank" and cell.locator is None)


def listed(items: Sequence[str]) -> str:
    """The first items, and how many there are in all where that is not all of them."""
    return "、".join(items[:MOST_NAMED]) + (f"等 {len(items)} 处" if len(items) > MOST_NAMED else "")
