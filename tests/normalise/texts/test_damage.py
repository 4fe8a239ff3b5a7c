"""Whatever is done to the tables of a report: no figure goes to a wrong cell without a word, and none is invented."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Cell, Report
from pipeline.normalise.report import normalise
from pipeline.readers import html, text
from pipeline.readers.model import Document
from tests.reports import render_html, render_text
from tests.reports.content import Figure, Key, PrintedSection, ReportContent, keys_of, plain
from tests.reports.layout import PrintedTable, printed_tables
from tests.reports.quirks import DAMAGES, QUIRKS

SEEDS = range(12)
BODY = "瀚川市沐云区财政局"


def content(catalog: Catalog, form: str, random: Random) -> ReportContent:
    """A report in which every figure stands once only (money apart), so that none can be mistaken for another."""
    pool = random.sample(range(10, 900), 400)
    zeros = random.random() < 0.3
    figures: dict[Key, Figure] = {}
    for number, key in enumerate(keys_of(catalog, form)):
        money = catalog.field(form, key[0]).kind == "money"
        value = Decimal(0) if zeros and not money and random.random() < 0.6 else Decimal(pool[number])
        figures[key] = Figure(f"{plain(value)}万元", value * 10000) if money else Figure(plain(value), value)
    year = {"2019": 2020, "2021": 2023}[form]
    numbered = zip("一二三四五六", catalog.sections, strict=True)
    sections = tuple(PrintedSection(row.section, f"{number}、{row.headings[0]}", ("如下。",)) for number, row in numbered)
    return ReportContent(BODY, year, form, f"{BODY}{year}年政府信息公开工作年度报告", figures, sections)


def silent_errors(report: Report, printed: dict[Key, Figure]) -> list[tuple[Key, str]]:
    """Cells that claim something else than is printed under their key, in tables that no problem names."""
    named = {item.table for item in report.problems if item.severity in ("error", "warning")}

    def wrong(cell: Cell) -> bool:
        figure = printed.get((cell.field, cell.applicant), Figure("", None, "blank"))
        return cell.state != "unreadable" and (cell.state, cell.value) != (figure.state, figure.value)

    return [((cell.field, cell.applicant), cell.raw) for cell in report.cells if not cell.extra and cell.table not in named and wrong(cell)]


def printed_in(tables: list[PrintedTable], content: ReportContent) -> dict[Key, Figure]:
    keys = {cell.key for table in tables for row in table.rows for cell in row if cell.key}
    return {key: content.figures[key] for key in keys}


def read_back(content: ReportContent, tables: list[PrintedTable], container: str) -> Document:
    if container == "html":
        return html.read(render_html.render(content, tables))
    return text.read(render_text.render(content, tables))


@pytest.mark.parametrize("container", ["html", "text"])
@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", DAMAGES)
def test_no_silent_errors(catalog: Catalog, name: str, form: str, container: str) -> None:
    for seed in SEEDS:
        random = Random(f"{name}{form}{seed}")
        made = content(catalog, form, random)
        damage = DAMAGES[name].on_tables
        assert damage is not None
        tables = list(damage(printed_tables(catalog, made), random))
        (report,) = normalise(catalog, read_back(made, tables, container))
        assert not silent_errors(report, printed_in(tables, made)), f"{name}, {form}, seed {seed}"


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_test_notices_a_wrong_figure(catalog: Catalog, form: str) -> None:
    """Two figures exchanged in the truth are two silent errors."""
    made = content(catalog, form, Random(1))
    tables = list(printed_tables(catalog, made))
    (report,) = normalise(catalog, read_back(made, tables, "html"))
    printed = printed_in(tables, made)
    assert silent_errors(report, printed) == []
    one, other = ("requests.new", "total"), ("requests.handled", "total")
    exchanged = printed | {one: printed[other], other: printed[one]}
    assert sorted(key for key, _ in silent_errors(report, exchanged)) == sorted([one, other])


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_whole_report_has_no_problems(catalog: Catalog, form: str) -> None:
    for seed in SEEDS:
        made = content(catalog, form, Random(seed))
        (report,) = normalise(catalog, read_back(made, list(printed_tables(catalog, made)), "html"))
        assert (report.status, report.problems) == ("parsed", ())


def lines_of(content: ReportContent, catalog: Catalog) -> list[str]:
    return render_text.render(content, printed_tables(catalog, content)).decode().split("\n")


def test_a_text_without_its_repeated_lines_is_refused(catalog: Catalog) -> None:
    lines = lines_of(content(catalog, "2021", Random(3)), catalog)
    unique = [line for number, line in enumerate(lines) if not line.strip() or line.strip() not in map(str.strip, lines[:number])]
    (report,) = normalise(catalog, text.read("\n".join(unique).encode()))
    assert (report.status, report.cells) == ("refused", ())
    assert "lines_removed" in {item.code for item in report.problems}


def test_of_a_text_without_tabs_and_empty_lines_only_tables_with_every_figure_are_read(catalog: Catalog) -> None:
    lines = [line.strip() for line in lines_of(content(catalog, "2021", Random(3)), catalog)]
    (report,) = normalise(catalog, text.read("\n".join(filter(None, lines)).encode()))
    assert report.status == "parsed"
    for place, line in reversed(list(enumerate(lines))):
        if line.isdigit():
            lines[place] = ""  # in one row of 表四 after the other
            break
    (report,) = normalise(catalog, text.read("\n".join(filter(None, lines)).encode()))
    assert {table.table: table.state for table in report.tables}["remedies"] == "unreadable"
    assert not [cell for cell in report.cells if cell.table == "remedies"]


def test_separated_rows_with_empty_cells_dropped_are_not_guessed(catalog: Catalog) -> None:
    rows = ["申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计"]
    rows += ["一、本年新收政府信息公开申请数量 | 3 | 3", "二、上年结转政府信息公开申请数量 | 1 | 1"]
    (report,) = normalise(catalog, text.read("\n".join([f"{BODY}2023年政府信息公开工作年度报告", *rows]).encode()))
    assert not [cell for cell in report.cells if cell.state == "number"]
    assert {item.table for item in report.problems if item.code in ("cell_unplaced", "table_unreadable")} == {"requests"}


@pytest.mark.parametrize("name", ["number_in_two_cells", "a_cell_too_many", "a_cell_left_out", "headings_missing"])
def test_a_dump_whose_rows_have_slipped_is_not_read_by_position(catalog: Catalog, name: str) -> None:
    """Many blanks, so that neither the sums nor the places of the other figures tell."""
    for seed in range(8):
        random = Random(f"blank {name} {seed}")
        full = content(catalog, "2021", random)
        made = full.with_figures({key: Figure("", None, "blank") for key in full.figures if random.random() < 0.6})
        damage = QUIRKS[name].on_tables
        assert damage is not None
        tables = list(damage(printed_tables(catalog, made), random))
        (report,) = normalise(catalog, read_back(made, tables, "text"))
        assert not silent_errors(report, printed_in(tables, made)), f"{name}, seed {seed}"
        unread = {cell.table for cell in report.cells if cell.state == "unreadable"}
        assert unread <= {item.table for item in report.problems if item.severity != "info"}
