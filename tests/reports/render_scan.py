"""A report as an office scans it: the pages of the PDF as pictures, damaged in named ways, and wrapped as PNG, JPEG, TIFF or PDF.

Needs the optional part (`make extras`). The letters are drawn by pdfium with a font of this machine, because the PDF names a font
that it does not hold; a machine without any Chinese font shows boxes, and `shows_chinese` tells.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Literal

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from pipeline.readers.scan.picture import Picture
from tests.reports import render_pdf
from tests.reports.content import ReportContent
from tests.reports.layout import PrintedTable

Damage = Callable[[Picture, Random], Picture]
Container = Literal["pdf", "tiff", "png", "jpeg"]


def pages(pdf: bytes, dpi: int) -> list[Picture]:
    """The pages of a PDF as colour pictures."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, :3]) for page in document]
    finally:
        document.close()


def render(
    content: ReportContent,
    tables: Iterable[PrintedTable],
    *,
    dpi: int = 200,
    damage: str = "clean",
    container: Container = "pdf",
    seed: int = 1,
) -> bytes:
    """The report as a scan; PNG and JPEG hold its first page alone."""
    random = Random(seed)
    damaged = [DAMAGES[damage](page, random) for page in pages(render_pdf.render(content, tables), dpi)]
    return wrapped(damaged, container, dpi)


def wrapped(pictures: Sequence[Picture], container: Container, dpi: int) -> bytes:
    """Pictures as a file."""
    if container in ("png", "jpeg"):
        return cv2.imencode(f".{container}", pictures[0])[1].tobytes()
    saved = io.BytesIO()
    first, *others = [Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)) for picture in pictures]
    more = {"compression": "tiff_deflate", "dpi": (dpi, dpi)} if container == "tiff" else {"resolution": dpi, "quality": 90}
    first.save(saved, container, save_all=True, append_images=others, **more)
    return saved.getvalue()


def shows_chinese() -> bool:
    """Whether this machine draws Chinese letters: two of them look different."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    saved = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(saved, pagesize=(100, 60), invariant=1)
    canvas.setFont("STSong-Light", 30)
    canvas.drawString(10, 15, "一")
    canvas.drawString(60, 15, "国")
    canvas.save()
    ink = pages(saved.getvalue(), 72)[0][:, :, 0] < 128
    return 0 < 3 * int(ink[:, :50].sum()) < int(ink[:, 50:].sum())


def _clean(page: Picture, random: Random) -> Picture:
    return page


def _skewed(page: Picture, random: Random) -> Picture:
    height, width = page.shape[:2]
    angle = random.choice((-1, 1)) * random.uniform(0.5, 2.0)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)), dtype=np.uint8)


def _seal(colour: tuple[int, int, int]) -> Damage:
    """A round seal with a ring, a star and letters around it, stamped over the middle of the page as ink: darker where print is."""

    def stamp(page: Picture, random: Random) -> Picture:
        height, width = page.shape[:2]
        size = width / 8.27  # pixels for an inch
        centre = int(width * random.uniform(0.35, 0.75)), int(height * random.uniform(0.25, 0.6))
        radius, thick = int(0.8 * size), max(2, int(0.04 * size))
        layer = np.full_like(page, 255)
        cv2.circle(layer, centre, radius, colour, thick, cv2.LINE_AA)
        star = [
            (centre[0] + r * np.sin(k * np.pi / 5), centre[1] - r * np.cos(k * np.pi / 5))
            for k in range(10)
            for r in [0.28 * radius if k % 2 == 0 else 0.11 * radius]
        ]
        cv2.fillPoly(layer, [np.array(star, dtype=np.int32)], colour, cv2.LINE_AA)
        for step in range(9):
            turn = np.pi * (0.75 + 1.5 * step / 8)
            place = int(centre[0] + 0.76 * radius * np.sin(turn + np.pi)), int(centre[1] - 0.76 * radius * np.cos(turn + np.pi))
            for _ in range(4):
                ends = [(place[0] + random.randint(-1, 1) * thick * 3, place[1] + random.randint(-1, 1) * thick * 3) for _ in range(2)]
                cv2.line(layer, *ends, colour, thick, cv2.LINE_AA)
        return np.asarray(cv2.multiply(page, layer, scale=1 / 255), dtype=np.uint8)

    return stamp


def _noisy(page: Picture, random: Random) -> Picture:
    source = np.random.default_rng(random.randint(0, 10**9))
    noisy = page.astype(np.float32) + source.normal(0, 14, page.shape[:2])[:, :, None]
    specks = source.random(page.shape[:2])
    noisy[specks < 0.0004] = 40
    return np.asarray(np.clip(noisy, 0, 255), dtype=np.uint8)


def _compressed(page: Picture, random: Random) -> Picture:
    data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, random.randint(25, 45)])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)


def _shadowed(page: Picture, random: Random) -> Picture:
    height, width = page.shape[:2]
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    turn = random.uniform(0, 2 * np.pi)
    light = 0.75 + 0.22 * (np.cos(turn) * across + np.sin(turn) * down)
    return np.asarray(np.clip(page * light[:, :, None], 0, 255), dtype=np.uint8)


def _quarter_turned(page: Picture, random: Random) -> Picture:
    return np.ascontiguousarray(np.rot90(page, random.randint(1, 3)))


def _pale(page: Picture, random: Random) -> Picture:
    return np.asarray(150 + page.astype(np.float32) * (70 / 255), dtype=np.uint8)


def _blurred(page: Picture, random: Random) -> Picture:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), page.shape[1] / 8.27 / 200), dtype=np.uint8)


def _photographed(page: Picture, random: Random) -> Picture:
    """Taken by hand from above: the page on a dark desk, the far edge shorter, light from one side."""
    height, width = page.shape[:2]
    rim = width // 14
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    moved = (
        corners + rim + np.array([[random.uniform(-0.5, 0.5) * rim, random.uniform(-0.5, 0.5) * rim] for _ in range(4)], dtype=np.float32)
    )
    matrix = cv2.getPerspectiveTransform(corners, moved)
    taken = cv2.warpPerspective(page, matrix, (width + 2 * rim, height + 2 * rim), flags=cv2.INTER_CUBIC, borderValue=(70, 80, 90))
    return _compressed(_shadowed(np.asarray(taken, dtype=np.uint8), random), random)


DAMAGES: dict[str, Damage] = {
    "clean": _clean,
    "skewed": _skewed,
    "turned": _quarter_turned,
    "noisy": _noisy,
    "compressed": _compressed,
    "blurred": _blurred,
    "pale": _pale,
    "shadowed": _shadowed,
    "red_seal": _seal((60, 60, 225)),
    "grey_seal": _seal((150, 150, 150)),
    "photographed": _photographed,
}
