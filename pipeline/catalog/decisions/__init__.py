"""What people decided about single figures, findings and reports. Kept by the office in data/decisions."""

from pipeline.catalog.decisions.load import (
    CONFIRMATIONS,
    CORRECTIONS,
    COVERAGES_DECIDED,
    DECISIONS,
    WAIVERS,
    load_decisions,
    read_decisions,
)
from pipeline.catalog.decisions.rows import COVERAGES, Confirmation, Correction, CoverageDecision, Decisions, Expected, Waiver

__all__ = [
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
]
