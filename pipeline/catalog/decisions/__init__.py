"""What people decided about single figures and findings: corrections, waivers, confirmations. Kept by the office in data/decisions."""

from pipeline.catalog.decisions.load import CONFIRMATIONS, CORRECTIONS, DECISIONS, WAIVERS, load_decisions, read_decisions
from pipeline.catalog.decisions.rows import Confirmation, Correction, Decisions, Expected, Waiver

__all__ = [
    "CONFIRMATIONS",
    "CORRECTIONS",
    "DECISIONS",
    "WAIVERS",
    "Confirmation",
    "Correction",
    "Decisions",
    "Expected",
    "Waiver",
    "load_decisions",
    "read_decisions",
]
