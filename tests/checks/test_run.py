"""The rules over whole tables agree with the rules report by report, in every count and every word."""

from __future__ import annotations

import pickle
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.catalog.divisions import directory
from pipeline.catalog.load import load_catalog
from pipeline.catalog.registry import Registry
from pipeline.catalog.registry.history import Group
from pipeline.checks.core_facts import facts_from_tables
from pipeline.checks.model import ReportFacts
from pipeline.checks.result_tables import finding_cell_rows, finding_rows
from pipeline.checks.run import run_rules
from pipeline.checks.setwise.texts import loosened
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.normalise.agencies.duties import Roster
from pipeline.normalise.agencies.lookup import Bodies

from .build_report import consistent_figures, make_report
from .core_tables import core_tables
from .report_by_report import check_year

CATALOG = load_catalog(DEFAULT_CATALOG)
ROSTER = Roster(CATALOG, Bodies(Registry(), directory(CATALOG.folder)))
YEARS = {"2014": (2018,), "2019": (2020, 2021), "2021": (2021, 2022)}
BODIES = ("甲局", "乙局", "丙局")
TEXTS = {
    "overview": ["2022年度报告。", "报告模板（XX局）。", "全年收到申请14件，比上年增长50%。", ""],
    "requests": ["全年收到申请15件，其中网络4件、信函9件。", "全年没有收到申请。", "收到申请14件，办结10件，予以公开9件，占90%。"],
    "problems": ["无", "absent"],
}
GROUPS = [
    [],
    [Group(2021, ("甲局",), ("乙局",), "rename")],
    [Group(2021, ("甲局",), ("乙局", "丙局"), "merge"), Group(2021, ("乙局", "丙局"), ("甲局",), "split")],
]
figures = st.sampled_from(["", "/", "?", "absent", "0", "1", "3", "14", "-2", "2.5", "12|12 件", "123456789012345678|约多", "0.000001|0"])


@st.composite
def changes(draw: st.DrawFn, form: str) -> dict[str, str]:
    """Single figures, whole columns without figures, and a column that the form does not have."""
    rows = [row.field for row in CATALOG.fields_of(form) if row.by_applicant]
    empty = {f"{row}[{draw(st.sampled_from(['total', 'enterprise']))}]": "" for row in rows if draw(st.integers(0, 3)) == 0}
    column = draw(st.sampled_from(["total", "enterprise", "legal_service"]))
    empty |= {f"{row}[{column}]": draw(st.sampled_from(["", "/"])) for row in rows} if draw(st.integers(0, 2)) == 0 else {}
    subtotal = {"requests.new[organization_subtotal]": draw(st.sampled_from(["4", "5", ""]))} if rows and draw(st.booleans()) else {}
    return empty | subtotal | draw(st.dictionaries(st.sampled_from(sorted(consistent_figures(form))), figures, max_size=8))


@st.composite
def reports(draw: st.DrawFn, name: str, year: int) -> ReportFacts:
    form = draw(st.sampled_from([form for form, years in YEARS.items() if year in years]))
    spoilt = {
        table.table: draw(st.sampled_from(["absent", "unreadable"])) for table in CATALOG.tables_of(form) if draw(st.integers(0, 7)) == 0
    }
    sections = {section: draw(st.sampled_from(texts)) for section, texts in TEXTS.items() if draw(st.booleans())}
    kind, level = draw(
        st.sampled_from([("department", "county"), ("town", "town"), ("government", "city"), ("department", "city"), (None, None)])
    )
    facts: dict[str, Any] = {
        "report_id": f"{name}-{year}",
        "agency_id": name,
        "agency_name": name,
        "agency_kind": kind,
        "agency_level": level,
        "added_rows": frozenset(draw(st.sampled_from([[], [], [("requests", 1, 17)], [("statistics", 3, 15)]]))),
        "coverage": draw(st.sampled_from(["unknown", "own_office", "whole_area"])),
    }
    return make_report(CATALOG, form, draw(changes(form)), year=year, tables=spoilt, sections=sections, facts=facts)


@st.composite
def two_years(draw: st.DrawFn) -> tuple[list[ReportFacts], list[ReportFacts], list[Group]]:
    year = draw(st.sampled_from([2021, 2022]))
    listed = [[draw(reports(name, each)) for name in BODIES if draw(st.integers(0, 3))] for each in (year, year - 1)]
    return listed[0], listed[1], draw(st.sampled_from(GROUPS))


@given(two_years())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_both_ways_agree(drawn: tuple[list[ReportFacts], list[ReportFacts], list[Group]]) -> None:
    now, before, groups = drawn
    tables, tables_before = core_tables(CATALOG, now), core_tables(CATALOG, before)
    checked = run_rules(CATALOG, ROSTER, tables, tables_before, groups)
    one_by_one = list(check_year(CATALOG, _facts(tables), _facts(tables_before), groups, tables, tables_before))
    assert _by_key(checked.results.to_pylist()) == _by_key(row for facts, results in one_by_one for row in _rows(facts, results))
    found = [(facts, [one for result in results for one in result.findings]) for facts, results in one_by_one]
    for rows in (finding_rows, finding_cell_rows):
        assert [list(rows(*each)) for each in checked.findings] == [list(rows(*each)) for each in found if each[1]]


def _facts(tables: dict[str, pa.Table]) -> list[ReportFacts]:
    return list(facts_from_tables(ROSTER, tables))


def _rows(facts: ReportFacts, results: Any) -> Any:
    counts = ("rule", "part", "outcome", "passed", "failed", "not_assessable", "not_applicable", "blank_read_as_zero")
    for result in results:
        row = {name: getattr(result, name) for name in counts}
        yield {"report_id": facts.report_id, "report_year": facts.report_year, "agency_id": facts.agency_id, **row}


def _by_key(rows: Any) -> dict[Any, Any]:
    return {(row["report_id"], row["rule"], row["part"]): row for row in rows}


def test_facts_go_to_other_processes_with_what_is_theirs_alone() -> None:
    facts = [make_report(CATALOG, facts={"report_id": name}) for name in ("甲", "乙")]
    first, second = _facts(core_tables(CATALOG, facts))
    sent = pickle.loads(pickle.dumps(first))
    assert (sent.cells, sent.claims, sent.sections) == (dict(facts[0].cells), tuple(facts[0].claims), tuple(facts[0].sections))
    assert list(second.cells.values()) == list(facts[1].cells.values())


def test_a_looser_pattern_has_no_look_around_and_is_none_where_classes_differ() -> None:
    assert loosened(r"(?<!a(b)c)x(y|(?!z[)])w)\.|[^，\s]{0,6}模板[）)]") == r"x(y|w)\.|[^，\s]{0,6}模板[）)]"
    assert loosened(r"模板\s") is None and loosened(r"[\d]") is None
