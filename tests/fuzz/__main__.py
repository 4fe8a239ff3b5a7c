"""`python -m tests.fuzz [--count 1000] [--seed 1] [--workers 2] [CONTAINER…]`: a table of what damaged files do to the reader.

A file that failed is written again with `--show CONTAINER NUMBER > FILE`.
"""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.samples import CONTAINERS
from tests.fuzz.trial import Trial, file_of, fuzz

COLUMNS = ("not_read", "refused", "partial", "parsed", "crash", "hang")


def main() -> int:
    """Run; exit status 1 where anything crashed, hung or broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("containers", nargs="*", default=list(CONTAINERS))
    parser.add_argument("--count", type=int, default=1000, help="files of each container")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--show", nargs=2, metavar=("CONTAINER", "NUMBER"), help="write one file to standard output")
    options = parser.parse_args()
    if options.show:
        sys.stdout.buffer.write(file_of(Trial(options.seed, options.show[0], int(options.show[1]))))
        return 0
    trials = (Trial(options.seed, container, number) for container in options.containers for number in range(options.count))
    rows = fuzz(trials, options.workers)
    print("| container | inputs | not read | refused | partial | parsed | crashes | hangs | slowest (s) |")  # noqa: T201
    print("|---|---|---|---|---|---|---|---|---|")  # noqa: T201
    for container, row in rows.items():
        counts = [row.outcomes[name] for name in COLUMNS]
        inputs = options.count
        print(f"| {container} | {inputs} | {' | '.join(map(str, counts))} | {row.slowest:.1f} |")  # noqa: T201
    for container, row in rows.items():
        for trial, why in row.failures:
            print(f"{container} {trial.number}: {why}", file=sys.stderr)  # noqa: T201
        for surprise, count in row.surprises.most_common():
            print(f"{container}: {surprise} {count} times, foreseen by no reader", file=sys.stderr)  # noqa: T201
    return int(any(row.failures for row in rows.values()))


if __name__ == "__main__":
    sys.exit(main())
