"""What the name of a body says: its kind, its level, and the day by which its report is due."""

from __future__ import annotations

from datetime import date

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import AgencyKind
from pipeline.common.errors import CatalogError


def kind_of_agency(catalog: Catalog, name: str) -> AgencyKind:
    """The row of agency_kinds.csv whose suffix ends `name`; the longest suffix wins, the empty one takes the rest.

    Raises CatalogError where no row fits, which means that the row with the empty suffix was removed.
    """
    fitting = [row for row in catalog.agency_kinds if name.strip().endswith(row.suffix)]
    if not fitting:
        raise CatalogError(f"agency_kinds.csv 没有适用于“{name}”的行，请保留 suffix 为空的一行。")
    return max(fitting, key=lambda row: len(row.suffix))


def owes_to_its_area(catalog: Catalog, kind: str | None) -> bool:
    """Whether bodies of a kind owe a report to the government of their area; a kind that no row names does.

    Article 49 speaks of governments and their departments; who answers to a ministry, or is part of a department, reports with it.
    """
    return next((row.owes for row in catalog.agency_kinds if row.kind == kind), True)


def governs_an_area(catalog: Catalog, kind: str | None, name: str) -> bool:
    """Whether a body governs those below it: by its kind where a row of that kind does so, else by what its name says (a zone)."""
    of_kind = {row.kind for row in catalog.agency_kinds if row.governs and row.kind in ("government", "town")}
    return kind in of_kind or kind_of_agency(catalog, name).governs


def deadline_for(catalog: Catalog, agency_name: str, report_year: int) -> date:
    """The day by which the report on `report_year` has to be published, in the following year (Regulations, Art. 49).

    Raises CatalogError where the row of agency_kinds.csv names a day that the calendar does not have.
    """
    return deadline_of_kind(catalog, agency_name, None, report_year)


def deadline_of_kind(catalog: Catalog, agency_name: str, agency_kind: str | None, report_year: int) -> date:
    """The same for a body whose kind is registered, which counts before what its name says. agency_kind: None where it is not."""
    kind = kind_of_agency(catalog, agency_name)
    if agency_kind and kind.kind != agency_kind:
        kind = next((row for row in catalog.agency_kinds if row.kind == agency_kind), kind)
    try:
        return date(report_year + 1, kind.deadline_month, kind.deadline_day)
    except ValueError:
        message = f"agency_kinds.csv 的“{kind.suffix}”：{report_year + 1} 年没有 {kind.deadline_month} 月 {kind.deadline_day} 日。"
        raise CatalogError(message) from None
