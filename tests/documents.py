"""The pages that people read: README and docs."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
_QUERIES = re.compile(r"^```sql\n(.*?)^```", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"^--.*$", re.MULTILINE)


def queries() -> list[str]:
    """Every statement of SQL in them."""
    blocks = [block for page in PAGES for block in _QUERIES.findall(page.read_text(encoding="utf-8"))]
    return [statement for block in blocks for part in _COMMENT.sub("", block).split(";") if (statement := part.strip())]
