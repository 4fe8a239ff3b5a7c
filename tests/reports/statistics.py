"""Figures of the list of statistics (form 2014) drawn at random: sums hold, and nothing is odd beside the year before."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from pipeline.catalog.row_types import Field
from tests.reports.content import Key, Values

_DENIED = "requests.answered.denied"
_REASONS = "requests.denied"
_STAFF = 4


def is_statistics(fields: Sequence[Field]) -> bool:
    """Whether these are the fields of the list of 2014."""
    return bool(fields) and all(field.table == "statistics" for field in fields)


def draw_statistics(fields: Sequence[Field], random: Random, history: Values, requests: int, documents: int) -> dict[Key, Decimal]:
    """A value for each field; a field that is not known here gets a small count. Fees are none from 2018 on, so none at all."""
    names = [field.field.removeprefix("statistics.") for field in fields]
    counts = dict.fromkeys(names, 0)
    waiting = int(history.get(("statistics.requests.received", None), 0)) - int(history.get(("statistics.requests.closed", None), 0))
    received = requests * random.randint(80, 125) // 100
    closed = max(received - random.randint(0, received // 10), 0) + max(waiting, 0)
    _split(counts, "requests.received", received, random)
    _split(counts, "requests.closed", closed, random)
    _split(counts, "requests.answered", closed, random)
    _split(counts, _REASONS, counts.get(_DENIED, 0), random)
    for group in ("review", "litigation"):
        _split(counts, group, random.randint(0, 1 + requests // 40), random)
    _split(counts, "capacity.staff", random.randint(1, _STAFF), random)
    _channels(counts, random, documents)
    _responses(counts, random)
    for name in names:
        if name.startswith("training.") or name in ("complaints", "capacity.offices", "capacity.reading_points"):
            counts[name] = random.randint(0, 12)
    amounts = {"fees": 0, "capacity.budget": random.randint(0, 900) * 100}
    return {(f"statistics.{name}", None): Decimal(amounts.get(name, count)) for name, count in counts.items()}


def _split(counts: dict[str, int], group: str, total: int, random: Random) -> None:
    """Give `total` to a group and spread it over the fields right below it."""
    parts = [name for name in counts if name.rpartition(".")[0] == group]
    if group in counts:
        counts[group] = total
    for name in random.choices(parts, k=total) if parts else ():
        counts[name] += 1


def _channels(counts: dict[str, int], random: Random, documents: int) -> None:
    """At least as many items as any channel has, and no more than all of them together."""
    channels = [name for name in counts if name.startswith("channel.")]
    for name in channels:
        counts[name] = random.randint(0, 40 * max(documents, 1))
    least, most = max(map(counts.__getitem__, channels), default=0), sum(map(counts.__getitem__, channels))
    counts["disclosed"] = random.randint(least, most)
    counts["normative_documents_issued"] = random.randint(0, documents)
    counts["disclosed_normative_documents"] = min(counts["normative_documents_issued"], counts["disclosed"])


def _responses(counts: dict[str, int], random: Random) -> None:
    for name in [name for name in counts if name.startswith("response.")]:
        by_head = name.endswith("_by_head")
        counts[name] = random.randint(0, counts[name.removesuffix("_by_head")]) if by_head else random.randint(0, 30)
