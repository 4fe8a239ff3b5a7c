"""Each typical error, planted in a report that adds up: what is said of it, and that nothing is said where nothing can be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as structs_replace

from pipeline.catalog import Catalog, load_catalog
from pipeline.checks.localisation import naming
from pipeline.checks.localisation.locate import locate
from pipeline.checks.localisation.records import Found, finding_part_rows, suggestion_rows
from pipeline.checks.localisation.windows import windows
from pipeline.checks.model import ReportFacts
from pipeline.common.errors import CatalogError
from tests.catalog.changed_rows import copy_of_rows
from tests.checks.build_report import make_report

QUIET = {"requests": "", "remedies": ""}  # sections that state no figure
Cells = dict[str, Decimal | None]

KINDS: dict[str, tuple[dict[str, str], Cells]] = {
    "digits_exchanged": ({"requests.new[total]": "41"}, {"requests.new[total]": Decimal(14)}),
    "digit_lost": ({"requests.new[total]": "4"}, {"requests.new[total]": Decimal(14)}),
    "digit_added": ({"requests.granted[enterprise]": "37"}, {"requests.granted[enterprise]": Decimal(3)}),
    "digit_wrong": ({"requests.new[natural_person]": "17"}, {"requests.new[natural_person]": Decimal(10)}),
    "times_ten": ({"requests.granted[natural_person]": "50"}, {"requests.granted[natural_person]": Decimal(5)}),
    "divided_by_ten": ({"requests.new[natural_person]": "1"}, {"requests.new[natural_person]": Decimal(10)}),
    "blank_total": ({"requests.granted[total]": ""}, {"requests.granted[total]": Decimal(9)}),
    "blank_detail": ({"requests.granted[enterprise]": ""}, {"requests.granted[enterprise]": Decimal(3)}),
    "total_wrong": ({"requests.granted[total]": "6"}, {"requests.granted[total]": Decimal(9)}),
    "detail_wrong": ({"requests.granted[enterprise]": "8"}, {"requests.granted[enterprise]": Decimal(3)}),
    "cut_in_two": (
        {"requests.new[natural_person]": "1", "requests.new[enterprise]": "2"}
        | {"requests.new[total]": "13", "requests.handled[enterprise]": "0", "requests.granted[enterprise]": "0"}
        | {"requests.handled[total]": "11", "requests.granted[total]": "6", "requests.granted[natural_person]": "7"}
        | {"requests.handled[natural_person]": "12", "requests.granted[natural_person]": "7", "requests.granted[total]": "8"}
        | {"requests.handled[total]": "13", "requests.carried_out[natural_person]": "2"},
        {"requests.new[natural_person]": Decimal(12), "requests.new[enterprise]": Decimal(0)},
    ),
}


def cell(report: ReportFacts, key: str) -> tuple[str, str | None]:
    field, _, applicant = key.rstrip("]").partition("[")
    return field, applicant or None


def suggestions(catalog: Catalog, report: ReportFacts, *before: ReportFacts) -> list[dict[str, Any]]:
    (window,) = windows(report.report_year or 0, [report], before)
    return [dict(row) for located in locate(catalog, window) for row in suggestion_rows(catalog, located)]


def proposed(rows: list[dict[str, Any]]) -> dict[tuple[str, str | None], Decimal | None]:
    return {(row["field"], row["applicant"]): row["proposed_value"] for row in rows}


def report(catalog: Catalog, change: Mapping[str, str], form: str = "2021", **more: Any) -> ReportFacts:
    return make_report(catalog, form, change, sections=QUIET, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_located_and_named(catalog: Catalog, kind: str) -> None:
    change, truth = KINDS[kind]
    rows = suggestions(catalog, report(catalog, change))
    assert all(row["determined"] and row["optimal"] and row["solutions"] == 1 for row in rows)
    assert {row["error_kind"] for row in rows} == {kind}
    assert {row["origin"] for row in rows} == {"reporting"}
    assert proposed(rows) == {cell(report(catalog, {}), key): value for key, value in truth.items()}


def test_every_kind_that_is_named_has_its_words(catalog: Catalog) -> None:
    rows = catalog.localisation
    words = set(re.findall(r'"([a-z_]+)"', Path(naming.__file__).read_text(encoding="utf-8")))
    named = words - {"number", "prose", "doubtful", "recognised"}
    assert named <= rows.error_kinds.keys()
    ranks = [row.rank for row in rows.error_kinds.values()]
    assert len(set(ranks)) == len(ranks)


def test_a_report_that_adds_up_has_no_suggestions(catalog: Catalog) -> None:
    for form in ("2014", "2019", "2021"):
        assert suggestions(catalog, make_report(catalog, form)) == []


def test_what_was_booked_in_the_wrong_column_cannot_be_told_where_several_rows_could_be_it(catalog: Catalog) -> None:
    rows = suggestions(catalog, report(catalog, {"requests.granted[natural_person]": "6", "requests.granted[enterprise]": "2"}))
    assert not any(row["determined"] for row in rows)
    assert {row["error_kind"] for row in rows} == {"wrong_column"}
    granted = {row["solution"] for row in rows if row["field"] == "requests.granted"}
    assert len(granted) == 1
    assert rows[0]["solutions"] == max(row["solution"] for row in rows) > 1


def test_one_broken_sum_alone_names_every_figure_that_could_be_wrong(catalog: Catalog) -> None:
    """A slip that looks typical for one of them decides nothing: 12 for 21 is as likely by chance."""
    rows = suggestions(catalog, report(catalog, {"remedies.review.upheld": "12", "remedies.review.total": "23"}))
    assert {row["solution"]: row["determined"] for row in rows} == dict.fromkeys(range(1, 6), False)
    assert (rows[0]["field"], rows[0]["error_kind"], rows[0]["proposed_value"]) == ("remedies.review.upheld", "digits_exchanged", 21)


def test_a_cell_of_last_years_report_is_named_there(catalog: Catalog) -> None:
    before = report(catalog, {"requests.carried_out[total]": "8"}, year=2022)
    now = report(catalog, {"requests.carried_in[natural_person]": "2"})
    rows = suggestions(catalog, now, before)
    assert [(row["cell_report_id"], row["field"], row["applicant"], row["proposed_value"]) for row in rows] == [
        ("report-2022", "requests.carried_out", "total", 2)
    ]
    assert rows[0]["suggestion"].startswith("2022 年度报告的表三“结转下年度继续办理（总计）”填报 8，按其余数字应为 2")


def test_two_reports_that_each_add_up_are_not_decided(catalog: Catalog) -> None:
    more = {"requests.carried_in[natural_person]": "3", "requests.carried_in[total]": "3", "requests.new[natural_person]": "9"}
    now = report(catalog, more | {"requests.new[total]": "13"})
    rows = suggestions(catalog, now, report(catalog, {}, year=2022))
    assert rows
    assert not any(row["determined"] for row in rows)


def test_the_prose_is_named_where_every_sum_of_the_table_holds(catalog: Catalog) -> None:
    rows = suggestions(catalog, make_report(catalog, "2021", sections={"requests": "全年共予以公开12件。"}))
    assert [(row["table"], row["field"], row["error_kind"], row["printed_value"], row["proposed_value"]) for row in rows] == [
        (None, "requests.granted", "prose", 12, 9)
    ]
    assert rows[0]["determined"]
    assert rows[0]["suggestion"] == "正文“予以公开”写为 12件，按表格应为 9（正文所写数字有误）"


def test_prose_tells_which_figure_of_a_broken_sum_is_wrong(catalog: Catalog) -> None:
    wrong = {"remedies.review.total": "5"}
    assert len({row["solution"] for row in suggestions(catalog, report(catalog, wrong))}) == 5
    (row,) = suggestions(catalog, make_report(catalog, "2021", wrong))  # 全年发生行政复议4件
    assert (row["field"], row["determined"], row["proposed_value"]) == ("remedies.review.total", True, 4)


def doubtful(facts: ReportFacts, key: str, **cell_changes: Any) -> ReportFacts:
    """The report with a cell that was not read with certainty."""
    at = cell(facts, key)
    return replace(facts, cells={**facts.cells, at: structs_replace(facts.cells[at], **cell_changes)})


def test_reading_and_reporting_are_told_apart(catalog: Catalog) -> None:
    """The same wrong number: printed, or recognised without certainty, or not read at all."""
    now = report(catalog, {"requests.new[total]": "41"})
    (printed,) = suggestions(catalog, now)
    assert (printed["origin"], printed["suggestion"]) == (
        "reporting",
        "表三“本年新收政府信息公开申请数量（总计）”填报 41，按其余数字应为 14（数字前后颠倒）",
    )
    (read,) = suggestions(catalog, doubtful(now, "requests.new[total]", confidence=0.6))
    assert (read["origin"], read["error_kind"]) == ("reading", "misread")
    assert read["suggestion"] == "扫描件表三“本年新收政府信息公开申请数量（总计）”可能是 14（识别为“41”），请先对照原件"
    unread = doubtful(now, "requests.new[total]", confidence=0.6, state="unreadable", value=None)
    (called,) = suggestions(catalog, unread)
    assert called["determined"]
    assert (called["origin"], called["error_kind"], called["printed_value"], called["proposed_value"]) == ("reading", "unread", None, 14)


def test_what_one_sum_alone_calls_for_is_not_certain(catalog: Catalog) -> None:
    """Another figure of the sum may be wrong, and what was not read would take its error."""
    now = doubtful(report(catalog, {}), "remedies.review.upheld", state="unreadable", value=None)
    (row,) = suggestions(catalog, now)
    assert (row["proposed_value"], row["determined"]) == (2, False)


def test_a_finding_about_what_was_not_read_says_what_it_may_be(catalog: Catalog) -> None:
    now = doubtful(report(catalog, {"requests.new[total]": "41"}), "requests.new[total]", state="unreadable", value=None)
    (window,) = windows(2023, [now])
    (located,) = locate(catalog, window)
    cells = frozenset({(now.report_id, "requests.new", "total")})
    (row,) = finding_part_rows(catalog, located, {"s3": Found("表三", cells)})
    assert row["probable"] == "扫描件表三“本年新收政府信息公开申请数量（总计）”可能是 14（识别为“41”），请先对照原件。"


def test_a_finding_says_what_is_probably_wrong(catalog: Catalog) -> None:
    now = report(catalog, {"requests.granted[enterprise]": "13"})
    (window,) = windows(2023, [now])
    (located,) = locate(catalog, window)
    sums = [(now.report_id, key[0], key[1]) for key in now.cells if key[0] == "requests.granted"]
    other = frozenset({(now.report_id, "requests.new", "total")})
    findings = {"r3": Found("表三“予以公开”行", frozenset(sums)), "s3": Found("表三", frozenset(sums[1:2])), "x": Found("表三", other)}
    rows = {row["finding_id"]: row["probable"] for row in finding_part_rows(catalog, located, findings)}
    assert rows == dict.fromkeys(
        ("r3", "s3"), "很可能是：表三“本年度办理结果/予以公开（商业企业）”填报 13，按其余数字应为 3（多写一位数字）。"
    )


def test_a_finding_that_cannot_be_decided_says_so(catalog: Catalog) -> None:
    now = report(catalog, {"remedies.review.total": "5"})
    (window,) = windows(2023, [now])
    (located,) = locate(catalog, window)
    cells = frozenset((now.report_id, key[0], key[1]) for key in now.cells if key[0].startswith("remedies.review."))
    (row,) = finding_part_rows(catalog, located, {"l1": Found("表四“行政复议”", cells)})
    assert str(row["probable"]).startswith("仅凭本报告无法判断：有 5 种改法同样可能，如①")


def test_only_an_identity_may_bind(catalog: Catalog, tmp_path: Path) -> None:
    rows = copy_of_rows(tmp_path)
    path = rows / "rules.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [line.replace(",limit,复议诉讼不多于办理量,", ",yes,复议诉讼不多于办理量,") for line in lines]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CatalogError, match="L4 的 binds"):
        load_catalog(rows)


def test_what_was_corrected_tells_what_else_is_wrong(catalog: Catalog) -> None:
    """Two wrong figures of one row, of which nothing is certain until one is known."""
    now = report(catalog, {"requests.granted[natural_person]": "8", "requests.granted[enterprise]": "2"})
    (window,) = windows(2023, [now])
    known = {(now.report_id, ("requests.granted", "natural_person")): Decimal(5)}
    (one,) = locate(catalog, window)
    assert not any(row["determined"] for row in suggestion_rows(catalog, one))
    (one,) = locate(catalog, window, corrections=known)
    rows = list(suggestion_rows(catalog, one))
    assert proposed(rows) == {("requests.granted", "natural_person"): 5, ("requests.granted", "enterprise"): 3}
    assert all(row["determined"] for row in rows)
