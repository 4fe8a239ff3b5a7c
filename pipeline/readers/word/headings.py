"""Which styles make headings."""

from __future__ import annotations

import re

HEADING_NAME = re.compile(r"(?:heading|标题|title)\s*\d*", re.IGNORECASE)
BODY_TEXT_LEVEL = 9
