"""Marks of Markdown, which stand around texts in files that a program made of a document: they are not printed."""

from __future__ import annotations

import html
import re

from pipeline.readers.raised import lowered, raised

_HEADING = re.compile(r"\s{0,3}#{1,6}\s*(?=\S)")
# Nothing here is given back or runs on without an end: a line of a million blanks or stars would take hours
_DASHES = r"\s*+(?::-++:?+|--++:?+)\s*+"
_RULE_OF_TABLE = re.compile(rf"\s*+\|?(?:{_DASHES}\|)+(?:{_DASHES})?")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_STRUCK = re.compile(r"~~(?=\S).{1,400}?(?<=\S)~~")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.{0,1000}?-->")
_TAKEN_OUT = re.compile(r"<(del|s|strike)>[^<>]{0,400}</\1>", re.IGNORECASE)
_HEIGHT = re.compile(r"<(su[bp])>([^<>]{0,40})</\1>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:span|font|b|strong|i|em|u|ins|center|small|big|a|p|div|mark)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_CODE = re.compile(r"(`{1,3})(?=\S)([^`]{1,400}?)(?<=\S)\1")
_NOTE = re.compile(r"\[\^(\d{1,3})\](?!:)")
_ESCAPED = re.compile(r"\\([.()\[\]#*_+~>|-])")


def without_marks(lines: list[str]) -> list[str]:
    """The lines without the marks of Markdown, where the file has headings or tables of it; else as they are."""
    return [_plain(line) for line in lines] if is_marked(lines) else lines


def is_marked(lines: list[str]) -> bool:
    """Whether a file has headings or tables of Markdown."""
    return any(_HEADING.match(line) or _RULE_OF_TABLE.fullmatch(line) for line in lines)


def _plain(line: str) -> str:
    line = _HEADING.sub("", line, count=1)
    if "*" in line or "_" in line or "~" in line:
        line = _STRUCK.sub("", _BOLD.sub(lambda found: found[2], line))
    if "<" in line:
        line = _TAKEN_OUT.sub("", _COMMENT.sub("", _BREAK.sub(" ", line)))
        line = _HEIGHT.sub(lambda found: (raised if found[1].lower() == "sup" else lowered)(found[2]), line)
        line = _TAG.sub("", line)
    if "`" in line:
        line = _CODE.sub(lambda found: found[2], line)
    if "[^" in line:
        line = _NOTE.sub(lambda found: raised(found[1]), line)
    if "&" in line:
        line = html.unescape(line)
    return _ESCAPED.sub(lambda found: found[1], line) if "\\" in line else line
