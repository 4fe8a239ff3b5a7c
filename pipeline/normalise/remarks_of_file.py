"""What is to be said of a file as a whole, whatever its tables hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.catalog.model import Catalog
from pipeline.normalise.identity.identify import Identity
from pipeline.normalise.identity.title import mistyped_year
from pipeline.normalise.model import Problem
from pipeline.normalise.problems import problem
from pipeline.readers.model import Document

_PERIOD_ONLY = re.compile(r"统计期限|填表说明|^注[:：]|^说明[:：]")  # what stands above and below tables too


def said_of_file(
    catalog: Catalog, document: Document, identity: Identity, year: int | None, *, two_years: bool, has_sections: bool
) -> Iterator[Problem]:
    """A year that is mistyped, prose that is missing, figures that were left out on purpose."""
    if year and (mistyped := mistyped_year(identity.title)):
        message = f"题目中的年度“{mistyped}”多一位或少一位数字，按 {year} 年处理，请核实并更正题目。"
        yield problem(catalog, "year_mistyped", message)
    if (document.metadata.get("kind") == "workbook" or (any(document.grids()) and not has_sections)) and not _has_prose(document):
        message = "文件只有表格，没有报告正文，六个部分是否齐全无法核对。正文如另有文件，请一并报送。"
        yield problem(catalog, "only_tables", message)
    if two_years:
        yield problem(catalog, "other_year", f"表格并列了几个年度的数字，只采用 {year} 年的，其他年度的未采用。")
    if sheets := document.metadata.get("hidden_sheets"):
        yield problem(catalog, "cells_hidden", f"工作簿中有隐藏的工作表（{sheets}），其中的数字未采用。如应公开，请取消隐藏。")
    if sheets := document.metadata.get("hidden"):
        yield problem(catalog, "cells_hidden", f"工作表（{sheets}）中有隐藏的行或列，其中的数字未采用。如应公开，请取消隐藏。")
    if sheets := document.metadata.get("computed"):
        message = f"工作表（{sheets}）中的公式没有存下结果（文件由程序生成，未经 Excel 计算），合计等按公式算出。"
        yield problem(catalog, "formula_computed", message)


def not_a_report(catalog: Catalog, document: Document) -> Problem:
    """That nothing of a file was taken, and what to do where the tables may be in a file that the page links to."""
    names = document.metadata.get("attachments", "").splitlines()
    attached = f"表格可能在网页的附件（{'、'.join(names[:3])}）中，请把附件与网页放在同一文件夹。" if names else ""
    return problem(catalog, "not_a_report", f"没有从文件中取得年度报告的任何表格，未采用任何数字。{attached}")


def _has_prose(document: Document) -> bool:
    """Whether any sentence stands beside the tables."""
    return any("。" in paragraph.text and not _PERIOD_ONLY.search(paragraph.text) for paragraph in document.paragraphs())
