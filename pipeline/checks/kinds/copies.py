"""The kind about other reports of the same body on the same year."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import get_args

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field, Rule
from pipeline.checks.evidence import listed, number_text
from pipeline.checks.expand import Expander
from pipeline.checks.kind import NOT_APPLICABLE, PASS, Assessment, Check, Glance, Kind
from pipeline.checks.model import CopyDifference, CopyFacts, FindingCell, ReportFacts, Side
from pipeline.checks.names import Names, quoted
from pipeline.common.errors import CatalogError
from pipeline.normalise.filing.versions import RULES, Relation, relation

_COUNTED = {
    "contradicting": ("contradicting",),
    "corrected": ("contradicting",),
    "partial": ("missing", "unclear"),
    "identical": (),
    "own_office": (),
}


def _copies(rule: Rule, expander: Expander) -> Check:
    wanted = rule.parameters["relation"]
    if wanted not in get_args(Relation):
        raise CatalogError(f"rules.csv 的 {rule.rule}：参数 relation 应为 {'、'.join(get_args(Relation))} 之一。")

    def assess(facts: ReportFacts, copy: CopyFacts) -> Assessment:
        if relation({item.kind for item in copy.differences}, copy.rule) != wanted:
            return PASS
        found = [item for item in copy.differences if item.kind in _COUNTED[wanted]]
        shown = found if wanted != "partial" else []  # a whole table may be missing there
        said = listed([_said(expander.catalog, expander.names, item) for item in shown])
        details = {"other": copy.path, "count": str(len(found)), "list": said, "why": RULES[copy.rule]}
        cells = tuple(cell for item in shown for cell in _cells(expander.catalog, expander.names, facts, copy, item))
        return Assessment("fail", place="整份报告", cells=cells, details=details)

    def check(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        return [assess(facts, copy) for copy in facts.copies]

    return Glance(lambda facts: None if facts.copies else NOT_APPLICABLE, check)


def _said(catalog: Catalog, names: Names, item: CopyDifference) -> str:
    field = _field(catalog, item.field)
    place = f"{names.table(None, item.table)}{quoted(names.full(field, item.applicant))}"
    return f"{place}本报告为 {_figure(item.value, item.raw)}，另一份为 {_figure(item.other_value, item.other_raw)}"


def _figure(value: Decimal | None, raw: str) -> str:
    return number_text(value) if value is not None else raw.strip() or "空白"


def _cells(catalog: Catalog, names: Names, facts: ReportFacts, copy: CopyFacts, item: CopyDifference) -> Iterable[FindingCell]:
    label = names.full(_field(catalog, item.field), item.applicant)

    def cell(side: Side, report_id: str, prefix: str, state: str, value: Decimal | None, raw: str, location: str) -> FindingCell:
        return FindingCell(side, report_id, item.field, item.applicant, prefix + label, state, value, raw, location, None)

    yield cell("left", facts.report_id, "", item.state, item.value, item.raw, item.location)
    yield cell("right", copy.report_id, "另一份的", item.other_state, item.other_value, item.other_raw, item.other_location)


def _field(catalog: Catalog, field: str) -> Field:
    """A field under the last form that has it."""
    return next(row for row in reversed(catalog.fields) if row.field == field)


COPIES = Kind(_copies, needs=frozenset({"relation"}), says=frozenset({"other", "count", "list", "why"}))
