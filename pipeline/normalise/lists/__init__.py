"""Printed tables that are one long list (the 统计表 of 2014): label, unit and figure on each row, groups told by numbering."""

from pipeline.normalise.lists.reading import interpret_list

__all__ = ["interpret_list"]
