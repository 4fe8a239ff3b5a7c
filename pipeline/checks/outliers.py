"""Figures that are far from what is usual (Y3): from the body's own earlier years, or in their growth from that of bodies of its kind.

A robust z-score on logarithms: how many times the usual spread (median of the distances to the median) a figure is away from the median.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from pipeline.checks.between_years import Standing
from pipeline.checks.model import Against, Outlier

EARLIER = "earlier_values"  # the table of earlier figures of the bodies that report: agency_id, report_year, field, applicant, value
_FARTHEST = 3.5  # the usual limit of a robust z-score
_LEAST_SPREAD = 0.25  # of logarithms: where nearly all are equal, a quarter more is no outlier yet
_LEAST_FIGURE = 20  # small figures jump all the time
_LEAST_YEARS, _LEAST_PEERS = 4, 10
_FIGURES = """
    CREATE TABLE figure AS
    SELECT subject, peers, agency_id, field, applicant, now.value AS value, ln(1 + now.value::DOUBLE) AS logarithm,
           before.value AS value_before, logarithm - ln(1 + before.value::DOUBLE) AS growth
    FROM subject JOIN core_cells AS now USING (report_id) JOIN measure USING (field, applicant)
    LEFT JOIN (SELECT cells_before.* FROM cells_before JOIN measure USING (field, applicant)) AS before
        ON before.report_id = before_id AND before.field = now.field AND before.applicant = now.applicant
    WHERE now.value >= 0 AND coalesce(before.value, 0) >= 0
"""
_USUAL: Mapping[Against, str] = {
    "own": f"""
        SELECT agency_id, field, applicant, median(x) AS middle, mad(x) AS spread, NULL AS peers
        FROM (
            SELECT agency_id, field, applicant, ln(1 + value::DOUBLE) AS x FROM earlier WHERE value >= 0
            UNION ALL
            SELECT agency_id, field, applicant, ln(1 + value_before::DOUBLE) FROM figure WHERE value_before IS NOT NULL
        ) GROUP BY ALL HAVING count(*) >= {_LEAST_YEARS}
    """,
    "peers": f"""
        SELECT peers, field, applicant, median(growth) AS middle, mad(growth) AS spread, NULL AS agency_id
        FROM figure WHERE growth IS NOT NULL GROUP BY peers, field, applicant HAVING count(*) >= {_LEAST_PEERS}
    """,
}
_COMPARED: Mapping[Against, tuple[str, str]] = {"own": ("logarithm", "agency_id"), "peers": ("growth", "peers")}  # what, within what
_JUDGED = """
    SELECT subject, field, applicant, usual, abs(0.6745 * (x - middle) / greatest(spread, {spread})) > {farthest}
           AND greatest(value, usual) >= {least} AS is_outlier
    FROM (
        SELECT figure.*, middle, spread, {x} AS x, round(exp(middle + logarithm - {x}) - 1) AS usual
        FROM figure JOIN usual_{against} AS usual USING (field, applicant, {by}) WHERE {x} IS NOT NULL
    ) ORDER BY ALL
"""


def outliers(
    listed: Sequence[Standing], fields: Sequence[str], cells: pa.Table, cells_before: pa.Table, earlier: pa.Table | None
) -> list[Mapping[Against, tuple[Outlier, ...]]]:
    """For each report what is far from usual; a comparison for which too little is known is missing. fields: as in requests.new[total]."""
    found: list[dict[Against, list[Outlier]]] = [{} for _ in listed]
    with duckdb.connect(":memory:", config={"python_enable_replacements": False, "enable_external_access": False}) as connection:
        _put(connection, listed, fields, cells, cells_before, earlier)
        connection.execute(_FIGURES)
        for against, (x, by) in _COMPARED.items():
            connection.execute(f"CREATE TABLE usual_{against} AS {_USUAL[against]}")
            limits = {"spread": _LEAST_SPREAD, "farthest": _FARTHEST, "least": _LEAST_FIGURE}
            for subject, field, applicant, usual, is_outlier in connection.execute(
                _JUDGED.format(x=x, by=by, against=against, **limits)
            ).fetchall():
                judged = found[subject].setdefault(against, [])
                if is_outlier:
                    judged.append(Outlier(field, applicant or None, int(usual)))
    return [{against: tuple(judged) for against, judged in each.items()} for each in found]


def _put(
    connection: duckdb.DuckDBPyConnection,
    listed: Sequence[Standing],
    fields: Sequence[str],
    cells: pa.Table,
    cells_before: pa.Table,
    earlier: pa.Table | None,
) -> None:
    columns: dict[str, list[object]] = defaultdict(list)
    for place, standing in enumerate(listed):
        facts, previous = standing.facts, standing.comparable if standing.is_plain else None
        columns["subject"].append(place)
        columns["report_id"].append(facts.report_id)
        columns["agency_id"].append(facts.agency_id)
        columns["before_id"].append(previous.report_id if previous else None)
        columns["peers"].append(f"{facts.agency_kind}/{facts.agency_level}")
    types = {"subject": pa.int32(), **dict.fromkeys(("report_id", "agency_id", "before_id", "peers"), pa.string())}
    connection.register("subject", pa.table({name: pa.array(columns[name], kind) for name, kind in types.items()}))
    named = [field.rstrip("]").partition("[") for field in fields]
    connection.register("measure", pa.table({"field": [row[0] for row in named], "applicant": [row[2] for row in named]}))
    connection.register("core_cells", cells)
    connection.register("cells_before", cells_before)
    nothing = pa.schema([("agency_id", pa.string()), ("field", pa.string()), ("applicant", pa.string()), ("value", pa.float64())])
    connection.register("earlier", nothing.empty_table() if earlier is None else earlier)
