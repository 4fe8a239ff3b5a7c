"""An invented form, rule, indicator, view, wording and kind of body work from raw file to DuckDB, with no line of code changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import duckdb
import pytest

from pipeline.catalog import Catalog, load_catalog
from pipeline.warehouse.database import comments_missing
from tests.catalog.changed_rows import copy_of_rows
from tests.catalog.invented import AWARDS, OTHER_LAW, invent
from tests.installation import Installation
from tests.reports import render_docx, render_html, render_pdf, render_text, render_xlsx
from tests.reports.content import Key, PrintedSection, ReportContent, printed_figures
from tests.reports.figures import Size, consistent_figures
from tests.reports.layout import printed_tables

BOARD = "瀚川市沐云试验区管理委员会"
RENDERERS = {"txt": render_text, "html": render_html, "docx": render_docx, "xlsx": render_xlsx, "pdf": render_pdf}
SIZE = Size(40, 9, licensing=300, penalties=20, coercion=4, fees=30)
OTHERS = {container: f"瀚川市沐云区第{number}局" for container, number in zip(RENDERERS, "一二三四五", strict=True)}
_TITLES = {"proactive": "主动公开政府信息情况", "requests": "收到和处理政府信息公开申请情况"}


@dataclass(frozen=True)
class Invented:
    """The built installation and what was put into it."""

    installation: Installation
    catalog: Catalog
    contents: dict[tuple[str, int], ReportContent]

    def rows(self, table: str, **cells: Any) -> list[dict[str, Any]]:
        """The rows of a table that have these cells."""
        return [row for row in self.installation.rows(table) if all(row[name] == value for name, value in cells.items())]


def report(catalog: Catalog, agency: str, year: int, form: str, values: dict[Key, Decimal]) -> ReportContent:
    titles = {table.section: table.title_zh for table in catalog.tables_of(form)}
    sections = tuple(
        PrintedSection(
            row.section,
            f"{number}、{titles.get(row.section, row.headings[0])}",
            ("存在的问题是宣传不足，下一步将加强；没有收取信息处理费。",),
        )
        for number, row in zip("一二三四五六", catalog.sections, strict=True)
    )
    opening = (f"本报告的统计期限自{year}年1月1日至{year}年12月31日。",)
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return ReportContent(agency, year, form, title, printed_figures(catalog, form, values), sections, opening, date(year + 1, 1, 20))


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Invented:
    """A board that reports for 2029 to 2031, and five bureaus for 2030, one in each container."""
    root = tmp_path_factory.mktemp("invented")
    rows = copy_of_rows(root)
    invent(rows)
    catalog = load_catalog(rows)
    installation = Installation.at(root / "installation").with_catalog(rows)
    contents: dict[tuple[str, int], ReportContent] = {}
    history: dict[Key, Decimal] = {}
    for year, form in ((2029, "2021"), (2030, "2030"), (2031, "2030")):
        values = consistent_figures(catalog, form, Random(year), history, SIZE)
        if form == "2030":
            values |= {(f"{AWARDS}.given", None): Decimal(8), (f"{AWARDS}.paid", None): Decimal(0 if year == 2031 else 36000)}
        contents[BOARD, year] = report(catalog, BOARD, year, form, values)
        history |= values
    contents[BOARD, 2031] = replace(contents[BOARD, 2031], labels={("proactive", "row", "awards"): "政府奖励"})
    for number, agency in enumerate(OTHERS.values()):
        values = consistent_figures(catalog, "2030", Random(number), None, SIZE)
        contents[agency, 2030] = report(catalog, agency, 2030, "2030", values)
    for (agency, year), content in contents.items():
        container = next((name for name, other in OTHERS.items() if other == agency), "html")
        installation.put(f"{agency}{year}.{container}", RENDERERS[container].render(content, printed_tables(catalog, content)))
    run = installation.build()
    assert run.success, run
    return Invented(installation, catalog, contents)


def test_the_form_is_recognised_in_every_container(invented: Invented) -> None:
    forms = {row["report_id"]: row for row in invented.rows("core_reports")}
    assert all(row["status"] == "parsed" for row in forms.values()), invented.rows("core_problems")
    found = {
        (forms[row["report_id"]]["agency_name"], row["report_year"], row["table"]): row["form"]
        for row in invented.rows("core_report_tables")
        if row["table"] in _TITLES
    }
    assert found == {(agency, year, table): content.form for (agency, year), content in invented.contents.items() for table in _TITLES}
    assert invented.rows("core_problems") == []


def test_every_cell_of_it_is_placed(invented: Invented) -> None:
    found = {
        (row["agency_name"], row["report_year"], row["field"], row["applicant"]): (row["state"], row["value"])
        for row in invented.rows("out_values")
    }
    printed = {
        (agency, year, field, applicant or ""): (figure.state, figure.value)
        for (agency, year), content in invented.contents.items()
        for (field, applicant), figure in content.figures.items()
    }
    assert found == printed
    assert any(key[2] == OTHER_LAW and value[1] for key, value in found.items())
    assert (BOARD, 2030, "proactive.regulations.issued", "") not in found


def test_known_rules_take_in_the_new_row_and_the_new_rule_is_checked(invented: Invented) -> None:
    """R2 and R3 hold only with the new row among 不予公开; the board gave awards without money in 2031."""
    assert any(row["passed"] > 0 for row in invented.rows("core_rule_results", rule="R2", report_year=2030))
    findings = [(row["rule"], row["agency_name"], row["report_year"], row["place"]) for row in invented.rows("out_findings")]
    assert findings == [("Z1", BOARD, 2031, "表二“行政奖励”")]
    (finding,) = invented.rows("out_findings")
    assert "8" in finding["message"] and finding["title_zh"] == "有奖励应有金额"
    outcomes = {
        row["report_year"]: row["outcome"]
        for row in invented.rows("core_rule_results", rule="Z1")
        if row["agency_id"] == finding["agency_id"]
    }
    assert outcomes == {2029: "not_applicable", 2030: "pass", 2031: "fail"}


def test_the_indicator_is_computed_and_known_ones_take_in_the_new_row(invented: Invented) -> None:
    rows = {row["report_year"]: row for row in invented.rows("out_indicators", indicator="award_average", agency_name=BOARD)}
    assert {year: (row["numerator"], row["denominator"], row["ratio"]) for year, row in rows.items()} == {
        2030: (36000, 8, 4500.0),
        2031: (0, 8, 0.0),
    }
    values = invented.contents[BOARD, 2030].figures
    denied = sum(
        figure.value or 0 for (field, applicant), figure in values.items() if field.startswith("requests.denied.") and applicant == "total"
    )
    (rate,) = invented.rows("out_indicators", indicator="denial_rate", agency_name=BOARD, report_year=2030)
    assert rate["numerator"] == denied


def test_years_are_compared_across_the_new_form(invented: Invented) -> None:
    rows = {
        row["field"]: row
        for row in invented.rows("out_year_over_year", agency_name=BOARD, report_year=2030)
        if row["applicant"] in ("", "total")
    }
    same = rows["requests.new"]
    assert (same["previous_value"], same["comparable"]) == (invented.contents[BOARD, 2029].figures["requests.new", "total"].value, "yes")
    assert (rows[f"{AWARDS}.given"]["previous_value"], rows[f"{AWARDS}.given"]["comparable"]) == (None, "no")


def test_the_kind_of_body_gives_its_deadline(invented: Invented) -> None:
    days = {row["report_year"]: row["deadline"] for row in invented.rows("out_submission_status", agency_name=BOARD)}
    assert days[2030] == date(2031, 2, 15)
    assert {row["agency_kind"] for row in invented.rows("core_agencies", agency_name=BOARD)} == {"government"}


def test_wide_views_and_the_sql_view_are_in_the_database(invented: Invented) -> None:
    with duckdb.connect(invented.installation.workspace.database, read_only=True) as connection:
        headings = [row[0] for row in connection.execute("DESCRIBE wide_2030_proactive").fetchall()]
        assert headings[-4:] == ["行政奖励 本年奖励人次", "行政奖励 本年奖励金额（元）", "更正格数", "更正"]
        assert not any("规章" in heading for heading in headings)
        query = 'SELECT "行政奖励 本年奖励人次", "行政奖励 本年奖励金额（元）" FROM wide_2030_proactive WHERE "单位" = ? ORDER BY "年度"'
        assert connection.execute(query, [BOARD]).fetchall() == [(8, 36000), (8, 0)]
        lines = [
            row[0]
            for row in connection.execute('SELECT "项目" FROM wide_2030_requests WHERE "单位" = ? AND "年度" = 2030', [BOARD]).fetchall()
        ]
        assert len(lines) == 26
        assert lines[lines.index("三 /（三）不予公开 / 8.属于行政查询事项") + 1] == "三 /（三）不予公开 / 9.依照其他规定不予公开"
        assert connection.execute('SELECT count(*), max("人次") >= 8 FROM awards').fetchone() == (len(OTHERS) + 2, True)
        query = "SELECT comment FROM duckdb_views() WHERE view_name = 'awards'"
        assert connection.execute(query).fetchone() == ("奖励清单：各单位每年的奖励人次，按人次由多到少。",)
        assert comments_missing(connection) == []


def test_the_dictionary_defines_all_of_it(invented: Invented) -> None:
    entries = {(row["entry_kind"], row["entry"], row["form"]) for row in invented.rows("out_dictionary")}
    assert {("field", f"{AWARDS}.paid", "2030"), ("field", OTHER_LAW, "2030")} <= entries
    assert {("rule", "Z1"), ("indicator", "award_average"), ("view", "awards"), ("form", "2030")} <= {entry[:2] for entry in entries}
