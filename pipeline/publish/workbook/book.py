"""What every sheet needs at hand: the workbook being written, its formats, the catalogue and the tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.catalog import Catalog
from pipeline.checks.names import Names
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.styles import Styles

MOST_ROWS = 1_048_576  # of one sheet, as Excel and WPS have it
SUBMISSIONS = {
    "reported": "已报送",
    "reported_incomplete": "已报送但不完整",
    "unusable": "收到文件但未取得数字",
    "not_reported": "未见报告",
    "unexpected": "不在应报之列",
    "not_owed": "不需报送",
}
COMPARABILITY = {"yes": "可比", "weakly": "勉强可比", "no": "不可比"}


@dataclass(frozen=True)
class Book:
    """One workbook in the making. most_rows: where a list goes on in the next sheet; year: the one that it is about, None for all."""

    workbook: Any
    styles: Styles
    catalog: Catalog
    names: Names
    tables: Tables
    most_rows: int = MOST_ROWS
    year: int | None = None

    @cached_property
    def money(self) -> frozenset[str]:
        """The fields that hold amounts, which are kept in yuan."""
        return frozenset(field.field for field in self.catalog.fields if field.kind == "money")

    def sheet(self, name: str) -> Any:
        """A new sheet, set up for printing: A4 landscape, as wide as the page."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)
        # Printed figures are text on purpose; Excel would mark each with a green corner as a mistake
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def table_name(self, table: str | None) -> str:
        """表二 for proactive; "" where something is not about one table."""
        return self.names.table(None, table) if table else ""
