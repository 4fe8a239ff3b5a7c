"""docs/series.md: one body's request series with its breaks, and what may be concluded from it, out of a warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import duckdb

SERIES = "requests_received"
_BAR = 40  # characters of the longest bar
_CLASSES = ("予以公开", "部分公开", "依法不予公开", "无此信息", "不明确或放弃", "不属公开申请", "其他处理")


@dataclass(frozen=True)
class Point:
    """One year of a series."""

    year: int
    body: str
    form: str
    value: Decimal | None
    change: Decimal | None
    comparable: str
    is_break: bool
    reason: str
    segment: int


@dataclass(frozen=True)
class Share:
    """One year of an indicator that is a share, with its interval; ratio None where the denominator is too small."""

    year: int
    numerator: Decimal
    denominator: Decimal
    ratio: float | None
    low: float
    high: float


def choose_body(database: duckdb.DuckDBPyConnection) -> str:
    """The name of the body with most names, then most years, then most requests: the one that shows most."""
    query = """
        SELECT arg_max(agency_name, report_year) FROM out_series WHERE series = 'requests_received' GROUP BY lineage_id
        ORDER BY count(DISTINCT agency_name) DESC, count(*) DESC, sum(value) DESC NULLS LAST, lineage_id LIMIT 1
    """
    found = database.execute(query).fetchone()
    assert found, "no report in the warehouse has a figure of requests"
    return str(found[0])


def series_page(database: duckdb.DuckDBPyConnection, body: str) -> str:
    """The page as text; `body`: any name that the body ever had."""
    points = _points(database, body, SERIES)
    assert points, f"{body} has no figure of requests"
    shares = _shares(database, body)
    parts = [
        _opening(database, body, points),
        _table(points),
        _bars(points),
        _breaks(points),
        _outcomes(database, body),
        _rates(shares),
        _conclusions(points, shares),
    ]
    return "\n\n".join(parts) + "\n"


def _points(database: duckdb.DuckDBPyConnection, body: str, series: str) -> list[Point]:
    rows = database.execute(
        'SELECT "年度", "当年名称", "格式", "数值", "增减", "可比性", "中断", "中断原因", "段" FROM series_by_body '
        'WHERE "查询名称" = ? AND "序列" = ? ORDER BY "年度", "当年名称"',
        [body, series],
    ).fetchall()
    return [Point(*row) for row in rows]


def _shares(database: duckdb.DuckDBPyConnection, body: str) -> list[Share]:
    rows = database.execute(
        """
        SELECT DISTINCT report_year, numerator, denominator, ratio, ratio_low, ratio_high FROM out_indicators
        JOIN (SELECT DISTINCT agency_id, report_year FROM out_series WHERE lineage_id IN (
            SELECT lineage_id FROM core_agencies JOIN core_agency_names USING (agency_id) WHERE name = ?)) USING (agency_id, report_year)
        WHERE indicator = 'disclosure_rate' AND ratio_low IS NOT NULL ORDER BY report_year
        """,
        [body],
    ).fetchall()
    return [Share(*row) for row in rows]


def _years_without_figure(database: duckdb.DuckDBPyConnection, body: str, points: list[Point]) -> str:
    """Years on which the body reported and whose reports give no figure of requests that could be taken."""
    query = """
        SELECT DISTINCT report_year FROM core_reports JOIN core_agencies USING (agency_id)
        WHERE is_current AND lineage_id IN (SELECT lineage_id FROM core_agencies JOIN core_agency_names USING (agency_id) WHERE name = ?)
        ORDER BY report_year
    """
    there = {point.year for point in points}
    years = [str(year) for (year,) in database.execute(query, [body]).fetchall() if year not in there]
    if not years:
        return ""
    return f"\n\nIts reports on {', '.join(years)} give no one figure of requests; what their prose states is in `core_claims`."


def _opening(database: duckdb.DuckDBPyConnection, body: str, points: list[Point]) -> str:
    names: dict[str, list[int]] = {}
    for point in points:
        names.setdefault(point.body, []).append(point.year)
    listed = "\n".join(f"- {name}: {min(years)}-{max(years)}" for name, years in names.items())
    return f"""# A request series and its breaks

How many requests did one body receive, what became of them, and what may be said about it? The body is invented like the whole
[sample](sample.md). `python -m tests.series_page` writes this page from the sample; every figure comes from the views
`series_by_body`, `outcomes_by_body` and `growth_by_body` and the table `out_indicators`, which any SQL client can ask:

```sql
SELECT "年度", "数值", "增减", "可比性", "中断原因" FROM series_by_body
WHERE "查询名称" = '{body}' AND "序列" = '{SERIES}' ORDER BY "年度";
```

Any name that the body ever had gives the same rows. It reported as

{listed}{_years_without_figure(database, body, points)}

## Requests received"""


def _table(points: list[Point]) -> str:
    lines = ["| year | form | requests | change | comparable with the year before | segment |", "|---|---|---|---|---|---|"]
    for point in points:
        figures = f"{_number(point.value)} | {_signed(point.change)}"
        lines.append(f"| {point.year} | {point.form or 'prose'} | {figures} | {point.comparable} | {point.segment} |")
    return "\n".join(lines)


def _bars(points: list[Point]) -> str:
    """A bar for each year; a line of dots where nothing may be joined."""
    largest = max((point.value for point in points if point.value is not None), default=Decimal(1)) or Decimal(1)
    lines: list[str] = []
    for place, point in enumerate(points):
        if place and point.is_break:
            lines.append("      " + "·" * _BAR)
        length = 0 if point.value is None else round(_BAR * point.value / largest)
        lines.append(f"{point.year}  {'█' * length} {_number(point.value)}".rstrip())
    return "Only years between two dotted lines form one series:\n\n```\n" + "\n".join(lines) + "\n```"


def _breaks(points: list[Point]) -> str:
    said = [f"- before {point.year}: {point.reason}" for point in points[1:] if point.is_break]
    return "## Where it breaks, and why\n\n" + ("\n".join(said) if said else "Nowhere: all years are one segment.")


def _outcomes(database: duckdb.DuckDBPyConnection, body: str) -> str:
    columns = ", ".join(f'"{name}"' for name in _CLASSES)
    rows = database.execute(
        f"""
        SELECT DISTINCT "年度", "格式", {columns}, "缺少格数" FROM outcomes_by_body
        WHERE "单位" IN (SELECT "当年名称" FROM series_by_body WHERE "查询名称" = ?) ORDER BY "年度"
        """,
        [body],
    ).fetchall()
    lines = [f"| year | form | {' | '.join(_CLASSES)} | cells lacking |", "|" + "---|" * (len(_CLASSES) + 3)]
    lines += ["| " + " | ".join([str(row[0]), row[1], *(_number(value) for value in row[2:])]) + " |" for row in rows]
    note = "The classes are those that all forms share; a class is empty where a cell that it needs has no number."
    return f"## What became of them\n\n{note}\n\n" + "\n".join(lines)


def _rates(shares: list[Share]) -> str:
    lines = ["| year | disclosed | of | 公开率 | 95 % interval |", "|---|---|---|---|---|"]
    for share in shares:
        rate = "counts only" if share.ratio is None else f"{share.ratio:.1%}"
        counts = f"{_number(share.numerator)} | {_number(share.denominator)}"
        lines.append(f"| {share.year} | {counts} | {rate} | {share.low:.0%} to {share.high:.0%} |")
    return "## How much was disclosed\n\nUnder ten cases there is no percentage, only counts.\n\n" + "\n".join(lines)


def _conclusions(points: list[Point], shares: list[Share]) -> str:
    lines = [*_growth(points), *_not_to_be_said(points), *_differences(points, shares)]
    return "## What may be concluded\n\n" + "\n".join(f"- {line}" for line in lines)


def _growth(points: list[Point]) -> list[str]:
    lines = []
    for segment in sorted({point.segment for point in points}):
        known = [point for point in points if point.segment == segment and point.value is not None]
        if len(known) < 2:
            continue
        first, last = known[0], known[-1]
        assert first.value is not None and last.value is not None
        text = f"From {first.year} to {last.year} requests went from {_number(first.value)} to {_number(last.value)}"
        if first.value > 0:
            rate = (float(last.value) / float(first.value)) ** (1 / (last.year - first.year)) - 1
            text += f", {rate:+.1%} a year"
        lines.append(text + "; these years are counted alike.")
    return lines


def _not_to_be_said(points: list[Point]) -> list[str]:
    lines = []
    for before, point in pairwise(points):
        if not point.is_break:
            continue
        years = f"{before.year} to {point.year}"
        if point.comparable == "不可比":
            lines.append(f"Nothing may be said about the change from {years}: {point.reason}.")
        elif point.comparable == "可比":
            change = _signed(point.change)
            lines.append(f"The change from {years} ({change}) may be given with its reason, and not as part of a trend: {point.reason}.")
        else:
            lines.append(f"The change from {years} ({_signed(point.change)}) is rough, and not part of a trend: {point.reason}.")
    return lines


def _differences(points: list[Point], shares: list[Share]) -> list[str]:
    """Rates of neighbouring years of one segment, as far as chance leaves something to be said."""
    segments = {point.year: point.segment for point in points}
    lines = []
    for before, share in pairwise(shares):
        if share.year != before.year + 1 or segments.get(share.year) != segments.get(before.year):
            continue
        if before.high < share.low or share.high < before.low:
            lines.append(f"公开率 changed from {before.year} to {share.year} by more than so few cases would by chance.")
    if shares and not lines:
        lines.append(
            "Between no two neighbouring years did 公开率 change by more than so few cases would by chance: the intervals overlap."
        )
    return lines


def _number(value: Decimal | int | None) -> str:
    return "" if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value}"


def _signed(value: Decimal | None) -> str:
    return "" if value is None else ("+" if value > 0 else "") + _number(value)
