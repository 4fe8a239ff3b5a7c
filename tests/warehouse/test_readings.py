from decimal import Decimal

import msgspec
import pytest

from pipeline.common.errors import ReadError
from pipeline.normalise.model import Cell, Locator, Problem, Report, Section, TableFound
from pipeline.readers.model import Document, Grid, GridCell, Paragraph
from pipeline.warehouse.readings import Reading, decode_reading, decode_reports, encode_reading, encode_reports


def test_a_document_comes_back_typed() -> None:
    cell = GridCell(0, 1, "12\n件\u3000", 2, 3, page=1, bbox=(1.0, 2.5, 3.0, 4.0), confidence=0.5)
    document = Document((Paragraph("总体情况", heading=True), Grid(0, 2, 4, (cell,), "inferred")), {"title": "年度报告"}, 2)
    assert decode_reading(encode_reading(Reading(document))) == Reading(document)


def test_a_failure_comes_back_with_code_and_message() -> None:
    reading = Reading.failed(ReadError("damaged", "文件已损坏，请重新发送。"))
    assert decode_reading(encode_reading(reading)) == Reading(None, "damaged", "文件已损坏，请重新发送。")


def test_reports_come_back_with_exact_values() -> None:
    cell = Cell("proactive", "proactive.fees.amount", None, "number", Decimal("592372449.000001"), "59237.2449", Locator(1, 2, 3), 0.9)
    blank = Cell("requests", "requests.new", "total", "blank", None, "", None)
    report = Report(
        index=0,
        status="partial",
        agency="云泽市测试局",
        report_year=2021,
        title="2021年报告",
        title_year=2021,
        period_year=None,
        tables=(TableFound("requests", "2021", "found"), TableFound("remedies", None, "absent")),
        cells=(cell, blank),
        sections=(Section("overview", 1, 1, "一、总体情况", "略"),),
        problems=(Problem("table_absent", "warning", "没有表四", "remedies", None, Locator(page=2, bbox=(0.0, 0.0, 1.0, 1.0))),),
        published_on="2022-01-20",
    )
    assert decode_reports(encode_reports([report])) == [report]
    assert decode_reports(encode_reports([])) == []


@pytest.mark.parametrize("payload", [b"", b"\xc1", b"[]", encode_reports([])])
def test_anything_else_is_refused(payload: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_reading(payload)
