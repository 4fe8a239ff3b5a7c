"""`python -m tests.golden` writes the golden files anew; only for a new form, container or variant: those that are there stay."""

from __future__ import annotations

from tests.golden.made import GOLDEN, cells_path, cells_text, golden, path_of

for form, container, variant in GOLDEN:
    made, path, cells = golden(form, container, variant), path_of(form, container, variant), cells_path(form, variant)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not cells.exists():
        cells.write_text(cells_text(made), encoding="utf-8")
    if not path.exists():
        path.write_bytes(made.data())
