"""Marks of Markdown, which stand around texts in files that a program made of a document: they are not printed."""

from __future__ import annotations

import re

_HEADING = re.compile(r"\s{0,3}#{1,6}\s*(?=\S)")
# Nothing here is given back or runs on without an end: a line of a million blanks or stars would take hours
_RULE_OF_TABLE = re.compile(r"\s*+\|?(?:\s*+:?-{3,}+:?\s*+\|)+(?:\s*+:?-{3,}+:?\s*+)?")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_STRUCK = re.compile(r"~~(?=\S).{1,400}?(?<=\S)~~")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([.()\[\]#*_+~>|-])")


def without_marks(lines: list[str]) -> list[str]:
    """The lines without the marks of Markdown, where the file has headings or tables of it; else as they are."""
    if not any(_HEADING.match(line) or _RULE_OF_TABLE.fullmatch(line) for line in lines):
        return lines
    return [_plain(line) for line in lines]


def _plain(line: str) -> str:
    line = _HEADING.sub("", line, count=1)
    if "*" in line or "_" in line or "~" in line:
        line = _STRUCK.sub("", _BOLD.sub(lambda found: found[2], line))
    if "<" in line:
        line = _BREAK.sub(" ", line)
    return _ESCAPED.sub(lambda found: found[1], line) if "\\" in line else line
