"""The outcome classes that all forms share, on figures worked out by hand."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.indicators.outcomes import compile_outcomes, out_harmonised
from tests.indicators.builders import FORM_2014, FORM_2019, FORM_2021, FiledReport, check_declared, values_of

A, D = "statistics.requests.answered.", "statistics.requests.denied."
IN_2014 = {
    A + "already_public": 3,
    A + "granted": 5,
    A + "partly_granted": 2,
    A + "denied": 1 + 2 + 4 + 8 + 16 + 32,
    D + "state_secret": 1,
    D + "trade_secret": 2,
    D + "personal_privacy": 4,
    D + "security_and_stability": 8,
    D + "other_law": 16,
    D + "not_government_information": 32,
    A + "not_this_agency": 6,
    A + "does_not_exist": 7,
    A + "correction_asked": 9,
    A + "other_route": 10,
}
REASONS = "state_secret barred_by_law security_and_stability third_party_rights internal_affairs process_information enforcement_files"
SINCE_2019 = {
    ("requests.granted", "total"): 11,
    ("requests.partly_granted", "total"): 2,
    **{(f"requests.denied.{name}", "total"): 2**power for power, name in enumerate(REASONS.split())},
    ("requests.denied.administrative_inquiry", "total"): 5,
    ("requests.unavailable.not_held", "total"): 6,
    ("requests.unavailable.would_need_creating", "total"): 1,
    ("requests.unavailable.still_unclear", "total"): 4,
    ("requests.not_processed.petition", "total"): 3,
    ("requests.not_processed.confirm_or_reissue", "total"): 2,
}
OTHER_2019 = {("requests.other", "total"): 7}
OTHER_2021 = {
    ("requests.other.correction_overdue", "total"): 2,
    ("requests.other.fee_overdue", "total"): 1,
    ("requests.other.remaining", "total"): 4,
}


def classes(catalog: Catalog, *reports: FiledReport) -> dict[str, dict[str, object]]:
    table = out_harmonised(catalog, values_of(catalog, reports))
    check_declared(catalog, "out_harmonised", table)
    return {row["outcome_class"]: row for row in table.to_pylist()}


@pytest.mark.parametrize(
    ("year", "forms", "figures", "expected"),
    [
        (2016, FORM_2014, IN_2014, (8, 2, 31, 13, 9, 42, None)),
        (2019, FORM_2019, {**SINCE_2019, **OTHER_2019}, (11, 2, 127, 7, 4, 10, 7)),
        (2023, FORM_2021, {**SINCE_2019, **OTHER_2021}, (11, 2, 127, 7, 7, 10, 4)),
    ],
)
def test_classes_are_those_worked_out_by_hand(
    catalog: Catalog, year: int, forms: dict[str, str], figures: dict, expected: tuple[int | None, ...]
) -> None:
    found = classes(catalog, FiledReport("甲局", year, figures, forms))
    names = ("disclosed", "partly_disclosed", "refused_by_law", "not_held", "unclear_or_abandoned", "outside_the_regime", "other")
    assert tuple(found[name]["value"] if name in found else None for name in names) == expected
    assert {row["cells_lacking"] for row in found.values()} == {0}
    assert {row["form"] for row in found.values()} == {next(iter(forms.values()))}


def test_a_class_lacks_the_cells_that_are_no_number(catalog: Catalog) -> None:
    figures = {
        **SINCE_2019,
        ("requests.denied.state_secret", "total"): "blank",
        ("requests.denied.enforcement_files", "total"): "unreadable",
    }
    found = classes(catalog, FiledReport("甲局", 2023, {**figures, **OTHER_2021}))
    assert (found["refused_by_law"]["value"], found["refused_by_law"]["cells"], found["refused_by_law"]["cells_lacking"]) == (None, 7, 2)
    assert found["disclosed"]["value"] == 11


def test_a_table_that_was_not_found_lacks_all_its_cells(catalog: Catalog) -> None:
    found = classes(catalog, FiledReport("甲局", 2023, {}, {**FORM_2021, "requests": None}))
    assert {(row["form"], row["value"]) for row in found.values()} == {("2021", None)}
    assert all(row["cells_lacking"] == row["cells"] for row in found.values())


def test_the_form_that_was_used_counts_and_not_the_one_due(catalog: Catalog) -> None:
    found = classes(catalog, FiledReport("甲局", 2023, {**SINCE_2019, **OTHER_2019}, FORM_2019))
    assert (found["other"]["form"], found["other"]["value"]) == ("2019", 7)
    both = classes(catalog, FiledReport("乙局", 2019, {**SINCE_2019, **OTHER_2019, **IN_2014}, {**FORM_2014, **FORM_2019}))
    assert (both["disclosed"]["form"], both["disclosed"]["value"]) == ("2019", 11)


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_each_cell_of_the_outcomes_is_in_exactly_one_class(catalog: Catalog, form: str) -> None:
    """So that the classes add up to the total of the outcomes, in every form."""
    counted = [term.field for row in compile_outcomes(catalog) for term in row.terms if term.form == form]
    assert len(counted) == len(set(counted))
    if form == "2014":
        parts = {row.field for row in catalog.fields_of(form) if row.field.startswith((A, D))} - {A + "denied"}
    else:
        totals = {"requests.new", "requests.carried_in", "requests.handled", "requests.carried_out"}
        parts = {row.field for row in catalog.fields_of(form, "requests")} - totals
    assert set(counted) == parts
