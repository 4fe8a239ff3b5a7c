"""What Excel, WPS and people make of the files: understood, or refused with the place and what to do; never a row lost in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.catalog.decisions import CONFIRMATIONS, CORRECTIONS, WAIVERS, load_decisions, read_decisions, strays
from tests.catalog.decisions.decision_files import FINDING, row, text_of, write


def told(folder: Path, catalog: Catalog) -> str:
    (mistake,) = read_decisions(folder, catalog)[1]
    return str(mistake)


@pytest.mark.parametrize(
    "written", ["2026/3/1", "2026年3月1日", "2026.03.01", "２０２６－０３－０１", "2026-3-1 0:00", "2026/3/1 00:00:00"]
)
def test_days_as_excel_writes_them(tmp_path: Path, catalog: Catalog, written: str) -> None:
    write(tmp_path, CORRECTIONS, row(CORRECTIONS, decided_on=written))
    assert load_decisions(tmp_path, catalog).corrections[0].decided_on == date(2026, 3, 1)


@pytest.mark.parametrize("written", ["3/1/2026", "46082", "26-3-1", "2026-2-30", "2026/3/1 9:30", "3月1日"])
def test_days_that_could_be_another_are_refused(tmp_path: Path, catalog: Catalog, written: str) -> None:
    write(tmp_path, CORRECTIONS, row(CORRECTIONS, decided_on=written))
    assert told(tmp_path, catalog) == f"corrections.csv 第 2 行“decided_on”列：“{written}”不是日期，应写作 2019-03-01。"


def test_full_width_and_unseen_characters_are_what_they_look_like(tmp_path: Path, catalog: Catalog) -> None:
    written = {"agency_id": "\u200byz-cz\ufeff", "report_year": "２０２３", "printed_value": "１，００８", "corrected_value": "　6 "}
    write(tmp_path, CORRECTIONS, row(CORRECTIONS, **written, status="Ａctive"))
    write(tmp_path, WAIVERS, row(WAIVERS, finding_id=FINDING.upper().replace("0", "０")))
    decisions = load_decisions(tmp_path, catalog)
    (correction,) = decisions.corrections
    assert (correction.agency_id, correction.report_year) == ("yz-cz", 2023)
    assert (correction.expected.value, correction.corrected_value, correction.is_withdrawn) == (1008, 6, False)
    assert decisions.waivers[0].finding_id == FINDING


@pytest.mark.parametrize("year", ["2023.0", "2023年", "²⁰²³", "--2023"])
def test_a_year_that_is_no_whole_number_is_told(tmp_path: Path, catalog: Catalog, year: str) -> None:
    write(tmp_path, CORRECTIONS, row(CORRECTIONS, report_year=year))
    assert told(tmp_path, catalog) == f"corrections.csv 第 2 行“report_year”列：应为整数，现为“{year}”。"


@pytest.mark.parametrize("finding", ["1.23457E+15", "1E10", "123456789", "'" + FINDING])
def test_a_number_of_a_finding_that_excel_spoilt_is_told(tmp_path: Path, catalog: Catalog, finding: str) -> None:
    write(tmp_path, WAIVERS, row(WAIVERS, finding_id=finding))
    assert told(tmp_path, catalog).startswith("waivers.csv 第 2 行“finding_id”列：问题编号应为 16 位")


def test_a_quotation_mark_that_is_not_closed_swallows_no_row(tmp_path: Path, catalog: Catalog) -> None:
    """From one stray mark to the next: the rows between would be the reason of the first, and the file still a table."""
    rows = [row(WAIVERS, finding_id=f"{number:016x}") for number in range(4)]
    text = text_of(WAIVERS, *rows).replace("核实", '"核实', 1)
    at = text.rindex("核实")
    (tmp_path / WAIVERS).write_text(text[:at] + '核实"' + text[at + 2 :], encoding="utf-8")
    assert told(tmp_path, catalog) == (
        "waivers.csv 第 2 行：有一个英文双引号没有成对，这一行至第 5 行因此连成了一行。请补上或删去这个双引号。"
    )
    (tmp_path / WAIVERS).write_text(text, encoding="utf-8")
    assert "英文双引号没有成对" in told(tmp_path, catalog)


def test_a_reason_may_have_lines(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, WAIVERS, row(WAIVERS, reason="已核实,\n见复函, 第 2 页"))
    assert load_decisions(tmp_path, catalog).waivers[0].reason == "已核实,\n见复函, 第 2 页"


def test_a_file_in_two_encodings_is_told_with_its_line(tmp_path: Path, catalog: Catalog) -> None:
    head, first, second = text_of(WAIVERS, row(WAIVERS, reason="经核实无误"), row(WAIVERS, finding_id="f" * 16)).splitlines()
    for mark in (b"", b"\xef\xbb\xbf"):
        data = b"\n".join((head.encode(), first.encode(), second.encode("gb18030")))
        (tmp_path / WAIVERS).write_bytes(mark + data)
        assert told(tmp_path, catalog).startswith("waivers.csv 第 3 行：这一行的编码与其余各行（UTF-8）不同")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("finding_id\tagency_id".encode("utf-16"), "第 1 行：是“Unicode 文本”（UTF-16），不是 CSV。请用 Excel 或 WPS 另存为"),
        (b"PK\x03\x04\x14\x00", "第 1 行：内容是 Excel 工作簿（xlsx），不是 CSV"),
        (text_of(CONFIRMATIONS, row(CONFIRMATIONS)).replace(",", ";").encode(), "第 1 行：各列之间是分号，应为英文逗号"),
        (text_of(CONFIRMATIONS, row(CONFIRMATIONS)).replace(",", "\t").encode(), "第 1 行：各列之间是制表符，应为英文逗号"),
        (("确认登记表,,,\n" + text_of(CONFIRMATIONS)).encode(), "第 1 行：缺少列 finding_id"),
        (text_of(CONFIRMATIONS).replace("reason", "rule").encode(), "第 1 行：缺少列 reason"),
        (text_of(CONFIRMATIONS).replace("\n", ",rule\n").encode(), "第 1 行：列 rule 有两个，不知道以哪一个为准"),
    ],
)
def test_what_is_no_table_with_commas_is_told(tmp_path: Path, catalog: Catalog, data: bytes, said: str) -> None:
    (tmp_path / CONFIRMATIONS).write_bytes(data)
    assert told(tmp_path, catalog).startswith(f"confirmations.csv {said}")


def test_a_workbook_beside_the_file_is_told(tmp_path: Path) -> None:
    for name in ("corrections.xlsx", "Waivers.CSV", "corrections.csv", "corrections - 副本.csv", "~$corrections.xlsx", "README.md"):
        (tmp_path / name).write_bytes(b"")
    first, second = strays(tmp_path)
    assert first.startswith("Waivers.CSV：程序只读 waivers.csv，这个文件的内容没有采用")
    assert second.startswith("corrections.xlsx：程序只读 corrections.csv")
    assert list(strays(tmp_path / "none")) == []
