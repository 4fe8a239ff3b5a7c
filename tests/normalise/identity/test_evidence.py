"""What speaks for and against the body and the year of a report, and what is said about it."""

from __future__ import annotations

import pytest
from stdnum.cn import uscc

from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies.codes import organisation_code
from pipeline.normalise.agencies.names import agreement
from pipeline.normalise.filing.paths import evidence_of_path
from pipeline.normalise.model import Evidence, Report
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Grid, GridCell, Paragraph

BODY = "瀚川市沐云区财政局"
TITLE = f"{BODY}2023年政府信息公开工作年度报告"


def report(catalog: Catalog, *lines: str, title: str = TITLE, **metadata: str) -> Report:
    """A report of two sections with text around them."""
    blocks = [title, *lines]
    return normalise(catalog, Document(tuple(Paragraph(line) for line in blocks), metadata))[0]


def said(found: Report, kind: str, about: str = "agency") -> list[str]:
    return [piece.says for piece in found.evidence if (piece.kind, piece.about) == (kind, about)]


def codes(found: Report) -> set[str]:
    return {item.code for item in found.problems if item.code in ("agency_conflict", "year_conflict", "agency_unknown", "agency_inferred")}


@pytest.mark.parametrize(
    ("kind", "line", "says"),
    [
        ("self_reference", f"本报告由{BODY}按照《条例》要求编制。", BODY),
        ("self_reference", f"{BODY}根据《条例》和上级要求，编制本年度报告。", BODY),
        ("self_reference", f"现向社会公布{BODY}2023年度政府信息公开工作年度报告。", BODY),
        ("self_reference", f"现公布2023年度{BODY}政府信息公开工作年度报告。", BODY),
        ("contact", f"如有疑问，请与{BODY}办公室联系（电话：0571-1234567）。", BODY),
        ("publisher", f"发布机构：{BODY} 发布日期：2024-01-20", BODY),
        ("source", f"来源：{BODY}", BODY),
        ("index_code", "索 引 号：000014349/2024-00012", "000014349"),
    ],
)
def test_each_place_that_names_a_body_is_a_piece_of_evidence(kind: str, line: str, says: str, catalog: Catalog) -> None:
    found = report(catalog, line)
    assert said(found, kind) == [says]
    assert codes(found) == set()


def test_the_place_of_a_piece_is_kept(catalog: Catalog) -> None:
    found = report(catalog, "导航", f"本报告由{BODY}编制。")
    assert [(piece.kind, piece.block) for piece in found.evidence if piece.about == "agency"] == [("title", 0), ("self_reference", 2)]


def test_a_code_in_a_table_of_particulars_is_found(catalog: Catalog) -> None:
    cells = (GridCell(0, 0, "索引号"), GridCell(0, 1, "000014349/2024-1"), GridCell(0, 2, "发布日期"))
    document = Document((Grid(0, 1, 3, cells), Paragraph(TITLE), Paragraph("一、总体情况")))
    assert said(normalise(catalog, document)[0], "index_code") == ["000014349"]


@pytest.mark.parametrize(
    ("line", "metadata"),
    [
        ("本报告由瀚川市沐云区教育局编制。", {}),
        ("现公布瀚川市沐云区教育局2023年政府信息公开工作年度报告。", {}),
        ("", {"article_title": "瀚川市沐云区教育局2023年政府信息公开工作年度报告"}),
        ("瀚川市沐云区教育局\n2024年1月20日", {}),
        ("瀚川市沐芸区财政局\n2024年1月20日", {}),
    ],
)
def test_another_body_in_a_strong_place_is_said_with_both_names(line: str, metadata: dict[str, str], catalog: Catalog) -> None:
    found = report(catalog, line or "正文", **metadata)
    assert found.agency == BODY, "what decided before still decides"
    (problem,) = [item for item in found.problems if item.code == "agency_conflict"]
    assert problem.severity == "warning" and problem.table is None
    assert BODY in problem.message and ("教育局" in problem.message or "只差一个字" in problem.message)


@pytest.mark.parametrize(
    "line",
    [
        "本报告由瀚川市沐云区人民政府办公室编制。",
        "本报告由沐云区财政局编制。",
        "瀚川市沐云区人民政府\n2024年1月20日",
        "发布机构：瀚川市沐云区教育局",
        "来源：瀚川市融媒体中心",
        "请与瀚川市沐云区政务服务局联系。",
        "去年瀚川市沐云区教育局由我局代为公布。",
        "本报告由本机关编制。",
        "本机关根据《条例》要求编制本报告。",
        "各部门按照《条例》要求编制年度报告。",
        "本报告由瀚川市沐云区政务公开办公室编制。",
    ],
)
def test_a_neighbour_that_publishes_or_is_spoken_of_is_no_contradiction(line: str, catalog: Catalog) -> None:
    assert codes(report(catalog, line)) == set()


def test_a_body_that_only_the_text_names_is_taken_and_said(catalog: Catalog) -> None:
    found = report(catalog, f"本报告由{BODY}编制。", "一、主动公开", title="2023年政府信息公开工作年度报告")
    assert found.agency == BODY
    assert codes(found) <= {"agency_inferred"}


@pytest.mark.parametrize(
    ("line", "metadata", "conflict"),
    [
        ("现公布我局2022年度政府信息公开工作年度报告。", {}, True),
        ("正文", {"article_title": f"{BODY}2022年政府信息公开工作年度报告"}, True),
        ("统计期限自2022年1月1日至2022年12月31日。", {}, True),
        ("现公布我局2023年度政府信息公开工作年度报告。", {}, False),
        ("2022年，我局编制并公布了上年的年度报告。", {}, False),
        ("我局公布了2022年政府信息公开工作年度报告。", {}, False),
        ("正文", {"published_on": "2026-05-01"}, False),
    ],
)
def test_another_year_in_a_strong_place_is_said(line: str, metadata: dict[str, str], conflict: bool, catalog: Catalog) -> None:
    found = report(catalog, line, **metadata)
    assert found.report_year == 2023
    assert ("year_conflict" in codes(found)) == conflict


@pytest.mark.parametrize(
    ("decided", "name", "how"),
    [
        ("沭阳县发展和改革局", "沭阳县发改局", "yes"),
        ("沭阳县发展和改革局", "沐阳县发展和改革局", "near"),
        ("广州市荔湾区人民政府南源街道办事处", "南源街道", "yes"),
        ("海城市西柳镇人民政府", "西柳镇", "yes"),
        ("瀚川市沐云区财政局", "沐云区财政局", "yes"),
        ("淮安市人民政府", "淮安市人民政府办公室", "unclear"),
        ("沐云区财政局", "沐云区人民政府", "unclear"),
        ("沐云区财政局", "沐云区教育局", "no"),
        ("沐云区教育局", "沐云区教育体育局", "yes"),
        ("沐云区管委会", "沐云区管理委员会", "yes"),
        ("沐云区青檀镇人民政府", "沐云区白桦镇人民政府", "no"),
    ],
)
def test_names_are_compared_by_what_offices_mean(decided: str, name: str, how: str, catalog: Catalog) -> None:
    assert agreement(catalog, decided, name) == how


def test_only_codes_with_true_check_digits_count() -> None:
    assert organisation_code("00001434-9") == organisation_code("000014349") == "000014349"
    whole = "11100000000014349"
    assert organisation_code(whole + uscc.calc_check_digit(whole)) == "000014349"
    assert [organisation_code(text) for text in ("000014340", "12345", "", "1" * 18, whole + "I")] == [None] * 5


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2023/沐云区/教育局/年报.docx", {("folder", "agency", "沐云区教育局"), ("folder", "year", "2023")}),
        ("县.zip!沐云区/青檀镇/1.doc", {("folder", "agency", "沐云区青檀镇")}),
        ("沐云区/1.doc", set()),
        ("乡镇/街道/各部门/市直单位/1.doc", set()),
        ("沐云区财政局2023年政府信息公开工作年度报告.pdf", {("file_name", "agency", "沐云区财政局"), ("file_name", "year", "2023")}),
        ("财政局年报(1).doc", {("file_name", "agency", "财政局")}),
        ("a/202401_x.html", {("file_name", "year", "2023")}),
    ],
)
def test_folders_and_file_names_say_what_people_wrote(path: str, expected: set[tuple[str, str, str]]) -> None:
    assert {(piece.kind, piece.about, piece.says) for piece in evidence_of_path(path)} == expected


def test_every_kind_is_in_the_catalogue_once(catalog: Catalog) -> None:
    assert catalog.evidence_kind("title", "agency").weight > catalog.evidence_kind("file_name", "agency").weight
    with pytest.raises(KeyError):
        catalog.evidence_kind("rumour", "agency")
    assert Evidence("title", "agency", "", "").block is None
