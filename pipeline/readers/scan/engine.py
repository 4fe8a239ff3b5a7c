"""The recogniser: pictures of single lines of text to characters, each with how sure it is.

The recognition model of RapidOCR, which comes inside its package, is run by onnxruntime directly: RapidOCR's own call pads every
picture to the width of seven letters (a single digit then costs six times as much) and tells only the mean of the confidences, in
which one doubtful digit drowns.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.picture import Picture

HEIGHT = 48  # of a line, as the model was trained
STEP = 8  # pixels for each place that the model gives a character: widths are rounded up to whole places
MOST_PIXELS = 16 * 96  # width times number of pictures in one batch; more only costs memory
THREADS = 2
BLANK = 0
NOUGHTS = "0OoＯ〇○"  # one shape in many fonts: how sure a nought is, all of them say together


class Character(NamedTuple):
    """One character, how sure it is, and where its middle is."""

    text: str
    confidence: float
    place: float


class Recognised(NamedTuple):
    """The text of one line. confidence: that of its least certain character; mean: of all; 0 where nothing was recognised.

    characters: each with how sure it is and where it stands, in parts of the width of the picture.
    """

    text: str
    confidence: float
    mean: float = 0.0
    characters: tuple[Character, ...] = ()

    def between(self, start: float, end: float) -> Recognised:
        """What stands in a part of the line."""
        return line_of([character for character in self.characters if start <= character.place < end])


class _Model(NamedTuple):
    """run: pixels (pictures x 3 x height x width) to scores (pictures x places x characters). characters: by number; 0 is the blank."""

    run: Callable[[NDArray[np.float32]], NDArray[np.float32]]
    characters: list[str]
    noughts: list[int]


@cache
def _model() -> _Model:
    """The model, loaded once in each process."""
    onnxruntime: Any = import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # several workers share the machine
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(str(_model_file()), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    characters = ["", *session.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
    noughts = [number for number, character in enumerate(characters) if character and character in NOUGHTS]
    return _Model(lambda pixels: np.asarray(session.run(None, {name: pixels})[0]), characters, noughts)


def _model_file() -> Path:
    """The recognition model in RapidOCR's package, which need not be imported for it."""
    package = find_spec("rapidocr")
    folders = package.submodule_search_locations if package else None
    return next(path for folder in folders or () for path in sorted(Path(folder, "models").glob("*_rec_*.onnx")))


def recognise(lines: Sequence[Picture]) -> list[Recognised]:
    """Each picture of a line as text, in the order given. What is the same to the last pixel (many a nought) is read once."""
    same: dict[tuple[int, int, bytes], int] = {}
    places = [same.setdefault((*line.shape, line.tobytes()), len(same)) for line in lines]
    different = [lines[places.index(place)] for place in range(len(same))]
    results = _recognised(different)
    return [results[place] for place in places]


def _recognised(lines: Sequence[Picture]) -> list[Recognised]:
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
    model = _model()
    scores = model.run(np.repeat(normal, 3, axis=1))
    best = scores.argmax(axis=2)
    certainty = np.take_along_axis(scores, best[:, :, None], axis=2)[:, :, 0]
    certainty = np.where(np.isin(best, model.noughts), scores[:, :, model.noughts].sum(axis=2), certainty)
    for place, index in enumerate(batch):
        results[index] = _decoded(best[place], certainty[place], STEP / scaled[index].shape[1])


def _decoded(best: NDArray[np.int64], certainty: NDArray[np.float32], step: float) -> Recognised:
    """Equal neighbours are one character; between characters stands the blank (CTC). step: from place to place, in parts of the width."""
    known = _model().characters
    found: list[Character] = []
    before = BLANK
    for place, (code, sure) in enumerate(zip(best.tolist(), certainty.tolist(), strict=True)):
        if code not in (BLANK, before):
            found.append(Character(known[code], sure, (place + 0.5) * step))
        before = code
    return line_of(found)


def line_of(characters: Sequence[Character]) -> Recognised:
    """Characters as a line."""
    sureness = [character.confidence for character in characters]
    if not sureness:
        return Recognised("", 0.0)
    text = "".join(character.text for character in characters)
    return Recognised(text, min(sureness), sum(sureness) / len(sureness), tuple(characters))
