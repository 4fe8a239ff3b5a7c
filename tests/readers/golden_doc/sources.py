"""What the golden DOC files hold: the same documents as DOCX, with every trait that the reader must know. All figures are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from pipeline.catalog import load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from tests.properties.reports import report_of
from tests.readers.docx_samples import cell, docx_of, paragraph, part, span, table, with_relations
from tests.reports import render_docx
from tests.reports.content import ReportContent, printed_figures
from tests.reports.figures import Size, consistent_figures
from tests.reports.layout import printed_tables

FOLDER = Path(__file__).parent
FORMS = ("2019", "2021")
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
WIDTHS = (2000, 2000, 2000)


@cache
def content(form: str) -> ReportContent:
    """A report of an invented body with figures in every cell."""
    size = Size(requests=37, documents=11, licensing=4500, penalties=210, services=6, fees=80, purchases=3)
    catalog = load_catalog(DEFAULT_CATALOG)
    return report_of(form, printed_figures(catalog, form, consistent_figures(catalog, form, Random(7), None, size)))


def form_docx(form: str) -> bytes:
    """The report of a form as DOCX, without the styles of the template, which would be most of the file."""
    data = render_docx.render(content(form), printed_tables(load_catalog(DEFAULT_CATALOG), content(form)))
    smaller = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(smaller, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, part("styles", "") if name == "word/styles.xml" else old.read(name))
    return smaller.getvalue()


def listed(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph with an automatic number."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def numbered_cell(text: str) -> str:
    """A cell whose paragraph has an automatic number of the second list."""
    return f"<w:tc><w:tcPr/>{listed(text, 0, 2)}</w:tc>"


def numbering(number: int, *levels: tuple[str, str]) -> tuple[str, str]:
    """A list and its name, as two parts of numbering.xml."""
    inside = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{inside}</w:abstractNum>'
    return abstract, f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'


def lists() -> bytes:
    """Automatic numbers in running text and in label cells."""
    first, second = (
        numbering(1, ("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）")),
        numbering(2, ("decimal", "%1.")),
    )
    body = (
        listed("总体情况")
        + listed("主动公开情况", 1)
        + listed("依申请公开情况", 1)
        + listed("申请情况")
        + listed("收到申请", 1)
        + table(
            cell("（三）不予公开", RESTART) + numbered_cell("属于国家秘密") + cell("3"),
            cell("", CONTINUE) + numbered_cell("危及“三安全一稳定”") + cell("0"),
            cell("", CONTINUE) + numbered_cell("保护第三方合法权益") + cell("12"),
            widths=WIDTHS,
        )
        + paragraph("正文")
    )
    return with_relations(docx_of(body, numbering=first[0] + second[0] + first[1] + second[1], styles=""))


def run(text: str, properties: str = "") -> str:
    """A w:r with one text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def mark(kind: str) -> str:
    """A part of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def cell_of(runs: str) -> str:
    """A cell with one paragraph of runs."""
    return f"<w:tc><w:tcPr/><w:p>{runs}</w:p></w:tc>"


def revisions() -> bytes:
    """Insertions, deletions, hidden text, fields, in paragraphs and in cells."""
    by = 'w:id="1" w:author="甲" w:date="2024-01-02T03:04:05Z"'
    deleted = f"<w:del {by}><w:r><w:delText>11</w:delText></w:r></w:del>"
    changed = run("收到") + f"<w:ins {by}>{run('12')}</w:ins>" + deleted + run("件")
    field = mark("begin") + "<w:r><w:instrText>= 3 + 4</w:instrText></w:r>" + mark("separate") + run("7") + mark("end")
    notes = run("12") + run("1", '<w:vertAlign w:val="superscript"/>') + run("34", "<w:strike/>") + run("件")
    body = (
        f"<w:p>{notes}</w:p><w:p>{changed}</w:p><w:p>{run('共')}{run('99', '<w:vanish/>')}{run('3')}{run('件')}</w:p>"
        f"<w:p>{run('合计')}{field}{run('项')}</w:p>"
        + table(cell("规章") + cell_of(changed) + cell_of(field), cell("乙") + cell_of(run("8", "<w:vanish/>")) + cell("5"), widths=WIDTHS)
        + f"<w:p>{run('一')}<w:r><w:br/></w:r>{run('二')}<w:r><w:tab/></w:r>{run('三𠮷四')}</w:p>"
    )
    return with_relations(docx_of(body, styles=""))


def nested() -> bytes:
    """A layout table around a table with merges, and two tables with a paragraph between them."""
    inner = table(
        cell("甲", span(2)) + cell("1"),
        cell("乙", RESTART) + cell("丙") + cell("2"),
        cell("", CONTINUE) + cell("丁") + cell("3"),
        widths=WIDTHS,
    )
    around = f"<w:tc><w:tcPr/>{paragraph('表前')}{inner}{paragraph('表后')}</w:tc>"
    body = table(around, cell("注")) + paragraph("两表之间") + inner + paragraph("完")
    return with_relations(docx_of(body, styles=""))


def headings() -> bytes:
    """Headings by style, text in the single-byte part of the format, and a table with cells side by side joined."""
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    body = (
        paragraph("总体情况", '<w:pStyle w:val="1"/>')
        + paragraph("Annual report 2024 “quoted” – 12%")
        + table(cell("甲") + cell("1") + cell("2"), cell("乙", span(2)) + cell("5"), cell("合计", span(3)), widths=WIDTHS)
    )
    return with_relations(docx_of(body, styles=styles))


SOURCES: dict[str, Callable[[], bytes]] = {
    "form_2019": lambda: form_docx("2019"),
    "form_2021": lambda: form_docx("2021"),
    "lists": lists,
    "revisions": revisions,
    "nested": nested,
    "headings": headings,
}
