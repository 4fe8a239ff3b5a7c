"""Registries written for a test: only the columns that matter are given, the others are empty."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.catalog.registry.load import COLUMNS

Rows = Sequence[Mapping[str, str]]


def write_registry(folder: Path, agencies: Rows = (), names: Rows = (), links: Rows = (), roster: Rows = ()) -> Path:
    """Write the four files into `folder`; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, rows in zip(COLUMNS, (agencies, names, links, roster), strict=True):
        with (folder / file).open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, COLUMNS[file], restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def agency(agency_id: str, agency_name: str, valid_from: str = "", valid_to: str = "", **more: str) -> dict[str, str]:
    return {"agency_id": agency_id, "agency_name": agency_name, "valid_from": valid_from, "valid_to": valid_to, **more}


def link(kind: str, from_id: str, to_id: str, date: str) -> dict[str, str]:
    return {"link": kind, "from_id": from_id, "to_id": to_id, "date": date}
