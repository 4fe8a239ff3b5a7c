"""What an office gets of one report year: the workbook, letters and a ZIP file of them, the filled form, the open tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.catalog.office import load_office
from pipeline.publish.file_names import file_names
from pipeline.publish.form.figures import filled_forms
from pipeline.publish.form.write import form_document
from pipeline.publish.letters.contents import letters_of
from pipeline.publish.letters.outstanding import outstanding_of
from pipeline.publish.letters.sent import YearLetters, letter_files, letters_zip
from pipeline.publish.letters.untold import UntoldFile
from pipeline.publish.open_tables.files import open_table_files
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.yearly import year_workbook
from pipeline.warehouse.store import Store

LETTERS, OPEN_TABLES = "letters", "tables"


def year_files(store: Store, catalog: Catalog, decisions: Path, year: int, untold: Sequence[UntoldFile]) -> Iterator[tuple[str, bytes]]:
    """The files of `year` by their paths. untold: see `untold.py`. The same tables and decisions give the same bytes.

    Raises SchemaError where a stored table is damaged or of another schema, CatalogError where office.csv has a mistake.
    """
    office = load_office(decisions, year)
    with Tables(store, [year]) as tables:
        outstanding = outstanding_of(tables, untold, catalog, office, year)
        sent = YearLetters(year, list(letters_of(tables, catalog, year)), outstanding)
        letters = letter_files(sent, office, catalog)
        forms = filled_forms(tables, catalog, year)
        yield f"{catalog.wordings('file.workbook', year=year)}.xlsx", year_workbook(tables, catalog, sent)
    yield from ((f"{LETTERS}/{name}", content) for name, content in letters)
    if letters:
        yield f"{catalog.wordings('file.letters_zip', year=year)}.zip", letters_zip(letters)
    names = file_names(catalog.wordings("file.form", area=form.area, year=year) for form in forms)
    yield from ((f"{name}.docx", form_document(catalog, form)) for name, form in zip(names, forms, strict=True))
    yield from ((f"{OPEN_TABLES}/{name}", content) for name, content in open_table_files(store, catalog, year))
