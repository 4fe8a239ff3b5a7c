"""Tables as they are set, cut, joined and damaged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports.content import ReportContent
from tests.reports.layout import printed_tables
from tests.reports.made import YEARS, Made, drawn_report, the_catalog
from tests.reports.quirks.whole import one_after_the_other
from tests.traps.listed import cases, check, differing, reports_in


@pytest.mark.parametrize(("container", "form", "quirk"), cases("tables"))
def test_trap(container: str, form: str, quirk: str) -> None:
    check(container, form, quirk)


def plain(content: ReportContent, container: str) -> Made:
    return Made(content, printed_tables(the_catalog(), content), container)


@pytest.mark.parametrize("container", ["html", "docx", "text", "pdf", "xlsx"])
@pytest.mark.parametrize("form", YEARS)
def test_labels_merged_downwards(form: str, container: str) -> None:
    """Over 8, 20 and 22 rows, as the form itself has them; and 表二 with its parts of different width."""
    made = plain(drawn_report(form, 0), container)
    (report,) = reports_in(made.data())
    assert (report.status, differing(made, report), report.problems) == ("parsed", [], ())


test_sections_of_different_width = test_labels_merged_downwards
test_text_dump_with_a_cell_a_line = test_labels_merged_downwards


@pytest.mark.parametrize("container", ["html", "docx", "text", "pdf"])
def test_several_reports_in_one_file(container: str) -> None:
    """汇总 first, 本级 behind it: two reports, each with its own body and figures."""
    whole = plain(
        replace(drawn_report("2021", 0), agency="瀚川市沐云区人民政府", title="瀚川市沐云区人民政府2023年政府信息公开工作年度报告"),
        container,
    )
    own = plain(drawn_report("2021", 1), container)
    content, tables = one_after_the_other((whole.content, whole.tables), (own.content, own.tables))
    found = reports_in(Made(content, tables, container).data())
    assert [report.agency for report in found] == [whole.content.agency, own.content.agency]
    assert [differing(made, report) for made, report in zip((whole, own), found, strict=True)] == [[], []]
