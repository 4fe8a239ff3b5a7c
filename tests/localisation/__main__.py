"""`python -m tests.localisation`: planted errors located, printed and written to docs/localisation.md.

Exit status 1 where a target is missed. --cases N: how many of each kind, form and set of reports beside.
Cases are drawn by seeds of their own (FIRST_SEED), with which nothing was developed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter

from tests.localisation.errors import KINDS, LIMITED
from tests.localisation.measure import BESIDE, UNREAD, Case, Outcome, cases, outcome_of, warm
from tests.localisation.page import Timed, meets_targets, page

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "localisation.md"
FORMS = ("2019", "2021")
LIST = ("2014",)
OF_LIST = ("digits_exchanged", "digit_lost", "digit_added", "digit_wrong", "times_ten", "divided_by_ten", "small_difference")
PAIRS = (
    ("small_difference", "small_difference"),
    ("digit_wrong", "small_difference"),
    ("digit_lost", "digit_added"),
    ("times_ten", "digits_exchanged"),
    ("blank_total", "small_difference"),
    ("wrong_column", "digit_wrong"),
    ("wrong_row", "digit_wrong"),
)
_WORKERS, _AT_ONCE = 2, 10
Kind = Sequence[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.localisation", description=__doc__)
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--timed", type=int, default=1000, help="reports by which the time is taken")
    options = parser.parse_args(arguments)
    number = options.cases
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        list(pool.map(warm, range(2 * _WORKERS)))
        one = _located(pool, [*cases([(kind,) for kind in KINDS], FORMS, number), *cases([(kind,) for kind in OF_LIST], LIST, number)])
        two = _located(pool, [*cases(PAIRS, FORMS, number), *_any_two(number)])
        other = _located(pool, list(_circumstances(number)))
        timed = _timed(options.timed)
        begun = perf_counter()
        used = sum(outcome.seconds for outcome in _located(pool, timed))
        seconds = perf_counter() - begun
    text = page(one, two, other, Timed(len(timed), seconds, used))
    sys.stdout.write(text)
    PAGE.write_text(text, encoding="utf-8")
    return 0 if meets_targets([*one, *other]) else 1


def _any_two(number: int) -> Iterator[Case]:
    """Cases of any two kinds, drawn at random."""
    random = Random("any two")
    pairs = [random.choices(list(KINDS), k=2) for _ in range(2 * number)]
    for case in cases(pairs, FORMS, 1):
        yield replace(case, name="any two kinds")


def _circumstances(number: int) -> Iterator[Case]:
    """One error among cells that were not read, one misread, one of two errors corrected, one that only limits tell."""
    kinds = [(kind,) for kind in OF_LIST]
    each = max(number // 3, 1)
    yield from (replace(case, name=f"one error, {UNREAD} cells not read") for case in cases(kinds, (*FORMS, *LIST), each, "unread"))
    yield from (replace(case, name="one figure misread") for case in cases(kinds, (*FORMS, *LIST), each, "doubtful"))
    yield from (replace(case, name="two errors, one of them corrected") for case in cases(PAIRS, FORMS, each, "corrected"))
    yield from (replace(case, name="documents in force") for case in cases([tuple(LIMITED)], FORMS[1:], 2 * number))


def _timed(number: int) -> list[Case]:
    """Faulty reports: every kind in turn, both forms, every set of reports beside."""
    each = number // (len(KINDS) * len(FORMS) * len(BESIDE)) + 2
    drawn = list(cases([(kind,) for kind in KINDS], FORMS, each))
    step = max(len(drawn) / number, 1.0)
    return list(islice((drawn[int(place * step)] for place in range(number) if int(place * step) < len(drawn)), number))


def _located(pool: ProcessPoolExecutor, drawn: list[Case]) -> list[Outcome]:
    return list(pool.map(outcome_of, drawn, chunksize=_AT_ONCE))


if __name__ == "__main__":
    sys.exit(main())
