"""The figures as tables: on the terminal and as docs/accuracy.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.accuracy.compare import Score
from tests.accuracy.measure import PLAIN, Measured
from tests.reports.quirks import QUIRKS

HEAD = ("reports", "cells", "right", "missing", "wrong", "silent", "false alarms", "body, year, status")
_INTRODUCTION = """# How right the reader is

Written by `make accuracy` (`python -m tests.accuracy`): reports of an invented body are drawn, printed with oddities of real reports into
every container, parsed as `gongkai parse` does, and compared cell by cell.

- **right**: state and value as printed. **missing**: `unreadable`, so that nothing is claimed. **wrong**: anything else.
- **silent**: wrong, and no problem of the report names the table. This has to be 0 everywhere.
- **false alarms**: errors or warnings on reports whose cells are all right, which the oddity does not justify.
- **body, year, status**: of how many reports all three are as they should be.
"""
_LOSSY = """
Damage that may cost figures: nobody could tell some of them any more. They have to come out right or be said to be unreadable, and
never be wrong without a word. *none* has to be refused.
"""


def summary(measured: Sequence[Measured], real: Score | None) -> str:
    """The whole page."""
    whole = [item for item in measured if item.keeps == "all"]
    lossy = [item for item in measured if item.keeps != "all"]
    parts = [_INTRODUCTION]
    if whole:
        parts += ["\n## By container\n", _table("container", _grouped((item.container, item.score) for item in whole))]
        parts += ["\n## By oddity\n", _table("oddity", _grouped((_named(item), item.score) for item in whole))]
    if lossy:
        parts += ["\n## Damage, by container\n", _LOSSY, _table("container", _grouped((item.container, item.score) for item in lossy))]
        parts += ["\n## Damage, by kind\n", _table("damage", _grouped((_named(item), item.score) for item in lossy))]
    if real is not None:
        parts += ["\n## Real reports\n", "Published reports beside the checkout, all together.\n", _table("", {"all": real})]
    return "\n".join(parts).replace("\n\n\n", "\n\n") + "\n"


def _named(item: Measured) -> str:
    quirk = QUIRKS.get(item.quirk)
    if quirk is None:
        return "none" if item.quirk == PLAIN else item.quirk
    return f"{quirk.heading}: {quirk.name}" + (" (none)" if quirk.keeps == "none" else "")


def _grouped(items: Iterable[tuple[str, Score]]) -> dict[str, Score]:
    groups: dict[str, Score] = {}
    for name, score in items:
        groups.setdefault(name, Score()).add(score)
    total = Score()
    for score in groups.values():
        total.add(score)
    return groups | {"**all**": total}


def _table(first: str, groups: dict[str, Score]) -> str:
    lines = [f"| {first} | " + " | ".join(HEAD) + " |", "|---" + "|---:" * len(HEAD) + "|"]
    for name, score in groups.items():
        share = f"{score.right} ({score.right / score.cells:.2%})" if score.cells else "-"
        numbers = [score.reports, score.cells, share, score.missing, score.wrong, score.silent, score.alarms]
        lines.append(f"| {name} | " + " | ".join(map(str, numbers)) + f" | {score.answers} of {score.reports} |")
    return "\n".join(lines)
