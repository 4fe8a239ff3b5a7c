"""PDF files that are damaged, locked, scanned, or whose text layer says nothing."""

from __future__ import annotations

import io
import random
import re
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document
from pipeline.readers.pdf import read
from pipeline.readers.pdf.characters import character_of, is_garbage
from tests.readers.damage import overwritten, reads_or_refuses
from tests.readers.pdf_samples import HEIGHT, Cell, draw_table, only_grid, pdf_of, pdf_whose_letters_mean, rows_of, table_page, write

TABLE: list[Cell] = [(row, column, 1, 1, f"{row}{column}") for row in range(4) for column in range(4)]
SAMPLE = pdf_of(lambda canvas: write(canvas, "一、总体情况", 100), table_page(TABLE, (60,) * 4))


def grey_picture() -> ImageReader:
    """A tiny bitmap; what counts is the size at which it is shown."""
    return ImageReader(io.BytesIO(b"P6 2 2 255\n" + bytes(12)))


def test_a_user_password_is_named() -> None:
    locked = pdf_of(lambda canvas: write(canvas, "文", 100), encrypt=StandardEncryption("geheim", canPrint=1))
    with pytest.raises(ReadError) as error:
        read(locked)
    assert error.value.code == "password"


def test_an_owner_password_alone_does_not_lock() -> None:
    open_file = pdf_of(lambda canvas: write(canvas, "正文", 100), encrypt=StandardEncryption("", ownerPassword="x", canPrint=0))
    assert [paragraph.text for paragraph in read(open_file).paragraphs()] == ["正文"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.4\n%%EOF", b"no pdf at all %%EOF", SAMPLE[: len(SAMPLE) // 2]])
def test_what_is_no_whole_pdf_is_damaged(data: bytes) -> None:
    with pytest.raises(ReadError) as error:
        read(data)
    assert error.value.code == "damaged"


def test_every_truncation_is_refused_because_pages_could_be_missing() -> None:
    for end in random.Random(1).sample(range(len(SAMPLE) - 8), 60):
        with pytest.raises(ReadError):
            read(SAMPLE[:end])


def test_bytes_behind_the_end_mark_do_no_harm() -> None:
    assert read(SAMPLE + b"\r\n<!-- sent by mail -->\r\n") == read(SAMPLE)


@settings(max_examples=60, deadline=None)
@given(overwritten(SAMPLE))
def test_damage_gives_a_document_or_a_read_error(damaged: bytes) -> None:
    reads_or_refuses(read, damaged)


@pytest.mark.usefixtures("without_recognition")
def test_pages_of_pictures_are_counted() -> None:
    def scan(canvas: Any) -> None:
        for strip in range(4):  # scanners cut a page into strips
            canvas.drawImage(grey_picture(), 0, strip * 200, 595, 200)

    assert read(pdf_of(scan, scan)) == Document((), {"title": "untitled"}, 2)


def test_pictures_beside_text_are_counted_by_size() -> None:
    def page(canvas: Any) -> None:
        write(canvas, "下图为收到申请情况", 100)
        canvas.drawImage(grey_picture(), 60, 300, 400, 200)
        canvas.drawImage(grey_picture(), 60, 100, 20, 20)

    document = read(pdf_of(page))
    assert document.pictures == 1
    assert [paragraph.text for paragraph in document.paragraphs()] == ["下图为收到申请情况"]


@pytest.mark.usefixtures("without_recognition")
def test_text_turned_into_outlines_counts_as_a_picture() -> None:
    def page(canvas: Any) -> None:
        for number in range(200):
            canvas.bezier(60 + number, 100, 70 + number, 120, 80 + number, 90, 90 + number, 100)

    assert read(pdf_of(page)).pictures == 1


@pytest.mark.usefixtures("without_recognition")
def test_a_text_layer_of_garbage_counts_as_a_picture() -> None:
    def page(canvas: Any) -> None:
        write(canvas, "\ue001\ue002\ue003\ue004\ue005\ue006", 100)
        draw_table(canvas, [(0, 0, 1, 1, "\ue001"), (0, 1, 1, 1, "\ue002\ue003")], (60, 60), top=200)

    assert is_garbage(["\ue001", "\ufffd", "1", " "])
    assert not is_garbage(["申", "请", "1", "\ue001", " "])
    assert is_garbage(list("恤䃷䄬婭顉䷓㷀"))
    assert not is_garbage(list("㙍塘镇人民政府"))
    document = read(pdf_of(page, table_page(TABLE, (60,) * 4)))
    assert rows_of(only_grid(document))[0] == ["00", "01", "02", "03"]
    assert document.pictures == 1


@pytest.mark.parametrize(("code", "printed"), [(0x2F8F, "行"), (0x2EA0, "民"), (0x02, "-"), (0xAD, "-"), (0x00, "\ufffd"), (0x34, "4")])
def test_radicals_hyphens_and_unknown_codes(code: int, printed: str) -> None:
    assert character_of(code) == printed


@pytest.mark.parametrize("other", ["4E00", "D840DC0B", "FFFF"])
def test_a_letter_without_a_meaning_is_never_a_sign_for_nothing(other: str) -> None:
    """The text of a page as a whole has one code for it and for a hyphen that ends a line; signs of two units move what follows."""
    meanings = {letter: f"{ord(letter):04X}" for letter in "0123456789"} | {"A": "0000", "B": other}
    (paragraph,) = read(pdf_whose_letters_mean(meanings, "12A3456789B01234A5")).paragraphs()
    assert re.sub("[^0-9\ufffd-]+", "", paragraph.text.partition("9")[0]) == "12\ufffd345678"
    assert paragraph.text.endswith("01234\ufffd5")


@pytest.mark.parametrize(("first", "second", "lies"), [("3", "8", True), ("0", "1", True), ("3", "3", False)])
def test_a_page_whose_digits_are_drawn_as_others_has_no_text(monkeypatch: pytest.MonkeyPatch, first: str, second: str, lies: bool) -> None:
    monkeypatch.setattr("pipeline.readers.recognition.can_recognise", lambda: False)
    meanings = {digit: f"{ord(digit):04X}" for digit in "0123456789"}
    meanings |= {first: f"{ord(second):04X}", second: f"{ord(first):04X}"}
    document = read(pdf_whose_letters_mean(meanings, "1023488"))
    assert (not document.blocks, document.pictures) == (lies, int(lies))


def test_single_letters_of_a_font_that_is_not_there_are_read() -> None:
    """pdfium drops text objects without width; a printed `无` would look like a blank."""
    cells: list[Cell] = [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "无"), (0, 2, 1, 1, "—")]
    assert rows_of(only_grid(read(pdf_of(table_page(cells, (60,) * 3))))) == [["规章", "无", "—"]]


def test_the_fonts_of_the_machine_play_no_part_in_reading_and_are_at_hand_for_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(pdfium.PdfSysfontBase, "MapFont", lambda _, *wanted: asked.append(wanted))
    assert read(SAMPLE).blocks
    assert asked == []
    assert pdfium.PdfDocument(SAMPLE)[0].render().to_numpy().any()
    assert asked


def test_text_without_borders_gives_paragraphs_only() -> None:
    def page(canvas: Any) -> None:
        for row, texts in enumerate((("规章", "1", "0"), ("文件", "8", "26"))):
            for column, text in enumerate(texts):
                write(canvas, text, 100 + 20 * row, 60 + 100 * column)

    assert [paragraph.text for paragraph in read(pdf_of(page)).paragraphs()] == ["规章 1 0", "文件 8 26"]
    assert not list(read(pdf_of(page)).grids())


def test_a_drawing_of_thousands_of_lines_is_no_table_and_takes_no_time_apart_from_reading_them() -> None:
    def page(canvas: Any) -> None:
        path = canvas.beginPath()
        for number in range(4000):
            x, y = 20 + number * 37 % 550, 20 + number * 53 % 780
            path.moveTo(x, y)
            path.lineTo(x + 5, y)
            path.moveTo(x, y)
            path.lineTo(x, y + 5)
        canvas.drawPath(path)
        for number in range(300):
            canvas.line(10, HEIGHT - 4 - number * 2.7, 580, HEIGHT - 4 - number * 2.7)
            canvas.line(10 + number * 1.9, 10, 10 + number * 1.9, HEIGHT - 4)
        write(canvas, "图", 100)

    assert all(grid.columns <= 120 for grid in read(pdf_of(page)).grids())


def test_the_title_of_the_file_is_kept() -> None:
    def page(canvas: Any) -> None:
        canvas.setTitle("2024年年度报告")
        write(canvas, "正文", 100)

    assert read(pdf_of(page)).metadata == {"title": "2024年年度报告"}
