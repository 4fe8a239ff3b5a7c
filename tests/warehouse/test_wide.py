from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipeline.catalog import Catalog, load_catalog
from pipeline.warehouse.database import build_database, comments_missing
from pipeline.warehouse.store import Store
from pipeline.warehouse.wide import headings
from tests.warehouse.sample import BODY, cell_keys, change_csv, copy_of_rows, values

INVENTED = "2027"
NOT_CORRECTED = (0, None)
LICENSING = "行政许可 本年处理决定数量"
LICENSING_CORRECTED = "第二十条第（五）项 / 行政许可 / 本年处理决定数量：7→99"


def select(tmp_path: Path, catalog: Catalog, form: str, year: int, view: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Headings and rows of one wide view in a warehouse that holds one report with cells numbered in printed order."""
    store = Store(tmp_path, catalog)
    other = values(catalog, form, year, "a0", "云泽市又一局")
    store.write("out_values", pa.concat_tables([values(catalog, form, year), other]), year=year, fingerprint="x")
    build_database(store, catalog, tmp_path / "gongkai.duckdb")
    with duckdb.connect(tmp_path / "gongkai.duckdb", read_only=True) as connection:
        assert comments_missing(connection) == []
        result = connection.execute(f'SELECT * FROM {view} WHERE "单位" = ?', [BODY])
        return [column[0] for column in result.description or []], result.fetchall()


@pytest.mark.parametrize(("form", "year"), [("2019", 2019), ("2021", 2021)])
@pytest.mark.parametrize("table", ["proactive", "remedies"])
def test_a_table_without_applicants_is_one_row_a_report(tmp_path: Path, catalog: Catalog, form: str, year: int, table: str) -> None:
    names, rows = select(tmp_path, catalog, form, year, f"wide_{form}_{table}")
    fields = catalog.fields_of(form, table)
    assert names == ["单位", "年度", *headings(catalog, form, table).values(), "更正格数", "更正"]
    assert rows == [(BODY, year, *map(Decimal, range(1, len(fields) + 1)), *NOT_CORRECTED)]


@pytest.mark.parametrize(("form", "year"), [("2019", 2019), ("2021", 2021)])
def test_a_table_with_applicants_is_one_row_a_printed_row(tmp_path: Path, catalog: Catalog, form: str, year: int) -> None:
    names, rows = select(tmp_path, catalog, form, year, f"wide_{form}_requests")
    applicants = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    assert names == ["单位", "年度", "项目", *applicants, "更正格数", "更正"]
    fields = catalog.fields_of(form, "requests")
    assert len(rows) == len(fields)
    assert rows == [
        (BODY, year, field.label_zh, *(Decimal(7 * number + column) for column in range(1, 8)), *NOT_CORRECTED)
        for number, field in enumerate(fields)
    ]


def test_headings_are_those_of_the_form(catalog: Catalog) -> None:
    proactive = headings(catalog, "2021", "proactive")
    assert list(proactive.values())[:3] == ["规章 本年制发件数", "规章 本年废止件数", "规章 现行有效件数"]
    assert proactive["proactive.fees.amount"] == "行政事业性收费 本年收费金额（元）"
    remedies = headings(catalog, "2021", "remedies")
    assert len(remedies) == 15
    assert remedies["remedies.review.upheld"] == "行政复议 结果维持"
    assert remedies["remedies.litigation_after_review.total"] == "行政诉讼 复议后起诉 总计"


def test_no_two_columns_share_a_heading(catalog: Catalog) -> None:
    for table in catalog.form_tables:
        if not any(field.by_applicant for field in catalog.fields_of(table.form, table.table)):
            chosen = list(headings(catalog, table.form, table.table).values())
            assert len(set(chosen)) == len(chosen)


def test_a_cell_that_is_not_a_number_is_empty_not_zero(tmp_path: Path, catalog: Catalog) -> None:
    data = values(catalog, "2021", 2021)
    fields = data.column("field").to_pylist()
    numbers = [
        None if field == "proactive.licensing.decisions" else value for field, value in zip(fields, data["value"].to_pylist(), strict=True)
    ]
    place = data.column_names.index("value")
    store = Store(tmp_path, catalog)
    store.write("out_values", data.set_column(place, "value", pa.array(numbers, pa.decimal128(24, 6))), year=2021, fingerprint="x")
    build_database(store, catalog, tmp_path / "gongkai.duckdb")
    with duckdb.connect(tmp_path / "gongkai.duckdb", read_only=True) as connection:
        row = connection.execute('SELECT "行政许可 本年处理决定数量", "行政处罚 本年处理决定数量" FROM wide_2021_proactive').fetchone()
    assert row == (None, Decimal(8))


@pytest.mark.parametrize(("field", "applicant", "view", "column", "printed", "corrected"), [
    ("proactive.licensing.decisions", "", "wide_2021_proactive", LICENSING, 7, LICENSING_CORRECTED),
    ("requests.granted", "total", "wide_2021_requests", "总计", 21, "总计：21→99"),
])  # fmt: skip
def test_printed_and_corrected_figures_stand_apart(
    field: str, applicant: str, view: str, column: str, printed: int, corrected: str, tmp_path: Path, catalog: Catalog
) -> None:
    data = values(catalog, "2021", 2021)
    chosen = [row["field"] == field and row["applicant"] == applicant for row in data.select(["field", "applicant"]).to_pylist()]
    changed = pa.array([Decimal(99) if one else None for one in chosen], pa.decimal128(24, 6))
    store = Store(tmp_path, catalog)
    data = data.set_column(data.column_names.index("corrected_value"), "corrected_value", changed)
    store.write("out_values", data, year=2021, fingerprint="x")
    build_database(store, catalog, tmp_path / "gongkai.duckdb")
    with duckdb.connect(tmp_path / "gongkai.duckdb", read_only=True) as connection:
        for name, figure in ((view, printed), (f"{view}_corrected", 99)):
            asked = f'SELECT "{column}", "更正" FROM {name} WHERE "更正格数" = 1'
            assert connection.execute(asked).fetchall() == [(Decimal(figure), corrected)], name
        ours = f'FROM {view} WHERE "更正格数" = 0'
        assert connection.execute(f"{ours} EXCEPT FROM {view}_corrected").fetchall() == []


def invented_catalog(folder: Path) -> Catalog:
    """The form of 2021 once more as the form of 2027, but with a licensing refusal on top of 表二 and of 表三."""
    copy_of_rows(folder)
    for path in (folder / "labels").glob("*.csv"):
        change_csv(
            path,
            lambda rows: [{**row, "forms": " ".join([row["forms"], INVENTED]) if "2021" in row["forms"] else row["forms"]} for row in rows],
        )
    common = {"role": "item", "forms": INVENTED, "kind": "printed", "parent": "", "note": ""}
    for table, axis, label, text in (
        ("proactive", "column", "refusals", "本年不予许可数量"),
        ("requests", "row", "withdrawn", "五、申请人撤回"),
    ):
        change_csv(
            folder / "labels" / f"{table}.csv",
            lambda rows, axis=axis, label=label, text=text: [*rows, {**common, "axis": axis, "label": label, "text": text}],
        )
    change_csv(folder / "forms.csv", _followed_by_another)
    change_csv(folder / "form_tables.csv", lambda rows: [*rows, *({**row, "form": INVENTED} for row in rows if row["form"] == "2021")])
    (folder / "fields" / f"{INVENTED}.csv").write_bytes((folder / "fields" / "2021.csv").read_bytes())

    def new_fields_first(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        licensing = next(row for row in rows if row["field"] == "proactive.licensing.decisions")
        request = next(row for row in rows if row["field"] == "requests.new")
        refusals = {**licensing, "field": "proactive.licensing.refusals", "label_zh": "行政许可 / 不予许可", "column": "refusals"}
        withdrawn = {**request, "field": "requests.withdrawn", "label_zh": "五、申请人撤回", "row": "withdrawn"}
        return [refusals, withdrawn, *rows]

    change_csv(folder / "fields" / f"{INVENTED}.csv", new_fields_first)
    return load_catalog(folder)


def _followed_by_another(forms: list[dict[str, str]]) -> list[dict[str, str]]:
    before = {**forms[-1], "valid_to": "2026"}
    return [*forms[:-1], before, {**forms[-1], "form": INVENTED, "valid_from": "2027", "title_zh": "2027年格式"}]


def test_an_invented_form_has_its_wide_views_without_a_line_of_code(tmp_path: Path) -> None:
    catalog = invented_catalog(tmp_path / "rows")
    names, rows = select(tmp_path, catalog, INVENTED, 2027, "wide_2027_proactive")
    assert names[2:5] == ["行政许可 本年不予许可数量", "规章 本年制发件数", "规章 本年废止件数"]
    assert rows == [(BODY, 2027, *map(Decimal, range(1, len(cell_keys(catalog, INVENTED, "proactive")) + 1)), *NOT_CORRECTED)]
    _, rows = select(tmp_path, catalog, INVENTED, 2027, "wide_2027_requests")
    assert [row[2] for row in rows][:2] == ["五、申请人撤回", "一、本年新收政府信息公开申请数量"]
    assert [row[3] for row in rows] == [Decimal(7 * number + 1) for number in range(len(rows))]


def test_a_cell_without_applicant_in_a_table_with_applicants_is_not_lost(tmp_path: Path) -> None:
    folder = copy_of_rows(tmp_path / "rows")
    change_csv(
        folder / "labels" / "requests.csv",
        lambda rows: [
            *rows,
            {
                **rows[-1],
                "axis": "row",
                "label": "notes",
                "role": "item",
                "parent": "",
                "forms": "2021",
                "kind": "printed",
                "text": "附：平均天数",
            },
        ],
    )
    row = {"table": "requests", "field": "requests.notes", "by_applicant": "no", "unit": "天", "kind": "count"}
    change_csv(
        folder / "fields" / "2021.csv",
        lambda rows: [*rows, {**row, "label_zh": "附：平均天数", "parent": "", "row": "notes", "column": ""}],
    )
    catalog = load_catalog(folder)
    names, rows = select(tmp_path, catalog, "2021", 2021, "wide_2021_requests")
    assert names[-3] == "不分类别"
    assert rows[-1][2:] == (
        "附：平均天数",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        Decimal(len(cell_keys(catalog, "2021", "requests"))),
        *NOT_CORRECTED,
    )
