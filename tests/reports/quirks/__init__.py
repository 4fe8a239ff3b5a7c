"""Named oddities of real reports, which can be combined. A new one is one decorated function in the file of its heading."""

from __future__ import annotations

from tests.reports.quirks.containers import CONTAINERS
from tests.reports.quirks.damage import DAMAGE
from tests.reports.quirks.headings import HEADINGS
from tests.reports.quirks.identity import IDENTITY
from tests.reports.quirks.lists import LISTS
from tests.reports.quirks.model import Quirk
from tests.reports.quirks.numbers import NUMBERS
from tests.reports.quirks.prose import PROSE
from tests.reports.quirks.tables import TABLES
from tests.reports.quirks.whole import WHOLE

_REGISTRIES = (DAMAGE, WHOLE, NUMBERS, TABLES, LISTS, HEADINGS, CONTAINERS, IDENTITY, PROSE)
QUIRKS: dict[str, Quirk] = {quirk.name: quirk for registry in _REGISTRIES for quirk in registry.quirks}
assert len(QUIRKS) == sum(len(registry.quirks) for registry in _REGISTRIES)
DAMAGES: dict[str, Quirk] = {quirk.name: quirk for quirk in DAMAGE.quirks}

__all__ = ["DAMAGES", "QUIRKS", "Quirk"]
