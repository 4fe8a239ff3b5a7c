"""Whether a government's report covers its whole area or its own office only: a judgement, with its reason.

What the report says of itself decides; where it says nothing, the figures do: a whole is nowhere smaller than one of its parts, and
near their sum. Where neither tells, it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.sql import query, relation

Coverage = Literal["whole_area", "own_office", "unknown"]
_SENTENCE = re.compile(r"[^。；;\n]+")
_LONGEST_QUOTE = 60
_LEAST_CELLS = 5  # cells with a figure of a body, below which figures tell nothing
_NOT_A_WHOLE = 0.2  # share of cells in which a body has more than the government
_IS_THE_SUM = 0.5  # share of cells in which the government has exactly the sum

# Compared are cells of the same field in the same form, where a body has more than 0. A published figure is near the sum from the sum
# to a quarter more: bodies may be missing.
_FIGURES = """
    WITH number AS (
        SELECT cell.report_id, found.form, cell.field, cell.applicant, cell.value
        FROM core_cells AS cell JOIN core_report_tables AS found USING (report_id, "table")
        WHERE cell.state = 'number' AND NOT cell.is_extra
    ),
    compared AS (
        SELECT below.government_report, part.field, part.applicant, whole.value AS published,
               sum(part.value) AS together, max(part.value) AS largest
        FROM below
        JOIN number AS part ON part.report_id = below.report_id
        JOIN number AS whole ON whole.report_id = below.government_report AND whole.form = part.form
             AND whole.field = part.field AND whole.applicant = part.applicant
        WHERE part.value > 0
        GROUP BY ALL
    )
    SELECT government_report, count(*) AS cells, count(*) FILTER (largest > published) AS smaller,
           count(*) FILTER (together = published) AS equal,
           count(*) FILTER (published >= together AND published <= 1.25 * together) AS near
    FROM compared GROUP BY government_report
"""
# A figure that the prose states for the area, or for the own office, and that stands in the table.
_CLAIMS = """
    SELECT claim.report_id, claim.claim_scope AS scope, arg_min(claim.sentence, claim.claim) AS sentence
    FROM core_claims AS claim
    JOIN counted ON counted.measure = claim.claim_measure
    JOIN core_cells AS cell ON cell.report_id = claim.report_id AND cell.field = counted.field AND cell.applicant IN ('', 'total')
    WHERE claim.claim_kind = 'figure' AND claim.claim_period = 'this' AND claim.claim_scope IN ('own', 'area')
          AND NOT claim.approximate AND claim.value > 0 AND cell.value = claim.value
    GROUP BY claim.report_id, claim.claim_scope
"""


class Judgement(NamedTuple):
    """basis: `statement` of the report, `figures`, `claims`, `none`, or a `decision` of people; reason: Chinese."""

    coverage: Coverage
    basis: Literal["statement", "claims", "figures", "none", "decision"]
    reason: str


def judge(
    catalog: Catalog,
    governments: Mapping[str, str],
    below: Iterable[tuple[str, str]],
    texts: Mapping[str, Iterable[str]],
    core_cells: pa.Table,
    core_report_tables: pa.Table,
    core_claims: pa.Table,
) -> dict[str, Judgement]:
    """The judgement on each report. governments: title by report id; below: report id of a government and of a body of its area;
    texts: the paragraphs of the reports.
    """
    pairs = [{"government_report": one, "report_id": other} for one, other in below]
    figures = query(
        _FIGURES,
        below=relation(pairs, government_report=pa.string(), report_id=pa.string()),
        core_cells=core_cells,
        core_report_tables=core_report_tables,
    ).to_pylist()
    by_report = {row["government_report"]: row for row in figures}
    claims = _claims(catalog, core_claims, core_cells)
    bodies: dict[str, int] = {}
    for one, _ in {(pair["government_report"], pair["report_id"]) for pair in pairs}:
        bodies[one] = bodies.get(one, 0) + 1
    return {
        report_id: _stated(catalog, title, texts.get(report_id, ()))
        or _told_by_figures(by_report.get(report_id), bodies.get(report_id, 0), claims.get(report_id, {}))
        for report_id, title in governments.items()
    }


def _stated(catalog: Catalog, title: str, paragraphs: Iterable[str]) -> Judgement | None:
    """What the report says; None where it says nothing, or both."""
    in_title = {row.coverage for row in catalog.coverage_words if row.place == "title" and row.pattern.search(title)}
    if len(in_title) == 1:
        return Judgement(in_title.pop(), "statement", f"题目：“{title.strip()}”")
    said: dict[Coverage, str] = {}
    for paragraph in paragraphs:
        for sentence in _SENTENCE.findall(paragraph):
            if found := _says(catalog, sentence):
                said.setdefault(found, sentence.strip())
    if len(said) != 1:
        return None
    coverage, sentence = said.popitem()
    return Judgement(coverage, "statement", f"报告写明：“{_short(sentence)}”")


def _says(catalog: Catalog, sentence: str) -> Coverage | None:
    """The first row that fits decides: what is left out is said more plainly than what is included."""
    return next((row.coverage for row in catalog.coverage_words if row.place == "text" and row.pattern.search(sentence)), None)


def _told_by_figures(found: Mapping[str, Any] | None, bodies: int, claims: Mapping[str, str]) -> Judgement:
    cells = found["cells"] if found else 0
    if found and cells >= _LEAST_CELLS:
        if found["smaller"] >= _NOT_A_WHOLE * cells:
            said = f"与所属 {bodies} 个单位可比的 {cells} 格中，有 {found['smaller']} 格小于其中一个单位的数字，不可能是全地区的数字"
            return Judgement("own_office", "figures", said)
        if found["equal"] >= _IS_THE_SUM * cells:
            said = f"与所属 {bodies} 个单位可比的 {cells} 格中，有 {found['equal']} 格正等于各单位之和"
            return Judgement("whole_area", "figures", said)
    if len(claims) == 1:
        scope, sentence = next(iter(claims.items()))
        coverage: Coverage = "whole_area" if scope == "area" else "own_office"
        return Judgement(coverage, "claims", f"正文所写{'全地区' if scope == 'area' else '本机关'}的数字与表格相同：“{_short(sentence)}”")
    if found and cells >= _LEAST_CELLS and not found["smaller"] and found["near"] >= _IS_THE_SUM * cells:
        said = f"与所属 {bodies} 个单位可比的 {cells} 格都不小于任何一个单位，其中 {found['near']} 格接近各单位之和"
        return Judgement("whole_area", "figures", said)
    return Judgement("unknown", "none", f"报告没有写明范围，与所属单位可比的数字{'太少' if cells < _LEAST_CELLS else '也不能说明'}")


def _claims(catalog: Catalog, core_claims: pa.Table, core_cells: pa.Table) -> dict[str, dict[str, str]]:
    """By report and scope, the first sentence whose figure stands in the table."""
    counted = [
        {"measure": name, "field": field}
        for name, measure in catalog.claims.measures.items()
        for word in measure.fields
        for field in word.split("|")
        if not set("+*") & set(field)
    ]
    found: dict[str, dict[str, str]] = {}
    claimed = relation(counted, measure=pa.string(), field=pa.string())
    for row in query(_CLAIMS, core_claims=core_claims, core_cells=core_cells, counted=claimed).to_pylist():
        found.setdefault(row["report_id"], {})[row["scope"]] = row["sentence"]
    return found


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "……"
