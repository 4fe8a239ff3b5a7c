"""Decisions as files: every row is checked, every mistake told with its place and what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.catalog.decisions import (
    COLUMNS,
    CONFIRMATIONS,
    CORRECTIONS,
    COVERAGES_DECIDED,
    WAIVERS,
    Expected,
    load_decisions,
    read_decisions,
)
from pipeline.common.errors import DecisionError
from tests.catalog.decisions.decision_files import FINDING, row, text_of, write


def mistakes(folder: Path, catalog: Catalog) -> list[str]:
    return [str(mistake) for mistake in read_decisions(folder, catalog)[1]]


def test_no_files_are_no_decisions(tmp_path: Path, catalog: Catalog) -> None:
    assert load_decisions(tmp_path, catalog).ids == frozenset()


def test_rows_become_decisions(tmp_path: Path, catalog: Catalog) -> None:
    write(
        tmp_path,
        CORRECTIONS,
        row(CORRECTIONS),
        row(CORRECTIONS, printed_value="空白", field="remedies.review.total", applicant="", table=""),
    )
    write(tmp_path, WAIVERS, row(WAIVERS, valid_until="2026/6/30"))
    write(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS))
    decisions = load_decisions(tmp_path, catalog)
    first, second = decisions.corrections
    assert (first.expected, first.corrected_value, first.applicant, first.decided_on) == (
        *(Expected("number", Decimal(8)), Decimal(6), "total", date(2024, 3, 1)),
    )
    assert (second.expected, second.table, second.applicant) == (Expected("blank"), "remedies", None)
    (waiver,) = decisions.waivers
    assert (waiver.finding_id, waiver.valid_until) == (FINDING, date(2026, 6, 30))
    assert decisions.expired(date(2026, 6, 30)) == frozenset()
    assert decisions.expired(date(2026, 7, 1)) == {waiver.decision_id}
    assert len(decisions.ids) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_are_read_as_excel_writes_them(tmp_path: Path, catalog: Catalog, encoding: str, end: str) -> None:
    columns = tuple(reversed(COLUMNS[CORRECTIONS]))
    text = text_of(CORRECTIONS, row(CORRECTIONS, decided_on="2024/3/1", printed_value="1,008"), columns=(*columns, "备注"), end=end)
    (tmp_path / CORRECTIONS).write_bytes((text + "," * len(columns) + end).encode(encoding))
    (correction,) = load_decisions(tmp_path, catalog).corrections
    assert (correction.expected.value, correction.reason, correction.decided_on) == (1008, "核实", date(2024, 3, 1))


@pytest.mark.parametrize(
    ("file", "changes", "said"),
    [
        (CORRECTIONS, {"field": "requests.nwe"}, "corrections.csv 第 2 行“field”列：没有指标“requests.nwe”"),
        (CORRECTIONS, {"table": "remedies"}, "“table”列：指标 requests.new 在表 requests 中"),
        (CORRECTIONS, {"applicant": ""}, "“applicant”列：表三的格应写明是哪一列"),
        (CORRECTIONS, {"applicant": "everybody"}, "“applicant”列：表三的格应写明是哪一列"),
        (CORRECTIONS, {"field": "remedies.review.total", "table": ""}, "“applicant”列：这一格不分申请人类别"),
        (CORRECTIONS, {"printed_value": ""}, "“printed_value”列：不能为空"),
        (CORRECTIONS, {"printed_value": "约8"}, "“printed_value”列：应为印出的数字（金额为元），没有数字的写 空白、不适用、无法识别 之一"),
        (CORRECTIONS, {"corrected_value": "8"}, "“corrected_value”列：与 printed_value 相同"),
        (CORRECTIONS, {"corrected_value": "-1"}, "“corrected_value”列：不应为负数"),
        (CORRECTIONS, {"corrected_value": "1.5"}, "“corrected_value”列：件数应为整数"),
        (CORRECTIONS, {"corrected_value": "1" * 19}, "“corrected_value”列：应为数字"),
        (CORRECTIONS, {"corrected_value": "1e3"}, "“corrected_value”列：应为数字"),
        (CORRECTIONS, {"source": ""}, "“source”列：不能为空"),
        (CORRECTIONS, {"decided_on": "去年"}, "“decided_on”列：“去年”不是日期"),
        (CORRECTIONS, {"decided_on": ""}, "“decided_on”列：不能为空，应为日期"),
        (CORRECTIONS, {"report_year": "23"}, "“report_year”列：应为四位年度"),
        (CORRECTIONS, {"status": ""}, "“status”列：应为 active、withdrawn 之一"),
        (WAIVERS, {"finding_id": "1.23457E+15"}, "“finding_id”列：问题编号应为 16 位"),
        (WAIVERS, {"reason": ""}, "waivers.csv 第 2 行“reason”列：不能为空"),
        (WAIVERS, {"valid_until": "2024-13-01"}, "“valid_until”列：“2024-13-01”不是日期"),
        (CONFIRMATIONS, {"decided_by": ""}, "confirmations.csv 第 2 行“decided_by”列：不能为空"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_do(
    tmp_path: Path, catalog: Catalog, file: str, changes: dict[str, str], said: str
) -> None:
    write(tmp_path, file, row(file, **changes))
    (mistake,) = mistakes(tmp_path, catalog)
    assert said in mistake
    with pytest.raises(DecisionError, match="有 1 处错误，请改正"):
        load_decisions(tmp_path, catalog)


def test_a_comma_that_cuts_a_text_in_two_is_told(tmp_path: Path, catalog: Catalog) -> None:
    path = write(tmp_path, CONFIRMATIONS, row(CONFIRMATIONS))
    path.write_text(path.read_text(encoding="utf-8").replace("核实", "核实,属实"), encoding="utf-8")
    (mistake,) = mistakes(tmp_path, catalog)
    assert mistake.startswith("confirmations.csv 第 2 行：单元格多于标题列")


def test_a_missing_column_is_told(tmp_path: Path, catalog: Catalog) -> None:
    (tmp_path / WAIVERS).write_text("finding_id,reason\n", encoding="utf-8")
    (mistake,) = mistakes(tmp_path, catalog)
    assert "缺少列 agency_id" in mistake


def test_only_one_correction_of_a_cell_can_hold(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, CORRECTIONS, row(CORRECTIONS), row(CORRECTIONS, corrected_value="5"))
    assert mistakes(tmp_path, catalog) == [
        "corrections.csv 第 3 行“field”列：第 2 行已经更正了同一格。只能有一行起作用，请把另一行的 status 改为 withdrawn。"
    ]
    # after the report was changed, another printed value; before, one that was taken back
    again = row(CORRECTIONS, printed_value="9")
    withdrawn = row(CORRECTIONS, corrected_value="5", status="withdrawn")
    write(tmp_path, CORRECTIONS, row(CORRECTIONS), again, withdrawn)
    assert mistakes(tmp_path, catalog) == []


def test_a_row_that_stands_twice_is_told(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, WAIVERS, row(WAIVERS), row(WAIVERS))
    assert mistakes(tmp_path, catalog) == ["waivers.csv 第 3 行：与第 2 行重复，请只保留一行。"]


def test_what_a_report_covers_is_said_in_words_or_by_its_id_once_for_each_report(tmp_path: Path, catalog: Catalog) -> None:
    rows = [row(COVERAGES_DECIDED, coverage=said, report_year=year) for said, year in (("全地区", "2021"), ("own_office", "2022"))]
    write(tmp_path, COVERAGES_DECIDED, *rows, row(COVERAGES_DECIDED, coverage="不能判断", status="withdrawn"))
    assert [each.coverage for each in load_decisions(tmp_path, catalog).coverage] == ["whole_area", "own_office", "unknown"]
    wrong = row(COVERAGES_DECIDED, coverage="全区"), row(COVERAGES_DECIDED, report_digest="1.23E+15")
    write(tmp_path, COVERAGES_DECIDED, row(COVERAGES_DECIDED), *wrong, row(COVERAGES_DECIDED, coverage="全地区"))
    said = mistakes(tmp_path, catalog)
    assert [text.split("：")[0] for text in said] == [
        "coverage.csv 第 3 行“coverage”列",
        "coverage.csv 第 4 行“report_digest”列",
        "coverage.csv 第 5 行“coverage”列",
    ]
    assert "全地区、政府本级、不能判断" in said[0] and "第 2 行已经决定了同一报告" in said[2]
