"""Rendered reports, read back with other libraries than the pipeline's own code, hold every figure where it belongs."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import docx
import lxml.html
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from tests.reports import render_docx, render_html, render_pdf, render_text, render_xlsx
from tests.reports.content import PrintedSection, ReportContent, keys_of, printed_figures
from tests.reports.figures import Size, consistent_figures
from tests.reports.layout import PrintedTable, cut, printed_tables
from tests.reports.made import drawn_report
from tests.reports.quirks import QUIRKS
from tests.reports.rules_by_hand import broken_rules
from tests.sample.yinzhou import yinzhou_content

CATALOG = load_catalog(DEFAULT_CATALOG)
SIZE = Size(60, 12, licensing=1240, penalties=30, coercion=3, services=40, fees=36)
Grid = dict[tuple[int, int], str]


def made(form: str = "2021", catalog: Catalog = CATALOG, seed: int = 7) -> ReportContent:
    values = consistent_figures(catalog, form, Random(seed), None, SIZE)
    sections = tuple(
        PrintedSection(row.section, f"{number}、{row.headings[0]}", (f"{row.headings[0]}如下。",))
        for number, row in zip("一二三四五六", catalog.sections, strict=True)
    )
    title = "瀚川市沐云区财政局\n政府信息公开工作2021年度报告"
    return ReportContent(
        "瀚川市沐云区财政局",
        2021,
        form,
        title,
        printed_figures(catalog, form, values),
        sections,
        (),
        date(2022, 1, 20),
        "瀚川市沐云区人民政府",
    )


def printed(table: PrintedTable) -> Grid:
    return {place: cell.text for place, cell in table.placed().items() if cell.text}


def read_html(data: bytes) -> list[Grid]:
    grids = []
    for table in lxml.html.fromstring(data).iter("table"):
        taken: set[tuple[int, int]] = set()
        grid: Grid = {}
        for row, line in enumerate(table.iter("tr")):
            column = 0
            for cell in line:
                while (row, column) in taken:
                    column += 1
                grid[row, column] = "\n".join(cell.itertext())
                height, width = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
                taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
        grids.append({place: text for place, text in grid.items() if text})
    return grids


def read_docx(data: bytes) -> list[Grid]:
    """python-docx repeats a merged cell wherever it reaches: only its first place counts."""
    grids = []
    for table in docx.Document(io.BytesIO(data)).tables:
        seen: set[object] = set()
        grid: Grid = {}
        for row, line in enumerate(table.rows):
            for column, cell in enumerate(line.cells):
                if cell._tc not in seen and cell.text:
                    grid[row, column] = cell.text
                seen.add(cell._tc)
        grids.append(grid)
    return grids


def read_xlsx(data: bytes) -> list[Grid]:
    """The tables of a workbook with a sheet each."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        {
            (row, column): str(value)
            for row, line in enumerate(workbook.get_sheet_by_name(name).to_python())
            for column, value in enumerate(line)
            if value
        }
        for name in workbook.sheet_names[1:]
    ]


READERS: dict[str, tuple[Callable[..., bytes], Callable[[bytes], list[Grid]], dict[str, object]]] = {
    "html": (render_html.render, read_html, {}),
    "html without rowspan": (render_html.render, read_html, {"row_spans": "empty"}),
    "html in GBK": (render_html.render, read_html, {"encoding": "gb18030", "declared": "gb18030"}),
    "docx": (render_docx.render, read_docx, {}),
    "xlsx": (render_xlsx.render, read_xlsx, {"sheets": "each", "numbers": False}),
}


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", READERS)
def test_every_cell_is_where_the_layout_puts_it(name: str, form: str) -> None:
    render, read, options = READERS[name]
    content = made(form)
    tables = printed_tables(CATALOG, content)
    assert read(render(content, tables, **options)) == [printed(table) for table in tables]


def test_workbook_on_one_sheet_has_numbers_and_merged_ranges() -> None:
    content = made()
    tables = printed_tables(CATALOG, content)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(render_xlsx.render(content, tables))).get_sheet_by_index(0)
    values = [value for line in sheet.to_python() for value in line]
    assert sum(isinstance(value, float) for value in values) == len(keys_of(CATALOG, "2021"))
    merged = {(bottom - top + 1, right - left + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []}
    assert {(3, 3), (1, 7), (25, 1), (22, 1)} & merged == {(3, 3), (1, 7), (22, 1)}


def test_pdf_has_every_figure_in_order_and_page_numbers() -> None:
    content = made()
    tables = printed_tables(CATALOG, content)
    document = pypdfium2.PdfDocument(render_pdf.render(content, tables))
    pages = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    assert len(pages) >= 2
    assert all(f"- {number} -" in page for number, page in enumerate(pages, start=1))
    text = re.sub(r"\s+", " ", " ".join(pages))
    place = 0
    for table in tables:
        for row in table.rows:
            figures = " ".join(cell.text for cell in row if cell.key)
            if figures:
                place = text.find(f" {figures} ", place)
                assert place >= 0, figures
    labels = [cell.text for row in tables[0].rows for cell in row if cell.key is None]
    assert all(f" {label} " in text for label in labels)


def test_text_dump_has_the_shape_of_the_example_report() -> None:
    content = made("2019")
    text = render_text.render(content, printed_tables(CATALOG, content)).decode()
    lines = text.split("\n")
    start = lines.index("\t（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）")
    assert lines[start + 1 : start + 16] == [
        *("\t申请人情况", "", "\t", "\t自然人", "\t法人或其他组织", "\t总计", "", "\t", "\t"),
        *("\t商业企业", "\t科研机构", "\t社会公益组织", "\t法律服务机构", "\t其他", "\t"),
    ]


@pytest.mark.real
def test_text_dump_equals_the_tables_of_the_example_report(real_reports: Path) -> None:
    def cells(text: str) -> list[str]:
        joined = re.sub(r"\n(?=[^\t\n])", "", text[text.index("\t") :])
        return [re.sub(r"\s", "", line) if line.strip() else line[:1] for line in joined.split("\n") if line.startswith("\t")]

    content = yinzhou_content(CATALOG)
    ours = render_text.render(content, printed_tables(CATALOG, content)).decode()
    theirs = (real_reports / "yinzhou_2019.txt").read_text(encoding="utf-8")
    tables = "二、主动公开政府信息情况"

    def trimmed(text: str) -> list[str]:
        return [re.sub("[一二三四五六]、(主动|收到|政府信息公开行政|存在).*", "", cell) for cell in cells(text[text.index(tables) :])]

    assert trimmed(ours) == trimmed(theirs)


@pytest.mark.parametrize("render", [module.render for module in (render_text, render_html, render_docx, render_xlsx, render_pdf)])
def test_rendering_twice_gives_the_same_bytes(render: Callable[..., bytes]) -> None:
    content = made()
    assert render(content, printed_tables(CATALOG, content)) == render(content, printed_tables(CATALOG, content))


@pytest.mark.parametrize(("form", "rows"), [("2019", 23), ("2021", 25)])
def test_layout_has_the_shape_of_the_printed_form(form: str, rows: int) -> None:
    proactive, requests, remedies = printed_tables(CATALOG, made(form))
    assert (len(requests.rows), requests.columns) == (3 + rows, 10)
    assert (len(remedies.rows), remedies.columns) == (4, 15)
    assert {len(row) for row in proactive.rows} == ({1, 3, 4} if form == "2019" else {1, 2, 4})
    assert all(
        sum(cell.row_span * cell.column_span for row in table.rows for cell in row) == len(table.rows) * table.columns
        for table in (proactive, requests, remedies)
    )


def test_cut_table_keeps_every_figure_and_stays_whole() -> None:
    table = printed_tables(CATALOG, made())[1]
    for row in range(1, len(table.rows)):
        upper, lower = cut(table, row)
        keys = [cell.key for part in (upper, lower) for line in part.rows for cell in line if cell.key]
        assert keys == [cell.key for line in table.rows for cell in line if cell.key]
        for part in (upper, lower):
            assert sum(cell.row_span * cell.column_span for line in part.rows for cell in line) == len(part.rows) * part.columns


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(0, 300), st.sampled_from([0, 40, 3000]))
def test_drawn_figures_break_no_rule_over_the_years(seed: int, requests: int, decisions: int) -> None:
    random, size = Random(seed), Size(requests, 8, licensing=decisions, penalties=decisions // 3, services=20, fees=decisions // 40)
    history: dict[tuple[str, str | None], Decimal] = {}
    last_form = None
    for form in ("2019", "2019", "2021", "2021", "2021"):
        values = consistent_figures(CATALOG, form, random, history, size)
        assert broken_rules(CATALOG, form, values, history if last_form else None, last_form) == set()
        history, last_form = {**history, **values}, form


@pytest.mark.parametrize("name", [name for name, quirk in QUIRKS.items() if quirk.on_content and quirk.keeps == "all"])
def test_quirks_of_the_content_keep_values(name: str) -> None:
    """A figure may be printed otherwise, or not at all; what it means stays, unless the quirk says that it is another."""
    quirk = QUIRKS[name]
    assert quirk.on_content is not None
    before = drawn_report("2019", 0)
    after = quirk.on_content(before, CATALOG, Random(1))
    assert after != before
    for key, figure in after.figures.items():
        same = figure.value == before.figures[key].value or name == "many_decimals"
        assert same if figure.state == "number" else figure.value is None


@pytest.mark.parametrize("name", [name for name, quirk in QUIRKS.items() if quirk.on_tables and quirk.keeps == "all"])
def test_quirks_of_tables_keep_every_figure(name: str) -> None:
    """Every figure stays where its labels are, but for rows that are left out; cells overlap nowhere."""
    quirk = QUIRKS[name]
    assert quirk.on_tables is not None
    tables = printed_tables(CATALOG, made(min(quirk.forms or {"2021"})))
    changed = quirk.on_tables(tables, Random(1))
    assert changed != tables
    left = {"rows_left_out": 20, "list_rows_missing": 3, "group_of_lawsuits_missing": 1}.get(name, 0)
    assert len(_keys(tables) - _keys(changed)) <= left
    for table in changed:
        assert sum(cell.row_span * cell.column_span for row in table.rows for cell in row) <= len(table.rows) * table.columns


def _keys(tables: Iterable[PrintedTable]) -> set[object]:
    return {cell.key for table in tables for row in table.rows for cell in row if cell.key}


def test_an_invented_form_is_laid_out_from_its_rows(tmp_path: Path) -> None:
    folder = tmp_path / "rows"
    shutil.copytree(DEFAULT_CATALOG, folder)
    for path in (folder / "labels").glob("*.csv"):
        path.write_text(re.sub(r",2021,", ",2021 2030,", path.read_text(encoding="utf-8")), encoding="utf-8")
    append(
        folder / "labels" / "proactive.csv",
        "row,article_20_7,group,,2030,printed,第二十条第（七）项,",
        "row,awards,item,article_20_7,2030,printed,行政奖励,",
    )
    append(folder / "forms.csv", "2030,2030,,2030年格式,虚构,,")
    forms = (folder / "forms.csv").read_text(encoding="utf-8").replace("2021,2021,,", "2021,2021,2029,")
    (folder / "forms.csv").write_text(forms, encoding="utf-8")
    tables = (folder / "form_tables.csv").read_text(encoding="utf-8")
    append(folder / "form_tables.csv", *(f"2030{line[4:]}" for line in tables.splitlines() if line.startswith("2021,")))
    shutil.copy(folder / "fields" / "2021.csv", folder / "fields" / "2030.csv")
    append(
        folder / "fields" / "2030.csv", "proactive,proactive.awards.decisions,no,件,count,第二十条第（七）项 / 行政奖励,,awards,decisions"
    )
    catalog = load_catalog(folder)
    content = made("2030", catalog)
    (proactive, *_) = printed_tables(catalog, content)
    assert [cell.text for cell in proactive.rows[-3]] == ["第二十条第（七）项"]
    assert proactive.rows[-1][0].text == "行政奖励"
    assert proactive.rows[-1][1].key == ("proactive.awards.decisions", None)
    assert read_html(render_html.render(content, (proactive,))) == [printed(proactive)]


def append(path: Path, *lines: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
