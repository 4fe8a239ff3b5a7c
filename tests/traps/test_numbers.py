"""Numbers as they are printed: what is no number stays what it is, and nothing else becomes one."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.values import read_value
from tests.traps.listed import cases, check


@pytest.mark.parametrize(("container", "form", "quirk"), cases("numbers"))
def test_trap(container: str, form: str, quirk: str) -> None:
    check(container, form, quirk)


@pytest.mark.parametrize(
    "text", ["第二十条第（一）项", "第（九）项", "第20条", "2024年", "2024年度", "第4页 共6页", "1.属于国家秘密", "（一）"]
)
def test_numbers_of_articles_are_no_figures(catalog: Catalog, text: str) -> None:
    assert read_value(catalog, text).state == "unreadable"


@pytest.mark.parametrize("text", ["", "　", "\N{NO-BREAK SPACE}"])
def test_blank_is_not_zero(catalog: Catalog, text: str) -> None:
    assert read_value(catalog, text).state == "blank"


@pytest.mark.parametrize("text", ["/", "-", "—", "－", "无", "不适用", "空"])
def test_signs_for_nothing_are_kept(catalog: Catalog, text: str) -> None:
    assert read_value(catalog, text).state == "not_applicable"


@pytest.mark.parametrize("text", ["0", "０", "零", "O", "o"])
def test_zero_is_a_number(catalog: Catalog, text: str) -> None:
    value = read_value(catalog, text)
    assert (value.state, value.number) == ("number", 0)
