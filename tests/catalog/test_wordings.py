"""The sentences of letters and forms, and what the office states of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.catalog.csv_rows import read_rows
from pipeline.catalog.office import FILE as OFFICE
from pipeline.catalog.office import Office, check_office, load_office
from pipeline.catalog.wordings import FILE, read_wordings
from pipeline.common.errors import CatalogError


def test_every_sentence_takes_the_words_it_lists(catalog: Catalog) -> None:
    for row in read_rows(catalog.folder / FILE):
        words = {word: f"〔{word}〕" for word in row.words("words")}
        text = catalog.wordings(row.required("wording"), **words)
        assert "{" not in text and "}" not in text


def test_braces_in_what_is_put_in_mean_nothing(catalog: Catalog) -> None:
    assert catalog.wordings("letter.address", agency="{year}局") == "{year}局："


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a,甲{what},agency,", "没有列出 {what}"),
        ("a,甲{,agency,", "花括号没有成对"),
        ("a,,agency,", "不能为空"),
        ("a,甲,,\na,乙,,", "“a”重复"),
    ],
)
def test_a_sentence_with_a_mistake_is_told_with_its_line(line: str, says: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(f"wording,text_zh,words,note\n{line}\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=says):
        read_wordings(tmp_path)


def test_a_sentence_that_is_missing_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("wording,text_zh,words,note\na,甲{b},b,\n", encoding="utf-8")
    say = read_wordings(tmp_path)
    for ask in (lambda: say("c"), lambda: say("a")):
        with pytest.raises(CatalogError, match=FILE):
            ask()


HEAD = "report_year,office_name,contact,phone,send_to,reply_by,letter_date\n"


def test_what_the_office_states_of_a_year_stands_over_what_it_states_of_all(tmp_path: Path) -> None:
    rows = ",区政府办公室,王某,0000-1234567,,,\n2024,,李某,,政务公开科,2025-03-14,\n2023,别的办公室,,,,,\n"
    (tmp_path / OFFICE).write_text(HEAD + rows, encoding="utf-8-sig")
    assert load_office(tmp_path, 2024) == Office("区政府办公室", "李某", "0000-1234567", "政务公开科", date(2025, 3, 14), None)
    assert load_office(tmp_path, 2020) == Office("区政府办公室", "王某", "0000-1234567")


def test_the_office_may_save_in_excel(tmp_path: Path) -> None:
    (tmp_path / OFFICE).write_bytes((HEAD + "2024,区政府办公室,,,,2025/3/14,2025年3月1日\n").replace("\n", "\r\n").encode("gb18030"))
    assert load_office(tmp_path, 2024) == Office("区政府办公室", reply_by=date(2025, 3, 14), letter_date=date(2025, 3, 1))


def test_without_a_file_nothing_is_stated(tmp_path: Path) -> None:
    assert load_office(tmp_path, 2024) == Office()


def test_a_date_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / OFFICE).write_text(HEAD + "2024,,,,,三月底,\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"office\.csv 第 2 行“reply_by”列：“三月底”不是日期"):
        check_office(tmp_path)
    with pytest.raises(CatalogError, match="reply_by"):
        load_office(tmp_path, 2020)
