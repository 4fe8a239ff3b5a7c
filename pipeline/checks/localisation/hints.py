"""Relations of size that may have exceptions: they decide nothing, unless a change meets one exactly.

Documents expire without being repealed, and a request of the year before last is closed this year. A way that breaks such a relation is
therefore no worse than one that keeps it, and only shown after it. Where one is exceeded by much, though, and a way that is called
for anyhow takes away that very amount, an exception would have to be as large by chance: then that way is the one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.checks.localisation.model import Change, Equation, Part, System

_BEYOND_CHANCE = 10  # small amounts are equal by chance often enough


def exceeded(system: System, change: Change) -> int:
    """How many relations that may have exceptions do not hold after a change."""
    return sum(system.excess(hint, change) > 0 for hint in system.hints)


def with_hints(system: System, found: Sequence[Part]) -> list[Part]:
    """The parts, without the ways that leave such a relation exceeded by an amount that others take away exactly."""
    for hint in system.hints:
        if system.excess(hint) >= _BEYOND_CHANCE:
            found = [_meeting(system, hint, part) for part in found]
    return list(found)


def _meeting(system: System, hint: Equation, part: Part) -> Part:
    places = {place for place, _ in hint.terms}
    meeting = tuple(change for change in part.solutions if _meets(system, hint, {place: change[place] for place in places & change.keys()}))
    return replace(part, solutions=meeting) if meeting and part.complete else part


def _meets(system: System, hint: Equation, change: Change) -> bool:
    return None not in change.values() and system.excess(hint, change) == 0
