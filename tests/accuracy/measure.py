"""Reports made, written, parsed and compared, by container and oddity."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from pipeline import cli
from tests.accuracy.compare import Score, compare
from tests.reports.containers import CONTAINERS
from tests.reports.made import YEARS, Made, drawn_report, make
from tests.reports.quirks import QUIRKS, Quirk

PLAIN = "-"
COMBINED = "two of them"
_BATCH = 100


@dataclass(frozen=True)
class Measured:
    """The score of one made report. quirk: the name of its oddity, PLAIN or COMBINED."""

    container: str
    quirk: str
    keeps: str
    score: Score


def made_reports(reports: int, containers: Iterable[str] = (), quirks: Iterable[str] = ()) -> Iterator[tuple[str, Made]]:
    """For each container that this machine has, and each oddity that can happen in it, `reports` reports of each form;
    then as many with two oddities.
    """
    chosen = [QUIRKS[name] for name in quirks] or list(QUIRKS.values())
    for container in containers or [name for name, container in CONTAINERS.items() if container.available()]:
        for form in YEARS:
            plain_only = CONTAINERS[container].plain_only
            fitting = [quirk for quirk in chosen if quirk.fits(container, form) and not plain_only]
            for seed in range(reports):
                if not list(quirks):
                    yield PLAIN, make(drawn_report(form, seed), container, (), seed)
                for quirk in fitting:
                    yield quirk.name, make(drawn_report(form, seed), container, [quirk], seed)
                if not list(quirks):
                    yield from _combined(fitting, form, container, seed)


def _combined(fitting: list[Quirk], form: str, container: str, seed: int) -> Iterator[tuple[str, Made]]:
    """Pairs of harmless oddities, each oddity once."""
    harmless = [quirk for quirk in fitting if quirk.keeps == "all" and not quirk.alone]
    Random(f"{form} {container} {seed}").shuffle(harmless)
    for pair in zip(harmless[::2], harmless[1::2], strict=False):
        if not pair[0].options.keys() & pair[1].options.keys():
            yield COMBINED, make(drawn_report(form, seed), container, pair, seed)


def measure(made: Iterable[tuple[str, Made]]) -> Iterator[Measured]:
    """Write the reports to files, parse them as the command does, and compare."""
    waiting = iter(made)
    while batch := list(islice(waiting, _BATCH)):
        yield from _measure(batch)


def _measure(batch: list[tuple[str, Made]]) -> Iterator[Measured]:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}{CONTAINERS[report.container].suffix}" for number, (_, report) in enumerate(batch)]
        for path, (_, report) in zip(paths, batch, strict=True):
            path.write_bytes(report.data())
        found = parsed(paths)
    for path, (name, report) in zip(paths, batch, strict=True):
        score = compare(report.truth(path.name), found[path], report.says)
        label = " + ".join(quirk.name for quirk in report.quirks) or PLAIN
        score.details = [f"{report.container} {report.content.form} {label} seed {report.seed}: {text}" for text in score.details]
        yield Measured(report.container, name, report.keeps, score)


def measure_real(folder: Path) -> Score:
    """The real reports that lie in a folder with their truth files. They are full of true problems: none is a false alarm."""
    total = Score()
    truths = [json.loads(path.read_bytes()) for path in sorted(folder.glob("*.truth.json"))]
    found = parsed([folder / truth["source"] for truth in truths])
    for truth in truths:
        lines = found[folder / truth["source"]]
        score = compare(truth, lines, {problem["code"] for line in lines for problem in line["problems"]})
        score.details = [f"{truth['source']}: {text}" for text in score.details]
        total.add(score)
    return total


def parsed(paths: Sequence[Path]) -> dict[Path, list[dict[str, Any]]]:
    """The lines of `gongkai parse`, by file."""
    output = StringIO()
    with redirect_stdout(output):
        cli.main(["parse", *map(str, paths), "--json"])
    found: dict[Path, list[dict[str, Any]]] = {path: [] for path in paths}
    for line in map(json.loads, output.getvalue().splitlines()):
        found.setdefault(Path(line["source"]), []).append(line)
    return found
