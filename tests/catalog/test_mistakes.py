"""Every mistake in the rows is told with its file, and with line and column where a single cell is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.catalog import load_catalog
from pipeline.catalog.expressions import parse_expression
from pipeline.common.errors import CatalogError
from tests.catalog.changed_rows import Row, add, copy_of_rows, put, rewrite

FIRST: Callable[[Row], bool] = lambda row: True  # noqa: E731 - a name for the commonest choice


def of(**cells: str) -> Callable[[Row], bool]:
    """The rows that have these cells."""
    return lambda row: all(row[name] == value for name, value in cells.items())


# file, row, column, what is put there, what the message says beside file, line and column
WRONG_CELLS = [
    ("forms.csv", FIRST, "title_zh", "", "不能为空"),
    ("forms.csv", FIRST, "valid_from", "元年", "应为整数"),
    ("forms.csv", FIRST, "valid_to", "以后", "应为整数"),
    ("form_tables.csv", FIRST, "form", "1999", "应为 2008、2014、2019、2021 之一"),
    ("form_tables.csv", FIRST, "position", "", "不能为空"),
    ("applicants.csv", FIRST, "in_total", "maybe", "应为 yes、no 之一"),
    ("applicants.csv", FIRST, "position", "一", "应为整数"),
    ("labels/requests.csv", FIRST, "axis", "diagonal", "应为 row、column 之一"),
    ("labels/requests.csv", FIRST, "role", "title", "应为 item、group、corner、extra 之一"),
    ("labels/requests.csv", FIRST, "kind", "spoken", "应为 printed、variant 之一"),
    ("labels/requests.csv", FIRST, "forms", "1999", "没有“1999”这种格式"),
    ("labels/requests.csv", FIRST, "text", "", "不能为空"),
    ("labels/requests.csv", of(label="natural_person"), "kind", "variant", "没有 printed 行"),
    ("fields/2021.csv", FIRST, "by_applicant", "often", "应为 yes、no 之一"),
    ("fields/2021.csv", FIRST, "kind", "amount", "应为 count、signed_count、money 之一"),
    ("fields/2021.csv", FIRST, "unit", "", "不能为空"),
    ("fields/2021.csv", FIRST, "label_zh", "", "不能为空"),
    ("sections.csv", FIRST, "position", "first", "应为整数"),
    ("signs.csv", FIRST, "sign", "", "不能为空"),
    ("units.csv", FIRST, "kind", "length", "应为 money、count 之一"),
    ("units.csv", FIRST, "factor", "viel", "应为数字"),
    ("agency_kinds.csv", FIRST, "deadline_month", "三月", "应为整数"),
    ("agency_kinds.csv", FIRST, "kind", "", "不能为空"),
    ("problems.csv", FIRST, "severity", "fatal", "应为 error、warning、info 之一"),
    ("problems.csv", FIRST, "definition_zh", "", "不能为空"),
    ("rules.csv", FIRST, "severity", "X", "应为 E、W、I 之一"),
    ("rules.csv", FIRST, "message_zh", "", "不能为空"),
    ("rules.csv", FIRST, "definition_zh", "", "不能为空"),
    ("rules.csv", of(rule="R1"), "holds", "requests.new[$] = = requests.handled[$]", "位置不对"),
    ("rules.csv", of(rule="R6"), "when", "requests.new[total] §", "无法识别"),
    ("rules.csv", of(rule="S9"), "parameters", "section", "应写作“名称=值; 名称=值”"),
    ("rules.csv", of(rule="S9"), "first_year", "早", "应为整数"),
    ("indicators.csv", FIRST, "numerator", "requests.new[total] +", "不完整"),
    ("indicators.csv", of(indicator="closing_rate"), "denominator", "requests.new[total] requests.new[total]", "缺少加减号"),
    ("indicators.csv", of(indicator="closing_rate"), "minimum_denominator", "zehn", "应为整数"),
    ("indicators.csv", FIRST, "definition_zh", "", "不能为空"),
    ("bridges.csv", FIRST, "how", "maybe", "应为 same、sum、weakly、no 之一"),
    ("columns.csv", FIRST, "definition_zh", "", "不能为空"),
    ("tables.csv", FIRST, "layer", "middle", "应为 raw、core、out 之一"),
    ("tables.csv", FIRST, "by_year", "1", "应为 yes、no 之一"),
]


@pytest.mark.parametrize(("file", "where", "column", "value", "says"), WRONG_CELLS)
def test_a_wrong_cell_is_told_with_file_line_and_column(
    file: str, where: Callable[[Row], bool], column: str, value: str, says: str, tmp_path: Path
) -> None:
    rows = copy_of_rows(tmp_path)
    line = put(rows / file, where, column, value)
    with pytest.raises(CatalogError) as told:
        load_catalog(rows)
    message = str(told.value)
    assert message.startswith(f"{Path(file).name} 第 {line} 行“{column}”列："), message
    assert says in message


def doubled(rows: list[Row]) -> list[Row]:
    return [*rows, rows[0]]


@pytest.mark.parametrize(
    "file",
    [
        "forms.csv",
        "form_tables.csv",
        "fields/2021.csv",
        "columns.csv",
        "tables.csv",
        "rules.csv",
        "indicators.csv",
        "problems.csv",
        "bridges.csv",
    ],
)
def test_an_id_that_stands_twice_is_told(file: str, tmp_path: Path) -> None:
    rows = copy_of_rows(tmp_path)
    rewrite(rows / file, doubled)
    with pytest.raises(CatalogError, match="编号重复") as told:
        load_catalog(rows)
    assert str(told.value).startswith(file.partition("/")[0])


# file, row, column, what is put there, what the message says (the contradiction is between rows, so it names ids, not lines)
CONTRADICTIONS = [
    ("fields/2021.csv", of(field="requests.new"), "table", "wishes", ("fields/2021.csv 的 requests.new", "没有表 wishes")),
    ("fields/2021.csv", of(field="requests.new"), "by_applicant", "no", ("fields/2021.csv 的 requests.new", "@applicant")),
    ("fields/2021.csv", of(field="proactive.fees.amount"), "column", "", ("labels/proactive.csv 的 fee_amount", "没有指标使用")),
    ("fields/2021.csv", of(field="requests.new"), "row", "newest", ("labels/requests.csv 没有 2021 年格式的 row 标签 newest",)),
    ("fields/2021.csv", of(field="remedies.review.total"), "column", "", ("remedies.review.total", "row 与 column 不能都为空")),
    ("labels/requests.csv", of(label="granted"), "parent", "outcomes", ("labels/requests.csv 的 granted", "没有上级标签 outcomes")),
    ("labels/proactive.csv", of(label="article_20_1"), "role", "item", ("没有上级标签 article_20_1",)),
    ("rules.csv", of(rule="R6"), "when", "requests.new[everybody] > 0", ("rules.csv 的 R6", "没有申请人类别 everybody")),
    ("rules.csv", of(rule="R6"), "when", "requests.newest[total] > 0", ("rules.csv 的 R6", "没有指标 requests.newest")),
    ("rules.csv", of(rule="L1"), "each", "review appeal", ("rules.csv 的 L1", "没有指标 remedies.appeal.upheld")),
    ("bridges.csv", FIRST, "earlier", "proactive.laws", ("bridges.csv", "2014 年格式没有指标 proactive.laws")),
    ("bridges.csv", FIRST, "later", "proactive.laws", ("bridges.csv", "2019 年格式没有指标 proactive.laws")),
    ("tables.csv", of(table="out_values"), "columns", "agency_id colour", ("tables.csv 的 out_values", "columns.csv 没有列 colour")),
    ("tables.csv", of(table="raw_files"), "key", "path report_year", ("tables.csv 的 raw_files", "report_year 不在 columns 之中")),
    ("tables.csv", of(table="raw_files"), "by_year", "yes", ("tables.csv 的 raw_files", "应有 report_year 列")),
]


@pytest.mark.parametrize(("file", "where", "column", "value", "says"), CONTRADICTIONS)
def test_rows_that_contradict_each_other_are_told_with_their_ids(
    file: str, where: Callable[[Row], bool], column: str, value: str, says: tuple[str, ...], tmp_path: Path
) -> None:
    rows = copy_of_rows(tmp_path)
    put(rows / file, where, column, value)
    with pytest.raises(CatalogError) as told:
        load_catalog(rows)
    assert all(text in str(told.value) for text in says), str(told.value)


def test_a_label_that_nothing_uses_is_told(tmp_path: Path) -> None:
    rows = copy_of_rows(tmp_path)
    add(
        rows / "labels" / "proactive.csv",
        {"axis": "row", "label": "prizes", "role": "item", "forms": "2021", "kind": "printed", "text": "行政奖励"},
    )
    with pytest.raises(CatalogError, match=r"labels/proactive.csv 的 prizes（2021 年格式）：没有指标使用这个标签"):
        load_catalog(rows)


@pytest.mark.parametrize("file", ["forms.csv", "rules.csv", "signs.csv", "fields/2019.csv", "tables.csv"])
def test_a_missing_file_is_told(file: str, tmp_path: Path) -> None:
    rows = copy_of_rows(tmp_path)
    (rows / file).unlink()
    with pytest.raises(CatalogError, match=f"目录缺少文件 {Path(file).name}"):
        load_catalog(rows)


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    path = copy_of_rows(tmp_path) / "forms.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("title_zh", "name"), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"forms.csv 第 2 行“title_zh”列：缺少这一列"):
        load_catalog(path.parent)


def test_a_line_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = copy_of_rows(tmp_path) / "signs.csv"
    path.write_text(path.read_text(encoding="utf-8") + "？,什么,更多\n", encoding="utf-8")
    lines = path.read_text(encoding="utf-8").count("\n")
    with pytest.raises(CatalogError, match=f"signs.csv 第 {lines} 行.*单元格多于标题列"):
        load_catalog(path.parent)


def test_a_line_that_is_too_short_is_told(tmp_path: Path) -> None:
    path = copy_of_rows(tmp_path) / "units.csv"
    path.write_text(path.read_text(encoding="utf-8") + "担\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"units.csv 第 \d+ 行“kind”列：缺少这一列"):
        load_catalog(path.parent)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "不完整"),
        ("requests.new[total] =", "不完整"),
        ("= requests.new[total]", "位置不对"),
        ("a = b = c", "位置不对"),
        ("a + - b", "连续的加减号"),
        ("a b", "第 2 个字符前缺少加减号"),
        ("a / b", "第 2 个字符处无法识别"),
        ("a[total", "第 2 个字符处无法识别"),
        ("A", "第 1 个字符处无法识别"),
    ],
)
def test_an_expression_that_does_not_follow_the_grammar_is_told_with_the_place(text: str, says: str) -> None:
    with pytest.raises(CatalogError, match="表达式") as told:
        parse_expression(text)
    assert says in str(told.value), str(told.value)


def test_expressions_keep_factor_sign_applicant_and_year() -> None:
    parsed = parse_expression("2.5*a.b[total] - c* + 3 <= d.$[$]@previous")
    assert [(str(term.coefficient), term.path, term.applicant, term.previous) for term in parsed.left] == [
        ("2.5", "a.b", "total", False),
        ("-1", "c*", None, False),
        ("3", None, None, False),
    ]
    assert parsed.relation == "<="
    (right,) = parsed.substitute("review").right
    assert (right.path, right.applicant, right.previous) == ("d.review", "review", True)
