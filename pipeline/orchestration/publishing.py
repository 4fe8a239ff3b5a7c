"""Making what people get, and only where what it is made of has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pipeline.orchestration.workspace import Workspace, digest


def publish(workspace: Workspace, path: Path, make: Callable[[], None]) -> bool:
    """Run `make`, which writes `path`, unless the file is there and was made of the same tables; True where it was made.

    What each file was made of is kept beside the cache: a DuckDB file and a workbook have no place for it that people
    would not see.
    """
    current = _fingerprint(workspace)
    known = _published(workspace)
    if path.exists() and known.get(path.name) == current:
        return False
    make()
    note = _note(workspace)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({**known, path.name: current}, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    return True


def _fingerprint(workspace: Workspace) -> str:
    """What all tables are made of, with our own code (which makes the file) and the catalogue (which names its parts)."""
    store = workspace.store
    tables = [table.table for table in workspace.catalog.tables]
    return digest(
        [workspace.publish_version, *((table, year, store.fingerprint(table, year)) for table in tables for year in store.years(table))]
    )


def _published(workspace: Workspace) -> dict[str, str]:
    try:
        known = json.loads(_note(workspace).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # never published, or the note is broken: then everything is made anew
        return {}
    return known if isinstance(known, dict) else {}


def _note(workspace: Workspace) -> Path:
    return workspace.settings.warehouse / "cache" / "published.json"
