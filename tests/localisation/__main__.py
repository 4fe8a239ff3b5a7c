"""`python -m tests.localisation`: planted errors located, printed and written to docs/localisation.md.

Exit status 1 where a target is missed. --cases N: how many of each kind, form and set of reports beside.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from tests.localisation.errors import KINDS
from tests.localisation.measure import BESIDE, Case, Outcome, cases, outcome_of, warm
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
_WORKERS, _AT_ONCE, _TIMED = 2, 10, 1000
Kind = Sequence[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.localisation", description=__doc__)
    parser.add_argument("--cases", type=int, default=20)
    number = parser.parse_args(arguments).cases
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        list(pool.map(warm, range(2 * _WORKERS)))
        one = _located(pool, [*cases([(kind,) for kind in KINDS], FORMS, number), *cases([(kind,) for kind in OF_LIST], LIST, number)])
        two = _located(pool, list(cases(PAIRS, FORMS, number)))
        timed = _timed()
        begun = perf_counter()
        used = sum(outcome.seconds for outcome in _located(pool, timed))
        seconds = perf_counter() - begun
    text = page(one, two, Timed(len(timed), seconds, used))
    sys.stdout.write(text)
    PAGE.write_text(text, encoding="utf-8")
    return 0 if meets_targets(one) else 1


def _timed() -> list[Case]:
    """A thousand faulty reports: every kind in turn, both forms, every set of reports beside."""
    each = _TIMED // (len(KINDS) * len(FORMS) * len(BESIDE)) + 2
    drawn = list(cases([(kind,) for kind in KINDS], FORMS, each))
    step = max(len(drawn) / _TIMED, 1.0)
    return list(islice((drawn[int(place * step)] for place in range(_TIMED) if int(place * step) < len(drawn)), _TIMED))


def _located(pool: ProcessPoolExecutor, drawn: list[Case]) -> list[Outcome]:
    return list(pool.map(outcome_of, drawn, chunksize=_AT_ONCE))


if __name__ == "__main__":
    sys.exit(main())
