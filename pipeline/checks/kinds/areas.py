"""The kinds that hold a government beside the bodies of its area. They need the reports of all of them: see checks/areas.

Within one report they do not apply. Parameters: areas = `lowest` (no government below) or `nested`; corrected = yes, for what a body
corrected after its government had added up.
"""

from __future__ import annotations

from pipeline.catalog.row_types import Rule
from pipeline.checks.expand import Expander
from pipeline.checks.kind import Assessment, Check, Kind
from pipeline.checks.model import ReportFacts
from pipeline.common.errors import CatalogError

_CHOICES = {"areas": ("lowest", "nested"), "corrected": ("yes", "no")}


def _prepare(rule: Rule, _: Expander) -> Check:
    for parameter, value in rule.parameters.items():
        if value not in _CHOICES[parameter]:
            raise CatalogError(f"rules.csv 的 {rule.rule}：参数 {parameter} 应为 {'、'.join(_CHOICES[parameter])} 之一，现为“{value}”。")

    def check(_: ReportFacts, __: ReportFacts | None) -> list[Assessment]:
        return []

    return check


AREA_SUM = Kind(
    _prepare, needs=frozenset({"areas"}), takes=frozenset({"corrected"}), says=frozenset({"count", "list", "bodies"}), by_profile=True
)
AREA_PART = Kind(_prepare, takes=frozenset({"corrected"}), says=frozenset({"count", "list", "body"}), by_profile=True)
AREA_ROSTER = Kind(_prepare, says=frozenset({"count", "list"}), by_profile=True)
