"""Reports with the oddities of real ones, saved as DOC by another program, give the same cells as the DOCX that they were."""

from __future__ import annotations

from itertools import product

from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers import doc, docx
from pipeline.readers.model import Document
from tests.readers.soffice import converted, required
from tests.reports.made import YEARS, drawn_report, make, the_catalog

ODDITIES: tuple[tuple[str, ...], ...] = ((), ("number_in_two_runs",))


def cells_of(document: Document) -> list[list[tuple[object, ...]]]:
    """Field, applicant, state and value of every cell of every report."""
    reports: list[Report] = normalise(the_catalog(), document)
    return [[(cell.field, cell.applicant, cell.state, cell.value) for cell in report.cells] for report in reports]


def test_reports_saved_by_libreoffice_give_the_same_cells() -> None:
    command = required()
    made = [make(drawn_report(form, seed), "docx", names) for seed, (form, names) in enumerate(product(YEARS, ODDITIES))]
    sources = [report.data() for report in made]
    for source, saved in zip(sources, converted(command, sources, ".docx", "doc"), strict=True):
        assert cells_of(doc.read(saved)) == cells_of(docx.read(source))
        assert list(doc.read(saved).grids()) == list(docx.read(source).grids())
