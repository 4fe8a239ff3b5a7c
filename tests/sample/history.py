"""What a year's figures go on from: last year's, those of the bodies that a body came from, and through a change of the form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from pipeline.catalog.model import Catalog
from tests.reports.content import Key, Values
from tests.reports.figures import Size, consistent_figures

_WAITING = ("statistics.requests.received", "statistics.requests.closed")
_PARTS = ("natural_person", "enterprise")  # who had filed what was not yet closed when the form of 2019 came, by turns


def drawn_figures(catalog: Catalog, form: str, random: Random, history: Values, size: Size) -> dict[Key, Decimal]:
    """The figures of a year that follow from `history`: every figure so far, the last ones in place of earlier ones.

    Closed in the lists of 2014 are requests of the same year, so that received less closed is what waits; the first report in the
    form of 2019 carries exactly that in.
    """
    if not catalog.tables_of(form):
        return _prose_figures(random, size)
    before = dict(history)
    waiting = [before.pop((field, None), Decimal(0)) for field in _WAITING]
    if form != "2014" and ("requests.handled", "total") not in before:
        before |= {("requests.carried_out", part): Decimal(0) for part in _PARTS}
        for number in range(int(waiting[0] - waiting[1])):
            before["requests.carried_out", _PARTS[number % 4 == 3]] += 1
    return consistent_figures(catalog, form, random, before, size)


def _prose_figures(random: Random, size: Size) -> dict[Key, Decimal]:
    """The figures that stand in sentences alone (2010-2013); everything received is closed within the year."""
    received = size.requests * random.randint(40, 110) // 100
    outcomes = _split(random, received, ("granted", "partly_granted", "does_not_exist"))
    channels = _split(random, received, ("online", "letter", "in_person"))
    kinds = _split(random, random.randint(90, 900), ("news", "policies", "functions"))
    counts = {"received": received, "disclosed": sum(kinds.values()), **outcomes, **channels, **kinds}
    counts |= {"reviews": random.randint(0, 1 + received // 30), "suits": random.randint(0, 1 + received // 60)}
    return {(f"prose.{name}", None): Decimal(count) for name, count in counts.items()}


def _split(random: Random, count: int, parts: tuple[str, ...]) -> dict[str, int]:
    chosen = random.choices(parts, (70, 18, 12), k=count)
    return {part: chosen.count(part) for part in parts}


def added_up(several: list[Values]) -> dict[Key, Decimal]:
    """The figures of bodies that were merged."""
    keys = dict.fromkeys(key for values in several for key in values)
    return {key: sum((values.get(key, Decimal(0)) for values in several), Decimal(0)) for key in keys}


def share_of(values: Mapping[Key, Decimal], number: int, bodies: int) -> dict[Key, Decimal]:
    """What the body of this number (from 0) takes over in a split; the shares of all add up to the whole."""
    shares = {key: value // bodies for key, value in values.items()}
    return {key: value - shares[key] * (bodies - 1) if number == 0 else shares[key] for key, value in values.items()}
