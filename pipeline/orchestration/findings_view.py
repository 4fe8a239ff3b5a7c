"""`gongkai findings`: what was found, listed, filtered, as CSV, or one finding with its cells. Each gives lines of text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.catalog.numbers import number_text
from pipeline.catalog.severities import FINDINGS
from pipeline.common.errors import DecisionError
from pipeline.orchestration.wanted import Row, body_ids, finding_meant
from pipeline.orchestration.workspace import Workspace

STATUSES = {"open": "待处理", "confirmed": "已确认", "waived": "已豁免", "corrected": "已更正"}
STANDING = ("open", "confirmed")
_FOUND_IN = {"corrected": "（按更正后的数字核对才出现）"}
_CSV = {
    "finding_id": "问题编号",
    "agency_name": "单位",
    "report_year": "年度",
    "severity": "程度",
    "rule": "规则",
    "title_zh": "规则名称",
    "place": "位置",
    "raw": "印出文字",
    "expected": "应为",
    "actual": "实为",
    "difference": "相差",
    "probable": "可能的错误",
    "message": "说明",
    "status": "状态",
    "decision_reason": "处理说明",
    "path": "文件",
    "location": "出处",
}


@dataclass(frozen=True)
class Filter:
    """Which findings are wanted; an empty one of each wants all. body: any name or id. statuses: none for those that stand."""

    years: Sequence[int] = ()
    body: str | None = None
    rules: Sequence[str] = ()
    severities: Sequence[str] = ()
    statuses: Sequence[str] = ()


def listing(workspace: Workspace, wanted: Filter) -> list[str]:
    """One line for each finding, latest year first, and how many there are."""
    rows = _chosen(workspace, wanted)
    shown = [row for row in rows if row["status"] in (wanted.statuses or STANDING)]
    counts = Counter(row["severity"] for row in shown)
    total = "，".join(f"{name} {counts[key]} 处" for key, name in FINDINGS.items())
    hidden = Counter(row["status"] for row in rows if row not in shown)
    more = "，".join(f"{STATUSES[key]} {hidden[key]} 处" for key in STATUSES if hidden[key])
    return [*map(_line, shown), f"共 {len(shown)} 处：{total}。" + (f"另有{more}没有列出（--status 可以指定）。" if more else "")]


def as_csv(workspace: Workspace, wanted: Filter) -> str:
    """The same as CSV under Chinese headings, with the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_CSV.values())
    for row in _chosen(workspace, wanted):
        if row["status"] in (wanted.statuses or STANDING):
            writer.writerow([_cell(name, row[name]) for name in _CSV])
    return "\ufeff" + out.getvalue()


def shown(workspace: Workspace, finding_id: str) -> list[str]:
    """One finding: the sentence, its cells as printed and corrected, which one is probably wrong, and what can be done."""
    row = finding_meant(workspace, finding_id)
    cells = workspace.store.read("core_finding_cells", [row["report_year"]]).to_pylist()
    mine = sorted((cell for cell in cells if cell["finding_id"] == row["finding_id"]), key=lambda cell: cell["position"])
    return [
        f"问题 {row['finding_id']}　{STATUSES[row['status']]}{_FOUND_IN.get(row['found_in'], '')}",
        f"  单位：{row['agency_name']}（{row['agency_id']}），{row['report_year']} 年度",
        f"  规则：{row['rule']} {row['title_zh']}（{FINDINGS[row['severity']]}{'，旁证' if row['weak'] else ''}）",
        f"  说明：{row['message']}",
        *([f"  研判：{row['probable']}"] if row["probable"] else []),
        *([f"  处理：{row['decision_reason']}{_by(row)}"] if row["decision_reason"] else []),
        f"  文件：{row['path']}",
        *(["  有关单元格："] if mine else []),
        *(f"    {cell['label']}：{_figure(cell)}" + (f"（{cell['location']}）" if cell["location"] else "") for cell in mine),
        *_what_to_do(row),
    ]


def _what_to_do(row: Row) -> Iterator[str]:
    if row["status"] in STANDING:
        yield f"  数字有误的登记更正：gongkai correct {row['agency_id']} {row['report_year']} 格名 新值 --reason … --source … --by …"
        yield f"  不是问题的登记豁免：gongkai waive {row['finding_id']} --reason … --by …"


def _chosen(workspace: Workspace, wanted: Filter) -> list[Row]:
    unknown = [year for year in wanted.years if year not in workspace.store.years("out_findings")]
    if unknown:
        raise DecisionError(f"没有 {unknown[0]} 年度的报告。")
    rows: list[Row] = workspace.store.read("out_findings", wanted.years or None).to_pylist()
    ids = body_ids(workspace, wanted.body) if wanted.body else ()
    return sorted(
        (
            row
            for row in rows
            if (not wanted.body or row["agency_id"] in ids)
            and (not wanted.rules or row["rule"] in wanted.rules)
            and (not wanted.severities or row["severity"] in wanted.severities)
        ),
        key=lambda row: (-row["report_year"], row["agency_name"], list(FINDINGS).index(row["severity"]), row["rule"], row["finding_id"]),
    )


def _line(row: Row) -> str:
    said = "" if row["status"] == "open" else f"【{STATUSES[row['status']]}】"
    return f"{row['finding_id']} {row['report_year']} {row['agency_name']} {FINDINGS[row['severity']]} {row['rule']} {said}{row['message']}"


def _figure(cell: Row) -> str:
    printed = {"absent": "未找到", "blank": "空白"}.get(cell["state"]) or cell["raw"].strip()
    return printed if cell["corrected_value"] is None else f"印的是“{printed}”，更正为 {number_text(cell['corrected_value'])}"


def _by(row: Row) -> str:
    return f"（{row['decided_by']}，{row['decided_on']}）" if row["decided_by"] else ""


def _cell(name: str, value: object) -> object:
    if name == "severity":
        return FINDINGS[str(value)]
    if name == "status":
        return STATUSES[str(value)]
    return number_text(value) if isinstance(value, Decimal) and name in ("expected", "actual", "difference") else value
