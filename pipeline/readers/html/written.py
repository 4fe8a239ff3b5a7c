"""Parts of a page that stand in it as text and are shown as markup: by scripts, in frames, in fields that hold what an editor wrote.

What a script writes where it stands, and what a frame states of itself, is shown in any case and put in its place. What a script
keeps (the state of the page) is taken only where the page shows no table of its own: there nothing says where, or whether, it is shown.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from lxml import etree

from pipeline.readers.html.fields import text_of
from pipeline.readers.html.wrapped import is_markup

_LITERAL = re.compile(r"\"((?:[^\"\\\n]|\\.)*+)\"|'((?:[^'\\\n]|\\.)*+)'|`((?:[^`\\]|\\.)*+)`", re.DOTALL)
_WRITES = re.compile(
    r"document\s*\.\s*write(?:ln)?\s*\(\s*(?P<what>(?:\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|[\s+]|\d+(?:\.\d+)?(?=\s*\)))+)\s*\)",
    re.DOTALL,
)
_SCRIPT = re.compile(r"<script\b[^<>]*>", re.IGNORECASE)
_END_OF_SCRIPT = re.compile(r"</script\s*>", re.IGNORECASE)
_FRAME = re.compile(
    r"<iframe\b[^<>\"]*(?:\"[^<>\"]*\"[^<>\"]*)*?\ssrcdoc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')[^<>]*>(?:\s*</iframe\s*>)?", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "\n": "", "\r\n": ""}
_FIGURE = re.compile(r"\s*[\d０-９]+\s*")
_LONGEST = 5_000_000
_MARKS_OF_MARKUP = ("<table", "u003ctable", "x3ctable", "&lt;table")
_KEPT = ("script", "textarea", "template", "xmp", "noscript")
_SOURCE = frozenset({"line-content", "line"})


def put_in_place(text: str) -> str:
    """The source of a page with what its scripts write, and what its frames state, in their places."""
    if "document.write" in text:
        text = "".join(_with_scripts_written(text))
    if "srcdoc" in text:
        text = _FRAME.sub(lambda found: f"<div>{html.unescape(found[1] or found[2] or '')}</div>", text)
    return text


def kept_in(root: etree._Element, small: str) -> str | None:
    """The markup of tables that a page keeps in scripts and fields, where it shows none itself; None where there is none.

    small: the page in small letters.
    """
    if not _has_markup(small) or len(small) > _LONGEST or _shows_figures(root):
        return None
    found = dict.fromkeys(filter(is_markup, _kept(root)))
    longest = sorted(found, key=len, reverse=True)
    # the same article is often kept twice, once within a larger record
    parts = [part for place, part in enumerate(longest) if not any(part in larger for larger in longest[:place])]
    return "\n".join(part for part in found if part in parts) or None


def _kept(root: etree._Element) -> Iterator[str]:
    for element in root.iter(*_KEPT):
        inside = text_of(element)
        if element.tag == "script":
            yield from map(_markup_of, _literals(inside))
        elif element.tag == "template":
            yield "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
        else:
            yield inside
    lines = [text_of(cell) for cell in root.iter("td", "span", "div") if _SOURCE.intersection((cell.get("class") or "").split())]
    yield "\n".join(lines)
    for element in root.iter("pre", "code"):
        yield text_of(element)


def _shows_figures(root: etree._Element) -> bool:
    return any(
        _FIGURE.fullmatch(text_of(cell)) for cell in root.iter("td", "th") if next(cell.iterancestors("noscript", "template"), None) is None
    )


def _literals(script: str) -> Iterator[str]:
    """The texts in quotes of a script that hold a table."""
    if not _has_markup(script.lower()):
        return
    for groups in _LITERAL.findall(script):
        written = next(filter(None, groups), "")
        if _has_markup(written.lower()):
            yield _spoken(written)


def _has_markup(small: str) -> bool:
    return any(mark in small for mark in _MARKS_OF_MARKUP)


def _markup_of(text: str) -> str:
    return html.unescape(text) if "<t" not in text and "&lt;t" in text else text


def _spoken(written: str) -> str:
    """A text in quotes as the script has it."""
    try:
        return str(json.loads(f'"{written}"', strict=False))
    except ValueError:
        return _ESCAPE.sub(_escaped, written)


def _escaped(found: re.Match[str]) -> str:
    if code := found[1] or found[2]:
        return chr(int(code, 16))
    return _ESCAPED.get(found[3], found[3])


def _with_scripts_written(text: str) -> Iterator[str]:
    """The parts of a page, for each script that writes texts these in its place."""
    end = 0
    for start in _SCRIPT.finditer(text):
        if start.start() < end:
            continue
        close = _END_OF_SCRIPT.search(text, start.end())
        if close is None:
            break
        written = [_all_of(call["what"]) for call in _WRITES.finditer(text, start.end(), close.start())]
        if written:
            yield text[end : start.start()]
            yield from written
            end = close.end()
    yield text[end:]


def _all_of(what: str) -> str:
    """The texts of a call put together; a bare number is one, a sum of numbers is not computed."""
    literals = [next(filter(None, groups), "") for groups in _LITERAL.findall(what)]
    rest = _LITERAL.sub("", what).replace("+", " ").split()
    return "".join(map(_spoken, literals)) if literals and not rest else rest[0] if len(rest) == 1 and not literals else ""
