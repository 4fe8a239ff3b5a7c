"""All evidence for body and year of a filed report weighed: as a table, and where nothing in the report tells the body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from msgspec import structs

from pipeline.catalog.model import Catalog
from pipeline.catalog.registry import Registry
from pipeline.normalise.agencies.codes import organisation_code
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.names import agreement, same_agency
from pipeline.normalise.filing.paths import evidence_of_path
from pipeline.normalise.filing.records import FiledReport
from pipeline.normalise.identity.evidence import correction_in
from pipeline.normalise.model import Evidence
from pipeline.normalise.problems import problem
from pipeline.normalise.status import status_with_agency
from pipeline.readers.records import Record

BodiesByCode = Mapping[str, str]
_ENOUGH = 4  # the weight from which evidence beside the text tells a body; a file name alone has less


def bodies_by_code(registry: Registry) -> BodiesByCode:
    """The names of registered bodies by their 9-character codes."""
    codes = ((organisation_code(row.organisation_code or ""), row.agency_name) for row in registry.agencies)
    return {code: name for code, name in codes if code}


def evidence_of_filed(catalog: Catalog, bodies: BodiesByCode, filed: FiledReport) -> Iterator[Evidence]:
    """Everything that says whose a filed report is and for which year; a code that is registered says its body."""
    stated_by = ("page", filed.page_path) if filed.page_path else ("sender", "sources.csv")
    if filed.stated_agency:
        yield Evidence(stated_by[0], "agency", stated_by[1] or "", filed.stated_agency)
    if filed.stated_year:
        yield Evidence(stated_by[0], "year", stated_by[1] or "", str(filed.stated_year))
    for piece in filed.report.evidence:
        yield structs.replace(piece, says=bodies.get(piece.says, piece.says)) if piece.kind == "index_code" else piece
    for form in dict.fromkeys(found.form for found in filed.report.tables if found.form):
        row = next((row for row in catalog.forms if row.form == form), None)
        if row is not None:
            yield Evidence("form", "year", row.title_zh, f"{row.valid_from}—{row.valid_to or ''}")
    yield from evidence_of_path(filed.path)
    yield from _mark_in_file_name(catalog, filed)


def correction_marks(catalog: Catalog, filed: FiledReport) -> tuple[Evidence, ...]:
    """What marks a report as a correction of an earlier one: in its title, on its page, at its beginning, in its file name."""
    return tuple(piece for piece in (*filed.report.evidence, *_mark_in_file_name(catalog, filed)) if piece.about == "version")


def _mark_in_file_name(catalog: Catalog, filed: FiledReport) -> Iterator[Evidence]:
    return correction_in(catalog, "file_name", re.split("[/!]", filed.path)[-1], filed.agency_name)


def with_agency_of_its_place(catalog: Catalog, bodies: BodiesByCode, filed: FiledReport) -> FiledReport:
    """A report of an unknown body under the one that index code, folder and file name tell, which is said; else as it is.

    The weights of pieces that agree are added; they have to be enough, and more than those that speak for another body.
    """
    if filed.agency_name is not None or filed.report.status == "refused":
        return filed
    weights: dict[str, int] = defaultdict(int)
    pieces = [piece for piece in evidence_of_filed(catalog, bodies, filed) if piece.about == "agency" and not _is_code(piece)]
    for piece in pieces:
        name = next((known for known in weights if same_agency(known, piece.says)), piece.says)
        total = weights.pop(name, 0) + catalog.evidence_kind(piece.kind, "agency").weight
        weights[max(name, piece.says, key=len)] = total
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _ENOUGH or (len(ranked) > 1 and ranked[1][1] >= ranked[0][1]):
        return filed
    name = ranked[0][0]
    places = "、".join(
        f"{catalog.evidence_kind(piece.kind, 'agency').title_zh}“{piece.text}”" for piece in pieces if same_agency(piece.says, name)
    )
    message = f"报告中没有写明报送单位，按{places}视为“{name}”，请核实；有误的请在 sources.csv 中登记。"
    problems = tuple(item for item in filed.report.problems if item.code != "agency_unknown")
    report = structs.replace(filed.report, problems=(*problems, problem(catalog, "agency_by_path", message)))
    report = structs.replace(report, status=status_with_agency(catalog, report))
    return replace(filed, report=report, agency_of_its_place=name)


def with_years_of_its_place(catalog: Catalog, filed: FiledReport) -> FiledReport:
    """A report of an unknown year with what folder and file name say of it: for a person to decide, since both may mean publication."""
    if filed.report.report_year is not None:
        return filed
    pieces = [piece for piece in evidence_of_path(filed.path) if piece.about == "year"]
    said = "、".join(f"{catalog.evidence_kind(piece.kind, 'year').title_zh}“{piece.text}”像是 {piece.says} 年度" for piece in pieces)
    if not said:
        return filed
    problems = tuple(
        structs.replace(item, message=f"{item.message}（{said}，未据以认定。）") if item.code == "year_unknown" else item
        for item in filed.report.problems
    )
    return replace(filed, report=structs.replace(filed.report, problems=problems))


def core_report_evidence(catalog: Catalog, bodies: Bodies, codes: BodiesByCode, filed: FiledReport) -> Iterator[Record]:
    """The rows of core_report_evidence. A name that the registry knows as one of the body's agrees, whatever it looks like."""
    for number, piece in enumerate(evidence_of_filed(catalog, codes, filed)):
        row = catalog.evidence_kind(piece.kind, piece.about)
        yield {
            "report_id": filed.report_id,
            "report_year": filed.report.report_year,
            "evidence": number,
            "evidence_kind": piece.kind,
            "about": piece.about,
            "evidence_label": row.title_zh,
            "evidence_text": piece.text,
            "says": piece.says,
            "weight": row.weight,
            "agrees": _agrees(catalog, bodies, filed, piece),
            "block": piece.block,
            "page": piece.page,
        }


def _agrees(catalog: Catalog, bodies: Bodies, filed: FiledReport, piece: Evidence) -> str | None:
    """How a piece stands to what was decided; None where nothing was, or the two cannot be compared."""
    if piece.about == "version":
        return None
    if piece.about == "agency":
        if bodies.registry.agencies and bodies.resolve(piece.says, filed.report.report_year).agency_id == filed.agency_id:
            return "yes"
        return agreement(catalog, filed.agency_name, piece.says) if filed.agency_name and not _is_code(piece) else None
    year = filed.report.report_year
    if year is None:
        return None
    first, _, last = piece.says.partition("—")
    return "yes" if year == int(first) or ("—" in piece.says and int(first) <= year <= int(last or year)) else "no"


def _is_code(piece: Evidence) -> bool:
    """Whether a piece says a code that nobody has registered."""
    return organisation_code(piece.says) is not None
