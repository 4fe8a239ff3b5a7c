"""The files of decisions, and the columns that each has."""

CORRECTIONS, WAIVERS, CONFIRMATIONS, COVERAGES_DECIDED = "corrections.csv", "waivers.csv", "confirmations.csv", "coverage.csv"
DECISIONS = (CORRECTIONS, WAIVERS, CONFIRMATIONS, COVERAGES_DECIDED)
_ABOUT_A_FINDING = ("finding_id", "agency_id", "report_year", "rule", "reason", "decided_by", "decided_on")
COLUMNS = {
    CORRECTIONS: (
        *("agency_id", "report_year", "table", "field", "applicant", "printed_value", "corrected_value"),
        *("reason", "source", "decided_by", "decided_on", "status"),
    ),
    WAIVERS: (*_ABOUT_A_FINDING, "valid_until"),
    CONFIRMATIONS: _ABOUT_A_FINDING,
    COVERAGES_DECIDED: (
        *("agency_id", "report_year", "coverage", "report_digest", "reason", "source"),
        *("decided_by", "decided_on", "status"),
    ),
}
STATUSES = ("active", "withdrawn")
