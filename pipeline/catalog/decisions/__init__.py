"""What people decided about single figures, findings and reports. Kept by the office in data/decisions."""

from pipeline.catalog.decisions.files import COLUMNS, CONFIRMATIONS, CORRECTIONS, COVERAGES_DECIDED, DECISIONS, WAIVERS
from pipeline.catalog.decisions.load import load_decisions, read_decisions
from pipeline.catalog.decisions.rows import COVERAGES, Confirmation, Correction, CoverageDecision, Decisions, Expected, Waiver
from pipeline.catalog.decisions.strays import strays

__all__ = [
    "COLUMNS",
    "CONFIRMATIONS",
    "CORRECTIONS",
    "COVERAGES",
    "COVERAGES_DECIDED",
    "DECISIONS",
    "WAIVERS",
    "Confirmation",
    "Correction",
    "CoverageDecision",
    "Decisions",
    "Expected",
    "Waiver",
    "load_decisions",
    "read_decisions",
    "strays",
]
