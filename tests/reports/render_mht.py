"""A page of `render_html` as browsers and Word archive it: the page and its pictures as parts of one message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.policy import SMTP
from quopri import encodestring
from typing import Literal
from urllib.parse import quote

from tests.reports import render_html
from tests.reports.content import ReportContent
from tests.reports.layout import PrintedTable

_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


def render(
    content: ReportContent,
    tables: Iterable[PrintedTable],
    *,
    encoding: str = "utf-8",
    transfer: Literal["base64", "quoted-printable"] = "quoted-printable",
) -> bytes:
    """The archive; the page declares its charset as the part does."""
    return archive(render_html.render(content, tables, encoding=encoding, declared=encoding), encoding, transfer)


def archive(page: bytes, charset: str | None, transfer: str = "quoted-printable", *others: bytes) -> bytes:
    """The message around `page`, with a picture before it and pages of frames after it. charset: as the head of the part says."""
    message = MIMEMultipart("related", boundary="----=_NextPart_01", type="text/html", start="<page@report>")
    message["Subject"] = "=?utf-8?B?5bm05oql?="
    picture = MIMEBase("image", "png")
    picture.set_payload(_PICTURE)
    encode_base64(picture)
    message.attach(picture)
    for number, data in enumerate((page, *others)):
        part = MIMEBase("text", "html", **({"charset": charset} if charset else {}))
        part["Content-ID"] = "<page@report>" if number == 0 else f"<frame{number}@report>"
        part.set_payload(data)
        if transfer == "base64":
            encode_base64(part)
        else:
            part.set_payload(encodestring(data).decode("ascii"))
            part["Content-Transfer-Encoding"] = transfer
        message.attach(part)
    return b"From: <Saved by a browser>\r\n" + message.as_bytes(policy=SMTP)


def with_pictures(page: bytes, pictures: Mapping[str, bytes], site: str = "http://www.example.cn/2022/") -> bytes:
    """The page as a browser saves it from a site, with the pictures at these addresses relative to it."""
    message = MIMEMultipart("related", boundary="----=_NextPart_01", type="text/html")
    files = {"t1.html": ("text", "html", page)} | {name: ("image", "png", data) for name, data in pictures.items()}
    for name, (main, sub, data) in files.items():
        part = MIMEBase(main, sub)
        part["Content-Location"] = site + quote(name)
        part.set_payload(data)
        encode_base64(part)
        message.attach(part)
    return b"From: <Saved by a browser>\r\n" + message.as_bytes(policy=SMTP)
