"""Several reports in one file: each is one report with its own figures, never a mixture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from pipeline.catalog import Catalog
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.orchestration.reading import read_bytes
from tests.reports.content import ReportContent
from tests.reports.layout import printed_tables
from tests.reports.together import render_together
from tests.test_renderers import made

GOVERNMENT, OFFICE = "瀚川市沐云区人民政府", "瀚川市沐云区人民政府办公室"
TOWNS = [f"瀚川市沐云区{name}人民政府" for name in ("青檀镇", "松涧乡", "石门镇", "云岭镇", "竹溪乡")]
CONTAINERS = ("docx", "html", "pdf", "txt", "xls", "xlsx")
TITLES = {
    "one line": "{body}{year}年政府信息公开工作年度报告",
    "two lines": "{body}\n{year}年政府信息公开工作年度报告",
    "three lines": "{body}\n{year}年度政府信息公开\n工作年度报告",
    "year below": "{body}政府信息公开工作年度报告\n（{year}年度）",
    "twice": "{body}{year}年政府信息公开工作年度报告\n{body}{year}年政府信息公开工作年度报告",
    "scope": "本级数据",
    "none": "",
}


def content(body: str, seed: int, title: str = "one line", *, form: str = "2021", year: int = 2021, sections: bool = True) -> ReportContent:
    whole = made(form, seed=seed)
    return replace(
        whole,
        agency=body,
        report_year=year,
        title=TITLES[title].format(body=body, year=year),
        sections=whole.sections if sections else (),
    )


def read(catalog: Catalog, contents: Sequence[ReportContent], container: str = "txt", tables: Any = None) -> list[Report]:
    document = read_bytes(render_together(catalog, contents, container, tables)).document
    assert document is not None
    return normalise(catalog, document)


def figures(report: Report) -> dict[Any, Any]:
    return {(cell.field, cell.applicant): (cell.state, cell.value) for cell in report.cells if not cell.extra}


def truth(content: ReportContent) -> dict[Any, Any]:
    return {key: (figure.state, figure.value) for key, figure in content.figures.items()}


def assert_apart(contents: Sequence[ReportContent], reports: Sequence[Report]) -> None:
    assert [report.index for report in reports] == list(range(len(contents)))
    for content, report in zip(contents, reports, strict=True):
        assert (report.agency, report.report_year, report.status) == (content.agency, content.report_year, "parsed")
        assert not {problem.code for problem in report.problems} - (set() if content.sections else {"only_tables"})
        assert figures(report) == truth(content)


@pytest.mark.parametrize("sections", [True, False])
@pytest.mark.parametrize("title", ["one line", "two lines", "three lines", "year below", "twice"])
def test_two_reports_under_titles(catalog: Catalog, title: str, sections: bool) -> None:
    contents = [content(GOVERNMENT, 1, title, sections=sections), content(OFFICE, 2, title, sections=sections)]
    assert_apart(contents, read(catalog, contents))


@pytest.mark.parametrize("container", CONTAINERS)
def test_five_towns_in_every_container(catalog: Catalog, container: str) -> None:
    contents = [content(body, seed, "two lines") for seed, body in enumerate(TOWNS)]
    assert_apart(contents, read(catalog, contents, container))


@pytest.mark.parametrize("forms", [("2019", "2021"), ("2021", "2019"), ("2019", "2019")])
def test_two_years_of_one_body(catalog: Catalog, forms: tuple[str, str]) -> None:
    contents = [content(GOVERNMENT, number, form=form, year=int(form) + number) for number, form in enumerate(forms)]
    if forms == ("2021", "2019"):
        contents[1] = replace(contents[1], report_year=2019, title=TITLES["one line"].format(body=GOVERNMENT, year=2019))
    assert_apart(contents, read(catalog, contents))


@pytest.mark.parametrize("container", ["docx", "txt"])
def test_a_second_report_headed_as_the_offices_own_is_of_the_same_body(catalog: Catalog, container: str) -> None:
    contents = [content(GOVERNMENT, 1), content(OFFICE, 2, "scope")]
    first, second = read(catalog, contents, container)
    assert (figures(first), figures(second)) == (truth(contents[0]), truth(contents[1]))
    assert (second.agency, second.report_year, second.status, second.level) == (GOVERNMENT, 2021, "parsed", "own_office")


@pytest.mark.parametrize("container", ["docx", "txt"])
def test_a_second_report_without_a_title_is_told_by_its_first_section(catalog: Catalog, container: str) -> None:
    contents = [content(GOVERNMENT, 1), content(OFFICE, 2, "none")]
    first, second = read(catalog, contents, container)
    assert (figures(first), figures(second)) == (truth(contents[0]), truth(contents[1]))
    assert (first.agency, first.status, second.agency, second.status) == (GOVERNMENT, "parsed", None, "partial")
    assert {item.code for item in second.problems} == {"agency_unknown", "year_unknown"}


@pytest.mark.parametrize("title", ["none", "scope"])
def test_what_cannot_be_told_apart_is_said_to_conflict(catalog: Catalog, title: str) -> None:
    contents = [content(GOVERNMENT, 1, sections=False), content(OFFICE, 2, title, sections=False)]
    (report,) = read(catalog, contents)
    first, second, found = truth(contents[0]), truth(contents[1]), figures(report)
    assert found == {key: first[key] if first[key] == second[key] else ("unreadable", None) for key in first}
    assert {item.table for item in report.problems if item.code == "table_repeated"} == {"proactive", "requests", "remedies"}


@pytest.mark.parametrize("missing", ["proactive", "requests", "remedies"])
def test_a_table_that_only_one_of_two_reports_has_is_doubted(catalog: Catalog, missing: str) -> None:
    """The second report, without any title, may have brought it."""
    contents = [content(GOVERNMENT, 1, sections=False), content(OFFICE, 2, "none", sections=False)]

    def tables(of: ReportContent) -> Any:
        return [table for table in printed_tables(catalog, of) if of is contents[1] or table.table != missing]

    (report,) = read(catalog, contents, tables=tables)
    assert {item.table for item in report.problems if item.severity != "info"} == {"proactive", "requests", "remedies"}


@pytest.mark.parametrize("missing", ["proactive", "requests"])
@pytest.mark.parametrize("title", ["one line", "two lines"])
def test_a_first_report_that_lacks_a_table_takes_none_from_the_second(catalog: Catalog, missing: str, title: str) -> None:
    contents = [content(GOVERNMENT, 1, title, sections=False), content(OFFICE, 2, title, sections=False)]

    def tables(of: ReportContent) -> Any:
        return [table for table in printed_tables(catalog, of) if of is contents[1] or table.table != missing]

    first, second = read(catalog, contents, tables=tables)
    assert figures(second) == truth(contents[1])
    assert not {key for key, (state, _) in figures(first).items() if key[0].startswith(missing) and state == "number"}
    assert (first.agency, second.agency) == (GOVERNMENT, OFFICE)


def test_a_title_that_is_only_mentioned_begins_no_report(catalog: Catalog) -> None:
    """Page furniture between the tables, and a link behind them."""
    one, two = content(GOVERNMENT, 1), content(OFFICE, 2)
    named = [replace(section, paragraphs=(*section.paragraphs, one.title)) for section in one.sections]
    last = replace(named[-1], paragraphs=("附件", TITLES["one line"].format(body=TOWNS[0], year=2021), "（完）", "印发", "份数"))
    contents = [replace(one, sections=(*named[:-1], last)), two]
    assert_apart(contents, read(catalog, contents))
    assert_apart(contents[:1], read(catalog, contents[:1]))


def test_a_report_that_is_shown_twice_is_one(catalog: Catalog) -> None:
    for title in ("one line", "none"):
        contents = [content(GOVERNMENT, 1), content(GOVERNMENT, 1, title)]
        (report,) = read(catalog, contents)
        assert (report.status, figures(report)) == ("parsed", truth(contents[0]))
        assert {(item.code, item.severity) for item in report.problems} <= {("copy_same", "info")}


def test_the_same_title_over_other_figures_is_another_report(catalog: Catalog) -> None:
    contents = [content(GOVERNMENT, 1), content(GOVERNMENT, 2)]
    assert_apart(contents, read(catalog, contents))


def test_what_is_stated_of_the_file_is_said_of_its_first_report(catalog: Catalog) -> None:
    contents = [content(GOVERNMENT, 1), content(OFFICE, 2, year=2022)]
    document = read_bytes(render_together(catalog, contents, "txt")).document
    assert document is not None
    first, second = normalise(catalog, document, 2023, "瀚川市人民政府")
    assert (first.report_year, second.report_year) == (2023, 2022)
    assert "year_conflict" in {item.code for item in first.problems}
    assert second.problems == ()
