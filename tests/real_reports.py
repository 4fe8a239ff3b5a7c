"""Where the real reports with known figures lie: beside the checkout and not in it, or where an environment variable says."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "GONGKAI_REAL_REPORTS"


def folder() -> Path:
    """The folder that `GONGKAI_REAL_REPORTS` names, else `shared/real` beside the checkout; it need not exist."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else Path(__file__).resolve().parent.parent.parent / "shared" / "real"


REAL_REPORTS = folder()
