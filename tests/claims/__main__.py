"""`python -m tests.claims`: precision and recall of claims on the labelled set, printed with the misses, and docs/claims.md.

Exit status 1 where a target is missed. The misses of held-out sentences are shown with --held-out only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.catalog import load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from tests.claims.labelled_set import labelled_sentences
from tests.claims.measure import PRECISION, RECALL, outcome_of, score
from tests.claims.page import misses, page

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "claims.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.claims", description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="show the misses of the held-out sentences as well")
    options = parser.parse_args(arguments)
    catalog = load_catalog(DEFAULT_CATALOG)
    outcomes = [outcome_of(catalog, sentence) for sentence in labelled_sentences()]
    text = page(outcomes)
    sys.stdout.write(text)
    shown = [outcome for outcome in outcomes if options.held_out or outcome.sentence.file != "held_out"]
    sys.stdout.writelines(f"{line}\n" for line in misses(shown))
    PAGE.write_text(text, encoding="utf-8")
    found = score(outcomes)
    return 0 if found.precision >= PRECISION and found.recall >= RECALL else 1


if __name__ == "__main__":
    sys.exit(main())
