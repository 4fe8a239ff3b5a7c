"""The kinds of rule, by the name that rules.csv gives them. A new kind is one function and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.checks.kind import Kind
from pipeline.checks.kinds import areas, claim_sums, claims, copies, identity, numbers, relation, repeats, sections, tables, unusual

KINDS: Mapping[str, Kind] = {
    "relation": relation.RELATION,
    "sections_present": sections.SECTIONS_PRESENT,
    "sections_in_order": sections.SECTIONS_IN_ORDER,
    "section_filled": sections.SECTION_FILLED,
    "section_says": sections.SECTION_SAYS,
    "text_free_of": sections.TEXT_FREE_OF,
    "form_due": tables.FORM_DUE,
    "table_present": tables.TABLE_PRESENT,
    "cells_complete": tables.CELLS_COMPLETE,
    "year_agrees": identity.YEAR_AGREES,
    "agency_agrees": identity.AGENCY_AGREES,
    "copies": copies.COPIES,
    "on_roster": identity.ON_ROSTER,
    "deadline": identity.DEADLINE,
    "whole_numbers": numbers.WHOLE_NUMBERS,
    "remark_in_count": numbers.REMARK_IN_COUNT,
    "amount_without_unit": numbers.AMOUNT_WITHOUT_UNIT,
    "outlier": unusual.OUTLIER,
    "text_repeated": repeats.TEXT_REPEATED,
    "table_repeated": repeats.TABLE_REPEATED,
    "claim_agrees": claims.CLAIM_AGREES,
    "claim_contradicts": claims.CLAIM_CONTRADICTS,
    "claim_share": claim_sums.CLAIM_SHARE,
    "claim_split": claim_sums.CLAIM_SPLIT,
    "area_sum": areas.AREA_SUM,
    "area_part": areas.AREA_PART,
    "area_roster": areas.AREA_ROSTER,
    "claim_growth": claim_sums.CLAIM_GROWTH,
}
