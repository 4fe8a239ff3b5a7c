import datetime
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pytest

from pipeline.catalog import Catalog
from pipeline.common.errors import SchemaError
from pipeline.warehouse.schema import TYPES, arrow_schema, conform, empty_table, from_rows
from tests.warehouse.sample import agency, values


def test_every_declared_table_has_a_schema_with_its_definitions(catalog: Catalog) -> None:
    for table in catalog.tables:
        schema = arrow_schema(catalog, table.table)
        assert schema.names == list(table.columns)
        assert schema.metadata[b"definition_zh"].decode() == table.definition_zh
        for name in table.columns:
            field, column = schema.field(name), catalog.column(name)
            assert field.type == TYPES[column.type].arrow
            assert field.nullable == (name not in table.required)
            assert {key.decode(): value.decode() for key, value in field.metadata.items()} == {
                "label_zh": column.label_zh,
                "unit": column.unit,
                "definition_zh": column.definition_zh,
            }
        assert conform(catalog, table.table, empty_table(catalog, table.table)).num_rows == 0


def test_undeclared_tables_and_types_are_named(catalog: Catalog) -> None:
    with pytest.raises(SchemaError, match="core_agency"):
        arrow_schema(catalog, "core_agency")
    odd = replace(catalog, columns=tuple(replace(row, type="money") if row.column == "value" else row for row in catalog.columns))
    with pytest.raises(SchemaError, match="money"):
        arrow_schema(odd, "out_values")


def test_rows_are_sorted_by_key_with_columns_in_declared_order(catalog: Catalog) -> None:
    data = from_rows(catalog, "core_agencies", [agency(2), agency(1)])
    backwards = data.select(data.column_names[::-1])
    result = conform(catalog, "core_agencies", backwards)
    assert result.column_names == list(catalog.table("core_agencies").columns)
    assert result.column("agency_id").to_pylist() == ["a1", "a2"]


def test_a_row_may_leave_out_a_column_but_not_bring_one(catalog: Catalog) -> None:
    row = agency(1)
    del row["agency_level"]
    assert from_rows(catalog, "core_agencies", [row]).column("agency_level").to_pylist() == [None]
    with pytest.raises(SchemaError, match=r"core_agencies.*第 2 行.*levle"):
        from_rows(catalog, "core_agencies", [agency(1), agency(2, levle="county")])


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("out_values", "value", 1.5),
        ("out_values", "value", Decimal("0.1234567")),
        ("out_values", "value", Decimal("1E18")),
        ("out_values", "value", Decimal("NaN")),
        ("out_values", "value", "12"),
        ("out_values", "value", True),
        ("out_values", "raw", 12),
        ("out_values", "raw", "\ud800"),
        ("out_values", "raw", b"12"),
        ("out_values", "report_year", 2021.5),
        ("out_values", "report_year", "2021"),
        ("out_values", "report_year", 2**40),
        ("out_submission_status", "days_late", 1.5),
        ("out_submission_status", "days_late", 2**70),
        ("out_submission_status", "deadline", "2022-01-31"),
        ("out_submission_status", "deadline", datetime.datetime(2022, 1, 31, 12)),
        ("core_agencies", "registered", 1),
        ("out_indicators", "ratio", float("nan")),
        ("out_indicators", "ratio", float("inf")),
        ("out_indicators", "ratio", "0.5"),
    ],
)
def test_a_value_that_does_not_fit_exactly_is_refused_with_table_and_column(
    catalog: Catalog, table: str, column: str, value: object
) -> None:
    with pytest.raises(SchemaError) as caught:
        from_rows(catalog, table, [{}, {column: value}])
    assert table in str(caught.value)
    assert column in str(caught.value)


def test_the_offending_row_is_the_one_named(catalog: Catalog) -> None:
    rows = [agency(number) for number in range(1, 100)]
    rows[70]["first_year"] = 2019.5
    rows[80]["first_year"] = 2018.5
    with pytest.raises(SchemaError, match=r"first_year.*第 71 行.*2019\.5"):
        from_rows(catalog, "core_agencies", rows)
    amounts = [{"value": Decimal(number)} for number in range(50)]
    amounts[33]["value"] = Decimal("0.0000001")
    with pytest.raises(SchemaError, match=r"value.*第 34 行.*1E-7"):
        from_rows(catalog, "out_values", amounts)


def test_exact_casts_are_made(catalog: Catalog) -> None:
    data = from_rows(catalog, "out_values", [{"value": 3, "report_year": 2021.0}])
    assert data.column("value").to_pylist() == [Decimal("3.000000")]
    assert data.column("report_year").to_pylist() == [2021]
    mixed = from_rows(catalog, "out_indicators", [{"ratio": Decimal("0.5")}, {"ratio": 0.25}, {"ratio": 1}, {"ratio": None}])
    assert mixed.column("ratio").to_pylist() == [0.5, 0.25, 1.0, None]
    table = values(catalog, "2021", 2021)
    place = table.column_names.index("value")
    integers = table.set_column(place, "value", pa.array(range(table.num_rows), pa.int64()))
    assert sorted(conform(catalog, "out_values", integers).column("value").to_pylist()) == list(range(table.num_rows))
    words = table.set_column(table.column_names.index("unit"), "unit", table.column("unit").dictionary_encode())
    assert conform(catalog, "out_values", words).schema.field("unit").type == pa.string()


def test_an_amount_in_floats_or_with_too_many_digits_is_refused(catalog: Catalog) -> None:
    table = values(catalog, "2021", 2021)
    place = table.column_names.index("value")
    with pytest.raises(SchemaError, match=r"value.*double"):
        conform(catalog, "out_values", table.set_column(place, "value", table.column("value").cast(pa.float64())))
    fine = pa.array([Decimal("0.12345678")] * table.num_rows)
    with pytest.raises(SchemaError, match=r"value.*第 1 行.*0\.12345678"):
        conform(catalog, "out_values", table.set_column(place, "value", fine))


def test_columns_must_be_exactly_those_declared(catalog: Catalog) -> None:
    data = from_rows(catalog, "core_agencies", [agency(1)])
    with pytest.raises(SchemaError, match="缺少列 last_year"):
        conform(catalog, "core_agencies", data.drop_columns(["last_year"]))
    with pytest.raises(SchemaError, match="未登记的列 note"):
        conform(catalog, "core_agencies", data.append_column("note", pa.array(["x"])))
    with pytest.raises(SchemaError, match="列名重复 last_year"):
        conform(catalog, "core_agencies", data.append_column("last_year", data.column("last_year")))


def test_required_columns_must_be_full(catalog: Catalog) -> None:
    with pytest.raises(SchemaError, match=r"agency_name（单位名称）第 2 行（agency_id=a2）：必填列为空"):
        conform(catalog, "core_agencies", from_rows(catalog, "core_agencies", [agency(1), agency(2, agency_name=None)]))


def test_keys_must_be_unique_and_nulls_of_a_key_are_equal(catalog: Catalog) -> None:
    with pytest.raises(SchemaError, match=r"第 3 行（agency_id=a1）：主键（agency_id）与第 1 行重复"):
        conform(catalog, "core_agencies", from_rows(catalog, "core_agencies", [agency(1), agency(2), agency(1)]))
    paragraph = {"sha256": "f", "block": 0, "text": "略"}
    years = [{**paragraph, "report_year": year} for year in (None, 2021)]
    assert conform(catalog, "raw_text", from_rows(catalog, "raw_text", years)).column("report_year").to_pylist() == [2021, None]
    with pytest.raises(SchemaError, match="重复"):
        conform(catalog, "raw_text", from_rows(catalog, "raw_text", [*years, paragraph]))
