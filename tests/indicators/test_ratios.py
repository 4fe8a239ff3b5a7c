from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.catalog.model import Catalog
from pipeline.indicators.ratios import out_indicators
from tests.indicators.builders import FORM_2014, FORM_2019, FORM_2021, FiledReport, check_declared, indicators_of, values_of

REQUESTS = {
    ("requests.new", "total"): 50,
    ("requests.new", "natural_person"): 40,
    ("requests.new", "other_organization"): 10,
    ("requests.carried_in", "total"): 10,
    ("requests.granted", "total"): 20,
    ("requests.partly_granted", "total"): 4,
    ("requests.denied.state_secret", "total"): 3,
    ("requests.denied.administrative_inquiry", "total"): 9,
    ("requests.unavailable.not_held", "total"): 6,
    ("requests.unavailable.would_need_creating", "total"): 2,
    ("requests.not_processed.petition", "total"): 1,
    ("requests.not_processed.excessive", "total"): 2,
    ("requests.handled", "total"): 48,
    ("requests.carried_out", "total"): 12,
    "remedies.review.upheld": 9,
    "remedies.review.corrected": 3,
    "remedies.review.pending": 4,
    "remedies.review.total": 16,
    "remedies.litigation_direct.corrected": 2,
    "remedies.litigation_direct.pending": 1,
    "remedies.litigation_direct.total": 12,
    "remedies.litigation_after_review.corrected": 1,
    "remedies.litigation_after_review.pending": 3,
    "remedies.litigation_after_review.total": 8,
}
OTHER_2019 = {("requests.other", "total"): 1}
OTHER_2021 = {("requests.other.correction_overdue", "total"): 1}
EXPECTED = {  # worked out by hand from REQUESTS: numerator, denominator
    "applicant_share.natural_person": (40, 50),
    "applicant_share.other_organization": (10, 50),
    "applicant_share.enterprise": (0, 50),
    "closing_rate": (48, 60),
    "carry_over_rate": (12, 60),
    "disclosure_rate": (24, 48),
    "full_disclosure_rate": (20, 48),
    "denial_rate": (12, 48),
    "unavailable_rate": (8, 48),
    "not_processed_rate": (3, 48),
    "other_rate": (1, 48),
    "substantive_disclosure_rate": (24, 36),
    "denial_mix.state_secret": (3, 12),
    "denial_mix.administrative_inquiry": (9, 12),
    "not_held_rate": (6, 48),
    "petition_share": (1, 48),
    "excessive_share": (2, 48),
    "review_rate": (16, 48),
    "litigation_rate": (20, 48),
    "dispute_rate": (36, 48),
    "review_correction_rate": (3, 12),
    "review_correction_rate_of_all": (3, 16),
    "litigation_loss_rate": (3, 16),
    "litigation_loss_rate_of_all": (3, 20),
    "direct_litigation_share": (12, 20),
}


@pytest.mark.parametrize(("forms", "other"), [(FORM_2019, OTHER_2019), (FORM_2021, OTHER_2021)])
def test_ratios_of_both_forms_are_those_worked_out_by_hand(catalog: Catalog, forms: dict[str, str], other: dict) -> None:
    report = FiledReport("甲局", 2020, {**REQUESTS, **other}, forms)
    rows = indicators_of(catalog, report)
    for indicator, (numerator, denominator) in EXPECTED.items():
        row = rows["甲局", indicator]
        assert (row["numerator"], row["denominator"], row["shown_as"]) == (numerator, denominator, "ratio"), indicator
        assert row["ratio"] == numerator / denominator, indicator
        assert row["level"] is None
        assert row["form"] == forms["requests"]
    assert rows["甲局", "requests_received"]["level"] == 50
    assert rows["甲局", "caseload"]["level"] == 60


S = "statistics."
STATISTICS = {
    S + "disclosed": 900,
    S + "disclosed_normative_documents": 18,
    S + "normative_documents_issued": 24,
    S + "channel.gazette": 50,
    S + "channel.website": 800,
    S + "channel.other": 150,
    S + "response.press_conferences": 12,
    S + "response.press_conferences_by_head": 3,
    S + "response.policy_explanations": 40,
    S + "requests.received": 64,
    S + "requests.closed": 60,
    S + "requests.closed.extended": 6,
    S + "requests.answered": 70,
    S + "requests.answered.already_public": 9,
    S + "requests.answered.granted": 21,
    S + "requests.answered.partly_granted": 5,
    S + "requests.answered.denied": 14,
    S + "requests.denied.state_secret": 2,
    S + "requests.denied.trade_secret": 5,
    S + "requests.denied.not_government_information": 7,
    S + "requests.answered.not_this_agency": 8,
    S + "requests.answered.does_not_exist": 6,
    S + "review": 15,
    S + "review.corrected": 4,
    S + "litigation": 12,
    S + "litigation.corrected": 1,
    S + "capacity.staff": 17,
    S + "capacity.budget": 32000,
    S + "training.attendees": 320,
}
EXPECTED_2014 = {  # worked out by hand from STATISTICS: numerator, denominator
    "closing_rate": (60, 64),
    "extension_rate": (6, 60),
    "disclosure_rate": (35, 70),
    "full_disclosure_rate": (30, 70),
    "denial_rate": (14, 70),
    "unavailable_rate": (14, 70),
    "substantive_disclosure_rate": (35, 49),
    "denial_mix.state_secret": (2, 14),
    "denial_mix.trade_secret": (5, 14),
    "denial_mix.not_government_information": (7, 14),
    "review_rate": (15, 60),
    "litigation_rate": (12, 60),
    "dispute_rate": (27, 60),
    "review_correction_rate": (4, 15),
    "review_correction_rate_of_all": (4, 15),
    "litigation_loss_rate": (1, 12),
    "litigation_loss_rate_of_all": (1, 12),
    "document_disclosure_rate": (18, 24),
    "channel_mix.website": (800, 1000),
    "head_attendance": (3, 12),
    "budget_per_request": (32000, 64),
}
LEVELS_2014 = {
    "requests_received": 64,
    "disclosed_items": 900,
    "staff": 17,
    "training.attendees": 320,
    "responses.policy_explanations": 40,
    "responses.press_conferences": 12,
}
NO_SHARES = {"closing_rate", "review_rate", "litigation_rate", "dispute_rate", "document_disclosure_rate", "budget_per_request"}


def test_the_form_of_2014_has_formulas_of_its_own(catalog: Catalog) -> None:
    rows = indicators_of(catalog, FiledReport("甲局", 2016, STATISTICS, FORM_2014))
    for indicator, (numerator, denominator) in EXPECTED_2014.items():
        row = rows["甲局", indicator]
        assert (row["numerator"], row["denominator"], row["ratio"]) == (numerator, denominator, numerator / denominator), indicator
        assert row["form"] == "2014"
        assert (row["ratio_low"] is None) == (indicator in NO_SHARES), indicator
    assert {name: rows["甲局", name]["level"] for name in LEVELS_2014} == LEVELS_2014
    assert rows["甲局", "disclosure_rate"]["definition"] == "disclosure_rate@2014"
    assert "近似" in rows["甲局", "disclosure_rate"]["caveat"]
    assert rows["甲局", "denial_mix.state_secret"]["definition"] == "denial_mix.state_secret@2014"
    for absent in ("caseload", "carry_over_rate", "applicant_share.natural_person", "fee_amount", "decisions.licensing"):
        assert ("甲局", absent) not in rows
    assert "没有“尚未审结”" in rows["甲局", "litigation_loss_rate"]["caveat"]


def test_a_report_with_tables_of_two_forms_has_each_indicator_once(catalog: Catalog) -> None:
    """The list of statistics of 2014 and the tables of 2019 in one report for 2019: the form due for the year stands."""
    figures = {**REQUESTS, **OTHER_2019, **STATISTICS}
    rows = indicators_of(catalog, FiledReport("甲局", 2019, figures, {**FORM_2014, **FORM_2019}))
    assert rows["甲局", "disclosure_rate"]["definition"] == "disclosure_rate"
    assert rows["甲局", "staff"]["level"] == 17
    blank = {**figures, ("requests.handled", "total"): "blank"}
    rows = indicators_of(catalog, FiledReport("甲局", 2019, blank, {**FORM_2014, **FORM_2019}))
    assert (rows["甲局", "disclosure_rate"]["definition"], rows["甲局", "disclosure_rate"]["shown_as"]) == ("disclosure_rate", "missing")
    old_form = FiledReport("甲局", 2019, STATISTICS, FORM_2014)
    assert indicators_of(catalog, old_form)["甲局", "disclosure_rate"]["definition"] == "disclosure_rate@2014"


def test_levels_and_the_indicators_of_one_form_only(catalog: Catalog) -> None:
    new = {
        "proactive.normative_documents.issued": 5,
        "proactive.normative_documents.repealed": 9,
        "proactive.fees.amount": Decimal("1605964.123457"),
        "proactive.licensing.decisions": 447228,
    }
    old = {"proactive.normative_documents.made": 16, "proactive.normative_documents.newly_disclosed": 12}
    rows = indicators_of(catalog, FiledReport("新", 2021, new, FORM_2021), FiledReport("旧", 2021, old, FORM_2019))
    fee = rows["新", "fee_amount"]
    assert (fee["level"], fee["shown_as"], fee["unit"], fee["numerator"]) == (Decimal("1605964.123457"), "level", "元", None)
    assert rows["新", "documents_net_change"]["level"] == -4
    assert rows["新", "decisions.licensing"]["level"] == 447228
    assert rows["旧", "document_disclosure_rate"]["ratio"] == 0.75
    for absent in [("旧", "fee_amount"), ("旧", "documents_net_change"), ("新", "document_disclosure_rate")]:
        assert absent not in rows


@pytest.mark.parametrize("state", ["blank", "not_applicable", "unreadable"])
def test_a_cell_without_a_number_is_missing_and_never_zero(catalog: Catalog, state: str) -> None:
    figures = {**REQUESTS, **OTHER_2021, ("requests.denied.internal_affairs", "total"): state}
    rows = indicators_of(catalog, FiledReport("甲局", 2023, figures))
    denial = rows["甲局", "denial_rate"]
    assert (denial["shown_as"], denial["numerator"], denial["denominator"], denial["ratio"]) == ("missing", None, 48, None)
    assert rows["甲局", "denial_mix.state_secret"]["shown_as"] == "missing"
    assert rows["甲局", "disclosure_rate"]["shown_as"] == "ratio"


def test_a_blank_level_is_missing(catalog: Catalog) -> None:
    row = indicators_of(catalog, FiledReport("甲局", 2023, {"proactive.fees.amount": "not_applicable"}))["甲局", "fee_amount"]
    assert (row["shown_as"], row["level"]) == ("missing", None)


@pytest.mark.parametrize(("handled", "shown_as"), [(0, "counts"), (9, "counts"), (10, "ratio")])
def test_a_denominator_under_ten_is_shown_as_counts(catalog: Catalog, handled: int, shown_as: str) -> None:
    figures = {("requests.granted", "total"): handled, ("requests.handled", "total"): handled}
    row = indicators_of(catalog, FiledReport("甲局", 2023, figures))["甲局", "disclosure_rate"]
    assert (row["shown_as"], row["numerator"], row["denominator"]) == (shown_as, handled, handled)
    assert row["ratio"] == (1.0 if shown_as == "ratio" else None)


def test_terms_take_the_form_of_the_table_they_stand_in(catalog: Catalog) -> None:
    mixed = {"proactive": "2021", "requests": "2019", "remedies": "2021"}
    rows = indicators_of(catalog, FiledReport("甲局", 2022, {**REQUESTS, **OTHER_2019, "proactive.fees.amount": 8040}, mixed))
    assert (rows["甲局", "other_rate"]["numerator"], rows["甲局", "other_rate"]["form"]) == (1, "2019")
    assert (rows["甲局", "fee_amount"]["level"], rows["甲局", "fee_amount"]["form"]) == (8040, "2021")
    assert (rows["甲局", "review_rate"]["ratio"], rows["甲局", "review_rate"]["form"]) == (16 / 48, None)


def test_a_table_that_was_not_found_leaves_its_indicators_missing_under_the_form_due(catalog: Catalog) -> None:
    forms = {"proactive": "2021", "requests": None, "remedies": "2021"}
    rows = indicators_of(catalog, FiledReport("甲局", 2022, {"remedies.review.total": 12}, forms))
    missing = rows["甲局", "disclosure_rate"]
    assert (missing["shown_as"], missing["form"], missing["denominator"]) == ("missing", "2021", None)
    half = rows["甲局", "review_rate"]
    assert (half["shown_as"], half["numerator"], half["denominator"]) == ("missing", 12, None)
    assert rows["甲局", "review_correction_rate"]["shown_as"] == "ratio"


def test_figures_too_large_for_the_column_do_not_stop_the_year(catalog: Catalog) -> None:
    huge = {("requests.new", "total"): 10**18 - 1, ("requests.carried_in", "total"): 10**18 - 1}
    rows = indicators_of(catalog, FiledReport("甲局", 2022, huge), FiledReport("乙局", 2022, REQUESTS))
    assert rows["甲局", "caseload"]["shown_as"] == "missing"
    assert rows["甲局", "requests_received"]["level"] == 10**18 - 1
    assert rows["乙局", "caseload"]["level"] == 60


def test_the_table_is_as_declared_also_without_rows(catalog: Catalog) -> None:
    full = out_indicators(catalog, values_of(catalog, [FiledReport("甲局", 2022, REQUESTS)]))
    check_declared(catalog, "out_indicators", full)
    empty = out_indicators(catalog, values_of(catalog, []))
    check_declared(catalog, "out_indicators", empty)
    assert full.num_rows and not empty.num_rows
