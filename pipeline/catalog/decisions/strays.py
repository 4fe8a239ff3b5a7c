"""Files beside those that the office keeps that somebody may take for them: corrections.xlsx, in which nobody looks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.catalog.decisions.files import DECISIONS
from pipeline.catalog.registry.load import COLUMNS as REGISTRY

_KEPT = (*DECISIONS, *REGISTRY, "office.csv", "population.csv")
_SAVED_AS = frozenset({".csv", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".txt"})


def strays(folder: Path) -> Iterable[str]:
    """A sentence for each file in `folder` that has the name of one that is kept, but another ending or other capitals."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    for name in names:
        stem, ending = Path(name).stem.lower(), Path(name).suffix.lower()
        kept = next((kept for kept in _KEPT if Path(kept).stem == stem), None)
        if kept is not None and name not in _KEPT and ending in _SAVED_AS:
            yield f"{name}：程序只读 {kept}，这个文件的内容没有采用。有改动的，请另存为“CSV UTF-8”并命名为 {kept}，再移走这个文件。"
