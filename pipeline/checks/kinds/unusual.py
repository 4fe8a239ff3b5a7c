"""The kind about figures that are far from what is usual."""

from __future__ import annotations

from typing import get_args

from pipeline.catalog.row_types import Rule
from pipeline.checks.evidence import figure_text, finding_cell, listed
from pipeline.checks.expand import Expander
from pipeline.checks.kind import NOT_ASSESSABLE, PASS, Assessment, Check, Glance, Kind
from pipeline.checks.model import Against, FindingCell, ReportFacts
from pipeline.checks.names import quoted
from pipeline.common.errors import CatalogError

_AGAINST: tuple[Against, ...] = get_args(Against)


def _outlier(rule: Rule, expander: Expander) -> Check:
    catalog, names = expander.catalog, expander.names
    against = next((name for name in _AGAINST if name == rule.parameters["against"]), None)
    if against is None:
        raise CatalogError(f"rules.csv 的 {rule.rule}：参数 against 应为 {'、'.join(_AGAINST)} 之一。")
    ids = {field.field for field in catalog.fields}
    for path in rule.parameters["fields"].split():
        if path.partition("[")[0] not in ids:
            raise CatalogError(f"rules.csv 的 {rule.rule}：没有指标 {path}。")

    def tells(facts: ReportFacts) -> Assessment | None:
        found = facts.outliers.get(against)
        return NOT_ASSESSABLE if found is None else None if found else PASS

    def look(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        texts, cells = list[str](), list[FindingCell]()
        for one in facts.outliers[against]:
            form = next(form for table in catalog.table_ids if (form := facts.form_of(table)) and _has(form, one.field))
            field, cell = catalog.field(form, one.field), facts.cells.get((one.field, one.applicant))
            texts.append(f"{quoted(names.full(field, one.applicant))}填报 {figure_text(cell, field.unit)}，通常约为 {one.usual}")
            cells.append(finding_cell(names, facts, field, one.applicant, cell))
        return [Assessment("fail", place="增减幅度", cells=tuple(cells), details={"list": listed(texts)})]

    def _has(form: str, path: str) -> bool:
        return any(field.field == path for field in catalog.fields_of(form))

    return Glance(tells, look)


OUTLIER = Kind(_outlier, needs=frozenset({"against", "fields"}), says=frozenset({"list"}))
