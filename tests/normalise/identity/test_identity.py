from __future__ import annotations

import pytest

from pipeline.normalise.identity.identify import identify
from pipeline.normalise.identity.title import body_name, is_body, is_year, mistyped_year, read_title, year_in
from pipeline.readers.model import Document, Grid, GridCell, Paragraph

BODY = "沐云区财政局"
REPORT = f"{BODY}2023年政府信息公开工作年度报告"

FULL = [
    REPORT,
    f"2023年度{BODY}政府信息公开工作年报",
    f"{BODY}政府信息公开工作年度报告（2023年度）",
    f"{BODY}政府信息公开工作年度报告(2023)",
    f"{BODY}关于2023年政府信息公开工作情况的报告",
    f"{BODY}关于2023年度政府信息公开工作的年度报告",
    f"{BODY}二〇二三年政府信息公开工作年度报告",
    f"{BODY}二○二三年度政府信息公开年度报告",
    f"{BODY}二O二三年度政府信息公开年度报告",
    f"{BODY}２０２３年政府信息公开工作年度报告",
    f"{BODY} 2023 年政府信息公开工作 年度报告",
    f"{BODY}2023年政府信息公开工作告年度报",
    f"{BODY}2023年政府信息工作公开年度报告",
    f"{BODY}2023年政务公开工作年度报告",
    f"{BODY}2023年度信息公开年报",
    f"{BODY}2023年度政府信息公开工作年度报告统计表",
    f"《{REPORT}》",
    f"关于印发《{REPORT}》的通知",
    f"关于{REPORT}的公示",
    f"关于公布{REPORT}的公告",
    f"【年度报告】{REPORT}",
    f"2023年度政府信息公开工作年度报告（{BODY}）",
    f"{BODY}关于报送2023年政府信息公开工作年度报告的报告",
    f"标题：{REPORT}",
    f"附件1 {REPORT}",
    f"{REPORT}.pdf",
    f"{REPORT}（2024年1月20日）",
    f"[2024-01-20] {REPORT}",
    f"沐财〔2024〕3号 {REPORT}",
    f"1. {REPORT}",
    f"（公开件）{REPORT}",
    f"沐云区人民政府办公室关于印发{REPORT}的通知",
    f"沐云区人民政府办公室关于转发《{REPORT}》的通知",
    f"{BODY}关于公布2023年政府信息公开工作年度报告的通知",
    f"2023年度政府信息公开工作年度报告——{BODY}",
    f"{BODY}2023年政府信息主动公开工作年度报告",
    f"{BODY}2023年政府信息和政务公开工作年度报告",
    f"{BODY}2023年党务政务公开工作年度报告",
    f"2024年{BODY}2023年政府信息公开工作年度报告",
    f"{BODY}2023年法治政府建设暨政府信息公开工作年度报告",
    f"{BODY}政务公开暨政府信息公开工作2023年度报告",
    f"沐云区2023年政府信息公开工作年度报告（{BODY}）",
]
NAMES = ["沐云区信息公开办公室", "沐云区年丰镇人民政府", "沐云区委全面依法治区委员会办公室（法治办）", "沐云区第三中学"]
OVER_LINES = [
    [BODY, "2023年政府信息公开工作年度报告"],
    [BODY, "2023年", "政府信息公开工作年度报告"],
    [
        f"{BODY}文件",
        "沐财〔2024〕3号",
        BODY,
        "关于报送2023年政府信息公开工作年度报告的报告",
        "现将我局2023年政府信息公开工作年度报告报送如下：",
    ],
    [f"{BODY}2023年", "政府信息公开工作年度报告"],
    [f"{BODY}2023年政府", "信息公开工作年度报告"],
    [BODY, "政府信息公开工作年度报告", "2023年"],
    [f"{BODY}政府信息公开工作年度报告", "（2023年度）"],
    [f"{BODY}政府信息公开工作", "2023年度报告"],
    ["2023年度", f"{BODY}政府信息公开工作年度报告"],
    [BODY, "二〇二三年度政府信息公开工作年度报告"],
    ["首页 > 政府信息公开 > 政府信息公开年报", REPORT],
    ["当前位置：首页>年报>沐云区财政局2022年政府信息公开工作年度报告", REPORT],
    ["沐云区人民政府门户网站", "政府信息公开年度报告", REPORT],
    [REPORT, "沐云区财政局2022年政府信息公开工作年度报告"],
    [REPORT, REPORT],
    ["沐云区", "财政局2023年政府信息公开工作年度报告"],
    ["沐云区", "财政局", "2023年政府信息公开工作年度报告"],
    [BODY, "2023年度", "政府信息公开工作", "年度报告"],
    ["2023年政府信息公开工作年度报告", "发布机构", BODY, "生成日期", "2024-01-20"],
]
NAMED_ELSEWHERE = {
    "signature": [["", BODY, "2024年1月20日"], ["", f"{BODY}（公章）", "二〇二四年一月二十日"], ["", f"{BODY}　2024年1月20日"]],
    "publisher": [[f"发布机构：{BODY} 发布日期：2024-01-20"], ["", f"发布机构：{BODY}发布日期：2024-01-20", "来源：沐云区网信办"]],
    "source": [["", f"【信息来源：{BODY}】"], [f"来源: {BODY} 浏览次数：12"]],
}
NAMED_NOWHERE = ["来源：本站", "来源：办公室", "发布机构：县水务局", "来源：沐云区人民政府", "版权所有：沐云区财政局", "责任编辑：张三"]
PERIODS = [
    "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
    "统计期限自20231月1日起至20231231日止。",
    "统计期限自2023年1月1日起至12月31止。",
    "统计期限为二〇二三年一月一日至十二月三十一日。",
    "统计时间期限：2023.01.01-2023.12.31",
    "报告期为2023年1月至12月。",
    "与2022年1月1日至12月31日相比有所增加。统计期限为2023年1月1日至12月31日。",
]
NO_BODY = ["", "本机关", "我局", "XX局", "××县XX局", "XX区财政局", "某某局"]
NO_TITLE = [
    f"{BODY}2023年法治政府建设年度报告",
    f"{REPORT}解读",
    f"图解：{REPORT}",
    f"{BODY}2023年政府信息公开工作总结",
    f"根据《条例》，现公布{REPORT}。",
    f"上一篇：{REPORT}",
    "政府信息公开指南",
    "一、总体情况",
]


def document(*lines: str, **metadata: str) -> Document:
    return Document(tuple(Paragraph(line) for line in lines), metadata)


@pytest.mark.parametrize("title", FULL)
def test_titles_on_one_line(title: str) -> None:
    found = identify(document(title))
    assert (found.agency, found.report_year) == (BODY, 2023)


@pytest.mark.parametrize("lines", OVER_LINES, ids="|".join)
def test_titles_over_lines_and_among_other_lines(lines: list[str]) -> None:
    found = identify(document(*lines))
    assert (found.agency, found.report_year) == (BODY, 2023)


@pytest.mark.parametrize("name", NO_BODY)
def test_no_name_is_better_than_a_wrong_one(name: str) -> None:
    found = identify(document(f"{name}2023年政府信息公开工作年度报告"))
    assert (found.agency, found.report_year) == (None, 2023)


@pytest.mark.parametrize("line", ["中国沐云区政府网", "沐云区人民政府门户网站", "索引号：12345", "发布时间：2024-01-20"])
def test_the_line_above_is_no_body(line: str) -> None:
    assert identify(document(line, "2023年政府信息公开工作年度报告")).agency is None


@pytest.mark.parametrize("text", NO_TITLE)
def test_other_papers_and_links_are_no_titles(text: str) -> None:
    assert read_title(text) is None


def test_traditional_characters_stay_as_printed() -> None:
    assert identify(document("沐雲區財政局2023年政府信息公開工作年度報告")).agency == "沐雲區財政局"


def test_brackets_belong_to_the_name() -> None:
    assert body_name("沐云区财政局（沐云区国有资产监督管理局）") == "沐云区财政局（沐云区国有资产监督管理局）"


def test_the_title_of_the_page_helps_where_the_text_has_none() -> None:
    found = identify(document("一、总体情况", title=f"{REPORT}_沐云区人民政府"))
    assert (found.agency, found.report_year) == (BODY, 2023)


def test_what_is_printed_counts_before_what_the_page_is_called() -> None:
    assert identify(document(REPORT, article_title=f"{BODY}2022年政府信息公开工作年度报告")).report_year == 2023


def test_of_two_printed_titles_the_page_tells_the_right_one() -> None:
    other = "沐云区卫生健康局2023年政府信息公开工作年度报告"
    assert identify(document(other, REPORT, article_title=REPORT)).agency == BODY


def test_the_year_of_the_title_stands_against_the_period() -> None:
    found = identify(document(f"{BODY}2022年政府信息公开工作年度报告", "统计期限为2023年1月1日至12月31日。"))
    assert (found.title_year, found.period_year, found.report_year) == (2022, 2023, 2022)


def test_the_day_of_publication_decides_between_title_and_period() -> None:
    period = "本报告统计期限自2023年1月1日起至2023年12月31日止。"
    assert identify(document(f"{BODY}2022年政府信息公开工作年度报告", period, published_on="2024-01-20")).report_year == 2023
    assert identify(document(f"{BODY}2022年政府信息公开工作年度报告", period, published_on="2023-01-20")).report_year == 2022


def test_the_opening_gives_the_year_but_no_body() -> None:
    found = identify(document(f"根据《条例》，现公布{REPORT}。"))
    assert (found.agency, found.report_year) == (None, 2023)


def test_letters_lost_in_a_date() -> None:
    assert identify(document("自20201月1日起至2020年12月31日止")).period_year == 2020
    assert identify(document("自202年1月1日起至12月31日止")).period_year is None


def test_parts_of_titles() -> None:
    assert year_in("二零二零年度") == 2020
    assert year_in("12020年") is None
    assert is_year("（2023年度）")
    assert not is_year("2023年报")
    assert is_body("沐云区人民政府办公室")
    assert not is_body("政府信息公开")


def test_a_sentence_about_the_report_before_gives_no_year() -> None:
    lines = [
        f"{BODY}政府信息公开工作年度报告",
        "2022年政府信息公开工作年度报告发布以来，我单位认真整改。",
        "统计期限为2023年1月1日至2023年12月31日。",
    ]
    found = identify(Document(tuple(map(Paragraph, lines))))
    assert (found.agency, found.report_year, found.title_year) == (BODY, 2023, None)


def test_what_stands_in_brackets_behind_the_title_and_is_no_body() -> None:
    title = read_title("2023年度政府信息公开工作年度报告（全文公开版）")
    assert title is not None
    assert title.name is None


@pytest.mark.parametrize("name", NAMES)
def test_names_that_hold_words_of_titles(name: str) -> None:
    found = identify(document(f"{name}2023年政府信息公开工作年度报告"))
    assert (found.agency, found.report_year) == (name, 2023)


@pytest.mark.parametrize(("place", "lines"), [(place, lines) for place, cases in NAMED_ELSEWHERE.items() for lines in cases])
def test_a_body_that_no_title_names_is_taken_from_elsewhere_and_that_is_told(place: str, lines: list[str]) -> None:
    title = "2023年政府信息公开工作年度报告"
    found = identify(document(*([title, "正文。", *lines[1:]] if not lines[0] else [*lines, title])))
    assert (found.agency, found.agency_from) == (BODY, place)


def test_a_table_of_particulars_names_the_publisher() -> None:
    cells = (
        GridCell(0, 0, "发布机构："),
        GridCell(0, 1, BODY),
        GridCell(1, 0, "标　　题："),
        GridCell(1, 1, "2023年政府信息公开工作年度报告"),
    )
    found = identify(Document((Grid(0, 2, 2, cells),)))
    assert (found.agency, found.agency_from, found.report_year) == (BODY, "publisher", 2023)


@pytest.mark.parametrize("line", NAMED_NOWHERE)
def test_nobody_is_made_of_the_site_or_half_a_name(line: str) -> None:
    title = "2023年政府信息公开工作年度报告"
    assert identify(document(title, line, site_name="沐云区人民政府")).agency is None


@pytest.mark.parametrize("name", ["沐云区妇联", "沐云区科协", "沐云区第三高中", "白水街"])
def test_bodies_on_a_line_of_their_own(name: str) -> None:
    assert identify(document(name, "2023年政府信息公开工作年度报告")).agency == name


def test_a_heading_may_be_broken_anywhere() -> None:
    lines = tuple(Paragraph(text, heading=True) for text in ("沐云区财政局20", "23年政府信息公开工作年度报告"))
    found = identify(Document(lines))
    assert (found.agency, found.report_year) == (BODY, 2023)


def test_the_body_below_the_title() -> None:
    assert identify(document("2023年政府信息公开工作年度报告", f"（{BODY}）")).agency == BODY


def test_a_list_of_other_reports_names_nobody() -> None:
    others = [f"沐云区{name}2023年政府信息公开工作年度报告" for name in ("教育局", "民政局")]
    assert identify(document(*others, "2023年政府信息公开工作年度报告")).agency is None
    assert identify(document(*others, REPORT, title=f"{REPORT}-沐云区人民政府")).agency == BODY


@pytest.mark.parametrize("text", PERIODS)
def test_the_reporting_period_however_it_is_written(text: str) -> None:
    assert identify(document(text)).period_year == 2023


def test_years_that_are_compared_are_no_conflict() -> None:
    found = identify(document(REPORT, "与2022年1月1日至2022年12月31日相比，2023年1月1日至2023年12月31日申请增加。"))
    assert (found.title_year, found.period_year) == (2023, 2023)


def test_the_year_from_the_opening_and_from_the_day_of_publication() -> None:
    untold = f"{BODY}政府信息公开工作年度报告"
    opening = identify(document(untold, "2023年，我局公开信息12条，比2022年多3条。", published_on="2025-01-09"))
    assert (opening.report_year, opening.other_year_from) == (2023, "opening")
    for lines in ([untold, "发布时间：2024-01-20"], [untold, BODY, "2024年1月20日"]):
        published = identify(document(*lines))
        assert (published.report_year, published.other_year_from) == (2023, "published")
    assert identify(document(untold, published_on="2024-01-20")).report_year == 2023


OTHER_TITLES = ["2023年政府信息公开工作总结", "2023年公开情况报告", "2023年年报", "2023年度报告"]


@pytest.mark.parametrize("title", OTHER_TITLES)
def test_above_the_tables_other_titles_name_body_and_year(title: str) -> None:
    grid = Grid(0, 1, 2, (GridCell(0, 0, "规章"), GridCell(0, 1, "0")))
    blocks = (Paragraph(f"沐云区财政局{title}"), grid)
    found = identify(Document(blocks), 0)
    assert (found.agency, found.report_year) == ("沐云区财政局", 2023)
    assert identify(Document(blocks)).agency is None  # without tables it may be any paper


@pytest.mark.parametrize("title", ["关于加强年报工作的报告", "年报", "相关年度报告", "沐云区财政局2023年财务报告"])
def test_papers_that_name_no_body_or_another_subject_are_no_titles(title: str) -> None:
    grid = Grid(0, 1, 2, (GridCell(0, 0, "规章"), GridCell(0, 1, "0")))
    assert identify(Document((Paragraph(title), grid)), 0).agency is None


def test_a_year_with_a_digit_too_many_is_taken_from_the_period_and_said() -> None:
    period = "本报告所列数据的统计期限自2023年1月1日至2023年12月31日。"
    found = identify(Document((Paragraph("沐云区财政局20223年政府信息公开工作年度报告"), Paragraph(period))))
    assert (found.agency, found.title_year, found.report_year) == ("沐云区财政局", None, 2023)
    assert mistyped_year(found.title) == "20223年"
    assert mistyped_year(REPORT) is None


def test_a_letter_exchanged_in_the_subject() -> None:
    assert read_title(f"{BODY}2023年政府信息工开工作年度报告") == (BODY, 2023)


def test_an_office_in_brackets_publishes_for_its_government() -> None:
    found = read_title("沐云区2023年政府信息公开工作年度报告（沐云区人民政府办公室）")
    assert found is not None
    assert found.name == "沐云区"


def test_a_title_in_a_row_of_the_table_itself() -> None:
    cells = (GridCell(0, 0, "瀚川市沐云区财政局2023年\n政府信息公开工作年度报告", 1, 2), GridCell(1, 0, "规章"), GridCell(1, 1, "3"))
    identity = identify(Document((Grid(0, 2, 2, cells),)), 0)
    assert (identity.agency, identity.report_year) == ("瀚川市沐云区财政局", 2023)
