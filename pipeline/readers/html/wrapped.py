"""Pages inside something else: the answer of a site's interface (JSON, JSONP), a news feed (RSS, XML), the source of a page shown as text.

Such a text becomes a page of its own: for each article its title as a heading and its markup.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping

from lxml import etree

_JSON = re.compile(r"\s*(?:[\w.$\[\]]{1,80}\s*\(\s*)?(?P<json>[\[{].*[\]}])\s*(?:\)\s*;?\s*)?", re.DOTALL)
_XML = re.compile(r"\s*<\?xml[^>]*\?>\s*(?:<!--.*?-->\s*)*<(?!!?(?:doctype\s+)?html\b|table\b|body\b)", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ENOUGH_CELLS = 4
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_TITLES = ("title", "articletitle", "article_title", "headline", "name", "subject", "bt")
_DEEPEST = 40
_LONGEST_TITLE = 200

Article = tuple[str, str]  # its title ("" where it has none) and its markup


def unwrapped(text: str) -> str:
    """The page that is inside a text of JSON or XML; any other text, and one without a table in markup, as it is."""
    if "table" not in text and "TABLE" not in text:
        return text
    articles: list[Article] = []
    if text.lstrip("\ufeff \t\r\n")[:1] in "[{" or "(" in text[:100]:
        match = _JSON.fullmatch(text)
        articles = list(_of_json(match["json"])) if match else []
    elif _XML.match(text):
        articles = list(_of_xml(text))
    return page_of(articles) if articles else text


def page_of(articles: list[Article]) -> str:
    """A page that shows articles one after the other."""
    shown = (f"<h1>{html.escape(title)}</h1>\n{markup}" if title else markup for title, markup in articles)
    title = f"<title>{html.escape(articles[0][0])}</title>" if articles[0][0] else ""
    return f"<html><head>{title}</head><body>{'<hr>'.join(shown)}</body></html>"


def is_markup(text: str) -> bool:
    """Whether a text is the source of a page with a table, and not one that only speaks of it."""
    return _TABLE.search(text) is not None and len(_CELL.findall(text)) >= _ENOUGH_CELLS


def _of_json(text: str) -> Iterator[Article]:
    try:
        yield from _in_value(json.loads(text), "", 0)
    except (ValueError, RecursionError):
        return


def _in_value(value: object, title: str, depth: int) -> Iterator[Article]:
    """The strings with a table in markup, each with the title that stands beside it or around it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, Mapping):
        title = next(filter(None, (_title(value, name) for name in _TITLES)), title)
        for inner in value.values():
            yield from _in_value(inner, title, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_value(inner, title, depth + 1)
    elif isinstance(value, str) and len(value) > _LONGEST_TITLE:
        if is_markup(value):
            yield title, value
        elif value.count("&lt;") and is_markup(unescaped := html.unescape(value)):
            yield title, unescaped


def _title(record: Mapping[object, object], name: str) -> str:
    """What a record calls itself under a name, which may be in any case, and in a record of its own ({"title": {"rendered": …}})."""
    found = next((value for key, value in record.items() if str(key).lower() == name), "")
    if isinstance(found, Mapping):
        found = next((value for value in found.values() if isinstance(value, str)), "")
    return found.strip() if isinstance(found, str) and len(found) <= _LONGEST_TITLE else ""


def _of_xml(text: str) -> Iterator[Article]:
    parser = etree.XMLParser(recover=True, no_network=True, resolve_entities=False, huge_tree=False)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return
    for element in root.iter("*") if root is not None else ():
        written = "".join(map(str, element.itertext())) if not len(element) else ""
        if is_markup(written):
            yield _title_beside(element), written


def _title_beside(element: etree._Element) -> str:
    holder = element.getparent()
    for sibling in holder if holder is not None else ():
        if isinstance(sibling.tag, str) and etree.QName(sibling).localname.lower() in _TITLES and (text := (sibling.text or "").strip()):
            return text if len(text) <= _LONGEST_TITLE else ""
    return ""
