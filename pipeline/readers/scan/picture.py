"""The bytes of a picture file as pixels."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator

os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(150_000_000))  # A3 at 1000 dpi; read when OpenCV is first imported

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.common.errors import ReadError

Picture = NDArray[np.uint8]  # height x width (grey) or height x width x 3 (blue, green, red)

MOST_PAGES = 300
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
TOO_MANY = f"图片文件超过 {MOST_PAGES} 页，未读取。请只保留报告内容后重新报送。"
DAMAGED = "图片已损坏、不完整或过大，无法打开，请重新扫描或取得后再报送。"


def pages_of(data: bytes) -> Iterator[Picture]:
    """The pages of a picture file (TIFF and GIF may have several) in colour, transparent parts white; one is held at a time.

    Raises ReadError: `damaged` where a page cannot be decoded or the end of the file is missing, `too_large` for too many pages.
    """
    pixels = np.frombuffer(data, np.uint8)
    if data[:4] not in TIFF:
        yield from map(_on_white, _decoded(pixels, _way(data), MOST_PAGES + 1))
        return
    count = pages_of_tiff(data)
    if count > MOST_PAGES:
        raise ReadError("too_large", TOO_MANY)
    for number in range(count):
        (page,) = _decoded(pixels, cv2.IMREAD_UNCHANGED, 1, first=number)
        yield _on_white(page)


def _way(data: bytes) -> int:
    """How to decode: a photo says how the camera was held, and only in colour is it heard."""
    return cv2.IMREAD_COLOR if data[:2] == b"\xff\xd8" else cv2.IMREAD_UNCHANGED


def _decoded(pixels: NDArray[np.uint8], way: int, most: int, first: int = 0) -> list[NDArray[np.generic]]:
    try:
        whole, pages = cv2.imdecodemulti(pixels, way, range=(first, first + most))
    except cv2.error as error:
        raise ReadError("damaged", DAMAGED) from error
    if not whole or not pages:
        raise ReadError("damaged", DAMAGED)
    if len(pages) > MOST_PAGES:
        raise ReadError("too_large", TOO_MANY)
    return [np.asarray(page) for page in pages]


def pages_of_tiff(data: bytes) -> int:
    """The number of pages by the chain of their directories, which has to be whole: decoders drop what is behind a break without a word.

    Raises ReadError: `damaged`.
    """
    order = "<" if data[:2] == b"II" else ">"
    is_big = data[2:4] in (b"+\0", b"\0+")
    number, offset, entry = ("Q", "Q", 20) if is_big else ("H", "I", 12)
    place, seen = 8 if is_big else 4, set[int]()
    try:
        while (start := struct.unpack_from(order + offset, data, place)[0]) and len(seen) <= MOST_PAGES:
            if start in seen:
                raise ReadError("damaged", DAMAGED)
            seen.add(start)
            place = start + struct.calcsize(number) + entry * struct.unpack_from(order + number, data, start)[0]
    except (struct.error, OverflowError) as error:
        raise ReadError("damaged", DAMAGED) from error
    return len(seen)


def _on_white(pixels: NDArray[np.generic]) -> Picture:
    """Eight bits a channel, three channels, on white paper."""
    if pixels.dtype != np.uint8:
        deepest = {"u": 65_535.0, "i": 32_767.0}.get(pixels.dtype.kind, 1.0)
        pixels = (np.clip(pixels.astype(np.float32) / deepest, 0, 1) * 255).astype(np.uint8)
    grey = np.asarray(pixels, dtype=np.uint8)
    if grey.ndim == 2:
        return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    if grey.shape[2] == 4:
        cover = grey[:, :, 3:].astype(np.float32) / 255
        return np.asarray(grey[:, :, :3] * cover + 255 * (1 - cover), dtype=np.uint8)
    return np.asarray(grey[:, :, :3], dtype=np.uint8)
