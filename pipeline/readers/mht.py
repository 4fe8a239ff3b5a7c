"""Web archives (MHT), as browsers and Word save a page with its pictures: the page inside goes to the reader of HTML.

Where the page itself holds no table (a frame set, as Excel saves a workbook; a report shown in a frame), the pages in
its frames are read after it.
"""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.message import Message
from urllib.parse import unquote, urljoin

from pipeline.common.errors import ReadError
from pipeline.readers import html
from pipeline.readers.beside import Beside
from pipeline.readers.joined import joined
from pipeline.readers.model import Document

_MOST_BYTES = 200_000_000
_MOST_PAGES = 100
_UTF_16 = frozenset({"unicode", "utf-16", "utf-16le", "utf-16-le", "utf16"})
_TOO_LARGE = ("too_large", "网页归档过大，未读取。请在浏览器中另存为 html 后重新报送。")
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def read(data: bytes) -> Document:
    """Read a web archive. Raises ReadError: `damaged` where no page is inside, `too_large`, and what the reader of HTML says."""
    if len(data) > _MOST_BYTES:
        raise ReadError(*_TOO_LARGE)
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    pages = list(_pages(message))
    if not pages:
        raise ReadError("damaged", "网页归档中没有网页，无法读取。请在浏览器中另存为 html 后重新报送。")
    pictures = _pictures(message)
    first = _document(pages[0], pictures)
    if len(pages) == 1 or any(first.grids()):
        return first
    if len(pages) > _MOST_PAGES:  # leaving some of them out would lose figures without a word
        raise ReadError(*_TOO_LARGE)
    return joined([first, *(_document(page, pictures) for page in pages[1:])])


def _pages(message: Message) -> Iterator[Message]:
    """The pages inside, the one that the archive names as its root first."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    root = str(message.get_param("start", "")).strip("<> ")
    named = [page for page in pages if root and str(page.get("Content-ID", "")).strip("<> ") == root]
    yield from named
    yield from (page for page in pages if page not in named)


def _pictures(message: Message) -> dict[str, Message]:
    """The pictures inside by their addresses, and by `cid:` and their names inside; none is decoded before it is asked for."""
    found: dict[str, Message] = {}
    for part in message.walk():
        if not part.is_multipart() and part.get_content_maintype() != "text":
            found[_plain(str(part.get("Content-Location", "")))] = part
            found["cid:" + _plain(str(part.get("Content-ID", "")).strip("<> "))] = part
    return {address: part for address, part in found.items() if address not in ("", "cid:")}


def _plain(address: str) -> str:
    return unquote(address.strip())


def _beside(page: Message, pictures: dict[str, Message]) -> Beside:
    """The pictures as a page addresses them: in full, or relative to its own address."""
    base = str(page.get("Content-Location", "")).strip()

    def content(address: str) -> bytes | None:
        part = pictures.get(_plain(address)) or pictures.get(_plain(_joined_address(base, address.strip())))
        data = part.get_payload(decode=True) if part else None
        return data if isinstance(data, bytes) else None

    return content


def _joined_address(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _document(page: Message, pictures: dict[str, Message]) -> Document:
    data = page.get_payload(decode=True)
    content = data if isinstance(data, bytes) else b""
    charset = str(page.get_param("charset", "")).strip().lower()
    if charset in _UTF_16 and not content.startswith(_MARKS):
        content = _MARKS[0] + content
    document = html.read(content, charset or None, _beside(page, pictures))
    document.metadata.pop("pictures", None)  # nothing of an archive lies beside it
    return document
