"""The sums of areas as out_rollup holds them: what the official form, 汇总表 of a year and 汇总 over all years are filled with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from pipeline.catalog.numbers import number_text
from pipeline.publish.stored import Tables

ALL_BODIES = ""  # the area in which every body counts, whatever the registry knows
_MOST_NAMED = 12  # cells in one sentence


@dataclass(frozen=True)
class Sum:
    """One cell of a form, added up over the bodies of an area; the columns of out_rollup under their names."""

    area_id: str
    area_name: str
    report_year: int
    form: str
    table: str
    field: str
    applicant: str
    label: str
    total: Decimal | None
    printed_total: Decimal | None
    published: Decimal | None
    published_state: str | None
    difference: Decimal | None
    bodies_expected: int
    bodies_counted: int
    bodies_blank: int
    bodies_other_form: int
    bodies_missing: str
    bodies_in_doubt: str
    bodies_larger: str
    coverage: str
    corrected_cells: int

    @property
    def bodies(self) -> int:
        """How many bodies the sum is over: those with a number and those that left the cell blank."""
        return self.bodies_counted + self.bodies_blank

    @property
    def as_printed(self) -> str:
        """What was corrected in the sum, "" where nothing was."""
        if not self.corrected_cells:
            return ""
        printed = "没有数字" if self.printed_total is None else number_text(self.printed_total)
        return f"含更正 {self.corrected_cells} 格，按印出的数字相加为 {printed}"


_COLUMNS = ", ".join(f'"{field.name}"' for field in fields(Sum))
_SUMS = f'SELECT {_COLUMNS} FROM out_rollup ORDER BY area_id, report_year, form DESC, "table"'


def sums_of(tables: Tables) -> Iterator[Sum]:
    """All sums, area by area; money in yuan."""
    return (Sum(*row) for row in tables.rows(_SUMS))


def said_of_corrections(sums: Iterable[Sum], money: Collection[str]) -> str:
    """Which sums took corrected figures, and what the printed ones add up to; "" where none did. money: the fields of amounts (in yuan)."""
    corrected = [cell for cell in sums if cell.corrected_cells]
    if not corrected:
        return ""
    listed = "；".join(f"{cell.label}：{cell.as_printed}{' 元' if cell.field in money else ''}" for cell in corrected[:_MOST_NAMED])
    more = f"；等 {len(corrected)} 格" if len(corrected) > _MOST_NAMED else ""
    return f"合计采用更正后数字的格：{listed}{more}。更正的理由见“人工决定”。"
