"""Letters: what is wrong, where, by which rule, by when to answer; one a body, the same bytes for the same findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from pipeline.catalog import Catalog
from pipeline.catalog.office import Office
from pipeline.publish.letters.contents import Correction, Item, Letter, letters_of
from pipeline.publish.letters.sent import YearLetters, letter_files, letters_zip
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.yearly import year_workbook
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from tests.publish.docx_rules import broken_rules
from tests.publish.reading import out_of_order, records_of
from tests.publish.small_store import FIRST, LOOKS_LIKE_A_FORMULA

BODY = "瀚川市沐云区甲局"
ITEM = Item(
    "E", "各列合计", "表三“予以公开”行", "总计填报 13，六类申请人之和为 12。", "每一行的总计等于各列之和", "第2张表第6行第10列", "13"
)
OFFICE = Office("瀚川市沐云区人民政府办公室", "王某", "0000-1234567", "办公室政务公开科", date(2025, 3, 14), date(2025, 2, 20))


def letter(*items: Item, name: str = BODY) -> Letter:
    return Letter(f"id-{name}", name, 2024, "年报.docx", items)


def text_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def written(catalog: Catalog, *letters: Letter, office: Office = OFFICE) -> list[tuple[str, bytes]]:
    return letter_files(YearLetters(2024, letters), office, catalog)


def test_a_letter_says_what_is_wrong_where_by_which_rule_and_by_when_to_answer(catalog: Catalog) -> None:
    ((name, content),) = written(catalog, letter(replace(ITEM, probable="“予以公开”总计疑应为 12")))
    text = text_of(content)
    assert name == f"{BODY}.docx"
    assert text.startswith("关于核实更正2024年度\n政府信息公开工作年度报告的函\n瀚川市沐云区甲局：")
    expected = [
        "一、应当更正的问题",
        "（一）各列合计（表三“予以公开”行）",
        "问题：总计填报 13，六类申请人之和为 12。",
        "填报规则：每一行的总计等于各列之和。",
        "所在位置：第2张表第6行第10列，报告所印为“13”。",
        "研判：“予以公开”总计疑应为 12。",
        "二、有关要求",
        "（一）请于2025年3月14日前完成核实，填写所附反馈表，连同书面说明报送办公室政务公开科。",
        "（四）联系人：王某；联系电话：0000-1234567。",
        "瀚川市沐云区人民政府办公室\n2025年2月20日",
        "2024年度政府信息公开工作年度报告\n问题核改情况反馈表",
    ]
    assert out_of_order(expected, text) == []


def test_without_a_statement_of_the_office_the_letter_still_makes_sense(catalog: Catalog) -> None:
    text = text_of(written(catalog, letter(ITEM), office=Office())[0][1])
    assert "请自收到本函之日起10个工作日内完成核实" in text
    assert "政府信息公开工作主管部门\n年　　月　　日" in text
    assert "联系" not in text.partition("附件")[0]


def test_weak_evidence_stands_apart_and_needs_no_answer(catalog: Catalog) -> None:
    weak = replace(ITEM, part="weak", title="与上年悬殊", raw="99")
    text = text_of(written(catalog, letter(ITEM, replace(ITEM, part="W", title="结转衔接"), weak))[0][1])
    parts = ["一、应当更正的问题", "二、需要核实说明的问题", "（一）结转衔接", "三、仅供参考的线索", "（一）与上年悬殊", "四、有关要求"]
    assert [text.find(part) for part in parts] == sorted(text.find(part) for part in parts)
    assert "发现问题2处" in text
    assert "99" not in text[text.find("序号") :]


def test_a_letter_of_remarks_alone_asks_for_nothing(catalog: Catalog) -> None:
    text = text_of(written(catalog, letter(replace(ITEM, part="I"), replace(ITEM, part="weak")))[0][1])
    assert text.startswith("关于2024年度政府信息公开\n工作年度报告填报事项的提示函")
    assert "没有发现数字错误，有2处" in text
    assert "反馈表" not in text
    assert "前完成核实" not in text


def test_one_wrong_figure_behind_several_findings_is_named_once_and_has_one_line_for_the_answer(catalog: Catalog) -> None:
    sentence = "表三“予以公开（总计）”填报 13，按其余数字应为 12（一位数字写错）"
    first = replace(ITEM, probable=f"很可能是：{sentence}。")
    items = (first, replace(first, title="办理结果合计"), replace(ITEM, title="收办平衡", raw="7"))
    found = replace(
        letter(*items), corrections=(Correction("表三“予以公开（总计）”", "13", "12", sentence), Correction("别处", "1", "2", "另一句"))
    )
    content = written(catalog, found)[0][1]
    text = text_of(content)
    assert text.count(sentence) == 1
    assert "研判：同“各列合计（表三“予以公开”行）”。" in text
    (table,) = docx.Document(BytesIO(content)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    assert rows == [["1", "表三“予以公开（总计）”", "13", "12", "", ""], ["2", "收办平衡（表三“予以公开”行）", "7", "", "", ""]]


def test_what_the_office_corrected_itself_only_has_to_be_put_right_where_it_was_published(catalog: Catalog) -> None:
    text = text_of(written(catalog, letter(replace(ITEM, part="corrected")))[0][1])
    assert text.startswith("关于更正已公开的2024年度")
    assert "一、已经核实、应当在公开的报告中更正的问题" in text
    assert "反馈表" not in text
    assert "核实情况" not in text
    corrected = text_of(written(catalog, letter(replace(ITEM, part="corrected", decision="由“13”更正为“12”")))[0][1])
    assert "核实情况：由“13”更正为“12”。" in corrected
    confirmed = text_of(written(catalog, letter(replace(ITEM, confirmed=True, decision="经核实漏填")))[0][1])
    assert "核实情况：经核实漏填。本机关已经确认，请直接更正。" in confirmed


def test_more_than_ten_findings_are_numbered_as_papers_do(catalog: Catalog) -> None:
    text = text_of(written(catalog, letter(*[ITEM] * 23))[0][1])
    assert all(f"\n（{number}）各列合计" in text for number in ("十", "十一", "二十", "二十三"))


def test_names_that_no_file_can_have_give_files_of_their_own(catalog: Catalog) -> None:
    names = ["甲/乙局", "甲\\乙局", "con", " .. ", "长" * 400, "长" * 401, "A局", "a局", "甲\x00局\u202e"]
    files = written(catalog, *(letter(ITEM, name=name) for name in names))
    made = [name for name, _ in files]
    assert len({name.casefold() for name in made}) == len(names)
    assert not any(set(name) & set('/\\:*?"<>|\x00\u202e') for name in made)
    assert all(len(name.encode()) < 240 for name in made)
    assert not {"con.docx", ".docx"} & {name.casefold() for name in made}
    with ZipFile(BytesIO(letters_zip(files))) as archive:
        assert archive.namelist() == made


@pytest.mark.parametrize("raw", ["\x00\x0b\x1f", "<w:p/>&amp;", "\ud800", "=1+1", "\ufffe"])
def test_what_a_report_prints_never_breaks_the_letter(raw: str, catalog: Catalog) -> None:
    content = written(catalog, letter(replace(ITEM, raw=raw, message=raw, place=raw), name=f"甲{raw}局"))[0][1]
    assert broken_rules(content) == []
    assert "各列合计" in text_of(content)


def test_word_finds_nothing_to_repair_and_the_same_findings_give_the_same_bytes(catalog: Catalog) -> None:
    letters = [letter(ITEM, replace(ITEM, part="W")), letter(replace(ITEM, part="I"), name="瀚川市沐云区乙局")]
    files = written(catalog, *letters)
    assert [broken_rules(content) for _, content in files] == [[], []]
    assert written(catalog, *letters) == files
    assert letters_zip(files) == letters_zip(list(files))


def test_nothing_of_one_letter_gets_into_another(catalog: Catalog) -> None:
    bodies = [letter(replace(ITEM, raw=str(number)), name=f"瀚川市沐云区第{number}局") for number in range(500)]
    files = written(catalog, *bodies)
    assert len(files) == 500
    assert files[7] == written(catalog, bodies[7])[0]


def test_the_letters_of_a_year_come_from_its_findings(stored: Store, catalog: Catalog) -> None:
    with Tables(stored, [2021]) as tables:
        (found,) = letters_of(tables, catalog, 2021)
    assert (found.agency_name, found.file) == (FIRST, f"{FIRST}-2021-0.docx")
    (item,) = found.items
    assert (item.part, item.raw, item.message) == ("E", LOOKS_LIKE_A_FORMULA, "总计与分项不符。")
    assert item.definition == next(rule.definition_zh for rule in catalog.rules if rule.rule == "R3")
    with Tables(stored, [2020]) as tables:
        assert list(letters_of(tables, catalog, 2020)) == []


SENTENCE = "表三“本年新收（总计）”识别为 30，可能是 3"


@pytest.mark.parametrize(("origin", "status", "shown", "letters"), [
    ("reading", "open", "先对照原件", 0),
    ("reporting", "open", "待处理", 1),
    ("reporting", "waived", "已豁免", 0),
    ("reporting", "confirmed", "已确认", 1),
])  # fmt: skip
def test_no_letter_goes_out_over_a_figure_that_we_may_have_misread_or_that_was_waived(
    origin: str, status: str, shown: str, letters: int, stored: Store, tmp_path: Path, catalog: Catalog
) -> None:
    store = Store(tmp_path, catalog)
    (finding,) = stored.read("out_findings", [2021]).to_pylist()
    finding |= {"probable": f"很可能是：{SENTENCE}。", "status": status}
    store.write("out_findings", from_rows(catalog, "out_findings", [finding]), year=2021, fingerprint="test")
    suggestion = {name: finding[name] for name in ("report_id", "agency_id", "report_year")} | {"suggestion_id": "s", "suggestion_part": 1}
    suggestion |= {
        "solution": 1,
        "position": 0,
        "cost": 1,
        "optimal": True,
        "determined": True,
        "cell_year": 2021,
        "label": "表三“本年新收”",
    }
    suggestion |= {
        "cell_report_id": finding["report_id"],
        "field": "requests.new",
        "location": "",
        "raw": "30",
        "error_kind": "digit_wrong",
    }
    suggestion |= {"proposed_value": Decimal(3), "origin": origin, "suggestion": SENTENCE, "table": "requests"}
    store.write("core_suggestions", from_rows(catalog, "core_suggestions", [suggestion]), year=2021, fingerprint="test")
    with Tables(store, [2021]) as tables:
        found = list(letters_of(tables, catalog, 2021))
        path = tmp_path / "book.xlsx"
        path.write_bytes(year_workbook(tables, catalog, YearLetters(2021)))
    assert len(found) == letters
    assert all([(row.raw, row.proposed) for row in one.corrections] == [("30", "3")] for one in found)
    (row,) = records_of(path, "问题清单", "单位")
    assert (row["状态"], row["研判"]) == (shown, f"很可能是：{SENTENCE}。")
