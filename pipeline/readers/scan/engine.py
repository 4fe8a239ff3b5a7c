"""The recogniser: pictures of single lines of text to characters, each with how sure it is.

RapidOCR's recognition model is run directly, because its own call pads every picture to the width of seven letters (a single
digit then costs six times as much) and tells only the mean of the confidences, in which one doubtful digit drowns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # grey, paper 255

HEIGHT = 48  # of a line, as the model was trained
STEP = 32  # widths are rounded up, so that many pictures share a batch
MOST_PIXELS = 16 * 96  # width times number of pictures in one batch; more only costs memory
THREADS = 2
BLANK = 0
NOUGHTS = "0OoＯ〇○"  # one shape in many fonts: how sure a nought is, all of them say together


class Recognised(NamedTuple):
    """The text of one line. confidence: that of its least certain character; mean: of all; 0 where nothing was recognised."""

    text: str
    confidence: float
    mean: float = 0.0


@cache
def _model() -> Any:
    """The recognition model, loaded once in each process."""
    from rapidocr import RapidOCR

    settings = {"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": THREADS}
    return RapidOCR(params=settings)._load_rec_model()


@cache
def _noughts() -> list[int]:
    known = _model().postprocess_op.dict
    return [known[character] for character in NOUGHTS if character in known]


def recognise(lines: Sequence[Picture]) -> list[Recognised]:
    """Each picture of a line as text, in the order given."""
    results: list[Recognised] = [Recognised("", 0.0)] * len(lines)
    scaled = [_scaled(line) for line in lines]
    order = sorted(range(len(lines)), key=lambda index: scaled[index].shape[1])
    batch: list[int] = []
    for index in order:
        if batch and scaled[index].shape[1] * (len(batch) + 1) > MOST_PIXELS:
            _run(batch, scaled, results)
            batch = []
        batch.append(index)
    if batch:
        _run(batch, scaled, results)
    return results


def _scaled(line: Picture) -> Picture:
    height, width = line.shape
    wide = max(1, round(width * HEIGHT / height))
    method = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(line, (wide, HEIGHT), interpolation=method), dtype=np.uint8)


def _run(batch: Sequence[int], scaled: Sequence[Picture], results: list[Recognised]) -> None:
    width = -(-max(scaled[index].shape[1] for index in batch) // STEP) * STEP
    pixels = np.full((len(batch), HEIGHT, width), 255, np.uint8)
    for place, index in enumerate(batch):
        pixels[place, :, : scaled[index].shape[1]] = scaled[index]
    normal = (pixels.astype(np.float32) / 127.5 - 1.0)[:, None]
    scores = _model().session(np.repeat(normal, 3, axis=1))
    best, certainty = scores.argmax(axis=2), scores.max(axis=2)
    noughts = _noughts()
    certainty = np.where(np.isin(best, noughts), scores[:, :, noughts].sum(axis=2), certainty)
    for place, index in enumerate(batch):
        results[index] = _decoded(best[place], certainty[place])


def _decoded(best: NDArray[np.int64], certainty: NDArray[np.float32]) -> Recognised:
    """Equal neighbours are one character; between characters stands the blank (CTC)."""
    characters = _model().postprocess_op.character
    text: list[str] = []
    sureness: list[float] = []
    before = BLANK
    for code, sure in zip(best.tolist(), certainty.tolist(), strict=True):
        if code not in (BLANK, before):
            text.append(characters[code])
            sureness.append(sure)
        before = code
    return Recognised("".join(text), min(sureness), sum(sureness) / len(sureness)) if text else Recognised("", 0.0)
