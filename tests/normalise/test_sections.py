from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.sections import find_sections
from pipeline.readers.model import Document, Grid, Paragraph
from tests.normalise.grids import DOCUMENTS_2021, grid

WORDINGS = {
    "overview": [
        "一、总体情况",
        "一.总体情况",
        "一 总体情况",
        "一、概述",
        "一、2023年政府信息公开工作总体情况",
        "一、基本情况",
        "一、總體情況",
    ],
    "proactive": ["二、主动公开政府信息情况", "二、主动公开政府信息的情况", "二、政府信息主动公开情况", "二．主动公开情况"],
    "requests": [
        "三、收到和处理政府信息公开申请情况",
        "三.收到和处理政府信息公开申请情况",
        "三、依申请公开情况",
        "三、收到和处理政府信息公开申请",
    ],
    "remedies": [
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议和提起行政诉讼情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "四、行政复议和行政诉讼情况",
        "四、行政复议、诉讼",
    ],
    "problems": [
        "五、存在的主要问题及改进情况",
        "五、存在问题及改进情况",
        "五、存在的问题和改进措施",
        "五、存在的不足及改进措施",
        "五、主要不足及下一步打算",
    ],
    "other": ["六、其他需要报告的事项", "六、其它需要报告的事项", "六、其他事项"],
}
NO_HEADINGS = [
    "一、加强组织领导",
    "一是总体情况较好",
    "三、下一步工作打算",
    "三、本年度办理结果",
    "四、结转下年度继续办理",
    "一、本年新收政府信息公开申请数量",
]


def sections(catalog: Catalog, *texts: str) -> list[tuple[str, int | None]]:
    return [(item.section, item.number) for item in find_sections(catalog, Document(tuple(map(Paragraph, texts))))]


@pytest.mark.parametrize(("section", "heading"), [(section, text) for section, texts in WORDINGS.items() for text in texts])
def test_wordings(catalog: Catalog, section: str, heading: str) -> None:
    assert sections(catalog, "题目", heading, "正文。") == [(section, "一二三四五六".index(heading[0]) + 1)]


@pytest.mark.parametrize("text", NO_HEADINGS)
def test_other_paragraphs_are_no_headings(catalog: Catalog, text: str) -> None:
    assert sections(catalog, text) == []


def test_a_document_without_headings_has_no_sections(catalog: Catalog) -> None:
    assert find_sections(catalog, Document(())) == ()
    assert sections(catalog, "只有一段话。") == []


def test_numbers_and_places_are_kept_as_printed(catalog: Catalog) -> None:
    found = sections(catalog, "一、总体情况", "四、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")
    assert found == [("overview", 1), ("proactive", 4), ("requests", 3)]


def test_a_sub_heading_that_copies_a_name_is_no_section(catalog: Catalog) -> None:
    found = sections(catalog, "一、总体情况", "（一）主动公开情况", "（二）依申请公开情况", "二、主动公开政府信息情况")
    assert found == [("overview", 1), ("proactive", 2)]


@pytest.mark.parametrize("number", ["（三）", "3、", "3.", "第三部分 ", "叁、", "Ⅲ、", ""])
def test_a_section_numbered_unlike_the_others_counts_in_its_place(catalog: Catalog, number: str) -> None:
    texts = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        f"{number}收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]
    assert [section for section, _ in sections(catalog, *texts)] == ["overview", "proactive", "requests", "remedies"]


def test_a_heading_without_number_counts_where_none_has_one(catalog: Catalog) -> None:
    assert sections(catalog, "总体情况", "主动公开政府信息情况") == [("overview", None), ("proactive", None)]
    assert sections(catalog, "总体情况", "一、总体情况") == [("overview", 1)]


def test_the_text_of_a_section_ends_at_the_next(catalog: Catalog) -> None:
    texts = ("一、总体情况", "甲。", "乙。", "五、存在的主要问题及改进情况。丙。", "丁。")
    first, second = find_sections(catalog, Document(tuple(map(Paragraph, texts))))
    assert first.text == "甲。\n乙。"
    assert second.text == "丙。\n丁。"


HEADINGS = [texts[0] for texts in WORDINGS.values()]
ALL = [(section, number) for number, section in enumerate(WORDINGS, start=1)]


@pytest.mark.parametrize("entry", ["{}", "{}\t3", "{}……………………3", "{}.............. 3", "{}········（3）"])
def test_a_table_of_contents_heads_nothing(catalog: Catalog, entry: str) -> None:
    texts = ["题目", "目 录", *map(entry.format, HEADINGS), "本报告由六部分组成。"]
    for heading in HEADINGS:
        texts += [heading, f"{heading}的正文。"]
    found = find_sections(catalog, Document(tuple(map(Paragraph, texts))))
    assert [(item.section, item.number) for item in found] == ALL
    assert [item.text for item in found] == [f"{heading}的正文。" for heading in HEADINGS]


def test_headings_that_follow_each_other_and_do_not_come_again_stay(catalog: Catalog) -> None:
    assert sections(catalog, *HEADINGS) == ALL


def test_a_heading_alone_in_the_first_row_of_a_table(catalog: Catalog) -> None:
    table = [[f"{HEADINGS[1]}*4"], *DOCUMENTS_2021]
    blocks: list[Paragraph | Grid] = [Paragraph(HEADINGS[0]), Paragraph("甲。"), grid(table), Paragraph(HEADINGS[2]), Paragraph("乙。")]
    found = find_sections(catalog, Document(tuple(blocks)))
    assert [(item.section, item.text) for item in found] == [("overview", "甲。"), ("proactive", ""), ("requests", "乙。")]


def test_labels_of_a_table_are_no_headings(catalog: Catalog) -> None:
    table = [["三、本年度办理结果*3"], ["行政复议、行政诉讼情况*3"], ["主动公开情况", "12", "条"], ["二、主动公开政府信息情况", "12", "条"]]
    assert find_sections(catalog, Document((grid(table),))) == ()


def test_no_wording_of_the_catalogue_is_passed_over(catalog: Catalog) -> None:
    """Most paragraphs are told from headings by a few characters, of which each wording needs one."""
    numbers = "一二三四五六"
    for row in catalog.sections:
        for heading in row.headings:
            assert sections(catalog, f"{numbers[row.position - 1]}、{heading}") == [(row.section, row.position)], heading
