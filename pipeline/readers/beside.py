"""Files that belong to a page and stand beside it: readers ask for them by address and never open anything themselves."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

Beside = Callable[[str], bytes | None]  # the address as the page writes it -> the content, None where it is not there

_NOT_RELATIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|[/\\]")  # a scheme, a drive, the root of a site
_LONGEST = 1_000


def nothing_beside(_address: str) -> bytes | None:
    """A page on its own."""
    return None


def by_name(content_of: Callable[[str], bytes | None]) -> Beside:
    """Files known by their names relative to the page."""

    def beside(address: str) -> bytes | None:
        name = relative_name(address)
        return content_of(name) if name else None

    return beside


def relative_name(address: str) -> str | None:
    """The name of a file relative to the page, with `/`; None for what an address on the web, a data: address or an absolute path names."""
    if len(address) > _LONGEST:
        return None
    bare = re.split("[?#]", address.strip())[0]
    if not bare or _NOT_RELATIVE.match(bare):
        return None
    raw = unquote_to_bytes(bare)
    for encoding in ("utf-8", "gb18030"):
        try:
            name = posixpath.normpath(raw.decode(encoding).replace("\\", "/"))
        except UnicodeDecodeError:
            continue
        usable = name.isprintable() and name not in (".", "..") and not _NOT_RELATIVE.match(name)
        return name if usable else None
    return None
