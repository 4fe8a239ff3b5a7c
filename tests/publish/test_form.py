"""The official form filled with sums: what our own reader takes from it is exactly what went in, and blanks stay blank."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import docx
import pytest

from pipeline.catalog import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.orchestration.parsing import parse_file
from pipeline.orchestration.unpacking import Source
from pipeline.publish.form.figures import filled_forms
from pipeline.publish.form.write import FilledForm, form_document
from pipeline.publish.stored import Tables
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from tests.publish.docx_rules import broken_rules

AREA = "瀚川市沐云区人民政府"
YEARS = {"2014": 2016, "2019": 2019, "2021": 2024}


def figures_for(catalog: Catalog, form: str, seed: int, blank: float) -> dict[tuple[str, str], Decimal | None]:
    """A figure for every cell of a form, from 0 to ten digits, money with cents, some of them blank."""
    random = Random(seed)
    figures: dict[tuple[str, str], Decimal | None] = {}
    applicants = [row.applicant for row in catalog.applicants]
    for table in catalog.tables_of(form):
        for field in catalog.fields_of(form, table.table):
            for applicant in applicants if field.by_applicant else [""]:
                value = Decimal(random.randint(0, 10 ** random.randint(1, 7) - 1))
                value = value * 100 + Decimal(random.randint(0, 99)) / 100 if field.kind == "money" else value
                value = -value if field.kind == "signed_count" and random.random() < 0.3 else value
                figures[field.field, applicant] = None if random.random() < blank else value
    return figures


def read_back(content: bytes, path: Path) -> dict[str, Any]:
    """What `gongkai parse` says of it."""
    path.write_bytes(content)
    ((line, _),) = parse_file(Source(str(path)), DEFAULT_CATALOG).lines
    return json.loads(line)


@pytest.mark.parametrize("blank", [0, 0.3, 1])
@pytest.mark.parametrize("form", YEARS)
def test_our_own_reader_takes_from_it_what_went_in(form: str, blank: float, catalog: Catalog, tmp_path: Path) -> None:
    figures = figures_for(catalog, form, seed=7, blank=blank)
    content = form_document(catalog, FilledForm(AREA, YEARS[form], form, figures, ("表三：3 格没有任何单位填写数字，已留空。",)))
    read = read_back(content, tmp_path / "form.docx")
    found = {(cell["field"], cell["applicant"] or ""): Decimal(cell["value"]) if cell["value"] else None for cell in read["cells"]}
    if blank < 1:
        assert (read["agency"], read["report_year"], read["status"]) == (AREA, YEARS[form], "parsed")
        assert found == figures
    assert {cell["state"] for cell in read["cells"]} <= {"number", "blank"}
    assert broken_rules(content) == []


def test_the_sums_of_an_area_go_into_the_form_due_with_what_is_to_be_known(stored: Store, catalog: Catalog) -> None:
    with Tables(stored, [2021]) as tables:
        (filled,) = filled_forms(tables, catalog, 2021)
    assert filled.form == "2021"
    assert filled.figures["requests.new", "total"] == 36
    assert filled.area == catalog.wordings("form.area_unknown")
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(form_document(catalog, filled))).paragraphs)
    assert all(heading in text for heading in ("一、总体情况", "三、收到和处理政府信息公开申请情况", "六、其他需要报告的事项"))
    assert text.find("汇总说明") > text.find("六、其他需要报告的事项")


def test_a_year_without_reports_or_without_tables_that_are_due_has_no_form(stored: Store, catalog: Catalog) -> None:
    with Tables(stored, [2023]) as tables:
        assert filled_forms(tables, catalog, 2023) == []
        assert filled_forms(tables, catalog, 2012) == []


def test_bodies_that_used_another_form_are_named_once_and_not_in_every_cell(tmp_path: Path, catalog: Catalog) -> None:
    common: dict[str, object] = {
        "area_id": "g",
        "area_name": AREA,
        "report_year": 2021,
        "table": "proactive",
        "applicant": "",
        "label": "格",
    }
    common |= {
        "label": "格",
        "unit": "件",
        "total": Decimal(1),
        "bodies_expected": 2,
        "bodies_counted": 1,
        "bodies_blank": 0,
        "bodies_other_form": 1,
    }
    common |= {"bodies_missing": "", "bodies_larger": "", "coverage": "unknown", "total_kind": "lower_bound", "own_office": ""}
    fields = [(form, field.field) for form in ("2021", "2019") for field in catalog.fields_of(form, "proactive")]
    rows = [
        {**common, "form": form, "field": name, "bodies_in_doubt": "乙镇（用2019年格式）" + ("、甲局（数字有误）" if number == 0 else "")}
        for number, (form, name) in enumerate(fields)
    ]
    store = Store(tmp_path, catalog)
    store.write("out_rollup", from_rows(catalog, "out_rollup", rows), year=2021, fingerprint="test")
    with Tables(store, [2021]) as tables:
        (form,) = filled_forms(tables, catalog, 2021)
    remarks = "\n".join(form.remarks)
    assert remarks.count("乙镇") == 1 and "（2019年格式）填报，其数字没有计入：乙镇（用2019年格式）。" in remarks
    assert "表二：1格的数字涉及尚未更正的问题" in remarks and "格：甲局（数字有误）" in remarks
