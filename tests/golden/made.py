"""What the golden files hold, and where they lie: tests/golden/FORM/CONTAINER/VARIANT, with the cells in tests/golden/FORM/VARIANT.json."""

from __future__ import annotations

import json
from pathlib import Path

from tests.reports.containers import CONTAINERS
from tests.reports.made import YEARS, Made, drawn_report, make

ROOT = Path(__file__).parent
# Oddities that can happen in any container, so that all containers of a variant hold the same cells
VARIANTS = {
    "plain": (),
    "odd": ("blank_cells", "padded_figures", "lost_merges", "damaged_labels", "older_wordings", "title_printed_twice"),
}
GOLDEN = [
    (form, name, variant) for form in YEARS for name, container in CONTAINERS.items() if not container.plain_only for variant in VARIANTS
]


def path_of(form: str, container: str, variant: str) -> Path:
    """The file of one form, container and variant."""
    return ROOT / form / container / f"{variant}{CONTAINERS[container].suffix}"


def cells_path(form: str, variant: str) -> Path:
    """The cells that every file of a form and variant holds."""
    return ROOT / form / f"{variant}.json"


def golden(form: str, container: str, variant: str) -> Made:
    """The report that was written."""
    return make(drawn_report(form, 0), container, VARIANTS[variant])


def cells_text(made: Made) -> str:
    """The truth in the form of the contract, a cell a line."""
    truth = made.truth("")
    cells = ",\n".join(json.dumps(cell, ensure_ascii=False) for cell in truth.pop("cells"))
    head = json.dumps(truth, ensure_ascii=False)
    return f'{head[:-1]}, "cells": [\n{cells}\n]}}\n'
