"""Picture files of many pages: one page is held at a time, and what is missing is noticed."""

from __future__ import annotations

import io
from types import ModuleType

import pytest

from pipeline.common.errors import ReadError


def tiff(scans: ModuleType, pages: int) -> bytes:
    from PIL import Image

    first, *others = [Image.new("RGB", (40, 30), (number % 256, number // 256, 0)) for number in range(pages)]
    saved = io.BytesIO()
    first.save(saved, "tiff", save_all=True, append_images=others, compression="tiff_deflate")
    return saved.getvalue()


def test_pages_come_in_order_and_one_by_one(scans: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    import cv2

    from pipeline.readers.scan import picture

    decoded: list[int] = []
    original = cv2.imdecodemulti

    def counted(*arguments: object, **named: object) -> object:
        found = original(*arguments, **named)
        decoded.append(len(found[1]))
        return found

    monkeypatch.setattr(cv2, "imdecodemulti", counted)
    pages = [page[0, 0].tolist() for page in picture.pages_of(tiff(scans, 40))]
    assert pages == [[0, 0, number] for number in range(40)]
    assert decoded == [1] * 40


def test_a_tiff_whose_end_is_missing_is_damaged_not_shorter(scans: ModuleType) -> None:
    from pipeline.readers.scan.picture import pages_of

    data = tiff(scans, 10)
    with pytest.raises(ReadError) as caught:
        list(pages_of(data[: len(data) // 2]))
    assert caught.value.code == "damaged"


def test_pages_that_lead_back_to_earlier_ones_end(scans: ModuleType) -> None:
    import struct

    from pipeline.readers.scan.picture import pages_of_tiff

    ring = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 0) + struct.pack("<I", 8)
    with pytest.raises(ReadError):
        pages_of_tiff(ring)


def test_more_pages_than_any_report_has_are_refused(scans: ModuleType) -> None:
    from pipeline.readers.scan import picture

    with pytest.raises(ReadError) as caught:
        list(picture.pages_of(tiff(scans, picture.MOST_PAGES + 1)))
    assert caught.value.code == "too_large"
