"""Readers and normaliser read the committed files as they did when they were committed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from tests.golden.made import GOLDEN, ROOT, cells_path, path_of
from tests.traps.listed import reports_in


@pytest.mark.parametrize(("form", "container", "variant"), GOLDEN)
def test_the_cells_are_read_as_committed(form: str, container: str, variant: str) -> None:
    truth = json.loads(cells_path(form, variant).read_text(encoding="utf-8"))
    (report,) = reports_in(path_of(form, container, variant).read_bytes())
    assert (report.agency, report.report_year, report.status) == (truth["agency"], truth["report_year"], truth["expect"])
    found = {(cell.field, cell.applicant): (cell.state, cell.value) for cell in report.cells}
    assert found == {(field, applicant): (state, value and Decimal(value)) for field, applicant, value, state in truth["cells"]}
    assert [item for item in report.problems if item.severity != "info"] == []


def test_every_file_is_read() -> None:
    files = {path for path in ROOT.glob("*/*/*") if path.is_file()}
    assert files == {path_of(*place) for place in GOLDEN}
