"""Every figure of the sample arrives as it was printed, and what is computed from the figures is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import pytest

from tests.installation import Installation
from tests.sample.bodies import BODIES, LAST_YEAR, WHOLE_YEARS
from tests.sample.district import catalog as sample_catalog
from tests.sample.files import SampleFile, report_files, truths
from tests.sample.yinzhou import YINZHOU, YINZHOU_YEAR

BUILDING = "瀚川市沐云区住房和城乡建设局"
Cell = tuple[str, int, str, str]  # body, year, field, applicant


@pytest.fixture(scope="module")
def values(sample: Installation) -> dict[Cell, dict[str, Any]]:
    return {(row["agency_name"], row["report_year"], row["field"], row["applicant"]): row for row in sample.rows("out_values")}


def current_files() -> list[SampleFile]:
    return [file for file in report_files() if file.is_current]


def true_cells() -> dict[Cell, tuple[str, Decimal | None]]:
    return {
        (truth["agency"], truth["report_year"], field, applicant or ""): (state, None if value is None else Decimal(value))
        for truth, file in zip(truths(), report_files(), strict=True)
        if file.is_current
        for field, applicant, value, state in truth["cells"]
    }


def test_every_cell_equals_its_truth(values: dict[Cell, dict[str, Any]]) -> None:
    found = {key: (row["state"], row["value"]) for key, row in values.items()}
    assert found == true_cells()


def test_every_cell_keeps_what_was_printed(values: dict[Cell, dict[str, Any]]) -> None:
    for file in current_files():
        for (field, applicant), figure in file.content.figures.items():
            row = values[file.content.agency, file.content.report_year, field, applicant or ""]
            assert "".join(row["raw"].split()) == "".join(figure.printed.split())


def test_every_cell_that_is_printed_says_where(sample: Installation) -> None:
    cells = sample.rows("core_cells")
    assert len(cells) == sum(len(truth["cells"]) for truth in truths())
    assert all(cell["grid"] is not None and cell["row"] is not None and cell["column"] is not None for cell in cells)
    reports = {row["report_id"]: row["path"] for row in sample.rows("core_reports", "report_id", "path")}
    with_page = {reports[cell["report_id"]].rpartition(".")[2] for cell in cells if cell["page"] is not None and cell["left"] is not None}
    assert with_page == {"pdf"}


def test_every_report_is_parsed_whole_under_its_body_year_and_form(sample: Installation) -> None:
    contents = {file.path: file.content for file in report_files()}
    rows = sample.rows("core_reports")
    stated = {row["path"] for row in sample.rows("raw_files") if row["published_on"]}
    assert len(stated) > 15
    assert {row["path"] for row in rows} == set(contents)
    twice = {(file.content.agency, file.content.report_year) for file in report_files() if not file.is_current}
    current = {file.path for file in current_files()}
    assert len(twice) == 1
    for row in rows:
        copies = 2 if (row["agency_name"], row["report_year"]) in twice else 1
        assert (row["status"], row["is_current"], row["copies"]) == ("parsed", row["path"] in current, copies)
        content = contents[row["path"]]
        assert (row["agency_name"], row["report_year"]) == (content.agency, content.report_year)
        # only a page says the day itself; for other files sources.csv has to
        known = row["path"] in stated or row["path"].endswith((".html", ".mht"))
        assert row["published_on"] == (content.published_on if known else None)
    forms = {(row["report_id"], row["table"]): row["form"] for row in sample.rows("core_report_tables")}
    ids = {row["report_id"]: contents[row["path"]].form for row in rows}
    # 表四 is the same in both forms, so it counts as the form of the year
    assert {key: form for key, form in forms.items() if key[1] != "remedies"} == {
        (report, table): form
        for report, form in ids.items()
        for table in {"2008": (), "2014": ("statistics",)}.get(form, ("proactive", "requests"))
    }


def test_the_real_body_has_its_published_figures(values: dict[Cell, dict[str, Any]]) -> None:
    rows = {field: row for (agency, year, field, _), row in values.items() if (agency, year) == (YINZHOU, 2019)}
    assert rows["proactive.other_services.items_previous_year"]["value"] == 410
    assert rows["proactive.other_services.items_change"]["value"] == -24
    assert (rows["proactive.procurement.items"]["value"], rows["proactive.procurement.items"]["raw"].strip()) == (9, "9项")
    amount = rows["proactive.procurement.amount"]
    assert (amount["value"], amount["raw"].strip(), amount["unit"]) == (4030000, "403万", "元")
    assert sum(row["value"] != 0 for row in rows.values()) == 4


def added_up(sample: Installation) -> list[dict[str, Any]]:
    """The sums over all bodies."""
    return [row for row in sample.rows("out_rollup") if not row["area_id"]]


def test_roll_up_is_the_sum_of_the_truths(sample: Installation) -> None:
    totals: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    numbers: Counter[tuple[int, str, str]] = Counter()
    blanks: Counter[tuple[int, str, str]] = Counter()
    for (agency, year, field, applicant), (_, value) in true_cells().items():
        if agency.endswith("区人民政府") and year in WHOLE_YEARS:  # a sum of the others
            continue
        totals[year, field, applicant] += value or 0
        numbers[year, field, applicant] += value is not None
        blanks[year, field, applicant] += value is None
    for row in sample.rows("out_values"):
        if row["corrected_value"] is not None:
            totals[row["report_year"], row["field"], row["applicant"]] += row["corrected_value"] - row["value"]
    added: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    bodies: Counter[tuple[int, str, str]] = Counter()
    without: Counter[tuple[int, str, str]] = Counter()
    for row in added_up(sample):
        key = (row["report_year"], row["field"], row["applicant"])
        added[key] += row["total"]
        bodies[key] += row["bodies_counted"]
        without[key] += row["bodies_blank"]
    assert (dict(added), bodies, +without) == (dict(totals), numbers, +blanks)
    assert sum(without.values()) == 3


def test_roll_up_keeps_the_forms_apart(sample: Installation) -> None:
    """One town used the form of 2019 for 2022."""
    bodies = {
        (row["form"], row["table"]): row["bodies_counted"] + row["bodies_blank"] for row in added_up(sample) if row["report_year"] == 2022
    }
    assert bodies == {
        ("2019", "proactive"): 1,
        ("2019", "requests"): 1,
        ("2021", "proactive"): 14,
        ("2021", "requests"): 14,
        ("2021", "remedies"): 15,
    }


def test_indicators_of_one_body_by_hand(sample: Installation) -> None:
    """住房和城乡建设局 2022: received 106, carried in 4, handled 97 (29 granted, 6 in part, 19 denied), carried over 13."""
    rows = {row["indicator"]: row for row in sample.rows("out_indicators") if (row["agency_name"], row["report_year"]) == (BUILDING, 2022)}
    fractions = {
        "applicant_share.natural_person": (74, 106),
        "closing_rate": (97, 110),
        "carry_over_rate": (13, 110),
        "disclosure_rate": (35, 97),
        "full_disclosure_rate": (29, 97),
        "denial_rate": (19, 97),
        "unavailable_rate": (27, 97),
        "not_processed_rate": (10, 97),
        "other_rate": (6, 97),
        "substantive_disclosure_rate": (35, 54),
        "denial_mix.enforcement_files": (5, 19),
        "not_held_rate": (21, 97),
        "petition_share": (2, 97),
        "excessive_share": (5, 97),
        "review_rate": (7, 97),
        "litigation_rate": (6, 97),
        "dispute_rate": (13, 97),
    }
    for name, (numerator, denominator) in fractions.items():
        row = rows[name]
        assert (name, row["numerator"], row["denominator"], row["shown_as"]) == (name, numerator, denominator, "ratio")
        assert row["ratio"] == pytest.approx(numerator / denominator, rel=1e-12)
    few = {"review_correction_rate": (1, 6), "review_correction_rate_of_all": (1, 7), "litigation_loss_rate": (1, 6)}
    for name, (numerator, denominator) in few.items():
        row = rows[name]
        assert (row["numerator"], row["denominator"], row["shown_as"], row["ratio"]) == (numerator, denominator, "counts", None)
    levels = {"requests_received": 106, "caseload": 110, "documents_net_change": 1, "fee_amount": 1254400, "decisions.licensing": 970}
    assert {name: rows[name]["level"] for name in levels} == levels
    assert "document_disclosure_rate" not in rows  # of the form of 2019 only


def test_indicators_exist_for_every_form_with_tables(sample: Installation) -> None:
    forms: dict[str, set[str]] = defaultdict(set)
    for row in sample.rows("out_indicators", "indicator", "form"):
        if row["form"]:
            forms[row["indicator"].partition(".")[0]].add(row["form"])
    assert sum({"2019", "2021"} <= found for found in forms.values()) >= 12
    assert sum("2014" in found for found in forms.values()) >= 8


def test_year_over_year_of_one_body_by_hand(sample: Installation) -> None:
    """住房和城乡建设局, 2020 (form 2019) to 2021 (form 2021)."""
    rows = {
        (row["field"], row["applicant"]): row
        for row in sample.rows("out_year_over_year")
        if (row["agency_name"], row["report_year"]) == (BUILDING, 2021)
    }

    def of(field: str, applicant: str = "") -> tuple[Any, ...]:
        row = rows[field, applicant]
        return row["value"], row["previous_value"], row["change"], row["comparable"]

    assert of("requests.new", "total") == (106, 115, -9, "yes")
    assert rows["requests.new", "total"]["percent_change"] == pytest.approx(-100 * 9 / 115)
    assert of("requests.carried_in", "total") == (12, 11, 1, "yes")
    assert of("proactive.licensing.decisions") == (907, 756, 151, "yes")
    assert of("proactive.normative_documents.in_force") == (18, 18, 0, "weakly")
    assert of("proactive.normative_documents.repealed") == (0, 0, None, "no")
    assert of("proactive.fees.amount") == (1280000, None, None, "no")
    assert of("requests.other.remaining", "total") == (3, None, None, "no")
    assert of("remedies.review.total") == (12, 1, 11, "yes")
    assert rows["remedies.review.total", ""]["percent_change"] == pytest.approx(1100)
    assert rows["remedies.review.other", ""]["percent_change"] is None  # from 0 there is no per cent
    assert all(row["comparable_reason"] for row in rows.values() if row["comparable"] != "yes")


def test_year_over_year_has_nothing_before_the_first_report(sample: Installation) -> None:
    first = [
        row for row in sample.rows("out_year_over_year") if (row["agency_name"], row["report_year"]) in {(BUILDING, 2019), (YINZHOU, 2019)}
    ]
    assert first
    assert all((row["previous_value"], row["change"], row["comparable"]) == (None, None, "no") for row in first)
    assert {row["comparable_reason"] for row in first} == {"上年没有可用的报告"}


def test_comparison_ranks_the_bodies_of_a_year(sample: Installation) -> None:
    wanted = (2022, "requests.new", "total")
    rows = [row for row in sample.rows("out_agency_comparison") if (row["report_year"], row["measure"], row["applicant"]) == wanted]
    counts = {agency: value for (agency, *cell), (_, value) in true_cells().items() if tuple(cell) == wanted}
    total = sum(value or 0 for value in counts.values())
    assert len(rows) == len(counts) == 15
    for row in rows:
        value = counts[row["agency_name"]] or 0
        assert row["measure_value"] == value
        assert row["rank"] == 1 + sum((other or 0) > value for other in counts.values())
        assert row["share"] == pytest.approx(float(value / total))


def test_submission_status(sample: Installation) -> None:
    rows = {(row["agency_name"], row["report_year"]): row for row in sample.rows("out_submission_status")}
    reported = {(file.content.agency, file.content.report_year) for file in report_files()}
    owed = {(body.agency, year) for body in BODIES for year in body.years} | {(YINZHOU, YINZHOU_YEAR)}
    assert {key for key, row in rows.items() if row["submission"] == "reported"} == reported
    assert {key for key, row in rows.items() if row["submission"] == "not_reported"} == owed - reported
    assert owed - reported == {
        ("瀚川市沐云区青檀镇人民政府", 2022),
        ("瀚川市沐云区望澜街道办事处", 2019),  # it exists since 2018 and reported on 2021 for the first time
        ("瀚川市沐云区望澜街道办事处", 2020),
    }
    nothing_owed = {key: row for key, row in rows.items() if key not in owed}
    assert {row["submission"] for row in nothing_owed.values()} == {"not_owed"}
    ended = {("瀚川市沐云区国土资源局", 2020), ("瀚川市沐云区政务服务管理办公室", 2024), ("瀚川市沐云区文化旅游体育局", LAST_YEAR)}
    assert not ended & set(rows)
    assert all(row["report_id"] is None for key, row in rows.items() if key not in reported)
    late = {key: row["days_late"] for key, row in rows.items() if row["days_late"]}
    assert late == {("瀚川市沐云区财政局", 2022): 17}
    left = [row for row in sample.rows("out_findings") if row["status"] in ("open", "confirmed")]
    findings = Counter((row["agency_name"], row["report_year"], row["severity"]) for row in left)
    for (agency, year), row in rows.items():
        counted = (row["errors"], row["warnings"], row["infos"])
        assert counted == tuple(findings[agency, year, severity] for severity in "EWI")


_MAY_BE_EMPTY = {"core_problems", "core_report_versions", "core_agency_links", "raw_source_problems", "core_roster_problems"}


def test_tables_hold_what_the_catalogue_declares(sample: Installation) -> None:
    for table in sample_catalog().tables:
        stored = sample.workspace.store.read(table.table)
        assert stored.column_names == list(table.columns)
        assert stored.num_rows > 0 or table.table in _MAY_BE_EMPTY, table.table
