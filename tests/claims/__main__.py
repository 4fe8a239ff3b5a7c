"""`python -m tests.claims`: precision and recall of claims on the labelled set, printed with the misses, and docs/claims.md.

Exit status 1 where a target is missed on the sentences that the grammar was written with; the others say how far it carries.
The misses of unseen sentences are shown with --unseen only: once they are read, the sentences are unseen no more.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.catalog import load_catalog
from pipeline.checks.rulebook import rule_book
from pipeline.common.settings import DEFAULT_CATALOG
from tests.claims.false_findings import judged
from tests.claims.labelled_set import labelled_sentences
from tests.claims.measure import PRECISION, RECALL, UNSEEN, outcome_of, score
from tests.claims.page import misses, page

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "claims.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.claims", description=__doc__)
    parser.add_argument("--unseen", action="store_true", help="show the misses of the unseen sentences as well")
    options = parser.parse_args(arguments)
    catalog = load_catalog(DEFAULT_CATALOG)
    outcomes = [outcome_of(catalog, sentence) for sentence in labelled_sentences()]
    text = page(outcomes, [judged(rule_book(catalog), outcome.sentence) for outcome in outcomes])
    sys.stdout.write(text)
    seen = [outcome for outcome in outcomes if outcome.sentence.file not in UNSEEN]
    sys.stdout.writelines(f"{line}\n" for line in misses(outcomes if options.unseen else seen))
    PAGE.write_text(text, encoding="utf-8")
    found = score(seen)
    return 0 if found.precision >= PRECISION and found.recall >= RECALL else 1


if __name__ == "__main__":
    sys.exit(main())
