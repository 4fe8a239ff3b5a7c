"""`gongkai decisions`: the decisions checked and listed with what has become of each. Each gives lines of text."""

from __future__ import annotations

from collections import Counter

from pipeline.catalog.decisions import DECISIONS, read_decisions, strays
from pipeline.checks.decided import IN_VAIN, KINDS, STATES, spoken
from pipeline.orchestration.wanted import Row
from pipeline.orchestration.workspace import Workspace


def check(workspace: Workspace) -> tuple[list[str], bool]:
    """What is wrong in the files, and which decisions do nothing, as of the last build; and whether all is well."""
    decisions, mistakes = read_decisions(workspace.settings.decisions, workspace.catalog)
    if mistakes:
        return [*map(str, mistakes), f"共 {len(mistakes)} 处错误（{workspace.settings.decisions}）。"], False
    counts = (len(decisions.corrections), len(decisions.waivers), len(decisions.confirmations), len(decisions.coverage))
    total = "，".join(f"{name} {count} 行" for name, count in zip(KINDS.values(), counts, strict=True))
    lines = [line for row in stored(workspace) if row["decision_state"] in IN_VAIN for line in told(row)]
    waiting = len(decisions.ids - {row["decision_id"] for row in stored(workspace)})
    if waiting:
        lines.append(f"有 {waiting} 行是上次运行之后登记的，运行 gongkai build 后起作用。")
    lines += strays(workspace.settings.decisions)
    return [*lines, f"{'、'.join(DECISIONS)} 填写没有错误：{total}。"], True


def listing(workspace: Workspace) -> list[str]:
    """Every decision as of the last build."""
    rows = stored(workspace)
    counts = Counter(row["decision_state"] for row in rows)
    total = "，".join(f"{name} {counts[key]} 项" for key, name in STATES.items() if counts[key])
    return [*(line for row in rows for line in told(row)), f"共 {len(rows)} 项决定{'：' + total if total else ''}。"]


def stored(workspace: Workspace) -> list[Row]:
    """The rows of core_decisions, latest year first."""
    rows: list[Row] = workspace.store.read("core_decisions").to_pylist()
    return sorted(
        rows, key=lambda row: (-row["report_year"], row["agency_id"], list(KINDS).index(row["decision_kind"]), row["decision_id"])
    )


def told(row: Row) -> list[str]:
    """A decision in one line, and why it does nothing in another."""
    kind, state = KINDS[row["decision_kind"]], STATES[row["decision_state"]]
    start = f"{kind}【{state}】{row['agency_name'] or row['agency_id']} {row['report_year']} 年度 "
    if row["decision_kind"] == "correction":
        printed = spoken(row["expected_state"], row["expected_value"])
        what = f"{row['label']}：{printed} → {spoken('number', row['corrected_value'])}"
    else:
        what = row["label"] or f"{row['rule']}（{row['finding_id']}）"
    lines = [f"{start}{what}。{row['decision_reason']}（{row['decided_by']}，{row['decided_on']}）"]
    return [*lines, f"  {row['state_reason']}"] if row["state_reason"] else lines
