"""Reports drawn at random: figures, what is printed in the cells, how the tables are set, and the container."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from pipeline.catalog import load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.intake.kinds import kind_of
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.registry import read
from tests.properties.damage import DAMAGES
from tests.reports import render_docx, render_html, render_pdf, render_text, render_xlsx
from tests.reports.content import Figure, Key, PrintedSection, ReportContent, keys_of, printed_figures
from tests.reports.figures import Size, consistent_figures
from tests.reports.layout import PrintedTable, printed_tables
from tests.reports.quirks import CONTENT_QUIRKS, TABLE_QUIRKS

CATALOG = load_catalog(DEFAULT_CATALOG)
AGENCY = "瀚川市沐云区财政局"
YEARS = {"2019": 2020, "2021": 2023}
Render = Callable[..., bytes]

# container -> renderer and the options that it may be given
CONTAINERS: dict[str, tuple[Render, dict[str, list[Any]]]] = {
    "text": (render_text.render, {"encoding": ["utf-8", "gb18030"], "newline": ["\n", "\r\n"]}),
    "html": (render_html.render, {"encoding": ["utf-8", "gb18030"], "declared": ["gb2312", None], "row_spans": ["spans", "empty"]}),
    "docx": (render_docx.render, {}),
    "xlsx": (render_xlsx.render, {"sheets": ["one", "each"], "numbers": [True, False]}),
    "pdf": (render_pdf.render, {"page_numbers": [True, False]}),
}
_SIGNS = ("/", "—", "无", "－", "不适用")


@dataclass(frozen=True)
class Drawn:
    """A report with its tables as they are set, in a container."""

    content: ReportContent
    tables: tuple[PrintedTable, ...]
    container: str
    options: dict[str, Any]

    def data(self) -> bytes:
        """The bytes of the file."""
        return CONTAINERS[self.container][0](self.content, self.tables, **self.options)

    def parsed(self) -> Report:
        """What the pipeline makes of the file; it always holds one report."""
        data = self.data()
        (report,) = normalise(CATALOG, read(kind_of(data), data))
        return report


def report_of(form: str, figures: dict[Key, Figure]) -> ReportContent:
    """A report of one invented body with the six sections and the figures given."""
    year = YEARS[form]
    titles = {table.section: table.title_zh for table in CATALOG.tables_of(form)}
    sections = tuple(
        PrintedSection(row.section, f"{number}、{titles.get(row.section, row.headings[0])}", ("情况如下。",))
        for number, row in zip("一二三四五六", CATALOG.sections, strict=True)
    )
    opening = (f"本报告所列数据的统计期限自{year}年1月1日至{year}年12月31日。",)
    title = f"{AGENCY}{year}年政府信息公开工作年度报告"
    return ReportContent(AGENCY, year, form, title, figures, sections, opening, date(year + 1, 1, 20), "瀚川市沐云区人民政府")


@st.composite
def consistent(draw: st.DrawFn) -> ReportContent:
    """A report that keeps every rule, of a body of any size."""
    form = draw(st.sampled_from(sorted(YEARS)))
    size = Size(
        requests=draw(st.integers(0, 400)),
        documents=draw(st.integers(0, 60)),
        licensing=draw(st.integers(0, 30000)),
        penalties=draw(st.integers(0, 2000)),
        services=draw(st.integers(0, 60)),
        fees=draw(st.integers(0, 9000)),
        purchases=draw(st.integers(0, 8)),
    )
    values = consistent_figures(CATALOG, form, Random(draw(st.integers(0, 10**6))), None, size)
    return report_of(form, printed_figures(CATALOG, form, values))


@st.composite
def wild(draw: st.DrawFn) -> ReportContent:
    """A report in which any cell may hold anything that a cell can hold: no rule is kept, blanks and signs stand anywhere."""
    form = draw(st.sampled_from(sorted(YEARS)))
    keys = keys_of(CATALOG, form)
    random = Random(draw(st.integers(0, 10**6)))
    blanks, signs = draw(st.sampled_from([0.0, 0.1, 0.6])), draw(st.sampled_from([0.0, 0.1, 0.6]))
    most = draw(st.sampled_from([9, 99, 10**7]))
    values = {key: _value(key[0], form, random, most) for key in keys}
    figures = printed_figures(CATALOG, form, values)
    for key in keys:
        chance = random.random()
        if chance < blanks:
            figures[key] = Figure("", None, "blank")
        elif chance < blanks + signs:
            figures[key] = Figure(random.choice(_SIGNS), None, "not_applicable")
    return report_of(form, figures)


def _value(field: str, form: str, random: Random, most: int) -> Decimal:
    kind = CATALOG.field(form, field).kind
    number = Decimal(random.randint(0, random.choice([1, 30, most])))
    if kind == "signed_count":
        return number * random.choice([1, -1])
    return number * 100 if kind == "money" else number


@st.composite
def in_a_container(draw: st.DrawFn, contents: st.SearchStrategy[ReportContent], *, quirks: bool, container: str | None = None) -> Drawn:
    """The report in one of the containers; with quirks: up to two oddities of its cells and one of its tables."""
    content = draw(contents)
    chosen = container or draw(st.sampled_from(sorted(CONTAINERS)))
    options = {name: draw(st.sampled_from(values)) for name, values in CONTAINERS[chosen][1].items()}
    if options.get("encoding") == "utf-8" and "declared" in options:
        options["declared"] = "utf-8"
    if quirks:
        # Our PDF columns hold two full-width digits a line, and a number cut more than once is refused in words, on purpose.
        names = sorted(set(CONTENT_QUIRKS) - ({"full_width_digits"} if chosen == "pdf" else set()))
        for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=2)):
            content = CONTENT_QUIRKS[name](content, CATALOG)
    tables = printed_tables(CATALOG, content)
    if quirks:
        for name in draw(st.lists(st.sampled_from(sorted(TABLE_QUIRKS)), unique=True, max_size=1)):
            tables = tuple(TABLE_QUIRKS[name](table) for table in tables)
    return Drawn(content, tables, chosen, options)


@st.composite
def damaged(draw: st.DrawFn, contents: st.SearchStrategy[ReportContent]) -> Drawn:
    """A report in a container, one of its tables damaged in one or two ways."""
    drawn = draw(in_a_container(contents, quirks=False))
    place = draw(st.integers(0, len(drawn.tables) - 1))
    random = Random(draw(st.integers(0, 10**6)))
    table = drawn.tables[place]
    names = draw(st.lists(st.sampled_from(sorted(DAMAGES)), min_size=1, max_size=2))
    for name in ["doubled_row"] if "doubled_row" in names else names:  # were its first half lost, the second would be a true row
        if _holds_figures(table):
            table = DAMAGES[name](table, random)
    assume(drawn.container != "pdf" or _holds_figures(table))  # the renderer of PDF breaks pages between figures
    return replace(drawn, tables=(*drawn.tables[:place], table, *drawn.tables[place + 1 :]))


def _holds_figures(table: PrintedTable) -> bool:
    return any(cell.key for row in table.rows for cell in row)


def differences(drawn: Drawn, report: Report) -> dict[Key, str]:
    """The cells that are not as printed: what was printed, and what was read. Cells that are not printed may be blank or unreadable."""
    found = {(cell.field, cell.applicant): cell for cell in report.cells if not cell.extra}
    printed = {cell.key for table in drawn.tables for row in table.rows for cell in row if cell.key}
    told = {}
    for key in printed:
        figure, cell = drawn.content.figures[key], found.get(key)
        if cell is None:
            told[key] = f"{figure.printed!r}: nothing"
        elif (cell.state, cell.value) != (figure.state, figure.value):
            told[key] = f"{figure.printed!r} {figure.state} {figure.value}: {cell.state} {cell.value} from {cell.raw!r}"
    claimed = {key: cell for key, cell in found.items() if key not in printed and cell.state in ("number", "not_applicable")}
    return told | {key: f"not printed: {cell.state} {cell.value} from {cell.raw!r}" for key, cell in claimed.items()}


def silent(drawn: Drawn, report: Report) -> dict[Key, str]:
    """Those of the differences whose table no error or warning names."""
    named = {problem.table for problem in report.problems if problem.severity in ("error", "warning")}
    return {key: text for key, text in differences(drawn, report).items() if key[0].partition(".")[0] not in named}
