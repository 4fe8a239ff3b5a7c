"""Indicators over what stands beside the form: last year's report, the date of publication, inhabitants, the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.catalog.model import Catalog
from pipeline.catalog.population import Population, load_population
from pipeline.common.errors import CatalogError
from pipeline.indicators.quantities import quantities_relation
from tests.indicators.builders import FORM_2019, FiledReport, core_reports, declared_table, indicators_of

BODY = "瀚川市沐云区人民政府"
ISSUED, REPEALED, STOCK = (f"proactive.normative_documents.{name}" for name in ("issued", "repealed", "in_force"))


def quantities(
    catalog: Catalog, report: FiledReport, results: Sequence[tuple[str, str, str]] = (), population: Sequence[Population] = ()
) -> pa.Table:
    """Quantities of one report; results: rule, part, outcome."""
    rows = [
        {
            "report_id": report.report_id,
            "report_year": report.year,
            "agency_id": f"id-{report.agency}",
            "rule": rule,
            "part": part,
            "outcome": outcome,
        }
        for rule, part, outcome in results
    ]
    return quantities_relation(catalog, core_reports(catalog, [report]), declared_table(catalog, "core_rule_results", rows), population)


def test_the_rate_of_repeal_takes_last_years_stock(catalog: Catalog) -> None:
    """12 repealed of 90 in force and 10 issued."""
    this = FiledReport(BODY, 2023, {REPEALED: 12, ISSUED: 10, STOCK: 88})
    row = indicators_of(catalog, this, last_year=[FiledReport(BODY, 2022, {STOCK: 90, ISSUED: 55})])[BODY, "repeal_rate"]
    assert (row["numerator"], row["denominator"], row["ratio"]) == (12, 100, 0.12)
    assert row["ratio_low"] < 0.12 < row["ratio_high"]


@pytest.mark.parametrize(
    "last",
    [
        FiledReport(BODY, 2021, {STOCK: 90}),
        FiledReport("别的单位", 2022, {STOCK: 90}),
        FiledReport(BODY, 2022, {STOCK: "blank"}),
        FiledReport(BODY, 2022, {"proactive.normative_documents.disclosed_total": 90}, FORM_2019),
    ],
)
def test_without_last_years_stock_there_is_no_rate_of_repeal(catalog: Catalog, last: FiledReport) -> None:
    row = indicators_of(catalog, FiledReport(BODY, 2023, {REPEALED: 12, ISSUED: 10}), last_year=[last])[BODY, "repeal_rate"]
    assert (row["shown_as"], row["numerator"], row["denominator"], row["ratio"]) == ("missing", 12, None, None)


def test_the_lag_is_counted_from_the_end_of_the_year_and_only_where_the_date_is_known(catalog: Catalog) -> None:
    dated = FiledReport(BODY, 2022, published_on=date(2023, 2, 17))
    row = indicators_of(catalog, dated, quantities=quantities(catalog, dated))[BODY, "publication_lag"]
    assert (row["level"], row["unit"], row["shown_as"], row["form"]) == (31 + 17, "天", "level", None)
    undated = replace(dated, published_on=None)
    assert (BODY, "publication_lag") not in indicators_of(catalog, undated, quantities=quantities(catalog, undated))


def test_a_report_without_any_table_has_its_lag(catalog: Catalog) -> None:
    """Reports of before 2014 are prose alone."""
    report = FiledReport(BODY, 2010, {}, {}, published_on=date(2011, 3, 1))
    rows = indicators_of(catalog, report, quantities=quantities(catalog, report))
    assert {name: row["level"] for (_, name), row in rows.items()} == {"publication_lag": 60}


def test_requests_for_each_100000_inhabitants(catalog: Catalog) -> None:
    report = FiledReport(BODY, 2023, {("requests.new", "total"): 84})
    people = [Population(BODY, 2023, 420_000), Population(BODY, 2022, 1), Population("别的单位", 2023, 1)]
    row = indicators_of(catalog, report, quantities=quantities(catalog, report, population=people))[BODY, "requests_per_100k"]
    assert (row["ratio"], row["denominator"], row["ratio_low"]) == (20, 420_000, None)
    by_id = [Population(f"id-{BODY}", 2023, 420_000)]
    again = indicators_of(catalog, report, quantities=quantities(catalog, report, population=by_id))[BODY, "requests_per_100k"]
    assert again["ratio"] == 20
    assert (BODY, "requests_per_100k") not in indicators_of(catalog, report, quantities=quantities(catalog, report))


def test_quality_weighs_errors_three_times_and_leaves_out_what_could_not_be_told(catalog: Catalog) -> None:
    """Errors: R1, R2, R3 hold and L1 fails; warnings: R6 holds, L4 fails; R8 is weak and counts for neither. 3*3 + 1 of 3*4 + 2."""
    report = FiledReport(BODY, 2023)
    results = [("R1", "", "pass"), ("R2", "", "pass"), ("R3", "", "pass"), ("L1", "", "fail"), ("R6", "", "pass"), ("L4", "", "fail")]
    results += [("S6", "", "not_assessable"), ("P9", "amount", "not_applicable"), ("S7", "", "fail"), ("R8", "", "fail")]
    known = {(row.rule, row.part): row.severity for row in catalog.rules}
    used = [(rule, next(part for name, part in known if name == rule), outcome) for rule, _, outcome in results]
    assert [known[rule, part] for rule, part, _ in used[:6]] == ["E", "E", "E", "E", "W", "W"]
    row = indicators_of(catalog, report, quantities=quantities(catalog, report, used))[BODY, "quality_score"]
    assert (row["numerator"], row["denominator"], row["ratio"]) == (10, 14, 10 / 14)


def claim(report: FiledReport, number: int, measure: str, value: int | None, **changes: object) -> dict[str, object]:
    base = {"report_id": report.report_id, "report_year": report.year, "claim": number, "claim_measure": measure, "value": value}
    plain = {"claim_kind": "figure", "claim_period": "this", "claim_scope": "own", "approximate": False}
    return {**base, **plain, **changes}


def claimed(catalog: Catalog, report: FiledReport, form: str, *claims: dict[str, object]) -> dict[str, dict[str, object]]:
    filed = core_reports(catalog, [report])
    filed = filed.set_column(filed.schema.get_field_index("form_due"), filed.schema.field("form_due"), [[form]])
    results = declared_table(catalog, "core_rule_results", [])
    found = quantities_relation(catalog, filed, results, (), declared_table(catalog, "core_claims", claims))
    return {name: row for (_, name), row in indicators_of(catalog, report, quantities=found).items()}


def test_before_2014_requests_are_taken_from_the_prose(catalog: Catalog) -> None:
    report = FiledReport(BODY, 2011, {}, {})
    rows = claimed(catalog, report, "2008", claim(report, 0, "requests.new", 14), claim(report, 1, "requests.new_or_caseload", 14))
    assert (rows["requests_received"]["level"], rows["requests_received"]["definition"]) == (14, "requests_received@claims")
    assert "取自报告文字" in rows["requests_received"]["caveat"]


@pytest.mark.parametrize(
    "changes",
    [
        {"approximate": True},
        {"claim_period": "last"},
        {"claim_scope": "area"},
        {"claim_kind": "growth"},
        {"whole_claim": 0},
        {"value_to": 20},
        {"value": None},
    ],
)
def test_a_figure_of_something_else_is_not_taken(catalog: Catalog, changes: dict[str, object]) -> None:
    report = FiledReport(BODY, 2011, {}, {})
    assert "requests_received" not in claimed(catalog, report, "2008", {**claim(report, 0, "requests.new", 14), **changes})


def test_two_figures_that_differ_give_none(catalog: Catalog) -> None:
    report = FiledReport(BODY, 2011, {}, {})
    both = (claim(report, 0, "requests.new", 14), claim(report, 1, "requests.new", 15))
    assert "requests_received" not in claimed(catalog, report, "2008", *both)


def test_where_there_is_a_table_the_prose_gives_no_requests(catalog: Catalog) -> None:
    report = FiledReport(BODY, 2023, {("requests.new", "total"): "blank"})
    fee = claim(report, 1, "fees", 0, claim_kind="none", claim_scope="unknown")
    rows = claimed(catalog, report, "2021", claim(report, 0, "requests.new", 14), fee, claim(report, 2, "disclosed_items.total", 507))
    assert (rows["requests_received"]["definition"], rows["requests_received"]["shown_as"]) == ("requests_received", "missing")
    assert rows["information_fee"]["level"] == 0
    assert (rows["disclosed_items"]["level"], rows["disclosed_items"]["definition"]) == (507, "disclosed_items@claims")


def test_population_is_read_with_the_place_of_every_mistake(tmp_path: Path) -> None:
    assert load_population(tmp_path) == ()
    file = tmp_path / "population.csv"
    file.write_text(f"agency,report_year,residents,source\n{BODY},2023,420000,统计公报\n", encoding="utf-8")
    assert load_population(tmp_path) == (Population(BODY, 2023, 420_000),)
    for line, says in (("甲,2023,0,", "residents”列：应为大于 0"), ("甲,两千,9,", "report_year”列：应为整数"), (f"{BODY},2023,9,", "重复")):
        file.write_text(f"agency,report_year,residents,source\n{BODY},2023,420000,\n{line}\n", encoding="utf-8")
        with pytest.raises(CatalogError, match=r"population\.csv 第 3 行") as told:
            load_population(tmp_path)
        assert says in str(told.value)


def test_the_quantities_of_the_catalogue_are_those_that_are_made(catalog: Catalog) -> None:
    with pytest.raises(CatalogError, match=r"quantities\.csv"):
        quantities(replace(catalog, quantities=catalog.quantities[1:]), FiledReport(BODY, 2023))
