"""sources.csv: what an office states about the files beside it: body, year, address and day of publication.

Optional, in any folder of raw or of an archive. `file` is relative to the folder of the sources.csv, and names a file inside
an archive as `archive.zip!folder/report.docx`; headings may be English or Chinese.
A mistake in it is said, in Chinese, with file and line, and stops nothing.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.common.errors import ReadError, in_chinese
from pipeline.intake.archives import SEPARATOR
from pipeline.intake.files import FoundFile, is_sources

_COLUMNS: dict[str, str] = {
    "file": "file",
    "文件": "file",
    "agency": "agency",
    "单位": "agency",
    "report_year": "report_year",
    "年度": "report_year",
    "url": "url",
    "网址": "url",
    "published_on": "published_on",
    "发布日期": "published_on",
}
_YEAR = re.compile(r"(20\d{2})(?:年|年度)?")
_DAY = re.compile(r"(20\d{2})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated about one file (path relative to raw); None or "" where nothing, or nothing legible, is stated."""

    path: str
    agency: str | None
    report_year: int | None
    url: str | None
    published_on: date | None


@dataclass(frozen=True)
class Sources:
    """All statements by path, and what is wrong in the sources.csv files, as Chinese sentences."""

    statements: dict[str, Statement]
    problems: list[str]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a sources.csv: its place for messages, and the cells under the ids of the columns."""

    where: str
    cells: dict[str, str]


def read_sources(files: Sequence[FoundFile]) -> Sources:
    """The statements of every sources.csv among `files` (from `scan_all`). Of two statements on one file the first one counts."""
    paths = {file.path for file in files}
    sources = Sources({}, [])
    for file in files:
        if is_sources(file.path):
            for row in _rows(file, sources.problems):
                _state(row, file.path, paths, sources)
    return sources


def _rows(file: FoundFile, problems: list[str]) -> Iterator[_Row]:
    text = _text(file, problems)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        headings = [heading.strip() for heading in next(reader, [])]
        columns = [_COLUMNS.get(heading.lower()) for heading in headings]
        if "file" not in columns:
            problems.append(f"{file.path} 第 1 行：没有“文件”（file）列，整个文件未使用。")
            return
        for heading, column in zip(headings, columns, strict=True):
            if column is None and heading:
                problems.append(f"{file.path} 第 1 行：不认识的列“{heading}”，未使用。")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                named = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
                yield _Row(f"{file.path} 第 {reader.line_num} 行", named)
    except csv.Error:
        problems.append(f"{file.path} 第 {reader.line_num} 行：不是有效的 CSV，此行以后未使用。请用 Excel 或 WPS 另存为 CSV。")


def _text(file: FoundFile, problems: list[str]) -> str | None:
    try:
        data = file.place.read_bytes() if file.reason is None else None
    except (OSError, ReadError) as error:
        problems.append(f"{file.path}：打不开（{in_chinese(error) if isinstance(error, OSError) else error.message}），未使用。")
        return None
    if data is None:
        problems.append(f"{file.path}：{file.reason}")
        return None
    for encoding in ("utf-8-sig", "gb18030"):  # Excel in Chinese saves CSV in GBK
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    problems.append(f"{file.path}：既不是 UTF-8 也不是 GBK 编码，未使用。请另存为“CSV UTF-8”。")
    return None


def _state(row: _Row, beside: str, paths: set[str], sources: Sources) -> None:
    """Take in a line of the sources.csv at `beside`."""
    name = row.cells.get("file", "")
    if not name:
        sources.problems.append(f"{row.where}：没有写文件名，此行未使用。")
        return
    archive, inside, place = beside.rpartition(SEPARATOR)
    path = archive + inside + posixpath.normpath(posixpath.join(posixpath.dirname(place), name.replace("\\", "/")))
    if path not in paths:
        sources.problems.append(f"{row.where}：找不到文件“{name}”，此行未使用。")
    elif path in sources.statements:
        sources.problems.append(f"{row.where}：文件“{name}”已经登记过，以先登记的为准。")
    else:
        sources.statements[path] = Statement(
            path,
            agency=row.cells.get("agency") or None,
            report_year=_year(row, sources.problems),
            url=row.cells.get("url") or None,
            published_on=_day(row, sources.problems),
        )


def _year(row: _Row, problems: list[str]) -> int | None:
    text = row.cells.get("report_year", "")
    match = _YEAR.fullmatch(text)
    if text and not match:
        problems.append(f"{row.where}：年度“{text}”不是四位年份，未使用。")
    return int(match[1]) if match else None


def _day(row: _Row, problems: list[str]) -> date | None:
    text = row.cells.get("published_on", "")
    match = _DAY.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
    except ValueError:  # there is no such day
        match = None
    if text:
        problems.append(f"{row.where}：发布日期“{text}”不是日期（如 2024-01-31），未使用。")
    return None
