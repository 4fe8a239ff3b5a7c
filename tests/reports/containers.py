"""The containers that reports are rendered into. Another one is an entry in CONTAINERS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from tests.reports import render_doc, render_docx, render_html, render_mht, render_ofd, render_pdf, render_text, render_xls, render_xlsx


@dataclass(frozen=True)
class Container:
    """A kind of file.

    render: content, tables and options to bytes. plain_only: it takes long
    to write, so that oddities are not tried in it. alike: the container in whose guise it is read, so that the properties
    need not be tried on both. available: whether this machine can write and read it.
    """

    render: Callable[..., bytes]
    suffix: str
    plain_only: bool = False
    alike: str | None = None
    available: Callable[[], bool] = lambda: True


def _scan(*content: Any, **options: Any) -> bytes:
    from tests.reports import render_scan

    return render_scan.render(*content, **options)


def _can_scan() -> bool:
    if not all(find_spec(module) for module in ("cv2", "rapidocr", "PIL")):
        return False
    from tests.reports import render_scan

    return render_scan.shows_chinese()


CONTAINERS: dict[str, Container] = {
    "text": Container(render_text.render, ".txt"),
    "html": Container(render_html.render, ".html"),
    "docx": Container(render_docx.render, ".docx"),
    "xlsx": Container(render_xlsx.render, ".xlsx"),
    "pdf": Container(render_pdf.render, ".pdf"),
    "mht": Container(render_mht.render, ".mht", alike="html"),
    "xls": Container(render_xls.render, ".xls", alike="xlsx"),
    "doc": Container(render_doc.render, ".doc"),
    "ofd": Container(render_ofd.render, ".ofd", plain_only=True, alike="pdf"),
    "scan": Container(_scan, ".pdf", plain_only=True, available=_can_scan),
}

# Those that are tried in tests, which have to be quick
TRIED: tuple[str, ...] = tuple(name for name, container in CONTAINERS.items() if not container.plain_only and not container.alike)
