"""The grids of the printed tables: whole, without overlap, every figure once; and a form that nobody has printed yet."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.catalog import Catalog, load_catalog
from pipeline.common.errors import CatalogError
from pipeline.indicators.relations import applicants_of
from pipeline.publish.printed_layout import PrintedTable, printed_table
from pipeline.publish.workbook.overview import write_workbook
from tests.indicators.builders import FiledReport
from tests.publish.invented_form import FORM, invented_catalog
from tests.publish.reading import row_of, rows_of
from tests.publish.small_store import small_store
from tests.warehouse.sample import change_csv


def assert_whole(catalog: Catalog, form: str, table: str, grid: PrintedTable) -> None:
    """The cells cover the grid once, and every cell of the form stands in it once."""
    covered = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert sorted(covered) == [(row, column) for row in range(grid.rows) for column in range(grid.columns)]
    expected = {(field.field, applicant) for field in catalog.fields_of(form, table) for applicant in applicants_of(catalog, field)}
    figures = [cell.figure for cell in grid.cells if cell.figure]
    assert len(figures) == len(expected)
    assert set(figures) == expected


def test_every_printed_table_is_whole(catalog: Catalog) -> None:
    for table in catalog.form_tables:
        assert_whole(catalog, table.form, table.table, printed_table(catalog, table.form, table.table))


def test_the_tables_of_2021_have_the_shape_of_the_official_form(catalog: Catalog) -> None:
    sizes = {name: printed_table(catalog, "2021", name) for name in ("proactive", "requests", "remedies")}
    assert {name: (grid.rows, grid.columns, grid.label_columns) for name, grid in sizes.items()} == {
        "proactive": (14, 4, 1),
        "requests": (28, 10, 3),
        "remedies": (4, 15, 0),
    }
    requests = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in sizes["requests"].cells if cell.text}
    assert requests["法人或其他组织"] == (1, 4, 1, 5)
    assert requests["自然人"] == (1, 3, 2, 1)
    assert requests["（三）不予公开"] == (7, 1, 8, 1)
    assert requests["四、结转下年度继续办理"] == (27, 0, 1, 3)
    remedies = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in sizes["remedies"].cells if cell.text}
    assert remedies["行政诉讼"] == (0, 5, 1, 10)
    assert remedies["复议后起诉"] == (1, 10, 1, 5)


def test_an_invented_form_is_laid_out_from_its_rows_and_amounts_keep_their_units(tmp_path: Path) -> None:
    catalog = invented_catalog(tmp_path / "rows")
    for table in ("outreach", "staff"):
        assert_whole(catalog, FORM, table, printed_table(catalog, FORM, table))
    outreach, staff = printed_table(catalog, FORM, "outreach"), printed_table(catalog, FORM, "staff")
    factors = {cell.figure[0]: cell.factor for grid in (outreach, staff) for cell in grid.cells if cell.figure}
    assert factors["outreach.briefings.held"] == Decimal(1)
    assert factors["outreach.briefings.cost"] == factors["outreach.grants.cost"] == Decimal(1000)
    assert factors["outreach.lunches.price"] == factors["staff.wages"] == Decimal(10_000)
    texts = [cell.text for grid in (outreach, staff) for cell in grid.cells]
    assert {"花费（千元）", "单元单价（单位：万元）", "工资（单位：万元）"} <= set(texts)


def test_the_sums_of_an_invented_form_reach_the_workbook(tmp_path: Path) -> None:
    catalog = invented_catalog(tmp_path / "rows")
    figures = {"outreach.briefings.held": 3, "outreach.briefings.cost": Decimal("1234.5"), "staff.full_time": 2}
    reports = [FiledReport(name, 2031, figures, {"outreach": FORM, "staff": FORM}) for name in ("云泽市丁局", "云泽市戊局")]
    path = tmp_path / "汇总.xlsx"
    write_workbook(small_store(tmp_path / "warehouse", catalog, reports), catalog, path)
    rows = rows_of(path, "汇总2031")
    assert [cell for cell in row_of(rows, "发布会") if cell != ""] == ["发布会", 6, 2.469]
    assert [cell for cell in row_of(rows, "走访") if cell != ""] == ["走访", 0]
    assert rows[next(number for number, row in enumerate(rows) if "专职" in row) + 1][0] == 4


def test_two_items_in_one_cell_are_refused(tmp_path: Path) -> None:
    invented_catalog(tmp_path / "rows")
    fields = tmp_path / "rows" / "fields" / f"{FORM}.csv"
    change_csv(fields, lambda rows: [*rows, {**rows[0], "field": "outreach.briefings.again"}])
    catalog = load_catalog(tmp_path / "rows")
    with pytest.raises(CatalogError, match="briefings"):
        printed_table(catalog, FORM, "outreach")
