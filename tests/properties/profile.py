"""How long the properties are tried: a few examples by default, always the same, and many new ones under HYPOTHESIS_PROFILE=thorough.

The same, so that a change fails for what it changed; whoever works on the reader runs the thorough ones.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

PROFILES = {"default": 25, "thorough": 1500}


def examples(share: float = 1.0) -> settings:
    """Settings with the number of examples of the profile in use, times `share`."""
    profile = os.environ.get("HYPOTHESIS_PROFILE", "default")
    count = PROFILES[profile]
    # drawing is quick and rendering is not: none of the health checks on time says anything here
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(
        max_examples=max(int(count * share), 1),
        derandomize=profile == "default",
        deadline=None,
        suppress_health_check=slow,
        print_blob=True,
    )
