"""Tables printed once more for an earlier year, or as a sample of how to fill them in, as the line above them says: no copies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.catalog.model import Catalog
from pipeline.normalise.copies import labels_in
from pipeline.normalise.tables.segments import Segment
from pipeline.normalise.wording import compact
from pipeline.readers.model import Document, Grid, Paragraph

_YEAR = re.compile(r"(20\d\d)年度?(?!\d{1,2}月)")
_LAST_YEAR = re.compile(r"(?:去|上一?)年")
_SAYS_MORE = re.compile(r"[。；;自比较增降减同相]|结转|以来")  # of this year's table too: 与2020年相比
_OF_THE_SAME_TIME = re.compile(
    r"同期(?:数据?|数字|情况|统计)?(?!相?比|增|减)|\((?:供?对[比照]|供?比较|供?参考|同比)\)"
)  # of the earlier year itself
_SAMPLE = re.compile(r"样表|示例|样例|范例|范本|模板|填[表报写]样式|仅供参考")
_LONGEST = 40


def without_earlier_years(catalog: Catalog, document: Document, segments: Sequence[Segment], year: int | None) -> list[Segment]:
    """The segments less those of an earlier year and samples, where another one of the same table has all their labels."""
    if year is None:
        return list(segments)
    earlier = _captioned(document, year)
    earlier |= {segment.lattice.grid.index for segment in segments if _is_another(_first_line(segment.lattice.grid), year)}
    seen: dict[str, set[str]] = {}
    for segment in segments if earlier else ():
        if segment.lattice.grid.index not in earlier:
            seen.setdefault(segment.table, set()).update(labels_in(catalog, segment))
    return [
        segment
        for segment in segments
        if segment.lattice.grid.index not in earlier or not labels_in(catalog, segment) <= seen.get(segment.table, set())
    ]


def _captioned(document: Document, year: int) -> set[int]:
    """The grids right below a line that names an earlier year and no other, or a sample."""
    found: set[int] = set()
    above = ""
    for block in document.blocks:
        if isinstance(block, Grid) and _is_another(above, year):
            found.add(block.index)
        above = block.text if isinstance(block, Paragraph) else ""
    return found


def _first_line(grid: Grid) -> str:
    """What the first row says where it is one cell over the whole width."""
    first = [cell for cell in grid.cells if cell.row == 0]
    return first[0].text if len(first) == 1 else ""


def _is_another(caption: str, year: int) -> bool:
    return len(caption) <= _LONGEST and (_SAMPLE.search(caption) is not None or _is_earlier(caption, year))


def _is_earlier(caption: str, year: int) -> bool:
    caption = _OF_THE_SAME_TIME.sub("", compact(caption))
    if len(caption) > _LONGEST or _SAYS_MORE.search(caption):
        return False
    years = set(map(int, _YEAR.findall(compact(caption))))
    return max(years) < year if len(years) == 1 else not years and bool(_LAST_YEAR.search(caption))
