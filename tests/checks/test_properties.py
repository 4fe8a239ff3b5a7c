"""Laws: a report that adds up breaks no rule of 表三 and 表四, and no single figure of it can be changed unnoticed."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.catalog.load import load_catalog
from pipeline.checks.rulebook import check_report
from pipeline.common.settings import DEFAULT_CATALOG

from .build_report import make_report

CATALOG = load_catalog(DEFAULT_CATALOG)
PARTS = [row.applicant for row in CATALOG.applicants if row.in_total]
COLUMNS = [row.applicant for row in CATALOG.applicants]
GROUPS = ("review", "litigation_direct", "litigation_after_review")
counts = st.integers(0, 30)
WORDLESS = {"requests": "申请办理情况见下表。", "remedies": "有关数据见下表。"}  # any figures may stand in the tables


@st.composite
def consistent_reports(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    """A form and all figures of 表三 and 表四, R1, R2, R3 and L1 kept by construction."""
    form = draw(st.sampled_from(["2019", "2021"]))
    rows = [field.field for field in CATALOG.fields_of(form, "requests")]
    results = [row for row in rows if row.split(".")[1] not in ("new", "carried_in", "handled", "carried_out")]
    figures: dict[str, int] = {}
    for column in PARTS:
        column_results = {row: draw(counts) for row in draw(st.lists(st.sampled_from(results), max_size=4, unique=True))}
        handled, carried_out = sum(column_results.values()), draw(counts)
        carried_in = draw(st.integers(0, handled + carried_out))
        known = column_results | {"requests.handled": handled, "requests.carried_out": carried_out}
        known |= {"requests.carried_in": carried_in, "requests.new": handled + carried_out - carried_in}
        figures |= {f"{row}[{column}]": known.get(row, 0) for row in rows}
    figures |= {f"{row}[total]": sum(figures[f"{row}[{column}]"] for column in PARTS) for row in rows}
    for group in GROUPS:
        parts = {f"remedies.{group}.{row}": draw(counts) for row in ("upheld", "corrected", "other", "pending")}
        figures |= parts | {f"remedies.{group}.total": sum(parts.values())}
    return form, figures


def broken(form: str, figures: Mapping[str, int]) -> set[str]:
    facts = make_report(CATALOG, form, {key: str(number) for key, number in figures.items()}, sections=WORDLESS)
    found = [finding for result in check_report(facts, None, CATALOG) for finding in result.findings]
    return {finding.rule for finding in found if finding.severity == "E" and finding.table in ("requests", "remedies")}


@given(consistent_reports())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_report_that_adds_up_has_no_errors(report: tuple[str, dict[str, int]]) -> None:
    assert broken(*report) == set()


@given(consistent_reports(), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_changed_figure_is_noticed(report: tuple[str, dict[str, int]], data: st.DataObject) -> None:
    form, figures = report
    key = data.draw(st.sampled_from(sorted(figures)))
    other = data.draw(st.integers(0, 10_000).filter(lambda number: number != figures[key]))
    assert broken(form, figures | {key: other}) & ({"R1", "R2", "R3"} if key.startswith("requests") else {"L1"})


@given(consistent_reports(), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_figure_left_out_is_ever_an_error(report: tuple[str, dict[str, int]], data: st.DataObject) -> None:
    """Whatever is blank, unreadable or missing in a report that adds up, nothing is called wrong."""
    form, figures = report
    gone = data.draw(st.dictionaries(st.sampled_from(sorted(figures)), st.sampled_from(["", "/", "?", "absent"]), max_size=40))
    facts = make_report(CATALOG, form, {key: str(number) for key, number in figures.items()} | gone)
    results = check_report(facts, None, CATALOG)
    assert [
        finding.message for result in results for finding in result.findings if result.rule[0] in "RL" and finding.severity == "E"
    ] == []
