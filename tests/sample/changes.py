"""Changes of figures that need more than a sum: functions of this year's and last year's values, named in mistakes.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from tests.reports.content import Key, Values

_CELL = re.compile(r"([a-z0-9_.]+)(?:\[([a-z_]+)\])?")
_DOCUMENTS = "proactive.normative_documents"


def key_of(cell: str) -> Key:
    """`requests.new[total]` as a key."""
    match = _CELL.fullmatch(cell)
    if match is None:
        raise ValueError(f"not a cell: {cell}")
    return match[1], match[2]


def handled_without_request(values: Values, _: Values) -> dict[Key, Decimal]:
    """Every cell of 表三 and 表四 is 0, except that one request of a natural person was granted."""
    changed = {key: Decimal(0) for key in values if key[0].startswith(("requests.", "remedies."))}
    return changed | {(f"requests.{row}", column): Decimal(1) for row in ("granted", "handled") for column in ("natural_person", "total")}


def hold_over(values: Values, _: Values) -> dict[Key, Decimal]:
    """Two fifths of all requests, and no fewer, go on into the next year; they are taken from what was decided."""
    changed = dict(values)
    wanted = (values["requests.new", "total"] + values["requests.carried_in", "total"]) * 2 // 5 + 1
    details = [
        key
        for key in values
        if key[0].startswith("requests.")
        and key[0] not in {f"requests.{row}" for row in ("new", "carried_in", "handled", "carried_out")}
        and key[1] != "total"
    ]
    for field, part in details:
        while changed[field, part] > 0 and changed["requests.carried_out", "total"] < wanted:
            for column in (part, "total"):
                changed[field, column] -= 1
                changed["requests.handled", column] -= 1
                changed["requests.carried_out", column] += 1
    return changed


def fees_in_yuan(values: Values, _: Values) -> dict[Key, Decimal]:
    """The number of yuan in a column of 万元 means ten thousand times as much."""
    return {("proactive.fees.amount", None): values["proactive.fees.amount", None] * 10000}


def twelve_times_the_licences(_: Values, previous: Values) -> dict[Key, Decimal]:
    """Licensing decisions, against last year's."""
    return {("proactive.licensing.decisions", None): previous["proactive.licensing.decisions", None] * 12}


def repeal_too_many(_: Values, previous: Values) -> dict[Key, Decimal]:
    """Two more repealed than there were in force; none is left."""
    stock = previous[f"{_DOCUMENTS}.in_force", None]
    counts = {"issued": Decimal(0), "repealed": stock + 2, "in_force": Decimal(0)}
    return {(f"{_DOCUMENTS}.{leaf}", None): count for leaf, count in counts.items()}


def exchange_columns(values: Values, _: Values) -> dict[Key, Decimal]:
    """Requests of natural persons under other organizations, and the other way round."""
    other = {"natural_person": "other_organization", "other_organization": "natural_person"}
    # the body had a few requests of other organizations: they are dropped, so that the first column is all zero
    changed: dict[Key, Decimal] = {(field, part): values[field, other[part]] for field, part in values if part in other}
    for field, part in list(changed):
        if part == "natural_person":
            changed[field, "total"] = values[field, "total"] - changed[field, part]
            changed[field, part] = Decimal(0)
    return changed


def more_in_one_channel(values: Values, _: Values) -> dict[Key, Decimal]:
    """Fewer items disclosed than through the website alone."""
    most = max(value for (field, _), value in values.items() if field.startswith("statistics.channel."))
    return {("statistics.disclosed", None): most + 5, ("statistics.channel.website", None): most + 12}


def more_than_all_channels(values: Values, _: Values) -> dict[Key, Decimal]:
    """More items disclosed than through all channels together."""
    return {
        ("statistics.disclosed", None): sum(value for (field, _), value in values.items() if field.startswith("statistics.channel.")) + 9
    }


def closed_beyond_received(values: Values, previous: Values) -> dict[Key, Decimal]:
    """Three requests more were closed than were received and still waiting, all of them in time."""
    received, closed = "statistics.requests.received", "statistics.requests.closed"
    most = values[received, None] + previous[received, None] - previous[closed, None]
    more = most + 3 - values[closed, None]
    return {(closed, None): values[closed, None] + more, (f"{closed}.on_time", None): values[f"{closed}.on_time", None] + more}


CHANGES: dict[str, Callable[[Values, Values], dict[Key, Decimal]]] = {
    change.__name__: change
    for change in (
        *(handled_without_request, hold_over, fees_in_yuan, twelve_times_the_licences, repeal_too_many, exchange_columns),
        *(more_in_one_channel, more_than_all_channels, closed_beyond_received),
    )
}
