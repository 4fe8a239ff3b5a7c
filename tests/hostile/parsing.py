"""Reading files in workers as `gongkai parse` does, for tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.common.settings import Limits, Settings
from pipeline.orchestration.parse_all import parse_all

GENEROUS = Limits(seconds=60, memory_mb=1500)
Line = dict[str, Any]


def parse(folder: Path, files: Iterable[tuple[str, bytes]], limits: Limits = GENEROUS) -> dict[str, list[Line]]:
    """The lines of each file, by its name; read by two workers."""
    places = []
    for number, (name, data) in enumerate(files):
        place = folder / f"{number}"
        place.write_bytes(data)
        places.append((name, str(place)))
    settings = Settings(folder, folder, folder, workers=2, limits=limits)
    lines = parse_all(settings, [place for _, place in places])
    return {name: [json.loads(line) for line, _ in found] for (name, _), found in zip(places, lines, strict=True)}


def codes(lines: list[Line]) -> set[str]:
    """The codes of all problems."""
    return {problem["code"] for line in lines for problem in line["problems"]}
