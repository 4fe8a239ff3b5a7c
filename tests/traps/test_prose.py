"""What the text says of figures changes no cell and raises no alarm where it is right."""

from __future__ import annotations

import pytest

from tests.traps.listed import cases, check


@pytest.mark.parametrize(("container", "form", "quirk"), cases("prose"))
def test_trap(container: str, form: str, quirk: str) -> None:
    check(container, form, quirk)
