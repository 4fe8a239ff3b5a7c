"""A form that does not exist: one table of rows and columns with amounts, one of columns alone, nothing of the forms in force."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.catalog import Catalog, load_catalog
from tests.warehouse.sample import change_csv, copy_of_rows

FORM = "2031"
_FIELDS = (
    ("outreach", "outreach.briefings.held", "场", "count", "briefings", "held"),
    ("outreach", "outreach.briefings.cost", "元", "money", "briefings", "cost"),
    ("outreach", "outreach.visits.held", "场", "count", "visits", "held"),
    ("outreach", "outreach.grants.cost", "元", "money", "grants", "cost"),
    ("outreach", "outreach.lunches.price", "元", "money", "lunches", "price"),
    ("staff", "staff.full_time", "人", "count", "", "staff.full_time"),
    ("staff", "staff.wages", "元", "money", "", "staff.wages"),
)
_LABELS = {
    "outreach": (
        ("row", "events", "group", "", "一、活动"),
        ("row", "payments", "group", "", "二、支出"),
        ("row", "briefings", "item", "events", "发布会"),
        ("row", "visits", "item", "events", "走访"),
        ("row", "grants", "item", "payments", "补助"),
        ("row", "lunches", "item", "payments", "午餐"),
        ("column", "held", "item", "", "次数"),
        ("column", "cost", "item", "", "花费（千元）"),
        ("column", "price", "item", "", "单元单价"),
    ),
    "staff": (
        ("column", "people", "group", "", "人员"),
        ("column", "staff.full_time", "item", "people", "专职"),
        ("column", "staff.wages", "item", "people", "工资"),
    ),
}


def invented_catalog(folder: Path) -> Catalog:
    """The catalogue of the package with the form of 2031, made of rows alone."""
    copy_of_rows(folder)
    tables = load_catalog(folder).form_tables
    for path in (folder / "labels").glob("*.csv"):
        known = " ".join(row.form for row in tables if row.table == path.stem)
        change_csv(path, lambda rows, known=known: [{**row, "forms": row["forms"] or known} for row in rows])
    form = {"form": FORM, "valid_from": "2031", "valid_to": "", "title_zh": "2031年格式", "source_zh": ""}
    change_csv(folder / "forms.csv", lambda rows: [*rows[:-1], {**rows[-1], "valid_to": "2030"}, form])
    new_tables = [
        {"form": FORM, "table": name, "position": str(number), "number_zh": f"表{number}", "title_zh": "新增情况", "section": "proactive"}
        for number, name in enumerate(_LABELS, start=6)
    ]
    change_csv(folder / "form_tables.csv", lambda rows: [*rows, *new_tables])
    for table, labels in _LABELS.items():
        names = ("axis", "label", "role", "parent", "text")
        rows = [{**dict(zip(names, label, strict=True)), "forms": FORM, "kind": "printed", "note": ""} for label in labels]
        _write(folder / "labels" / f"{table}.csv", rows)
    names = ("table", "field", "unit", "kind", "row", "column")
    fields = [{**dict(zip(names, field, strict=True)), "by_applicant": "no", "label_zh": field[1], "parent": ""} for field in _FIELDS]
    _write(folder / "fields" / f"{FORM}.csv", fields)
    return load_catalog(folder)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
