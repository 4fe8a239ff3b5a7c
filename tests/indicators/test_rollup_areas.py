"""What the sum of an area is worth, and what it says where figures are lacking, in doubt, or larger than the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.indicators.rollup import out_rollup
from tests.indicators.builders import (
    FORM_2019,
    FORM_2021,
    FiledReport,
    Key,
    check_declared,
    core_report_tables,
    core_reports,
    declared_table,
    values_of,
)

CATALOG = load_catalog(DEFAULT_CATALOG)
NEW, PERMITS, CHANGE = ("requests.new", "total"), "proactive.licensing.decisions", "proactive.licensing.items_change"
REVIEWS = "remedies.review.total"
Figures = Mapping[Key, int | str]
Row = dict[str, Any]


def sums(
    catalog: Catalog,
    bodies: Sequence[tuple[str, Figures | None]],
    whole: Figures | None = None,
    coverage: str = "whole_area",
    forms: Mapping[str, str | None] = FORM_2021,
    wrong: Sequence[tuple[str, Key]] = (),
    year: int = 2023,
) -> dict[tuple[str, str], Row]:
    """The district's cells by field and applicant. bodies: None for one without a report; wrong: cells with an open error."""
    reports = [FiledReport(name, year, figures, forms) for name, figures in bodies if figures is not None]
    filed = {name: figures for name, figures in bodies if figures is not None}
    everybody = [*reports, *([FiledReport("区", year, whole, forms)] if whole is not None else [])]
    common = {"report_year": year, "area_id": "id-区", "area_name": "区", "body_role": "body", "is_expected": True, "body_reason": ""}
    parts = [
        {**common, "agency_id": f"id-{name}", "agency_name": name, "is_counted": name in filed}
        | {"report_id": f"{name}-{year}-0" if name in filed else None}
        for name, _ in bodies
    ]
    told = {"report_id": f"区-{year}-0", "report_year": year, "agency_id": "id-区", "coverage": coverage}
    findings = [{"finding_id": name, "report_id": f"{name}-{year}-0", "rule": "R2", "severity": "E", "status": "open"} for name, _ in wrong]
    cells = [
        {"finding_id": name, "report_id": f"{name}-{year}-0", "field": key if isinstance(key, str) else key[0]}
        | {"applicant": "" if isinstance(key, str) else key[1]}
        for name, key in wrong
    ]
    table = out_rollup(
        catalog,
        values_of(catalog, everybody),
        core_reports(catalog, everybody),
        core_report_tables(catalog, everybody),
        declared_table(catalog, "core_report_coverage", [told] if whole is not None else []),
        declared_table(catalog, "core_area_bodies", parts),
        declared_table(catalog, "out_findings", findings),
        declared_table(catalog, "core_finding_cells", cells),
    )
    check_declared(catalog, "out_rollup", table)
    return {(row["field"], row["applicant"]): row for row in table.to_pylist() if row["form"] in forms.values()}


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({NEW: 4}, (10, "complete", "")),
        ({NEW: "blank"}, (6, "lower_bound", "乙镇（空白）")),
        ({NEW: "not_applicable"}, (6, "lower_bound", "乙镇（不适用）")),
        ({NEW: "unreadable"}, (6, "lower_bound", "乙镇（无法识别）")),
        (None, (6, "lower_bound", "")),
    ],
)
def test_what_is_not_read_makes_a_sum_a_lower_bound(second: Figures | None, expected: tuple[object, ...], catalog: Catalog) -> None:
    row = sums(catalog, [("甲局", {NEW: 6}), ("乙镇", second)])[NEW]
    assert (row["total"], row["total_kind"], row["bodies_in_doubt"]) == expected
    assert (row["bodies_missing"], row["bodies_expected"]) == ("乙镇" if second is None else "", 2)


def test_a_wrong_figure_makes_a_sum_doubtful_and_no_bound(catalog: Catalog) -> None:
    found = sums(catalog, [("甲局", {NEW: 6}), ("乙镇", {NEW: 4})], wrong=[("甲局", NEW)])
    assert (found[NEW]["total_kind"], found[NEW]["bodies_in_doubt"], found["requests.handled", "total"]["total_kind"]) == (
        *("doubtful", "甲局（数字有误）"),
        "complete",
    )
    lacking = sums(catalog, [("甲局", {NEW: 6}), ("乙镇", {NEW: "blank"})], wrong=[("甲局", NEW)])[NEW]
    assert lacking["total_kind"] == "incomplete"


def test_what_may_be_negative_bounds_nothing(catalog: Catalog) -> None:
    found = sums(catalog, [("甲局", {CHANGE: 6}), ("乙镇", {CHANGE: "blank"})], forms=FORM_2019, year=2020)
    assert (found[CHANGE, ""]["total_kind"], found[CHANGE, ""]["total"]) == ("incomplete", 6)
    assert sums(catalog, [("甲局", {NEW: "blank"})])[NEW]["total_kind"] == "none"
    assert sums(catalog, [("甲局", {PERMITS: 10**17}), ("乙镇", {PERMITS: 9 * 10**17})])[PERMITS, ""]["total_kind"] == "none"


def test_a_body_with_more_than_the_whole_is_named_with_its_figure(catalog: Catalog) -> None:
    bodies = [("甲局", {NEW: 60, REVIEWS: 7}), ("乙镇", {NEW: 55, REVIEWS: 6}), ("丙镇", {NEW: 1})]
    found = sums(catalog, bodies, {NEW: 50, REVIEWS: 9})
    assert (found[NEW]["difference"], found[NEW]["bodies_larger"]) == (-66, "甲局（60）、乙镇（55）")
    assert (found[REVIEWS, ""]["difference"], found[REVIEWS, ""]["bodies_larger"]) == (-4, "")
    own = sums(catalog, bodies, {NEW: 50, REVIEWS: 9}, coverage="own_office")[NEW]
    assert (own["difference"], own["bodies_larger"]) == (None, "")


FIELDS: list[Key] = [NEW, PERMITS, REVIEWS]
FIGURES = st.fixed_dictionaries({key: st.integers(0, 10**6) for key in FIELDS})
BODIES = st.lists(FIGURES, min_size=1, max_size=5)


def key_of(key: Key) -> tuple[str, str]:
    return (key, "") if isinstance(key, str) else key


@given(BODIES, st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None)
def test_laws_of_a_sum(figures: list[dict[Key, int]], random: Random) -> None:
    bodies = [(f"单位{number}", each) for number, each in enumerate(figures)]
    whole = {key: sum(each[key] for each in figures) for key in FIELDS}
    found = sums(CATALOG, bodies, whole)
    for key in FIELDS:  # what is published equals the sum where nothing is missing
        row = found[key_of(key)]
        assert (row["total"], row["difference"], row["total_kind"], row["bodies_larger"]) == (whole[key], Decimal(0), "complete", "")
    shuffled = list(bodies)
    random.shuffle(shuffled)
    assert sums(CATALOG, shuffled, whole) == found
    with_zeros = sums(CATALOG, [*bodies, ("零局", {})], whole)
    assert {key: row["total"] for key, row in with_zeros.items()} == {key: row["total"] for key, row in found.items()}
    blank = {"零局": dict.fromkeys(FIELDS, "blank")}
    with_blanks = sums(CATALOG, [*bodies, *blank.items()], whole)
    for key in FIELDS:  # a report without figures adds nothing, and is said to be lacking
        row = with_blanks[key_of(key)]
        assert (row["total"], row["bodies_counted"], row["bodies_blank"], row["total_kind"]) == (whole[key], len(bodies), 1, "lower_bound")
