"""Assigning the lines of a table (its rows, or its columns) to the labels of the form, all at once.

Certain lines come first: a known wording that only one free label can have. They cut the table into gaps; inside a gap
the remaining lines and labels are matched in order. A damaged label is accepted only where nothing else could be meant:
it is clearly more like one label of the gap than any other, or the gap has exactly as many lines as labels and each
line resembles its own. What stays open is not assigned, and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.catalog.row_types import Label
from pipeline.normalise.tables.labels import EXPLAINED, Vocabulary
from pipeline.normalise.wording import label_key

CLEAR = 0.68  # a damaged label has to be at least this like the label it stands for,
MARGIN = 0.12  # and this much more like it than any other of the gap
_SPEAKS_FOR_ITSELF = 5  # letters of a label that is not as general as 其他 or 总计
IN_PLACE = 0.5  # enough where the gap leaves one label for each line


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column of a table: the texts of its label, outermost first, without repetition."""

    position: int
    path: tuple[str, ...]
    parents_certain: bool = True

    @property
    def text(self) -> str:
        """The innermost text, which names the line."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a line is; certain is False where the label was damaged and inferred from likeness and place."""

    line: Line
    label: Label
    certain: bool


def align(lines: Sequence[Line], labels: Sequence[Label], vocabulary: Vocabulary) -> list[Assignment]:
    """Assign lines to labels, each label at most once. Lines that fit nothing are left out of the result."""
    return assign(lines, labels, [_scores(line, labels, vocabulary) for line in lines])


def assign(lines: Sequence[Line], labels: Sequence[Label], scores: list[list[float]]) -> list[Assignment]:
    """The same with known scores: how well each line fits each label, from 0 to 1."""
    anchors = _anchors(scores)
    assigned = {line: (label, True) for line, label in anchors.items()}
    for line_gap, label_gap in _gaps(_in_order(anchors), len(lines), len(labels)):
        free_lines = [line for line in line_gap if line not in anchors]
        free_labels = [label for label in label_gap if label not in anchors.values()]
        needed = [label for label in free_labels if labels[label].role != "extra"]  # only some reports have the others
        assigned |= _in_place(free_lines, needed, scores) or _by_likeness(free_lines, free_labels, scores)
    return [Assignment(lines[line], labels[label], certain) for line, (label, certain) in sorted(assigned.items())]


def still_open(assignments: Sequence[Assignment], leftovers: Sequence[int], labels: Sequence[Label]) -> set[str]:
    """The ids of the labels that an unassigned line may stand for: those that the assignments leave free around it.

    leftovers: the positions of lines that are there and were not understood.
    """
    place = {item.label.label: item.line.position for item in assignments}
    found: set[str] = set()
    for number, label in enumerate(labels):
        if label.label in place:
            continue
        before = max((place[other.label] for other in labels[:number] if other.label in place), default=-1)
        after = min((place[other.label] for other in labels[number:] if other.label in place), default=None)
        in_order = after is None or before < after
        if any(not in_order or (before < line and (after is None or line < after)) for line in leftovers):
            found.add(label.label)
    return found


def open_in_any_order(assignments: Sequence[Assignment], leftovers: Sequence[int], labels: Sequence[Label]) -> set[str]:
    """The same where the lines may stand in another order than the labels: then any label that is free may be meant."""
    place = {item.label.label: item.line.position for item in assignments}
    places = [place[label.label] for label in labels if label.label in place]
    if leftovers and places != sorted(places):
        return {label.label for label in labels if label.label not in place}
    return still_open(assignments, leftovers, labels)


def _scores(line: Line, labels: Sequence[Label], vocabulary: Vocabulary) -> list[float]:
    """How well a line fits each of the labels; not at all where it stands below the group of another label.

    A wording of some length that is known for one label only counts below any group: then the merged cell is wrong.
    """
    if not line.text:
        return [0.0] * len(labels)
    likenesses = vocabulary.likenesses(line.text, labels[0].axis) if labels else {}
    scores = [likenesses[label.label] for label in labels]
    known = [label for score, label in zip(scores, labels, strict=True) if score >= EXPLAINED]
    if len(known) == 1 and len(label_key(line.text)) >= _SPEAKS_FOR_ITSELF:
        return scores
    above = [vocabulary.groups_named(parent, labels[0].axis) for parent in line.path[:-1]] if line.parents_certain and labels else []
    for groups in filter(None, above):
        scores = [score if groups.intersection(vocabulary.ancestors(label)) else 0.0 for score, label in zip(scores, labels, strict=True)]
    return scores


def _anchors(scores: list[list[float]]) -> dict[int, int]:
    """Pairs of one line and one label that fit each other exactly and nothing else, but for what is paired already.

    A line that is left with one label only because others are taken has to stand where that label belongs.
    """
    fits = {line: {label for label, score in enumerate(row) if score >= EXPLAINED} for line, row in enumerate(scores)}
    anchors: dict[int, int] = {}
    first_round = True
    while True:
        claims = Counter(label for found in fits.values() if len(found) == 1 for label in found)
        certain = {line: min(found) for line, found in fits.items() if len(found) == 1 and claims[min(found)] == 1}
        if not first_round:
            certain = {line: label for line, label in certain.items() if _stands_in_order(line, label, anchors)}
        if not certain:
            return anchors
        anchors |= certain
        first_round = False
        taken = set(certain.values())
        fits = {line: found - taken for line, found in fits.items() if line not in certain}


def _stands_in_order(line: int, label: int, anchors: dict[int, int]) -> bool:
    """Whether the nearest certain lines on both sides have the labels before and behind."""
    before = max((other for other in anchors if other < line), default=None)
    after = min((other for other in anchors if other > line), default=None)
    return (before is None or anchors[before] < label) and (after is None or label < anchors[after])


def _in_order(anchors: dict[int, int]) -> list[tuple[int, int]]:
    """The longest run of anchors in which lines and labels both ascend (other anchors stand, but bound no gap)."""
    pairs = sorted(anchors.items())
    best: list[list[tuple[int, int]]] = []
    for index, pair in enumerate(pairs):
        before = max((best[earlier] for earlier in range(index) if pairs[earlier][1] < pair[1]), key=len, default=[])
        best.append([*before, pair])
    return max(best, key=len, default=[])


def _gaps(pairs: list[tuple[int, int]], lines: int, labels: int) -> list[tuple[range, range]]:
    bounds = [(-1, -1), *pairs, (lines, labels)]
    return [(range(a + 1, c), range(b + 1, d)) for (a, b), (c, d) in pairwise(bounds) if c > a + 1 and d > b + 1]


def _in_place(lines: list[int], labels: list[int], scores: list[list[float]]) -> dict[int, tuple[int, bool]]:
    """Match a gap that leaves one label for each line, where each line resembles its own."""
    if not lines or len(lines) != len(labels):
        return {}
    pairs = list(zip(lines, labels, strict=True))
    if any(scores[line][label] < IN_PLACE for line, label in pairs):
        return {}
    return {line: (label, scores[line][label] >= EXPLAINED) for line, label in pairs}


def _by_likeness(lines: list[int], labels: list[int], scores: list[list[float]]) -> dict[int, tuple[int, bool]]:
    """Match the lines and labels of one gap in order, each pair where it is clearly more alike than any other."""
    found: dict[int, tuple[int, bool]] = {}
    for line, label in _best_path(lines, labels, lambda line, label: scores[line][label]):
        own = scores[line][label]
        rivals = [scores[line][other] for other in labels if other != label] + [scores[other][label] for other in lines if other != line]
        if own >= CLEAR and own - max(rivals, default=0.0) >= MARGIN:
            found[line] = (label, own >= EXPLAINED)
    return found


def _best_path(lines: list[int], labels: list[int], score: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """The ascending pairs with the largest sum of scores (dynamic programme over the gap)."""
    width = len(labels)
    best = [[0.0] * (width + 1) for _ in range(len(lines) + 1)]
    for i, line in enumerate(lines):
        for j, label in enumerate(labels):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + score(line, label))
    pairs: list[tuple[int, int]] = []
    i, j = len(lines), width
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((lines[i], labels[j]))
    return pairs[::-1]
