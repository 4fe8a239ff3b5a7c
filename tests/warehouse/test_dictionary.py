from pathlib import Path

from pipeline.catalog import Catalog, load_catalog
from pipeline.indicators.outcomes import definition_of
from pipeline.indicators.series_definitions import SeriesDefinitions
from pipeline.indicators.terms import compile_indicators
from pipeline.warehouse.dictionary import dictionary_rows, entries, markdown
from pipeline.warehouse.schema import conform, from_rows
from pipeline.warehouse.wide import CORRECTED
from tests.warehouse.sample import change_csv, copy_of_rows

PAGE = Path(__file__).resolve().parents[2] / "docs" / "dictionary.md"


def test_the_page_in_docs_is_what_the_catalogue_says(catalog: Catalog) -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(catalog), "python -m pipeline.warehouse.dictionary docs/dictionary.md"


def test_everything_that_has_an_id_is_explained(catalog: Catalog) -> None:
    found = {(entry.entry_kind, entry.entry, entry.form) for entry in entries(catalog)}
    expected = {("form", row.form, row.form) for row in catalog.forms}
    expected |= {("form_table", row.table, row.form) for row in catalog.form_tables}
    expected |= {("field", row.field, row.form) for row in catalog.fields}
    expected |= {("applicant", row.applicant, "") for row in catalog.applicants}
    expected |= {("rule", f"{row.rule}.{row.part}" if row.part else row.rule, "") for row in catalog.rules}
    formulas = compile_indicators(catalog)
    expected |= {("indicator", row.definition, "" if row.definition == row.indicator else " ".join(row.forms)) for row in formulas}
    expected |= {("outcome", definition_of(row), " ".join(row.forms)) for row in catalog.outcomes}
    series = SeriesDefinitions(catalog).formulas
    expected |= {("series", row.definition, row.form) for row in series if row.definition != row.series}
    assert {row.series for row in series if row.definition == row.series} <= {row.field for row in catalog.fields}
    expected |= {("series_measure", row.measure, "") for row in catalog.series_measures}
    expected |= {("area_indicator", row.indicator, "") for row in catalog.area_indicators}
    expected |= {("quantity", row.quantity, "") for row in catalog.quantities}
    expected |= {("problem", row.code, "") for row in catalog.problems}
    expected |= {("error_kind", kind, "") for kind in catalog.localisation.error_kinds}
    expected |= {("claim_measure", measure, "") for measure in catalog.claims.measures}
    expected |= {("table", row.table, "") for row in catalog.tables}
    expected |= {("column", row.column, "") for row in catalog.columns}
    expected |= {("evidence", f"{row.kind}.{row.about}", "") for row in catalog.evidence}
    expected |= {("view", f"wide_{row.form}_{row.table}{end}", "") for row in catalog.form_tables for end in ("", CORRECTED)}
    expected |= {("view", path.stem, "") for path in (catalog.folder / "views").glob("*.sql")}
    assert found == expected
    assert all(entry.title_zh and entry.definition_zh for entry in entries(catalog))


def test_the_rows_fit_the_declared_table(catalog: Catalog) -> None:
    table = conform(catalog, "out_dictionary", from_rows(catalog, "out_dictionary", dictionary_rows(catalog)))
    assert table.num_rows == len(entries(catalog))


def test_the_kinds_are_those_that_the_column_explains(catalog: Catalog) -> None:
    explained = {part.split()[0] for part in catalog.column("entry_kind").definition_zh.split("；")}
    assert {entry.entry_kind for entry in entries(catalog)} == explained


def test_a_new_row_of_the_catalogue_is_explained_and_cannot_break_the_page(tmp_path: Path) -> None:
    folder = copy_of_rows(tmp_path / "rows")
    row = {"code": "invented", "severity": "info", "title_zh": "虚构|问题", "definition_zh": "甲_乙*丙<丁"}
    change_csv(folder / "problems.csv", lambda rows: [*rows, row])
    page = markdown(load_catalog(folder))
    assert "| `invented` | 虚构\\|问题 | 甲\\_乙\\*丙&lt;丁。程度：提示。 |" in page
