"""Whole reports in every container, as the material to damage."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from tests.readers import golden_doc
from tests.reports import render_docx, render_html, render_mht, render_ofd, render_pdf, render_text, render_xls, render_xlsx
from tests.reports.content import ReportContent
from tests.reports.layout import printed_tables
from tests.sample.files import catalog, report_files

_RENDERERS = {
    "text": render_text.render,
    "html": render_html.render,
    "docx": render_docx.render,
    "pdf": render_pdf.render,
    "xlsx": render_xlsx.render,
    "mht": render_mht.render,
    "xls": render_xls.render,
    "ofd": render_ofd.render,
}
CONTAINERS = (*_RENDERERS, "doc", "zip")


@cache
def samples(container: str) -> tuple[bytes, ...]:
    """One report of each form in a container."""
    if container == "doc":
        folder = golden_doc.__path__[0]
        return tuple(open(f"{folder}/form_{form}.doc", "rb").read() for form in ("2019", "2021"))  # noqa: PTH123
    if container == "zip":
        return (_zip(),)
    found = []
    for form in ("2019", "2021"):
        content: ReportContent = next(file.content for file in report_files() if file.content.form == form)
        found.append(_RENDERERS[container](content, printed_tables(catalog(), content)))
    return tuple(found)


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for container in ("text", "html", "docx"):
            archive.writestr(f"沐云区/{container}", samples(container)[0])
    return stream.getvalue()
