"""Precision and recall as tables: on the terminal and as docs/claims.md."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.claims.false_findings import Judged
from tests.claims.labelled_set import Stated
from tests.claims.measure import Outcome, Score, score

_INTRODUCTION = """# How well figures in prose are found

Written by `python -m tests.claims`: sentences in the manner of real reports, of every form, each with the claims that it states
(`tests/claims/labelled`), are read and compared. A claim counts as right only where everything agrees: what it counts, value, unit,
whether it is exact, its time, whose it is, direction, base, and the figure that it is a part of.

- **stated**: claims that the sentences make. **found**: claims that were taken. **right**: claims that are both.
- **precision**: right of found. **recall**: right of stated.
- **misnamed**: found, not right, and under a name; the rest of what is found wrongly is only kept as `other`, which no rule compares
  with a table.
- **eighth_hand_unseen**: the half, by lot, of the sentences of the eighth hand (see below) whose misses nobody has read. What to expect of
  new reports is best told by it, and by the last rows under "At first sight".
- **fourth_hand_unseen**: its sentences were written without a look at the grammar, and its misses are not read by whoever changes it. It
  fell a little when figures of licences and penalties that were published ceased to be those decided: its labels take them for these.
- **real_wordings_work**: kinds of wording met in published reports that the grammar missed or took wrongly, written anew with invented
  bodies and figures.
- The other files were used to write the grammar, and say little more than that nothing was forgotten. `kinds_work` least of all: behind its
  first 112 sentences the labels are what the grammar read, looked over and corrected, without the sentences that it could not read.

A set changes sides when its misses are read: what it measured until then goes to `tests/claims/first_sight.csv`, and its name loses
`unseen`.
"""

_FIRST_SIGHT = """
## At first sight

What was measured on sentences before anything was changed for them. The sentences of `another_hand` were written without a look at the
grammar; half of them became work afterwards, the other half stayed unseen for longer and was measured once more before it became work too.
The sentences of `third_hand` come from another hand, which never touched the grammar but had read about a hundred labelled sentences of the
other files for what the labels mean. Their figures here are those of the first run, before their own labels were looked over (afterwards
scope was left open for `other`, as in the other files). The sentences of `fourth_hand` come from one who had read four labelled sentences
and what the columns mean; theirs are those of the first run too (afterwards four shares became parts of the figure that they are a share
of, and how often a notice board was changed became `other`). The first 112 sentences of `kinds_work` were written by whoever changed the
grammar, before the change; the others came with it. The sentences of `fifth_hand`, `sixth_hand` and
`seventh_hand` follow published reports of many kinds of bodies that the grammar had not been shown, with invented bodies and figures, and
were labelled before they were first read, each after the misses of the one before had become work. They are the truest of all: what
agencies write is more varied than what is thought up beside a desk. One figure read under a neighbouring name takes all its parts with it
(the seventh lost 8 of its 17 to a list of one website). One miss of theirs would have been a false finding: 未接收到一例, read as one.

The sentences of `eighth_hand` were made in the same way, after published reports of townships, streets, counties, departments, ministries,
universities, hospitals and companies for 2008 to 2025, by somebody who had read four labelled sentences and neither grammar nor rows; a lot
parted them into work and unseen. Their figures here are those of the first run. Afterwards the labels of both halves were looked over for
what scope, time and parts mean in the other files (those of the unseen half without a look at what was read of them), which alone brought
the halves to 89.5/87.7 and 81.6/79.9 per cent.

| | sentences | stated | found | right | precision | recall |
|---|---:|---:|---:|---:|---:|---:|
"""
_MEASURED = Path(__file__).parent / "first_sight.csv"


_FALSE_FINDINGS = """
## Findings that would be false

Each sentence beside a report whose cells agree with its labels (all other cells hold another figure), and the rules about prose run over
both: **false** are findings that come of the reading alone, **missed** those that come of the labels alone. Besides, 280 sentences in
`tests/claims/true_prose.txt` are filled in from made reports, half of them written to mislead (some requests, other times, other bodies,
what documents may be published): no rule finds fault with any. Of the last 165, the grammar as it was before them found fault with 10.

| | sentences | false | missed |
|---|---:|---:|---:|
"""


def page(outcomes: Sequence[Outcome], findings: Sequence[Judged]) -> str:
    """The whole page."""
    parts = [_INTRODUCTION, _FIRST_SIGHT, *_first_sight(), _FALSE_FINDINGS, *_false_findings(findings)]
    for title, key in _GROUPINGS.items():
        groups: dict[str, list[Outcome]] = {}
        for outcome in outcomes:
            groups.setdefault(key(outcome), []).append(outcome)
        parts.append(f"\n## {title}\n\n{_table(groups)}")
    return "".join(parts)


def _first_sight() -> Iterator[str]:
    with _MEASURED.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found = Score(*(int(row[part]) for part in ("sentences", "stated", "found", "right")))
            yield f"| {row['set']} | {_counts(found)} | {found.precision:.1%} | {found.recall:.1%} |\n"


def _false_findings(findings: Sequence[Judged]) -> Iterator[str]:
    for file in dict.fromkeys(each.sentence.file for each in findings):
        of = [each for each in findings if each.sentence.file == file]
        yield f"| {file} | {len(of)} | {sum(len(each.false) for each in of)} | {sum(len(each.missed) for each in of)} |\n"


def _counts(found: Score) -> str:
    return f"{found.sentences} | {found.stated} | {found.found} | {found.right}"


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
    lines = ["| | sentences | stated | found | right | misnamed | precision | recall |", "|---|---:|---:|---:|---:|---:|---:|---:|"]
    for name, outcomes in groups.items():
        found = score(outcomes)
        lines.append(f"| {name} | {_counts(found)} | {found.misnamed} | {found.precision:.1%} | {found.recall:.1%} |")
    return "\n".join(lines) + "\n"


_GROUPINGS: dict[str, Callable[[Outcome], str]] = {
    "By file": lambda outcome: outcome.sentence.file,
    "By form": lambda outcome: outcome.sentence.form,
    "By kind": lambda outcome: outcome.sentence.kind,
}
