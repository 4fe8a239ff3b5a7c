"""A page whose tables are pictures in files beside it, as agencies paste them. Needs the optional part, as `render_scan` does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.readers.scan.picture import Picture
from tests.reports import render_html, render_pdf, render_scan
from tests.reports.content import ReportContent
from tests.reports.layout import PrintedTable

RIM = 30  # pixels of paper around a table


def pictures_of(content: ReportContent, tables: Iterable[PrintedTable], dpi: int = 200) -> list[list[Picture]]:
    """For each table its pictures, cut out of the page or pages on which it stands."""
    bare = replace(content, title="", sections=(), opening=())
    return [[_cut_out(page) for page in render_scan.pages(render_pdf.render(bare, (table,), page_numbers=False), dpi)] for table in tables]


def page(content: ReportContent, addresses: Mapping[str, Sequence[str]]) -> bytes:
    """The page, with pictures at these addresses at the end of each section, by its id."""
    sections = tuple(
        replace(section, paragraphs=(*section.paragraphs, *(f"@{address}@" for address in addresses.get(section.section, ()))))
        for section in content.sections
    )
    html = render_html.render(replace(content, sections=sections), ()).decode()
    return re.sub("@(.+?)@", r'<img src="\1">', html).encode()


def _cut_out(page: Picture) -> Picture:
    ink = np.argwhere(page.min(axis=2) < 200)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    inner = page[top : bottom + 1, left : right + 1]
    return np.asarray(cv2.copyMakeBorder(inner, *[RIM] * 4, cv2.BORDER_CONSTANT, value=(255, 255, 255)), dtype=np.uint8)
