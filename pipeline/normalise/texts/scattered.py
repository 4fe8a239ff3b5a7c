"""Tables whose cells stand in running text: boxes of a mobile page, columns set with spaces, a cell a line.

Which figure belongs to which label cannot be told there. That the table is in the report can, and has to be.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.catalog.model import Catalog
from pipeline.normalise.wording import label_key
from pipeline.readers.model import Document

_ENOUGH_OF_A_LIST = 4
_ENOUGH = 2  # wordings on each axis: 规章 and 行政许可 alone stand in many menus, but not beside 本年制发件数
_PIECES = re.compile(r"[\s,，|｜]+")
_LONGEST_LINE = 400


def scattered(catalog: Catalog, table: str, document: Document) -> bool:
    """Whether the labels of a table, of its rows and of its columns, stand as words of their own in the paragraphs."""
    wordings = _wordings(catalog, table)
    seen: dict[str, set[str]] = {axis: set() for axis in wordings}
    for paragraph in document.paragraphs():
        for line in paragraph.text.splitlines():
            for piece in _PIECES.split(line) if len(line) <= _LONGEST_LINE else ():
                key = label_key(piece)
                for axis, known in wordings.items():
                    if key in known:
                        seen[axis].add(key)
    enough = _ENOUGH_OF_A_LIST if _is_list(catalog, table) else _ENOUGH
    return bool(seen) and all(len(found) >= enough for found in seen.values())


def _is_list(catalog: Catalog, table: str) -> bool:
    return any(catalog.is_list(row.form, table) for row in catalog.form_tables if row.table == table)


@lru_cache(maxsize=32)
def _wordings(catalog: Catalog, table: str) -> dict[str, frozenset[str]]:
    """The wordings of the items and groups on each axis of a table, those left out that stand on both."""
    found: dict[str, set[str]] = {}
    for label in catalog.labels:
        any_list_has_it = catalog.is_list(label.form, table) and label.axis == "column"  # 数量
        if label.table == table and label.role in ("item", "group") and not any_list_has_it:
            found.setdefault(label.axis, set()).update(map(label_key, label.texts))
    both = set.intersection(*found.values()) if len(found) > 1 else set()
    return {axis: frozenset(keys - both) for axis, keys in found.items()}
