"""A page lies as it has to be read, also where its labels are columns of letters, which the recogniser reads lying on their side."""

from __future__ import annotations

import io
from types import ModuleType
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

LABELS = ("5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项", "（四）无法提供")
SIZE, PITCH, LETTERS = 9, 15, 3  # points, points, letters a line


@pytest.fixture(scope="module")
def page(scans: ModuleType) -> Any:
    """A page with narrow cells of labels and a few figures, as in the middle of 表三 over several pages."""
    saved = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(saved, pagesize=A4, invariant=1)
    canvas.setFont("STSong-Light", SIZE)
    for column, label in enumerate(LABELS * 2):
        for line, start in enumerate(range(0, len(label), LETTERS)):
            canvas.drawString(60 + 50 * column, 700 - PITCH * line, label[start : start + LETTERS])
        canvas.drawString(70 + 50 * column, 600, "0")
        canvas.drawString(70 + 50 * column, 500, "12")
    canvas.save()
    return scans.render_scan.pages(saved.getvalue(), 200)[0]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_narrow_labels_do_not_turn_a_page(page: Any, quarters: int) -> None:
    import numpy as np

    from pipeline.readers.scan.paper import levelled
    from pipeline.readers.scan.turn import quarters_to_turn

    grey = levelled(np.ascontiguousarray(np.rot90(page, quarters)))
    assert quarters_to_turn(grey, np.zeros_like(grey)) == quarters
