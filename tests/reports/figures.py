"""Figures drawn at random that keep every rule on one report and every rule between two years of a body (rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from tests.reports.content import Key, Values, keys_of
from tests.reports.remedies import draw_remedies
from tests.reports.statistics import draw_statistics, is_statistics

_ATTEMPTS = 200
_APPLICANT_WEIGHTS = (70, 14, 1, 3, 7, 5)
_RARE_ROWS = {"fee_overdue", "state_secret", "security_and_stability", "published_material"}
_OUTCOME_WEIGHTS = {"granted": 40, "partly_granted": 10, "not_held": 22}
_CARRYING_CASELOAD = 25  # smaller bodies finish everything within the year


@dataclass(frozen=True)
class Size:
    """How large a body is: requests a year, normative documents in force, decisions a year by kind, fees in 万元 a year."""

    requests: int = 12
    documents: int = 6
    licensing: int = 0
    penalties: int = 0
    coercion: int = 0
    services: int = 0
    fees: int = 0
    purchases: int = 4


def consistent_figures(
    catalog: Catalog, form: str, random: Random, previous: Values | None = None, size: Size | None = None
) -> dict[Key, Decimal]:
    """Values for every cell of `form` in the unit of storage; `previous` are last year's (of any form), or None.

    A field that this module does not know (of an invented form) gets a small count. No table repeats last year's figures.
    """
    size, history = size or Size(), dict(previous or {})
    values: dict[Key, Decimal] = {}
    for table in catalog.tables_of(form):
        fields = catalog.fields_of(form, table.table)
        for _ in range(_ATTEMPTS):
            drawn = _draw_table(catalog, fields, random, history, size, values)
            if not any(drawn.values()) or any(history.get(key) != value for key, value in drawn.items()):
                break
        else:
            raise AssertionError(f"no new figures for {table.table}")
        values |= drawn
    return {key: values[key] for key in keys_of(catalog, form)}


def _draw_table(
    catalog: Catalog, fields: tuple[Field, ...], random: Random, history: Values, size: Size, so_far: Values
) -> dict[Key, Decimal]:
    if any(field.by_applicant for field in fields):
        return _requests(catalog, fields, random, history, size)
    if is_statistics(fields):
        return draw_statistics(fields, random, history, size.requests, size.documents)
    if not any(field.row for field in fields):
        handled = int(so_far.get(("requests.handled", "total"), Decimal(0)))
        return draw_remedies(fields, random, history, handled)
    stems: dict[str, list[str]] = {}
    for field in fields:
        stem, _, leaf = field.field.rpartition(".")
        stems.setdefault(stem, []).append(leaf)
    drawn: dict[Key, Decimal] = {}
    for stem, leaves in stems.items():
        for leaf, value in _proactive(stem, leaves, random, history, size).items():
            drawn[f"{stem}.{leaf}", None] = Decimal(value)
    return drawn


def _proactive(stem: str, leaves: list[str], random: Random, history: Values, size: Size) -> Mapping[str, int | Decimal]:
    """The cells of one line of 表二."""
    name = stem.rpartition(".")[2]
    before = {leaf: history.get((f"{stem}.{leaf}", None)) for leaf in (*leaves, "in_force", "disclosed_total")}
    if "in_force" in leaves:
        return _documents_in_force(name, before, random, size)
    if "disclosed_total" in leaves:
        made = random.randint(0, 3) if name != "regulations" else 0
        base = before["disclosed_total"] if before["disclosed_total"] is not None else _stock(name, size)
        return {"made": made, "newly_disclosed": made, "disclosed_total": int(base) + made}
    if "amount" in leaves:
        return _money(leaves, before, random, size)
    drawn = _items(name, before, random, size) if "items_change" in leaves else {}
    if "decisions" in leaves:
        drawn["decisions"] = _near(before["decisions"], _activity(name, size), random)
    return drawn | {leaf: random.randint(0, 40) for leaf in leaves if leaf not in drawn}


def _activity(name: str, size: Size) -> int:
    """Decisions a year of one kind, by the last part of its field id; 0 where the body does nothing of the kind."""
    by_name = {"licensing": size.licensing, "penalties": size.penalties, "coercion": size.coercion, "fees": size.fees}
    return by_name.get(name, size.services)


def _items(name: str, before: Mapping[str, Decimal | None], random: Random, size: Size) -> dict[str, int]:
    """The number of items last year and its change (form 2019): it goes on from the report before."""
    usual = {"licensing": 40, "penalties": 60, "coercion": 6, "fees": 3}.get(name, size.services) if _activity(name, size) else 0
    last, change = before["items_previous_year"], before["items_change"]
    items = int(last + change) if last is not None and change is not None else usual
    return {"items_previous_year": items, "items_change": max(random.randint(-2, 3), -items) if usual else 0}


def _stock(name: str, size: Size) -> int:
    return 0 if name == "regulations" else size.documents


def _documents_in_force(name: str, before: Mapping[str, Decimal | None], random: Random, size: Size) -> dict[str, int]:
    known = before["in_force"] if before["in_force"] is not None else before["disclosed_total"]
    base = int(known) if known is not None else _stock(name, size)
    if name == "regulations":
        return {"issued": 0, "repealed": 0, "in_force": base}
    issued, repealed = random.randint(0, 3), random.randint(0, min(2, base))
    return {"issued": issued, "repealed": repealed, "in_force": base + issued - repealed}


def _money(leaves: list[str], before: Mapping[str, Decimal | None], random: Random, size: Size) -> dict[str, int | Decimal]:
    """Amounts in yuan, whole hundreds, so that they print with two decimals in 万元."""
    if "items" in leaves:
        items = random.randint(max(size.purchases - 2, 1), size.purchases + 3) if size.purchases else 0
        return {"items": items, "amount": Decimal(sum(random.randint(80, 6000) for _ in range(items)) * 100)}
    base = before["amount"] if before["amount"] is not None else Decimal(size.fees * 10000)
    return {"amount": Decimal(int(base) * random.randint(85, 120) // 10000 * 100)}


def _near(before: Decimal | None, usual: int, random: Random) -> int:
    """A count near last year's: never ten times as much, never falling to 0, never rising from 0."""
    base = int(before) if before is not None else usual
    return max(base * random.randint(82, 122) // 100, 1) if base else 0


def _requests(catalog: Catalog, fields: tuple[Field, ...], random: Random, history: Values, size: Size) -> dict[Key, Decimal]:
    parts = [row.applicant for row in sorted(catalog.applicants, key=lambda row: row.position) if row.in_total]
    total = next(row.applicant for row in catalog.applicants if not row.in_total)
    received = _split(random, max(size.requests * random.randint(80, 125) // 100, 0), parts)
    carried_in = {part: int(history.get(("requests.carried_out", part), 0)) for part in parts}
    caseload = {part: received[part] + carried_in[part] for part in parts}
    carried_out = _carried_out(random, caseload)
    known = {"requests.new": received, "requests.carried_in": carried_in, "requests.carried_out": carried_out}
    known["requests.handled"] = {part: caseload[part] - carried_out[part] for part in parts}
    details = [field.field for field in fields if field.field not in known]
    counts = {(field, part): 0 for field in details for part in parts}
    weights = [_outcome_weight(field) for field in details]
    for part in parts:
        for field in random.choices(details, weights, k=known["requests.handled"][part]):
            counts[field, part] += 1
    counts |= {(field, part): row[part] for field, row in known.items() for part in parts}
    drawn: dict[Key, Decimal] = {key: Decimal(count) for key, count in counts.items()}
    return drawn | {(field.field, total): sum((drawn[field.field, part] for part in parts), Decimal(0)) for field in fields}


def _outcome_weight(field: str) -> int:
    leaf = field.rpartition(".")[2]
    return 0 if leaf in _RARE_ROWS else _OUTCOME_WEIGHTS.get(leaf, 3)


def _split(random: Random, count: int, parts: list[str]) -> dict[str, int]:
    """`count` requests over the kinds of applicant; natural persons are always among them."""
    split = dict.fromkeys(parts, 0)
    for part in random.choices(parts, _APPLICANT_WEIGHTS[: len(parts)], k=count):
        split[part] += 1
    first, last = parts[0], parts[-1]
    if split[first] < split[last]:
        split[first], split[last] = split[last], split[first]
    return split


def _carried_out(random: Random, caseload: Mapping[str, int]) -> dict[str, int]:
    """At most a fifth of each column goes on into the next year."""
    if sum(caseload.values()) < _CARRYING_CASELOAD:
        return dict.fromkeys(caseload, 0)
    return {part: random.randint(count // 20, count // 6) for part, count in caseload.items()}
