"""The files of the sample: where offices would have put them, in which encoding, and their bytes."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from random import Random
from typing import Any

from tests.reports import render_doc, render_docx, render_html, render_mht, render_pdf, render_text, render_xls, render_xlsx
from tests.reports.content import ReportContent
from tests.reports.layout import printed_tables
from tests.reports.quirks.numbers import padded_figures, thousands_commas
from tests.sample.bodies import DISTRICT
from tests.sample.district import CORRECTED, DistrictReport, catalog, district_reports
from tests.sample.yinzhou import YINZHOU_PATH, yinzhou_content

DISTRICT_FOLDER = f"示例_{DISTRICT}"
YINZHOU_FOLDER = "示例_宁波市鄞州区"
_PAGES = ("html", "mht")
_WITH_SOURCES = ("乡镇街道报送", "2024年部门报送")
_NAMES = {
    "docx": "{agency}{year}年政府信息公开工作年度报告",
    "pdf": "{name}{year}年年报（定稿）",
    "txt": "{name}{year}年度报告（文字版）",
    "xlsx": "{name}政府信息公开{year}年报",
    "doc": "{name}{year}年政府信息公开年度报告",
    "xls": "{name}信息公开年报{year}",
}
# what a container offers: options of its renderer, by turns over the reports
_OPTIONS: dict[str, tuple[dict[str, Any], ...]] = {
    "txt": ({}, {"encoding": "gb18030", "newline": "\r\n"}),
    "html": (
        {},
        {"encoding": "gb18030", "declared": "gb2312"},
        {"row_spans": "empty"},
        {"encoding": "gb18030", "declared": "utf-8"},
        {"encoding": "gb18030", "declared": None},
    ),
    "docx": ({}, {"font": "宋体"}),
    "pdf": ({},),
    "xlsx": ({}, {"sheets": "each"}, {"numbers": False}),
    **dict.fromkeys(("doc", "xls", "mht"), ({},)),
}
_RENDERERS: dict[str, Callable[..., bytes]] = {
    "txt": render_text.render,
    "html": render_html.render,
    "docx": render_docx.render,
    "pdf": render_pdf.render,
    "xlsx": render_xlsx.render,
    "doc": render_doc.render,
    "xls": render_xls.render,
    "mht": render_mht.render,
}
_QUIRKS = {"txt": padded_figures, "pdf": thousands_commas}


@dataclass(frozen=True)
class SampleFile:
    """A report file with its path below data/raw."""

    path: str
    container: str
    content: ReportContent
    options: dict[str, Any]
    is_current: bool = True

    def data(self) -> bytes:
        """The bytes of the file."""
        return _RENDERERS[self.container](self.content, printed_tables(catalog(), self.content), **self.options)


@cache
def report_files() -> tuple[SampleFile, ...]:
    """Every report of the sample: those of the district and the real one."""
    turns = dict.fromkeys(_OPTIONS, 0)
    files = []
    for report in district_reports():
        options = _OPTIONS[report.container][turns[report.container] % len(_OPTIONS[report.container])]
        turns[report.container] += 1
        content = report.content
        if report.container in _QUIRKS:
            content = _QUIRKS[report.container](content, catalog())
        files.append(SampleFile(f"{DISTRICT_FOLDER}/{path_of(report)}", report.container, content, options, report.is_current))
    files.append(SampleFile(f"{YINZHOU_FOLDER}/{YINZHOU_PATH}", "txt", yinzhou_content(catalog()), {}))
    return tuple(files)


def path_of(report: DistrictReport) -> str:
    """Pages by their day of publication, towns by town, departments by the year in which they sent it."""
    body, content = report.body, report.content
    day = content.published_on
    assert day is not None
    if report.container in _PAGES:
        number = 9000000 + zlib.crc32(f"{body.name}{content.report_year}".encode()) % 1000000
        return f"网站采集/{day.year}/t{day:%Y%m%d}_{number}.{report.container}"
    name = _NAMES[report.container].format(agency=body.agency, name=body.name, year=content.report_year)
    name += f"{'（更正）' if content.title.endswith(CORRECTED) else ''}.{report.container}"
    if body.name == "人民政府":
        return f"区政府/{name.replace(body.name, '沐云区人民政府', 1) if name.startswith(body.name) else name}"
    if not body.in_january:
        return f"乡镇街道报送/{body.name.removesuffix('人民政府').removesuffix('办事处')}/{name}"
    return f"{content.report_year + 1}年部门报送/{name}"


def sources_files() -> dict[str, bytes]:
    """The sources.csv of two folders: what their office noted about the files in it."""
    return {f"{DISTRICT_FOLDER}/{folder}/sources.csv": _sources(f"{DISTRICT_FOLDER}/{folder}") for folder in _WITH_SOURCES}


def _sources(folder: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["文件", "单位", "年度", "网址", "发布日期"])
    for file in report_files():
        if PurePosixPath(folder) in PurePosixPath(file.path).parents:
            content, relative = file.content, file.path.removeprefix(f"{folder}/")
            number = Random(file.path).randrange(100000, 999999)
            address = f"https://www.muyun.example/xxgk/nb/{content.published_on:%Y%m}/{number}.html"
            writer.writerow([relative, content.agency, content.report_year, address, content.published_on])
    return text.getvalue().encode("utf-8-sig")


def all_files() -> dict[str, bytes]:
    """Path below data/raw -> bytes, for the whole sample."""
    return {file.path: file.data() for file in report_files()} | sources_files()


def truths() -> list[dict[str, Any]]:
    """A truth file for every report, in the format of the contract; `source` is the path below data/raw."""
    return [file.content.truth(file.path, catalog()) for file in report_files()]
