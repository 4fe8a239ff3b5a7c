"""Every trap of the list has a test, and every oddity stands in the list."""

from __future__ import annotations

import importlib

import pytest

from tests.reports.quirks import QUIRKS
from tests.traps.listed import Trap, cases, traps

LISTED = traps()


@pytest.mark.parametrize("trap", LISTED, ids=lambda trap: f"{trap.heading}-{trap.trap}")
def test_each_trap_has_a_test(trap: Trap) -> None:
    """By oddities that set it, or by a function that bears its name."""
    module = importlib.import_module(f"tests.traps.test_{trap.heading}")
    named = hasattr(module, f"test_{trap.trap}")
    tried = [case for case in cases(trap.heading) if case.id.startswith(f"{trap.trap}-")]
    assert named or (trap.quirks and len(tried) >= len(trap.quirks))


def test_each_trap_is_listed_once() -> None:
    names = [(trap.heading, trap.trap) for trap in LISTED]
    assert len(names) == len(set(names))


def test_each_oddity_stands_in_the_list() -> None:
    assert {name for trap in LISTED for name in trap.quirks} == set(QUIRKS)
