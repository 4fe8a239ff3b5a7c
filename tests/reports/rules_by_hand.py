"""The rules of rules.md on figures, written out by hand: what a report breaks, told apart from the pipeline's own checks.

Blank cells count as 0. Used to see that drawn figures break nothing and that a planted mistake breaks what its row says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.catalog.model import Catalog
from tests.reports.content import Key, Values, keys_of

Broken = tuple[str, str]  # rule, place
_GROUPS = ("review", "litigation_direct", "litigation_after_review")
_ENDS = ("new", "carried_in", "handled", "carried_out")


def broken_rules(catalog: Catalog, form: str, values: Values, previous: Values | None, previous_form: str | None) -> set[Broken]:
    """Rule and place of everything that the figures break; `previous` is last year's report, None where there is none."""
    if form in ("2008", "2014"):
        return set(_statistics(values, previous if previous_form == form else None))
    if previous_form in ("2008", "2014"):
        previous = None
    broken = set(_requests(catalog, form, values)) | set(_remedies(values, previous)) | set(_one_table(catalog, form, values))
    if previous is not None:
        broken |= set(_years(form, values, previous_form, previous))
    return broken


def _statistics(values: Values, previous: Values | None) -> Iterator[Broken]:
    """A1 to A5 on the list of 2014; nothing on a report without one."""
    counts = {field.removeprefix("statistics."): value for (field, _), value in values.items()}
    if not counts:
        return
    for group in ("requests.received", "requests.closed", "requests.answered", "review", "litigation", "capacity.staff"):
        if counts[group] != _under(counts, group):
            yield "A1", "statistics" if "." in group else group
    if counts["requests.answered.denied"] != _under(counts, "requests.denied"):
        yield "A1", "statistics"
    for name, value in counts.items():
        if name.endswith("_by_head") and value > counts[name.removesuffix("_by_head")]:
            yield "A2", "response"
    channels = [value for name, value in counts.items() if name.startswith("channel.")]
    if not max(channels) <= counts["disclosed"] <= sum(channels):
        yield "A3", "statistics"
    waiting = Decimal(0)
    if previous is not None:
        waiting = previous["statistics.requests.received", None] - previous["statistics.requests.closed", None]
        if counts["requests.closed"] > counts["requests.received"] + waiting:
            yield "A4", "statistics"


def _under(counts: Mapping[str, Decimal], group: str) -> Decimal:
    return sum((value for name, value in counts.items() if name.rpartition(".")[0] == group), Decimal(0))


def _requests(catalog: Catalog, form: str, values: Values) -> Iterator[Broken]:
    fields = [field.field for field in catalog.fields_of(form) if field.by_applicant]
    parts = [row.applicant for row in catalog.applicants if row.in_total]
    for column in (*parts, "total"):
        new, carried_in, handled, carried_out = (values[f"requests.{row}", column] for row in _ENDS)
        if new + carried_in != handled + carried_out:
            yield "R1", column
        if handled != sum(values[field, column] for field in fields if field.split(".")[1] not in _ENDS):
            yield "R2", column
    for field in fields:
        if values[field, "total"] != sum(values[field, part] for part in parts):
            yield "R3", field
    caseload = values["requests.new", "total"] + values["requests.carried_in", "total"]
    if caseload >= 20 and values["requests.carried_out", "total"] > Decimal("0.35") * caseload:
        yield "R6", "total"
    if caseload == 0 and any(values[field, column] for field in fields for column in (*parts, "total")):
        yield "R7", "total"
    if values["requests.new", "natural_person"] == 0 and values["requests.new", "other_organization"] >= 5:
        yield "R8", "natural_person"


def _remedies(values: Values, previous: Values | None) -> Iterator[Broken]:
    def total(group: str, of: Values = values) -> Decimal:
        return of[f"remedies.{group}.total", None]

    def decided(of: Values) -> Decimal:
        return sum((of[f"remedies.review.{outcome}", None] for outcome in ("upheld", "corrected", "other")), Decimal(0))

    for group in _GROUPS:
        if total(group) != sum(values[f"remedies.{group}.{outcome}", None] for outcome in ("upheld", "corrected", "other", "pending")):
            yield "L1", group
        if previous is not None and total(group) < previous[f"remedies.{group}.pending", None]:
            yield "L5", group
    last_decided = decided(previous) if previous is not None else Decimal(0)
    last_handled = previous["requests.handled", "total"] if previous is not None else Decimal(0)
    requests = values["requests.new", "total"] + (previous["requests.new", "total"] if previous is not None else 0)
    if total("litigation_after_review") > decided(values) + last_decided:
        yield "L2", ""
    if not requests and any(total(group) for group in _GROUPS):
        yield "L3", ""
    if total("review") + total("litigation_direct") > values["requests.handled", "total"] + last_handled:
        yield "L4", ""


def _one_table(catalog: Catalog, form: str, values: Values) -> Iterator[Broken]:
    for key in keys_of(catalog, form):
        field, value = catalog.field(form, key[0]), values[key]
        if field.kind != "money" and (value != int(value) or (value < 0 and field.kind == "count")):
            yield "S6", cell_of(key)
        stem, _, leaf = key[0].rpartition(".")
        line = stem.rpartition(".")[2]
        if line == "regulations" and value:
            yield "P5", line
        if leaf == "items_change" and values[f"{stem}.items_previous_year", None] + value < 0:
            yield "P6", line
        if leaf == "newly_disclosed" and value > values[f"{stem}.disclosed_total", None]:
            yield "P8", line
        if (
            field.kind == "money"
            and f"{stem}.items" in {row.field for row in catalog.fields_of(form)}
            and (value == 0) != (values[f"{stem}.items", None] == 0)
        ):
            yield "P9", line
        if key[0] == "proactive.fees.amount" and value >= Decimal("1e9"):
            yield "P3", line


def _years(form: str, values: Values, previous_form: str | None, previous: Values) -> Iterator[Broken]:
    for key, value in values.items():
        stem, _, leaf = key[0].rpartition(".")
        line = stem.rpartition(".")[2]
        if key[0] == "requests.carried_in" and value != previous["requests.carried_out", key[1]]:
            yield ("Y1", "total") if key[1] == "total" else ("Y2", str(key[1]))
        if leaf == "in_force" and (f"{stem}.in_force", None) in previous:
            stock = previous[f"{stem}.in_force", None] + values[f"{stem}.issued", None]
            if values[f"{stem}.repealed", None] > stock:
                yield "P2", line
            elif value != stock - values[f"{stem}.repealed", None]:
                yield "P1", line
        if key[0] == "proactive.fees.amount" and value * 3162 < previous.get(key, Decimal(0)):
            yield "P3", line
        if leaf == "decisions" and key in previous and _wild(value, previous[key]):
            yield "P4", line
        if leaf == "items_previous_year" and form == previous_form and value != previous[key] + previous[f"{stem}.items_change", None]:
            yield "P7", line
    yield from _copied(values, previous)


def _copied(values: Values, previous: Values) -> Iterator[Broken]:
    tables = {key[0].partition(".")[0] for key in values}
    for table in sorted(tables):
        cells = {key: value for key, value in values.items() if key[0].startswith(f"{table}.")}
        if any(cells.values()) and all(previous.get(key) == value for key, value in cells.items()):
            yield "Y4", table


def _wild(value: Decimal, before: Decimal) -> bool:
    return (value == 0) != (before == 0) or (before > 0 and not before / 10 < value < before * 10)


def cell_of(key: Key) -> str:
    """`requests.new[total]`."""
    return f"{key[0]}[{key[1]}]" if key[1] else key[0]
