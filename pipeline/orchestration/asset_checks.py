"""Dagster asset checks: those on the pipeline block, the findings about the reports never do."""

from collections.abc import Iterator
from string import digits

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from dagster import (
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetCheckSpec,
    MetadataValue,
    TableColumn,
    TableRecord,
    TableSchema,
    asset_check,
    multi_asset_check,
)

from pipeline.catalog import Catalog
from pipeline.catalog.severities import FINDINGS
from pipeline.checks.decided import IN_VAIN
from pipeline.orchestration.decisions_view import stored, told
from pipeline.orchestration.lost import files_missed, reports_with_fewer_figures
from pipeline.orchestration.publishing import forget
from pipeline.orchestration.resource import Installation

_WORST = 10


def build_checks(catalog: Catalog) -> list[AssetChecksDefinition]:
    """All checks that are not made while a table is written."""
    return [_files_not_lost(), _figures_not_lost(), _labels_known(), _registers_right(), _decisions_hold(), _rules(catalog)]


def _files_not_lost() -> AssetChecksDefinition:
    @asset_check(asset="raw_files", blocking=True, description="已发布的报告文件没有大批不见：资料文件夹挂接着，其中的文件夹都打得开")
    def files_not_lost(installation: Installation) -> AssetCheckResult:
        try:
            missed = files_missed(installation.workspace())
        except (duckdb.Error, OSError) as error:
            return AssetCheckResult(passed=True, severity=AssetCheckSeverity.WARN, description=f"已发布的数据库打不开，未作比较：{error}")
        return AssetCheckResult(
            passed=not missed.said or installation.accept_fewer_figures,
            severity=AssetCheckSeverity.ERROR,
            description=missed.said or None,
            metadata={"files": len(missed.paths), "paths": MetadataValue.md("\n".join(f"- {path}" for path in missed.paths[:100]) or "无")},
        )

    return files_not_lost


def _figures_not_lost() -> AssetChecksDefinition:
    @asset_check(asset="core_cells", blocking=True, description="同一份报告读出的数字不少于已发布的数据")
    def figures_not_lost(installation: Installation) -> AssetCheckResult:
        try:
            lost = reports_with_fewer_figures(installation.workspace())
        except (duckdb.Error, OSError) as error:  # damaged, or of an older layout: it is published anew, and that is said
            forget(installation.workspace(), installation.workspace().database)
            unread = f"已发布的数据库打不开，未作比较：{error}"
            return AssetCheckResult(passed=True, severity=AssetCheckSeverity.WARN, description=unread)
        message = f"{len(lost)} 份报告读出的数字比已发布的少；确认无误后用 gongkai build --accept-fewer-figures 发布。"
        return AssetCheckResult(
            passed=not lost or installation.accept_fewer_figures,
            severity=AssetCheckSeverity.ERROR,
            description=message if lost else None,
            metadata={"reports": len(lost), "worst": _table(lost[:_WORST], ["report_id", "published", "now"])},
        )

    return figures_not_lost


def _labels_known() -> AssetChecksDefinition:
    @asset_check(asset="core_problems", description="报告中的行名、列名都是已登记的")
    def labels_known(installation: Installation) -> AssetCheckResult:
        problems = installation.workspace().store.read("core_problems", columns=["code", "table", "message"])
        unknown = problems.filter(pc.field("code") == "label_unmatched").group_by(["table", "message"]).aggregate([([], "count_all")])
        rows = unknown.sort_by([("count_all", "descending"), ("message", "ascending")]).to_pylist()
        return AssetCheckResult(
            passed=not rows,
            severity=AssetCheckSeverity.WARN,
            metadata={"labels": len(rows), "worst": _table(rows[:_WORST], ["table", "message", "count_all"])},
        )

    return labels_known


def _registers_right() -> AssetChecksDefinition:
    @asset_check(asset="core_roster_problems", description="应报名单和单位登记表没有疑问")
    def registers_right(installation: Installation) -> AssetCheckResult:
        rows = installation.workspace().store.read("core_roster_problems").to_pylist()
        return AssetCheckResult(
            passed=not rows,
            severity=AssetCheckSeverity.WARN,
            metadata={"problems": len(rows), "worst": _table(rows[:_WORST], ["message"])},
        )

    return registers_right


def _decisions_hold() -> AssetChecksDefinition:
    @asset_check(asset="core_decisions", description="更正、豁免、确认、报告范围的决定都起作用：没有失效、过期、对不上的")
    def decisions_hold(installation: Installation) -> AssetCheckResult:
        rows = [row for row in stored(installation.workspace()) if row["decision_state"] in IN_VAIN]
        return AssetCheckResult(
            passed=not rows,
            severity=AssetCheckSeverity.WARN,
            metadata={"decisions": len(rows), "said": MetadataValue.md("\n".join(f"- {''.join(told(row))}" for row in rows) or "无")},
        )

    return decisions_hold


def _rules(catalog: Catalog) -> AssetChecksDefinition:
    """One non-blocking check for each family of rules (S, R, L ...): it fails where one of them found anything, and shows the worst.

    Not one for each rule: more than some 50 checks on one asset are slow to load in the user interface.
    """
    families: dict[str, dict[str, list[str]]] = {}
    for rule in catalog.rules:
        families.setdefault(rule.rule.rstrip(digits), {}).setdefault(rule.rule, []).append(rule.title_zh)
    specs = [AssetCheckSpec(family, asset="out_findings", description=_named(rules)) for family, rules in families.items()]

    @multi_asset_check(specs=specs, name="rules")
    def rules(installation: Installation) -> Iterator[AssetCheckResult]:
        columns = [
            "status",
            "rule",
            "title_zh",
            "severity",
            "report_year",
            "agency_name",
            "place",
            "expected",
            "actual",
            "difference",
            "message",
        ]
        findings = installation.workspace().store.read("out_findings", columns=columns)
        findings = findings.filter(pc.is_in(findings["status"], pa.array(["open", "confirmed"])))
        for family, members in families.items():
            found = findings.filter(pc.is_in(findings["rule"], pa.array(members)))
            yield AssetCheckResult(
                asset_key="out_findings",
                check_name=family,
                passed=found.num_rows == 0,
                severity=AssetCheckSeverity.WARN,
                metadata={"findings": found.num_rows, **_by_severity(found), "rules": _by_rule(found), "worst": _worst(found)},
            )

    return rules


def _named(rules: dict[str, list[str]]) -> str:
    return "；".join(f"{rule} {'、'.join(dict.fromkeys(titles))}" for rule, titles in rules.items())


def _by_rule(found: pa.Table) -> MetadataValue:
    """How often each rule of a family failed, the most frequent first."""
    counted = found.group_by(["rule", "title_zh"]).aggregate([([], "count_all")])
    rows = counted.sort_by([("count_all", "descending"), ("rule", "ascending")]).to_pylist()
    return _table(rows, ["rule", "title_zh", "count_all"])


def _by_severity(found: pa.Table) -> dict[str, int]:
    counts = {row["values"]: row["counts"] for row in pc.value_counts(found["severity"]).to_pylist()}
    return {name: counts[severity] for severity, name in FINDINGS.items() if severity in counts}


def _worst(found: pa.Table) -> MetadataValue:
    """The findings with the largest difference, those without one last."""
    size = pc.if_else(pc.is_null(found["difference"]), pa.scalar(-1.0), pc.abs(found["difference"].cast(pa.float64())))
    ordered = found.append_column("size", size).sort_by(
        [("size", "descending"), ("report_year", "descending"), ("agency_name", "ascending")]
    )
    return _table(ordered.slice(0, _WORST).to_pylist(), ["rule", "report_year", "agency_name", "place", "expected", "actual", "message"])


def _table(rows: list[dict[str, object]], columns: list[str]) -> MetadataValue:
    records = [TableRecord({name: "" if row[name] is None else str(row[name]) for name in columns}) for row in rows]
    return MetadataValue.table(records, schema=TableSchema([TableColumn(name, "string") for name in columns]))
