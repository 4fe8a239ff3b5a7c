"""The labelled sentences: `labelled/*.csv`, one sentence a line with the claims that it states.

A claim is written `measure value unit` and words for what is not the rule:
`approx`; `last`, `next`, `other`, `part`, `since`, `cumulative`,
`as_of` for the time; `own`, `area` for the scope; `change` or `growth` with `up` or `down`; `share` with `base=measure`; `of=2` where it is
a part of the second claim. `measure none` and `measure all` stand for words (未收到, 全部办结). `3..5` is a range.
The files named `unseen` are for measuring only: nobody reads their misses while working on the grammar. A column `year` is the year of the
report. The files named `once_held_out` and `once_unseen` were for measuring only until their misses were
read; `another_hand_work.csv` is the other half of what the same person wrote. `kinds_work.csv` and `work.csv` were written for the
work, `real_wordings_work.csv` after the wording of published reports.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.normalise.claims.model import Claim

FOLDER = Path(__file__).parent / "labelled"
REPORT_YEARS = {"2008": 2012, "2014": 2016, "2019": 2020, "2021": 2023}
_PERIODS = ("last", "next", "other", "part", "since", "cumulative", "as_of")


@dataclass(frozen=True)
class Stated:
    """A claim as far as it is compared; whole: measure and value of the claim that it is a part of."""

    measure: str
    kind: str
    value: Decimal | None
    value_to: Decimal | None
    unit: str
    approximate: bool
    period: str
    scope: str
    direction: str | None
    base: str | None
    whole: tuple[str, Decimal | None] | None


@dataclass(frozen=True)
class Labelled:
    """A sentence in the report of `report_year`, which has the form `form`, with what it states."""

    file: str
    line: int
    form: str
    kind: str
    text: str
    claims: tuple[Stated, ...]
    report_year: int


def labelled_sentences() -> list[Labelled]:
    """All sentences, file by file."""
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            for line, row in enumerate(csv.DictReader(handle), start=2):
                year = int(row.get("year") or REPORT_YEARS[row["form"]])
                found.append(Labelled(path.stem, line, row["form"], row["kind"], row["text"], stated_in(row["claims"]), year))
    return found


def stated(claims: list[Claim]) -> list[Stated]:
    """Claims as found, as far as they are compared."""
    return [
        Stated(
            claim.measure,
            claim.kind,
            claim.value,
            claim.value_to,
            claim.unit,
            claim.approximate,
            claim.period,
            claim.scope,
            claim.direction,
            claim.base,
            (claims[claim.whole].measure, claims[claim.whole].value) if claim.whole is not None else None,
        )
        for claim in claims
    ]


def stated_in(text: str) -> tuple[Stated, ...]:
    """The claims written as above."""
    found: list[Stated] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found.append(_claim(part.split(), found))
    return tuple(found)


def _claim(words: list[str], before: list[Stated]) -> Stated:
    measure, value, *rest = words
    named = dict(word.split("=", 1) for word in rest if "=" in word)
    flags = [word for word in rest if "=" not in word]
    low, _, high = value.partition("..")
    in_words = value in ("none", "all")
    whole = before[int(named["of"]) - 1] if "of" in named else None
    kinds = [flag for flag in flags if flag in ("change", "growth", "share")]
    unit = flags[0] if (flags and not flags[0].isascii()) or flags[:1] == ["%"] else ""
    return Stated(
        measure=measure,
        kind=value if in_words else kinds[0] if kinds else "figure",
        value=Decimal(0) if value == "none" else None if value == "all" else Decimal(low),
        value_to=Decimal(high) if high else None,
        unit=unit,
        approximate="approx" in flags,
        period=next((flag for flag in flags if flag in _PERIODS), "this"),
        scope=next((flag for flag in flags if flag in ("own", "area")), "unknown"),
        direction=next((flag for flag in flags if flag in ("up", "down")), None),
        base=named.get("base"),
        whole=(whole.measure, whole.value) if whole else None,
    )
