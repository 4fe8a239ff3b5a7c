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
    if path.exists() and known.get(path.name) == [current, path.stat().st_size]:
        return False
    make()
    _write_note(workspace, {**known, path.name: [current, path.stat().st_size]})
    return True


def forget(workspace: Workspace, path: Path) -> None:
    """Have `path` made anew next time, because it cannot be read."""
    _write_note(workspace, {name: made_of for name, made_of in _published(workspace).items() if name != path.name})


def _fingerprint(workspace: Workspace) -> str:
    """What all tables are made of, with our own code (which makes the file) and the catalogue (which names its parts)."""
    store = workspace.store
    tables = [table.table for table in workspace.catalog.tables]
    return digest(
        [workspace.publish_version, *((table, year, store.content(table, year)) for table in tables for year in store.years(table))]
    )


def _write_note(workspace: Workspace, made_of: dict[str, object]) -> None:
    note = _note(workspace)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(made_of, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


def _published(workspace: Workspace) -> dict[str, object]:
    """What each published file was made of, and its size in bytes: a file cut short is not the one that was published."""
    try:
        known = json.loads(_note(workspace).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # never published, or the note is broken: then everything is made anew
        return {}
    return known if isinstance(known, dict) else {}


def _note(workspace: Workspace) -> Path:
    return workspace.settings.warehouse / "cache" / "published.json"
