"""Tables as they are set, cut, joined and damaged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports.content import ReportContent
from tests.reports.layout import printed_tables
from tests.reports.made import YEARS, Made, drawn_report, the_catalog
from tests.reports.quirks.setting import each_label
from tests.reports.together import render_together
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


@pytest.mark.parametrize("container", ["html", "docx", "txt", "pdf"])
def test_several_reports_in_one_file(container: str) -> None:
    """汇总 first, 本级 behind it: two reports, each with its own body and figures."""
    whole = plain(
        replace(drawn_report("2021", 0), agency="瀚川市沐云区人民政府", title="瀚川市沐云区人民政府2023年政府信息公开工作年度报告"),
        container,
    )
    own = plain(drawn_report("2021", 1), container)
    found = reports_in(render_together(the_catalog(), [whole.content, own.content], container))
    assert [report.agency for report in found] == [whole.content.agency, own.content.agency]
    assert [differing(made, report) for made, report in zip((whole, own), found, strict=True)] == [[], []]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_row_that_bears_the_name_of_its_group(form: str) -> None:
    """It may be a subtotal; but where a row is missing, it is that row, unread and said."""
    made = plain(drawn_report(form, 0), "html")
    own, group = "1.本机关不掌握相关政府信息", "（四）无法提供"
    tables = tuple(each_label(table, lambda text: group if text == own else text) for table in made.tables)
    (report,) = reports_in(replace(made, tables=tables).data())
    assert {cell.state for cell in report.cells if cell.field == "requests.unavailable.not_held"} == {"unreadable"}
    assert "label_unmatched" in {item.code for item in report.problems if item.table == "requests"}
