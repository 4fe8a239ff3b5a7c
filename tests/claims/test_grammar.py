"""The grammar is data: a new wording, measure or pattern is a row, and every mistake in a row is named."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.catalog.claims import expanded
from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.errors import CatalogError
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.normalise.claims.paragraphs import claims_of
from pipeline.normalise.claims.reading import read_paragraph
from pipeline.normalise.sections import find_sections
from pipeline.readers.model import Document, Grid, GridCell, Paragraph


def changed(folder: Path, file: str, *lines: str) -> Path:
    """A copy of the rows with lines added to a file of the grammar."""
    rows = folder / "rows"
    shutil.copytree(DEFAULT_CATALOG, rows)
    with (rows / "claims" / file).open("a", encoding="utf-8") as handle:
        handle.writelines(f"{line}\n" for line in lines)
    return rows


def test_a_new_wording_is_a_row(catalog: Catalog, tmp_path: Path) -> None:
    sentence = "全年收到公开函询7件。"
    assert [claim.measure for claim in read_paragraph(catalog, sentence, 2023)] == ["other"]
    taught = load_catalog(changed(tmp_path, "words.csv", "thing,request,request,no,公开函询"))
    assert [claim.measure for claim in read_paragraph(taught, sentence, 2023)] == ["requests.new_or_caseload"]


def test_a_new_measure_is_two_rows_and_a_word(tmp_path: Path) -> None:
    rows = changed(tmp_path, "words.csv", "thing,open_day,,no,政府开放日 开放日活动")
    for file, line in (("measures.csv", "open_days,政府开放日,,,,"), ("rules.csv", "open_day,open_days,open_day,,,,次 场,no,no")):
        with (rows / "claims" / file).open("a", encoding="utf-8") as handle:
            handle.write(f"{line}\n")
    (claim,) = read_paragraph(load_catalog(rows), "全年举办政府开放日12场。", 2023)
    assert (claim.measure, claim.value, claim.unit, claim.rule) == ("open_days", Decimal(12), "场", "open_day")


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("words.csv", "thing,open_day,,no,申请", "“申请”已是 request 的说法"),
        ("words.csv", "noun,open_day,,no,开放日", "class"),
        ("measures.csv", "open_days,政府开放日,open_houses,,,", "没有度量 open_houses"),
        ("rules.csv", "open_day,open_days,request,,,,次,no,no", "measure"),
        ("rules.csv", "open_day,other,open_day,,,,次,no,no", "words.csv 没有 open_day"),
        ("rules.csv", "open_day,other,request,,,,回,no,no", "units.csv 没有“回”"),
        ("patterns.csv", "skip,,(,", "不是正确的正则表达式"),
    ],
)
def test_a_mistake_in_a_row_is_named(tmp_path: Path, file: str, line: str, says: str) -> None:
    with pytest.raises(CatalogError, match=says.replace("(", r"\(")):
        load_catalog(changed(tmp_path, file, line))


def test_a_wording_may_have_parts_to_choose_from_and_to_leave_out() -> None:
    assert sorted(expanded("(政府)?信息公开(班|会)")) == ["信息公开会", "信息公开班", "政府信息公开会", "政府信息公开班"]


def test_all_prose_outside_tables_is_read_with_its_section_and_place(catalog: Catalog) -> None:
    texts = ["访问量：3次", "瀚川市沐云区司法局2023年政府信息公开工作年度报告", "一、总体情况", "全年主动公开政府信息120条。"]
    below = ["三、收到和处理政府信息公开申请情况", "全年办结13件。", "四、政府信息公开行政复议、行政诉讼情况", "结果维持1件。"]
    grid = Grid(0, 1, 1, (GridCell(0, 0, "收到申请5件"),))
    document = Document((*map(Paragraph, texts), grid, *map(Paragraph, below)))
    claims = claims_of(catalog, document, find_sections(catalog, document), 2023, texts[1], 10)
    assert [(claim.measure, claim.section, claim.block) for claim in claims] == [
        ("disclosed_items.total", "overview", 13),
        ("requests.handled", "requests", 16),
        ("remedies.review.upheld", "remedies", 18),
    ]


@pytest.mark.parametrize("text", ["收到申请1件，" * 50_000, "1" * 200_000, "其中（" * 50_000 + "3件", "未" * 100_000, "“" * 50_000 + "3件"])
def test_text_that_is_no_prose_ends_soon(catalog: Catalog, text: str) -> None:
    """What has no end of a sentence is read in pieces, and no more figures are taken than a report can state."""
    assert len(read_paragraph(catalog, text, 2023)) < 3000
