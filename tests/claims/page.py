"""Precision and recall as tables: on the terminal and as docs/claims.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tests.claims.labelled_set import Stated
from tests.claims.measure import Outcome, score

_INTRODUCTION = """# How well figures in prose are found

Written by `python -m tests.claims`: sentences in the manner of real reports, of every form, each with the claims that it states
(`tests/claims/labelled`), are read and compared. A claim counts as right only where everything agrees: what it counts, value, unit,
whether it is exact, its time, whose it is, direction, base, and the figure that it is a part of.

- **stated**: claims that the sentences make. **found**: claims that were taken. **right**: claims that are both.
- **precision**: right of found. **recall**: right of stated.
- **held_out**: sentences that are looked at for measuring only, not while the grammar is written.
"""


def page(outcomes: Sequence[Outcome]) -> str:
    """The whole page."""
    parts = [_INTRODUCTION]
    for title, key in _GROUPINGS.items():
        groups: dict[str, list[Outcome]] = {}
        for outcome in outcomes:
            groups.setdefault(key(outcome), []).append(outcome)
        parts.append(f"\n## {title}\n\n{_table(groups)}")
    return "".join(parts)


def misses(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each sentence that was not read rightly, and below it what was taken wrongly (+) and missed (-)."""
    for outcome in outcomes:
        sentence = outcome.sentence
        if outcome.wrong or outcome.missed:
            yield f"{sentence.file}:{sentence.line} [{sentence.form} {sentence.kind}] {sentence.text}"
        yield from (f"    + {_said(each)}" for each in outcome.wrong)
        yield from (f"    - {_said(each)}" for each in outcome.missed)


def _said(claim: Stated) -> str:
    about = "approx" if claim.approximate else ""
    parts = (claim.measure, claim.kind, claim.value, claim.unit, about, claim.period, claim.scope, claim.direction, claim.base)
    return " ".join(str(part) for part in parts if part not in (None, "")) + (f" of {claim.whole[0]}" if claim.whole else "")


def _table(groups: dict[str, list[Outcome]]) -> str:
    lines = ["| | sentences | stated | found | right | precision | recall |", "|---|---:|---:|---:|---:|---:|---:|"]
    for name, outcomes in groups.items():
        found = score(outcomes)
        counts = f"{found.sentences} | {found.stated} | {found.found} | {found.right}"
        lines.append(f"| {name} | {counts} | {found.precision:.1%} | {found.recall:.1%} |")
    return "\n".join(lines) + "\n"


_GROUPINGS: dict[str, Callable[[Outcome], str]] = {
    "In all": lambda outcome: "all",
    "By file": lambda outcome: outcome.sentence.file,
    "By form": lambda outcome: outcome.sentence.form,
    "By kind": lambda outcome: outcome.sentence.kind,
}
