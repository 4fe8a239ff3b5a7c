"""Reports made, written, parsed and compared, by container and oddity."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.orchestration.parsing import parse_file
from tests.accuracy.compare import Score, compare
from tests.reports.containers import CONTAINERS
from tests.reports.made import YEARS, Made, drawn_report, make
from tests.reports.quirks import QUIRKS, Quirk

PLAIN = "-"
COMBINED = "two of them"


@dataclass(frozen=True)
class Measured:
    """The score of one made report. quirk: the name of its oddity, PLAIN or COMBINED."""

    container: str
    quirk: str
    keeps: str
    score: Score


def made_reports(reports: int, containers: Iterable[str] = (), quirks: Iterable[str] = ()) -> Iterator[tuple[str, Made]]:
    """For each container and each oddity that can happen in it `reports` reports of each form; then as many with two oddities."""
    chosen = [QUIRKS[name] for name in quirks] or list(QUIRKS.values())
    for container in containers or CONTAINERS:
        for form in YEARS:
            fitting = [quirk for quirk in chosen if quirk.fits(container, form)]
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
    """Write each report to a file, parse it as the command does, and compare."""
    with TemporaryDirectory() as folder:
        for number, (name, report) in enumerate(made):
            path = Path(folder) / f"{number}{CONTAINERS[report.container].suffix}"
            path.write_bytes(report.data())
            score = compare(report.truth(path.name), parsed(path), report.says)
            label = " + ".join(quirk.name for quirk in report.quirks) or PLAIN
            score.details = [f"{report.container} {report.content.form} {label} seed {report.seed}: {text}" for text in score.details]
            path.unlink()
            yield Measured(report.container, name, report.keeps, score)


def measure_real(folder: Path) -> Score:
    """The real reports that lie in a folder with their truth files."""
    total = Score()
    for path in sorted(folder.glob("*.truth.json")):
        truth = json.loads(path.read_bytes())
        score = compare(truth, parsed(folder / truth["source"]), _everything(folder / truth["source"]))
        score.details = [f"{truth['source']}: {text}" for text in score.details]
        total.add(score)
    return total


def parsed(path: Path) -> list[dict[str, Any]]:
    """The lines of `gongkai parse`."""
    return [json.loads(line) for line, _ in parse_file(str(path), DEFAULT_CATALOG)]


def _everything(path: Path) -> set[str]:
    """Real reports are full of true problems: none of them is counted as a false alarm."""
    return {problem["code"] for line in parsed(path) for problem in line["problems"]}
