"""The one long list of statistics of 2014, as provinces print it."""

from __future__ import annotations

import pytest

from tests.traps.listed import cases, check


@pytest.mark.parametrize(("container", "form", "quirk"), cases("lists"))
def test_trap(container: str, form: str, quirk: str) -> None:
    check(container, form, quirk)
