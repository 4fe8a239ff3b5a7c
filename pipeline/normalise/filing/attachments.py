"""A page whose tables are a file attached to it: which file beside which page.

Such a page says body, year and all the prose of a report, and the file holds nothing but the tables. The page then states
of the file what sources.csv would, and lends it its text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Protocol

from msgspec.structs import replace

from pipeline.catalog import Catalog
from pipeline.intake.sources import Statement
from pipeline.normalise.agencies.names import same_agency
from pipeline.normalise.model import Report
from pipeline.normalise.problems import problem


class Understood(Protocol):
    """What has to be known of a file: how many reports with figures it holds, their years, the body of the first, what it links to."""

    @property
    def error_code(self) -> str | None: ...
    @property
    def years(self) -> list[int | None]: ...
    @property
    def reports(self) -> int: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def is_page(self) -> bool: ...
    @property
    def attachments(self) -> list[str]: ...


def pages_of_attachments(summaries: Mapping[str, Understood], stated: Mapping[str, Statement]) -> dict[str, str]:
    """By the path of each attached file, the path of its page; `summaries` by path.

    The page has a body and a year and no table, the file tables and no body or no year of its own, and nothing that
    contradicts the page. It is in the page's folder, and the page links to it or bears the same name. Of several such files, or
    several such pages, nobody can tell which belong together: they stay as they are.
    """
    in_folder: dict[str, list[str]] = defaultdict(list)
    for path in summaries:
        in_folder[_folder(path)].append(path)
    found: dict[str, set[str]] = defaultdict(set)
    for page, summary in summaries.items():
        if _is_page_without_tables(summary):
            files = [path for path in in_folder[_folder(page)] if path not in stated and _is_attached(page, summary, path, summaries[path])]
            if len(files) == 1:
                found[files[0]].add(page)
    return {path: next(iter(pages)) for path, pages in found.items() if len(pages) == 1}


def statements_of_pages(
    pages: Mapping[str, str], summaries: Mapping[str, Understood], stated: Mapping[str, Statement]
) -> Iterator[Statement]:
    """What the pages state of the files attached to them."""
    for path, page in pages.items():
        summary, known = summaries[page], stated.get(page)
        agency, year = summary.agency, summary.years[0]
        yield Statement(path, agency, year, known.url if known else None, known.published_on if known else None)


def with_text(catalog: Catalog, report: Report, page: Report, page_path: str) -> Report:
    """A report that is an attachment, with the text of its page where it has none of its own."""
    message = f"这份文件是网页“{page_path}”的附件：单位、年度和各部分文字取自网页，表格取自本文件。"
    lent = page.sections and not report.sections
    said = [item for item in report.problems if not (lent and item.code == "only_tables")]
    return replace(
        report,
        sections=report.sections or page.sections,
        claims=report.claims or page.claims,
        published_on=report.published_on or page.published_on,
        problems=(*said, problem(catalog, "attached", message)),
    )


def _is_page_without_tables(summary: Understood) -> bool:
    return (
        summary.is_page and summary.reports == 0 and summary.agency is not None and len(summary.years) == 1 and summary.years[0] is not None
    )


def _is_attached(page: str, said: Understood, path: str, held: Understood) -> bool:
    if path == page or held.error_code or held.is_page or held.reports != 1 or len(held.years) != 1:
        return False
    if held.agency is not None and held.years[0] is not None:  # a report that needs no page
        return False
    named = _name(path).lower() in (name.lower() for name in said.attachments) or _stem(path) == _stem(page)
    same_body = held.agency is None or same_agency(held.agency, said.agency or "")
    return named and same_body and held.years[0] in (None, said.years[0])


def _folder(path: str) -> str:
    return path[: len(path) - len(_name(path))]


def _name(path: str) -> str:
    return re.split("[/!]", path)[-1]


def _stem(path: str) -> str:
    return PurePosixPath(_name(path)).stem
