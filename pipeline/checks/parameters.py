"""Parameters of a rule row, read as what they must be. Every mistake is a CatalogError that names the rule."""

from __future__ import annotations

import re

from pipeline.catalog.row_types import Rule, SectionHeading
from pipeline.checks.expand import Expander
from pipeline.common.errors import CatalogError


def pattern_of(rule: Rule, parameter: str) -> re.Pattern[str]:
    """A regular expression. Raises CatalogError where it is not one."""
    try:
        return re.compile(rule.parameters[parameter])
    except re.error as error:
        raise CatalogError(f"rules.csv 的 {rule.rule}：参数 {parameter} 不是正确的正则表达式：{error}。") from None


def whole_number_of(rule: Rule, parameter: str, default: int = 0) -> int:
    """A whole number from 0; `default` where the row does not give it. Raises CatalogError for anything else."""
    text = rule.parameters.get(parameter, str(default))
    if not text.isdecimal():
        raise CatalogError(f"rules.csv 的 {rule.rule}：参数 {parameter} 应为不小于 0 的整数，现为“{text}”。")
    return int(text)


def section_of(rule: Rule, expander: Expander) -> SectionHeading:
    """The section that the row names. Raises CatalogError where there is no such section."""
    for section in expander.catalog.sections:
        if section.section == rule.parameters["section"]:
            return section
    raise CatalogError(f"rules.csv 的 {rule.rule}：没有“{rule.parameters['section']}”这个部分。")
