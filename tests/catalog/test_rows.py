"""The rows are complete and consistent: every id that programs rely on is there, and everything has its words."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.catalog.model import AREA_KINDS
from pipeline.catalog.validate import APPLICANT_COLUMN
from pipeline.indicators.terms import compile_indicators
from pipeline.normalise.wording import compact
from pipeline.readers.registry import READERS

CONTRACT = Path(__file__).parent / "contract_fields.csv"
CASES = Path(__file__).resolve().parents[1] / "checks" / "cases"
PIPELINE = Path(__file__).resolve().parents[2] / "pipeline"
APPLICANTS = ("natural_person", "enterprise", "research_institution", "social_organization", "legal_service", "other_organization", "total")


def contract() -> list[tuple[str, ...]]:
    """form, table, field, by_applicant, unit, kind of every cell that other programs may rely on."""
    with CONTRACT.open(encoding="utf-8", newline="") as handle:
        return by_form(tuple(row.values()) for row in csv.DictReader(handle))


def by_form(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows form by form, otherwise in their order."""
    return sorted(rows, key=lambda row: row[0])


def test_fields_are_those_of_the_contract_in_its_order(catalog: Catalog) -> None:
    rows = [(row.form, row.table, row.field, "yes" if row.by_applicant else "no", row.unit, row.kind) for row in catalog.fields]
    assert rows == contract()
    assert Counter(row[0] for row in rows) == {"2014": 58, "2019": 60, "2021": 50}


@pytest.mark.real
def test_the_copy_of_the_contract_is_the_contract(real_reports: Path) -> None:
    with (real_reports.parent / "domain" / "fields.csv").open(encoding="utf-8", newline="") as handle:
        original = [tuple(row.values())[:6] for row in csv.DictReader(handle)]
    assert by_form(original) == contract()


def test_applicants_are_those_of_the_contract(catalog: Catalog) -> None:
    rows = sorted(catalog.applicants, key=lambda row: row.position)
    assert tuple(row.applicant for row in rows) == APPLICANTS
    assert [row.applicant for row in rows if not row.in_total] == ["total"]


def test_forms_follow_each_other_without_gap_or_overlap(catalog: Catalog) -> None:
    for earlier, later in zip(catalog.forms, catalog.forms[1:], strict=False):
        assert earlier.valid_to == later.valid_from - 1
    assert catalog.forms[-1].valid_to is None
    assert [catalog.form_due(year) and catalog.form_due(year).form for year in (2007, 2008, 2014, 2018, 2019, 2020, 2021, 2025)] == [  # type: ignore[union-attr]
        None,
        "2008",
        "2014",
        "2014",
        "2019",
        "2019",
        "2021",
        "2021",
    ]


def test_every_table_of_a_form_has_fields_a_section_and_a_number(catalog: Catalog) -> None:
    sections = {row.section for row in catalog.sections}
    for table in catalog.form_tables:
        assert catalog.fields_of(table.form, table.table)
        assert table.section in sections
        assert re.fullmatch("表[二三四]|统计表", table.number_zh)


def test_every_field_has_words_and_labels_that_meet_in_one_place(catalog: Catalog) -> None:
    for form in catalog.forms:
        places = [(row.table, row.row, row.column) for row in catalog.fields_of(form.form)]
        assert len(places) == len(set(places))
        for field in catalog.fields_of(form.form):
            assert re.search("[一-鿿]", field.label_zh)
            labels = {(label.axis, label.label): label for label in catalog.labels_of(field.form, field.table)}
            if field.row:
                assert labels["row", field.row].role == "item"
            if field.column == APPLICANT_COLUMN:
                assert all(labels["column", applicant].role == "item" for applicant in APPLICANTS)
            elif field.column:
                assert labels["column", field.column].role == "item"


def test_the_words_of_a_field_contain_its_printed_labels(catalog: Catalog) -> None:
    """What the dictionary calls a cell is what is printed beside it."""
    for field in catalog.fields:
        texts = {(label.axis, label.label): label.texts[0] for label in catalog.labels_of(field.form, field.table)}
        the_only_column = catalog.is_list(field.form, field.table)
        for axis, label in (("row", field.row), ("column", None if the_only_column else field.column)):
            if label and label != APPLICANT_COLUMN:
                assert compact(texts[axis, label]) in compact(field.label_zh), field.field  # type: ignore[index]


def test_every_label_has_a_printed_text_and_no_text_twice(catalog: Catalog) -> None:
    for label in catalog.labels:
        assert label.texts[0].strip()
        assert len({compact(text) for text in label.texts}) == len(label.texts), label.label


def test_within_a_group_no_two_labels_are_printed_alike(catalog: Catalog) -> None:
    """Labels that are printed alike have to stand under different groups, or nobody could tell them apart."""
    for form in catalog.forms:
        for table in catalog.tables_of(form.form):
            places = Counter(
                (label.axis, label.parent, compact(text)) for label in catalog.labels_of(form.form, table.table) for text in label.texts
            )
            assert [place for place, count in places.items() if count > 1] == []


def test_money_is_in_yuan_and_counts_are_not(catalog: Catalog) -> None:
    units = {unit.unit: unit for unit in catalog.units}
    for field in catalog.fields:
        unit = units[field.unit]
        assert (unit.kind, unit.factor) == ("money" if field.kind == "money" else "count", Decimal(1))
    assert (units["万元"].factor, units["亿元"].factor) == (10000, 100000000)


def test_no_text_is_a_unit_or_a_sign_twice_and_none_is_a_number(catalog: Catalog) -> None:
    assert len({unit.unit for unit in catalog.units}) == len(catalog.units)
    assert not any(re.search(r"\d", sign) for sign in catalog.signs)
    assert {"/", "-", "—", "无", "不适用"} <= catalog.signs
    assert not catalog.signs & {unit.unit for unit in catalog.units}


def test_there_are_six_sections_in_order(catalog: Catalog) -> None:
    assert [(row.position, row.section) for row in catalog.sections] == list(
        enumerate(("overview", "proactive", "requests", "remedies", "problems", "other"), start=1)
    )
    assert all(row.headings for row in catalog.sections)


def test_every_body_has_a_kind_and_a_day(catalog: Catalog) -> None:
    assert [row.suffix for row in catalog.agency_kinds].count("") == 1
    assert {(row.deadline_month, row.deadline_day) for row in catalog.agency_kinds} == {(1, 31), (3, 31)}


def test_every_rule_has_words_and_a_case_of_each_sort(catalog: Catalog) -> None:
    cases = [case for path in CASES.glob("*.toml") for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
    shown = {(case["rule"], case.get("part", ""), case["outcome"]) for case in cases}
    for rule in catalog.rules:
        if rule.kind not in AREA_KINDS:  # tests/checks/test_area_rules.py has theirs
            assert {(rule.rule, rule.part, "pass"), (rule.rule, rule.part, "fail")} <= shown, rule.rule
        assert rule.message_zh.endswith("。") and not rule.definition_zh.endswith("。")
        assert set(rule.forms) <= {form.form for form in catalog.forms}


def test_the_rules_of_one_report_and_of_two_years_are_all_there(catalog: Catalog) -> None:
    wanted = "S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S12 R1 R2 R3 R4 R5 R6 R7 R8 L1 L2 L3 L4 L5 A1 A2 A3 A4 A5 P1 P2 P3 P4 P5 P6 P7 P8 P9 Y1 Y2"
    assert set(wanted.split()) <= {rule.rule for rule in catalog.rules}


def test_every_indicator_has_words_and_reaches_cells_of_its_forms(catalog: Catalog) -> None:
    compiled = compile_indicators(catalog)
    for indicator in catalog.indicators:
        assert re.search("[一-鿿]", indicator.definition_zh) and indicator.label_zh
        pattern = re.escape(indicator.definition).replace(r"\$", ".+")
        formulas = [row for row in compiled if re.fullmatch(pattern, row.definition) and row.terms]
        assert formulas, indicator.indicator
        if indicator.forms:
            assert set(indicator.forms) <= {form for row in formulas for form in row.forms}, indicator.indicator
        assert indicator.is_share <= (indicator.denominator is not None), indicator.indicator
    both = [row for row in compiled if {"2019", "2021"} <= set(row.forms)]
    assert len(both) >= 30


def test_columns_are_all_used_and_tables_have_keys(catalog: Catalog) -> None:
    used = {name for table in catalog.tables for name in table.columns}
    assert {column.column for column in catalog.columns} == used
    for table in catalog.tables:
        assert table.key and set(table.key) <= set(table.columns)
        assert len(set(table.columns)) == len(table.columns)


def problem_codes_in_code() -> set[str]:
    """The codes that the code gives to `problem(…)` or to a function that passes them on to it."""
    codes = set()
    for path in PIPELINE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"problem", "_stray"}:
                texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
                codes |= set(texts[:1])
    return codes


def test_every_code_that_is_raised_is_declared(catalog: Catalog) -> None:
    raised = {code for code in problem_codes_in_code() if re.fullmatch("[a-z_]+", code)}
    assert len(raised) > 12
    assert raised <= {row.code for row in catalog.problems}


def test_every_kind_of_file_has_a_name_for_people(catalog: Catalog) -> None:
    nobody_reads = {
        "encrypted",
        "empty",
        "ole2",
        "unknown",
        "xlsb",
        "excel_xml",
        "ppt",
        "pptx",
        "zip",
        "rar",
        "seven_zip",
        "uof",
        "sylk",
        "mail",
    }
    assert {row.kind for row in catalog.file_kinds} == {*READERS, *nobody_reads}
    assert (catalog.kind_label("doc"), catalog.kind_label("tiff")) == ("Word（旧版）", "图片")
