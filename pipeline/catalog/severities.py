"""How serious something is, in words for people: the one place for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FINDINGS: Mapping[str, str] = MappingProxyType({"E": "错误", "W": "提醒", "I": "提示"})  # severities of rules and of what they find
PROBLEMS: Mapping[str, str] = MappingProxyType({"error": "错误", "warning": "提醒", "info": "提示"})  # of what was met in reading
