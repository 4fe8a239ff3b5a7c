"""The bytes of a picture file as pixels."""

from __future__ import annotations

import os
from itertools import islice

os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(150_000_000))  # A3 at 1000 dpi; read when OpenCV is first imported

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.common.errors import ReadError

Picture = NDArray[np.uint8]  # height x width (grey) or height x width x 3 (blue, green, red)

MOST_PAGES = 300
DAMAGED = "图片已损坏、不完整或过大，无法打开，请重新扫描或取得后再报送。"


def pages_of(data: bytes) -> list[Picture]:
    """The pages of a picture file (TIFF and GIF may have several) in colour, transparent parts white.

    Raises ReadError: `damaged`.
    """
    try:
        whole, pages = cv2.imdecodemulti(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        if whole and len(pages) == 1 and data[:2] == b"\xff\xd8":  # a photo says how the camera was held, and only this way is it heard
            pages = cv2.imdecodemulti(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[1]
    except cv2.error as error:
        raise ReadError("damaged", DAMAGED) from error
    if not whole or not pages:
        raise ReadError("damaged", DAMAGED)
    return [_on_white(np.asarray(page)) for page in islice(pages, MOST_PAGES)]


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
