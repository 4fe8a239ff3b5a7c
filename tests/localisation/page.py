"""How well planted errors are located, as tables: on the terminal and as docs/localisation.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.localisation.measure import Outcome

_TIME = (
    "{reports} faulty reports, every kind of error in turn: {used:.0f} s of processor time. On two processes, with what else the machine"
    " did and what the measuring took: {seconds:.0f} s."
)
FIRST = 0.95  # of the cases in which it is determined, the right cells have to be named first
_INTRODUCTION = Path(__file__).parent / "introduction.md"
_HEAD = "| | cases | visible | noticed | among best | first | determined | right | true value | told wrongly |"
_RULE = "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"


class Timed(NamedTuple):
    """How long it took to locate errors: seconds on the clock with two processes, and of processor time for locating alone."""

    reports: int
    seconds: float
    used: float


def page(one: Sequence[Outcome], two: Sequence[Outcome], other: Sequence[Outcome], timed: Timed) -> str:
    """The whole page."""
    lines = [_INTRODUCTION.read_text(encoding="utf-8")]
    for title, outcomes, key in _tables(one, two, other):
        groups: dict[str, list[Outcome]] = {}
        for outcome in outcomes:
            groups.setdefault(key(outcome), []).append(outcome)
        lines += [
            f"## {title}",
            "",
            _HEAD,
            _RULE,
            *(_line(name, listed) for name, listed in groups.items()),
            _line("**all**", outcomes),
            "",
        ]
    lines += ["## Time", "", _TIME.format(**timed._asdict()), ""]
    return "\n".join(lines)


def meets_targets(one: Sequence[Outcome]) -> bool:
    """Whether what was said of single errors is as good as it has to be."""
    determined = [each for each in one if each.determined]
    noticed = all(each.noticed for each in one if each.visible)
    return noticed and not any(each.told_wrong for each in one) and sum(each.first for each in determined) >= FIRST * len(determined)


def _tables(
    one: Sequence[Outcome], two: Sequence[Outcome], other: Sequence[Outcome]
) -> list[tuple[str, Sequence[Outcome], Callable[[Outcome], str]]]:
    return [
        ("One error, by kind", one, lambda each: each.kind),
        ("One error, by form", one, lambda each: each.form),
        ("One error, by the reports beside", one, lambda each: each.beside),
        ("Two errors in one report", two, lambda each: each.kind),
        ("In other circumstances", other, lambda each: each.kind),
    ]


def _line(name: str, outcomes: Sequence[Outcome]) -> str:
    determined = [each for each in outcomes if each.determined]
    counts = [
        len(outcomes),
        sum(each.visible for each in outcomes),
        sum(each.noticed for each in outcomes if each.visible),
        sum(each.among for each in outcomes),
        sum(each.first for each in outcomes),
        len(determined),
        sum(each.first for each in determined),
        sum(each.value for each in determined),
        sum(each.told_wrong for each in outcomes),
    ]
    return f"| {name} | {' | '.join(map(str, counts))} |"
