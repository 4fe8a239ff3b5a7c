"""A form that does not exist, with a rule, an indicator, a view and a wording of its own: rows and nothing else.

The form of 2030: 表二 has no 规章 and a new article on 行政奖励 with a number and an amount; 表三 has one more row under
不予公开. Everything else goes on as in the form of 2021.
"""

from __future__ import annotations

from pathlib import Path

from tests.catalog.changed_rows import Row, add, put, rewrite

AWARDS = "proactive.awards"
OTHER_LAW = "requests.denied.other_statute"
_DROPPED = {"regulations"}
_NEW_LABELS = (
    {"axis": "row", "label": "article_20_10", "role": "group", "forms": "2030", "kind": "printed", "text": "第二十条第（十）项"},
    {"axis": "row", "label": "awards", "role": "item", "parent": "article_20_10", "forms": "2030", "kind": "printed", "text": "行政奖励"},
    {"axis": "row", "label": "awards", "role": "item", "parent": "article_20_10", "forms": "2030", "kind": "variant", "text": "政府奖励"},
    {"axis": "column", "label": "awards_given", "role": "item", "forms": "2030", "kind": "printed", "text": "本年奖励人次"},
    {"axis": "column", "label": "awards_paid", "role": "item", "forms": "2030", "kind": "printed", "text": "本年奖励金额（单位：万元）"},
)
_NEW_ROW = {
    "axis": "row",
    "label": "denied.other_statute",
    "role": "item",
    "parent": "denied",
    "forms": "2030",
    "kind": "printed",
    "text": "9.依照其他规定不予公开",
}
_RULE = {
    "rule": "Z1",
    "kind": "relation",
    "severity": "W",
    "table": "proactive",
    "forms": "2030",
    "when": f"{AWARDS}.given > 0",
    "holds": f"{AWARDS}.paid > 0",
    "title_zh": "有奖励应有金额",
    "message_zh": "{place}：{when_terms}，而{left_terms}。请核对。",
    "definition_zh": "奖励人次不为 0 的，奖励金额应当大于 0",
}
_INDICATOR = {
    "indicator": "award_average",
    "label_zh": "人均奖励",
    "unit": "元",
    "forms": "2030",
    "numerator": f"{AWARDS}.paid",
    "denominator": f"{AWARDS}.given",
    "minimum_denominator": "2",
    "definition_zh": "奖励金额与奖励人次之比",
}
_KIND_OF_BODY = {"suffix": "试验区管理委员会", "kind": "government", "level": "county", "deadline_month": "2", "deadline_day": "15"}
_VIEW = f"""-- 奖励清单：各单位每年的奖励人次，按人次由多到少。
-- column: 单位: 报送单位的名称
-- column: 人次: 本年奖励人次
SELECT agency_name AS "单位", report_year, value AS "人次" FROM out_values WHERE field = '{AWARDS}.given' ORDER BY value DESC
"""


def invent(rows: Path) -> None:
    """Add everything to a folder of rows."""
    put(rows / "forms.csv", lambda row: row["form"] == "2021", "valid_to", "2029")
    add(rows / "forms.csv", {"form": "2030", "valid_from": "2030", "title_zh": "2030年格式", "source_zh": "虚构"})
    rewrite(rows / "form_tables.csv", lambda there: [*there, *({**row, "form": "2030"} for row in there if row["form"] == "2021")])
    _fields(rows / "fields")
    for path in (rows / "labels").glob("*.csv"):
        rewrite(path, lambda there: [_also_in_2030(row) for row in there])
    add(rows / "labels" / "proactive.csv", *_NEW_LABELS)
    rewrite(rows / "labels" / "requests.csv", lambda there: _after(there, "denied.administrative_inquiry", _NEW_ROW))
    add(rows / "rules.csv", _RULE)
    add(rows / "indicators.csv", _INDICATOR)
    add(
        rows / "agency_kinds.csv",
        {
            "suffix": "试验区管理委员会",
            "kind": "government",
            "level": "county",
            "deadline_month": "2",
            "deadline_day": "15",
            "owes": "yes",
            "governs": "yes",
        },
    )
    (rows / "views" / "awards.sql").write_text(_VIEW, encoding="utf-8")


def _also_in_2030(row: Row) -> Row:
    """What stands in the form of 2021 stands in that of 2030 too, except what was dropped."""
    kept = "2021" in row["forms"].split() and row["label"] not in _DROPPED
    return {**row, "forms": f"{row['forms']} 2030"} if kept else row


def _fields(folder: Path) -> None:
    path = folder / "2030.csv"
    path.write_bytes((folder / "2021.csv").read_bytes())
    rewrite(path, lambda there: [row for row in there if row["row"] not in _DROPPED])
    rewrite(path, lambda there: _after(there, "denied.administrative_inquiry", _other_law(there)))
    common = {"table": "proactive", "by_applicant": "no", "row": "awards"}
    given = {"field": f"{AWARDS}.given", "unit": "人次", "kind": "count", "column": "awards_given"}
    paid = {"field": f"{AWARDS}.paid", "unit": "元", "kind": "money", "column": "awards_paid"}
    words = "第二十条第（十）项 / 行政奖励 / 本年奖励"
    add(path, {**common, **given, "label_zh": f"{words}人次"}, {**common, **paid, "label_zh": f"{words}金额（单位：万元）"})


def _other_law(there: list[Row]) -> Row:
    (like,) = (row for row in there if row["row"] == "denied.administrative_inquiry")
    return {**like, "field": OTHER_LAW, "row": "denied.other_statute", "label_zh": "三 /（三）不予公开 / 9.依照其他规定不予公开"}


def _after(rows: list[Row], label: str, new: Row) -> list[Row]:
    """The rows with `new` behind the last one of a label."""
    places = [place for place, row in enumerate(rows) if label in (row.get("row"), row.get("label"))]
    return [*rows[: places[-1] + 1], new, *rows[places[-1] + 1 :]]
