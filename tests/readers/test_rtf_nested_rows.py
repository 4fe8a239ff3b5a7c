"""Tables within tables in RTF that LibreOffice wrote, which lost their outer rows on the way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers import office
from pipeline.readers.office.nested_rows import definitions_put_back
from tests.readers.docx_samples import cell, docx_of, paragraph, table, with_relations
from tests.readers.soffice import converted, required


def row(properties: str) -> bytes:
    return b"{\\*\\nesttableprops" + properties.encode() + b"\\nestrow}{\\nonesttables\\par}"


def test_a_definition_before_another_one_is_put_at_the_end_of_its_row() -> None:
    outer, inner = "\\trowd\\cellx9000", "\\trowd\\cellx10\\cellx20"
    assert definitions_put_back(row(outer + inner) + b"0" + row(inner) + row("")) == row(inner) + b"0" + row(inner) + row(outer)


def test_of_several_levels_the_innermost_comes_back_first() -> None:
    first, second, inner = "\\trowd\\cellx9000", "\\trowd\\cellx8000", "\\trowd\\cellx10"
    rows = row(first + inner) + row(second + inner) + row("") + row("")
    assert definitions_put_back(rows) == row(inner) + row(inner) + row(second) + row(first)


@given(st.binary())
def test_other_files_stay_as_they_are(data: bytes) -> None:
    """Rows with one definition each, as Word writes them, and anything that is no row."""
    whole = row("\\trowd\\cellx10") + data + row("\\trowd\\cellx20")
    assert definitions_put_back(whole) == whole


def test_a_table_three_deep_saved_as_rtf_is_read() -> None:
    command = required()
    figures = table(cell("信息内容") + cell("本年制发件数"), cell("规章") + cell("12"))
    article = table(cell("当前位置"), f"<w:tc>{paragraph('见下表')}{figures}{paragraph('以上')}</w:tc>")
    page = table(f"<w:tc>{paragraph('页首')}{article}{paragraph('页尾')}</w:tc>", cell("地址"))
    source = with_relations(docx_of(page + paragraph("完"), styles=""))
    (saved,) = converted(command, [source], ".docx", "rtf")
    document = office.read(saved)
    assert ["信息内容", "本年制发件数", "规章", "12"] in [[item.text for item in grid.cells] for grid in document.grids()]
