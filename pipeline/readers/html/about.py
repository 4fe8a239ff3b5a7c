"""What a page says about itself: title, day of publication, name of the site, and how many pictures stand in it."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

from lxml import etree

# name or property of a <meta> in lower case -> key in Document.metadata; the first one on the page counts
_META = {
    "articletitle": "article_title",
    "dc.title": "article_title",
    "og:title": "article_title",
    "pubdate": "published_on",
    "publishdate": "published_on",
    "publish_date": "published_on",
    "dc.date": "published_on",
    "article:published_time": "published_on",
    "contentsource": "source",
    "source": "source",
    "sitename": "site_name",
    "og:site_name": "site_name",
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_OF_THE_SITE = re.compile(
    r"logo|icon|banner|emblem|\bqr|ewm|erweima|weixin|wechat|weibo|share|beian|conac|jiucuo|print|扫一扫|二维码", re.IGNORECASE
)
_DOCUMENT = re.compile(r"\.(?:docx?|wps|xlsx?|et|pdf|ofd|rtf)$", re.IGNORECASE)
_NOTICEABLE = 100  # pixels; a picture declared narrower or lower than this is an ornament


def metadata_of(root: etree._Element) -> dict[str, str]:
    """`title`, `article_title`, `published_on` (ISO date), `source`, `site_name`, `attachments` (names, one a line), if any."""
    found: dict[str, str] = {}
    for title in root.iter("title"):
        _keep(found, "title", title.text or "")
    for meta in root.iter("meta"):
        key = _META.get((meta.get("name") or meta.get("property") or "").lower())
        if key:
            content = meta.get("content") or ""
            _keep(found, key, _day(content) if key == "published_on" else content)
    if attachments := attachments_in(root):
        found["attachments"] = attachments
    return found


def attachments_in(root: etree._Element) -> str:
    """The names of the documents that the page links to, one a line."""
    links = (re.split("[?#]", link.get("href") or "")[0] for link in root.iter("a"))
    names = (unquote(link).replace("\\", "/").rpartition("/")[2].strip() for link in links if _DOCUMENT.search(link.strip()))
    return "\n".join(dict.fromkeys(names))


def pictures_in(root: etree._Element) -> int:
    """Pictures that may hold content: all but those that are declared small or are named like logos, icons and QR codes."""
    return sum(1 for picture in root.iter("img") if not is_ornament(picture))


def _keep(found: dict[str, str], key: str, text: str) -> None:
    text = " ".join(text.split())
    if text:
        found.setdefault(key, text)


def _day(text: str) -> str:
    match = _DAY.search(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat() if match else ""
    except ValueError:  # there is no such day
        return ""


def is_ornament(picture: etree._Element) -> bool:
    """Whether a picture is declared small or named like a logo, an icon or a QR code."""
    sizes = [re.match(r"\s*(\d{1,6})\s*(?:px)?\s*$", picture.get(side) or "") for side in ("width", "height")]
    small = any(int(size[1]) < _NOTICEABLE for size in sizes if size)
    return small or bool(_OF_THE_SITE.search(f"{(picture.get('src') or '')[:500]} {picture.get('alt') or ''}"))
