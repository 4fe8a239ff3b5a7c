"""`python -m tests.accuracy`: measure, print, write docs/accuracy.md. Exit status 1 where a figure is silently wrong or a target missed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.accuracy.compare import Score
from tests.accuracy.measure import Measured, made_reports, measure, measure_real
from tests.accuracy.page import summary
from tests.real_reports import REAL_REPORTS
from tests.reports.containers import CONTAINERS
from tests.reports.quirks import QUIRKS

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "accuracy.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("--reports", type=int, default=2, help="reports for each container, form and oddity (2)")
    parser.add_argument("--container", action="append", default=[], choices=list(CONTAINERS), help="only this container; may be repeated")
    parser.add_argument("--quirk", action="append", default=[], choices=list(QUIRKS), help="only this oddity; may be repeated")
    parser.add_argument("--details", type=int, default=20, help="how many differences to show (20)")
    options = parser.parse_args(arguments)
    measured = list(measure(made_reports(options.reports, options.container, options.quirk)))
    real = measure_real(REAL_REPORTS) if REAL_REPORTS.is_dir() else None
    page = summary(measured, real)
    sys.stdout.write(page)
    if not options.container and not options.quirk:
        PAGE.write_text(page, encoding="utf-8")
    failures = [text for item in measured for text in _failures(item)[:3]]
    sys.stderr.writelines(f"{text}\n" for text in failures[: options.details])
    return 1 if failures or (real is not None and real.silent) else 0


def _failures(item: Measured) -> list[str]:
    """What may not be: of a harmless oddity any difference, of damage what is silent or answered wrongly."""
    score: Score = item.score
    missed = score.silent or score.alarms or score.answers < score.reports or (item.keeps == "all" and score.right < score.cells)
    return score.details if missed else []


if __name__ == "__main__":
    sys.exit(main())
