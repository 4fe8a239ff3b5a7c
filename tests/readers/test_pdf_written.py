"""What people filled into a PDF: form fields and text of the typewriter tool."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, draw_table, only_grid, pdf_of


def filled_in(canvas: Any) -> None:
    draw_table(canvas, [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "规范性文件"), (1, 1, 1, 1, "")], [60.0, 60.0], 60)
    canvas.acroForm.textfield(name="count", value="27", x=122, y=HEIGHT - 106, width=50, height=20, borderWidth=0, fontSize=9)


def without_appearance(data: bytes) -> bytes:
    """The same field as programs write it that leave drawing to the viewer; the file keeps its length."""
    return re.sub(rb"/AP <<", b"/XP <<", data)


def below_another_field(data: bytes) -> bytes:
    """The same field as a part of one with a dotted name, which holds kind and value for it."""
    number = re.findall(rb"(\d+) 0 obj", data[: data.index(b"/FT /Tx")])[-1]
    above = b"999 0 obj\n<< /FT /Tx /T (count) /V (27) /Kids [%s 0 R] >>\nendobj\n" % number
    data = re.sub(rb"/FT /Tx", b"/Parent 999 0 R", re.sub(rb"/T \(count\)", b"/T (a)", re.sub(rb"/V \(27\)", b"", data)))
    data = re.sub(rb"/Fields \[[^\]]*\]", b"/Fields [999 0 R]", data)
    start = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    return data[:start] + above + re.sub(rb"startxref\s+\d+", b"startxref\n0", data[start:])


@pytest.mark.parametrize("drawn", [True, False])
def test_a_field_may_have_its_kind_and_value_from_the_one_above(drawn: bool) -> None:
    data = below_another_field(pdf_of(filled_in))
    cells = only_grid(read(data if drawn else without_appearance(data))).cells
    assert [cell.text for cell in cells] == ["规章", "1", "规范性文件", "27"]


@pytest.mark.parametrize("drawn", [True, False])
def test_the_value_of_a_field_stands_in_its_cell(drawn: bool) -> None:
    data = pdf_of(filled_in)
    cells = only_grid(read(data if drawn else without_appearance(data))).cells
    assert [cell.text for cell in cells] == ["规章", "1", "规范性文件", "27"]


SHAPE = b"""999 0 obj
<< /Type /Annot /Subtype /Square /F 4 /Rect [122 735 172 757] /IC [1 1 1] /C [1 1 1] /AP << /N 998 0 R >> >>
endobj
998 0 obj
<< /Type /XObject /Subtype /Form /BBox [122 735 172 757] /Length 27 >>
stream
1 g 122 735 50 22 re f
endstream
endobj
"""


def test_a_figure_below_a_filled_shape_that_was_laid_over_it_is_not_seen() -> None:
    def page(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "规范性文件"), (1, 1, 1, 1, "27")], [60.0, 60.0], 60)

    data = pdf_of(page)
    assert only_grid(read(data)).cells[-1].shown is None
    start = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    rest = re.sub(rb"startxref\s+\d+", b"startxref\n0", data[start:])
    covered = data[:start].replace(b"/MediaBox", b"/Annots [999 0 R] /MediaBox") + SHAPE + rest
    assert (only_grid(read(covered)).cells[-1].text, only_grid(read(covered)).cells[-1].shown) == ("27", "")
