"""Headings as they are worded, numbered and ordered."""

from __future__ import annotations

import pytest

from tests.traps.listed import cases, check


@pytest.mark.parametrize(("container", "form", "quirk"), cases("headings"))
def test_trap(container: str, form: str, quirk: str) -> None:
    made, report = check(container, form, quirk)
    found = {section.section for section in report.sections}
    assert found == {section.section for section in made.content.sections if section.heading}
