"""LibreOffice opens workbook, letters and form, and every figure and sentence can be seen on its pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2

from pipeline.catalog import Catalog
from pipeline.catalog.office import Office
from pipeline.publish.form.write import FilledForm, form_document
from pipeline.publish.letters.sent import YearLetters, letter_files
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.yearly import year_workbook
from pipeline.warehouse.store import Store
from tests.publish.test_form import AREA, figures_for
from tests.publish.test_letters import ITEM, letter
from tests.readers.soffice import converted, required

_A4 = (595, 842)


def pages_of(content: bytes) -> list[tuple[tuple[int, int], str]]:
    """The size in points and the text of each page."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [
            ((round(page.get_width()), round(page.get_height())), "".join(page.get_textpage().get_text_range().split()))
            for page in document
        ]
    finally:
        document.close()


def test_letters_and_form_are_pages_of_a4_with_all_that_they_say(catalog: Catalog) -> None:
    long = replace(ITEM, message="、".join(f"“某项{number}”{number}件" for number in range(80)))
    ((_, written),) = letter_files(YearLetters(2024, [letter(*[long] * 3)]), Office(), catalog)
    figures = figures_for(catalog, "2021", seed=3, blank=0)
    form = form_document(catalog, FilledForm(AREA, 2024, "2021", figures, ("说明。",)))
    letter_pages, form_pages = map(pages_of, converted(required(), [written, form], ".docx", "pdf"))
    assert {size for size, _ in (*letter_pages, *form_pages)} == {_A4}
    text = "".join(text for _, text in letter_pages)
    assert text.count("“某项79”79件") == 3
    assert "问题核改情况反馈表" in letter_pages[-1][1]
    assert [f"—{number}—" in text for number, (_, text) in enumerate(letter_pages, start=1)] == [True] * len(letter_pages)
    text = "".join(text for _, text in form_pages)
    units = {field.field: 10_000 if field.kind == "money" else 1 for field in catalog.fields if field.form == "2021"}
    shown = {f"{value / units[field]:f}".rstrip("0").rstrip(".") if field in units and units[field] > 1 else str(value)
             for (field, _), value in figures.items() if value is not None}  # fmt: skip
    assert {number for number in shown if number not in text} == set()
    assert len(form_pages) <= 5


def test_no_figure_of_the_workbook_is_too_wide_for_its_column_on_paper(stored: Store, catalog: Catalog, tmp_path: Path) -> None:
    with Tables(stored, [2021]) as tables:
        content = year_workbook(tables, catalog, YearLetters(2021))
    (rendered,) = converted(required(), [content], ".xlsx", "pdf")
    pages = pages_of(rendered)
    assert {size for size, _ in pages} == {(_A4[1], _A4[0])}
    text = "".join(text for _, text in pages)
    assert "###" not in text
    assert "59,237.24495" in text
    assert f"共{len(pages)}页" in pages[0][1]
    assert text.count("申请人情况") >= 1
