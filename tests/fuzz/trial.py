"""One damaged file, made from numbers so that it can be made again, read as `gongkai parse` reads it."""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from pipeline.common.errors import ReadError
from pipeline.common.settings import DEFAULT_CATALOG, Limits
from pipeline.orchestration.parsing import parse_file
from pipeline.orchestration.reading import catalog_in
from pipeline.orchestration.unpacking import sources_in
from pipeline.orchestration.workers import run
from tests.fuzz.invariants import broken
from tests.fuzz.mutations import mutated
from tests.fuzz.samples import samples

LIMITS = Limits(seconds=120, memory_mb=1500)  # a damaged PDF may have to be recognised from its picture
_NOT_READ = {"empty_file", "damaged", "password", "encoding", "too_large", "unsupported_kind", "forbidden", "libreoffice_missing"}
_SURPRISE = re.compile(r"（([A-Za-z]+(?:Error|Exception))）")


class Trial(NamedTuple):
    """Which file: the seed of the run, the container, the number of the file."""

    seed: int
    container: str
    number: int


class Result(NamedTuple):
    """What came of it: not_read, refused, partial or parsed; what was broken; an exception that no reader foresaw."""

    outcome: str
    seconds: float
    broken: str | None
    surprise: str | None


@dataclass
class Row:
    """The results of one container."""

    outcomes: Counter[str] = field(default_factory=Counter)
    surprises: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[Trial, str]] = field(default_factory=list)
    slowest: float = 0.0


def file_of(trial: Trial) -> bytes:
    """The damaged file."""
    chance = Random(f"{trial.seed}/{trial.container}/{trial.number}")
    kinds = samples(trial.container)
    other = samples(chance.choice(("text", "html", "docx", "pdf", trial.container)))
    return mutated(chance, trial.container, chance.choice(kinds), chance.choice(other))


def attempt(trial: Trial) -> Result:
    """Damage a file and read it (runs in a worker)."""
    with tempfile.NamedTemporaryFile(prefix="fuzz-") as file:
        file.write(file_of(trial))
        file.flush()
        started = time.perf_counter()
        lines = [line for source in sources_in(file.name) for line, _ in parse_file(source, DEFAULT_CATALOG).lines]
        seconds = time.perf_counter() - started
    problem = next((found for line in lines if (found := broken(catalog_in(Path(DEFAULT_CATALOG)), line))), None)
    statuses = [json.loads(line)["status"] for line in lines]
    problems = [problem for line in lines for problem in json.loads(line)["problems"]]
    codes = {problem["code"] for problem in problems}
    surprise = next((match[1] for item in problems if (match := _SURPRISE.search(item["message"]))), None)
    if "internal_error" in codes:
        problem = f"internal error {surprise}"
    outcome = next((status for status in ("parsed", "partial") if status in statuses), "not_read" if codes & _NOT_READ else "refused")
    return Result(outcome, seconds, problem, surprise)


def fuzz(trials: Iterable[Trial], workers: int) -> dict[str, Row]:
    """All results, by container."""
    rows: dict[str, Row] = {}
    for trial, result in run(attempt, trials, workers, LIMITS):
        row = rows.setdefault(trial.container, Row())
        if isinstance(result, ReadError):
            row.outcomes["hang" if result.code == "time_limit" else "crash"] += 1
            row.failures.append((trial, result.code))
            continue
        row.outcomes[result.outcome] += 1
        row.slowest = max(row.slowest, result.seconds)
        if result.surprise:
            row.surprises[result.surprise] += 1
        if result.broken:
            row.outcomes["crash"] += 1
            row.failures.append((trial, result.broken))
    return rows
