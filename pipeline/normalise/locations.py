"""Places in a file, in words for people."""

from __future__ import annotations

from pipeline.normalise.model import Locator


def location_text(locator: Locator | None) -> str:
    """第3页第4行第2列; 第2张表第5行第3列; 未找到该单元格 (counted from 1)."""
    if locator is None:
        return "未找到该单元格"
    start = f"第{locator.page}页" if locator.page is not None else f"第{locator.table + 1}张表" if locator.table is not None else ""
    row = f"第{locator.row + 1}行" if locator.row is not None else ""
    return start + row + (f"第{locator.column + 1}列" if locator.column is not None else "") or "位置不明"
