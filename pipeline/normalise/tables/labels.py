"""How well a printed label fits the labels of the catalogue: the vocabulary of one table of one form."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Axis, Label, Role
from pipeline.normalise.wording import compact, label_key, simplified, without_numbering

EXACT = 1.0
EXPLAINED = 0.95  # the label, then an explanation: 规章：指有立法权的…
_REMEMBERED = 100_000
_REMEMBERED_TEXTS = 4_000  # with the likeness to some thirty labels each
_BRACKETS = re.compile(r"\(([^()]+)\)")
_EXPLANATION_BEGINS = tuple(":(,;是指") + tuple("0123456789")


class Vocabulary:
    """The labels of one table of one form. `foreign` holds wordings of the same table in other forms only."""

    def __init__(self, catalog: Catalog, form: str, table: str) -> None:
        self.form, self.table = form, table
        self.labels = catalog.labels_of(form, table)
        self._keys = {(label.axis, label.label): frozenset(map(label_key, label.texts)) for label in self.labels}
        self._likenesses: dict[tuple[str, Axis], dict[str, float]] = {}  # the same few labels come in every report
        self._alike: dict[tuple[str, float, Axis, tuple[Role, ...]], frozenset[str]] = {}
        self._named: dict[str, tuple[Label, ...]] = {}
        self._groups: dict[tuple[str, Axis], frozenset[str]] = {}
        self._by_role: dict[tuple[Axis, tuple[Role, ...]], tuple[Label, ...]] = {}
        own = {key for keys in self._keys.values() for key in keys}
        self._foreign = {
            label_key(text)
            for other in catalog.labels
            if other.table == table and other.form != form
            for text in other.texts
            if label_key(text) not in own
        }

    def of(self, axis: Axis, *roles: Role) -> tuple[Label, ...]:
        """The labels of one axis that have one of the roles, in printed order."""
        if (axis, roles) not in self._by_role:
            self._by_role[axis, roles] = tuple(label for label in self.labels if label.axis == axis and label.role in roles)
        return self._by_role[axis, roles]

    def likeness(self, text: str, label: Label) -> float:
        """From 0 to 1: EXACT for a known wording, EXPLAINED where more follows it, else how alike the letters are.

        A wording that belongs to another form of this table is never taken for a damaged one of this form, nor are two labels
        in one text taken for one of them.
        """
        return self.likenesses(text, label.axis)[label.label]

    def likenesses(self, text: str, axis: Axis) -> dict[str, float]:
        """The likeness of a text to each label of one axis, by the ids of the labels."""
        found = self._likenesses.get((text, axis))
        if found is None:
            if len(self._likenesses) > _REMEMBERED_TEXTS:
                self._likenesses.clear()
            damaged = not self.holds_two(text, axis)
            found = {label.label: self._compare(text, label, damaged) for label in self.labels if label.axis == axis}
            self._likenesses[text, axis] = found
        return found

    def alike(self, text: str, least: float, axis: Axis, *roles: Role) -> frozenset[str]:
        """The ids of the labels of one axis that have one of the roles and that the text is at least so much like."""
        found = self._alike.get((text, least, axis, roles))
        if found is None:
            if len(self._alike) > _REMEMBERED:
                self._alike.clear()
            likenesses = self.likenesses(text, axis)
            found = frozenset(label.label for label in self.of(axis, *roles) if likenesses[label.label] >= least)
            self._alike[text, least, axis, roles] = found
        return found

    def holds_two(self, text: str, axis: Axis) -> bool:
        """Whether a text begins with one label of an item and ends with another: the line between two cells was lost."""
        key = label_key(text)
        items = self.of(axis, "item")
        begins = {(item.label, len(known)) for item in items for known in self._keys[axis, item.label] if known and key.startswith(known)}
        if not begins or key in self._by_key or any(key in self._with_groups[axis, item.label] for item in items):
            return False
        ends = {(item.label, len(known)) for item in items for known in self._keys[axis, item.label] if known and key.endswith(known)}
        return any(first != last and size + other <= len(key) for first, size in begins for last, other in ends)

    def _compare(self, text: str, label: Label, damaged: bool) -> float:
        """damaged: whether a text that is no known wording may be a damaged one."""
        key = label_key(text)
        keys = self._keys[label.axis, label.label]
        if key in keys or key in self._with_groups[label.axis, label.label]:
            return EXACT
        if not key or key in self._foreign:
            return 0.0
        bare = without_numbering(simplified(text))
        behind = [rest for known in label.texts if (rest := _explanation(bare, compact(known)))]
        if any(label_key(rest) not in self._by_key for rest in behind):  # else these are two labels, one below the other
            return EXPLAINED
        return max(fuzz.ratio(key, known) for known in keys) / 100 * 0.9 if damaged else 0.0

    def knows(self, text: str, *roles: Role) -> bool:
        """Whether the text is a known wording of any label with one of the roles (any role if none is named)."""
        return bool(self.named(text, *roles))

    def named(self, text: str, *roles: Role) -> tuple[Label, ...]:
        """The labels that have the text as a known wording (an explanation may follow it)."""
        if text not in self._named:
            if len(self._named) > _REMEMBERED:
                self._named.clear()
            explained = (label for label in self.labels if self.likeness(text, label) >= EXPLAINED)
            found = self._by_key.get(label_key(text)) or tuple(explained)
            self._named[text] = self._in_brackets(text, found) or found
        found = self._named[text]
        return tuple(label for label in found if not roles or label.role in roles)

    def _in_brackets(self, text: str, around: tuple[Label, ...]) -> tuple[Label, ...]:
        """The labels that a text names in brackets behind their group, which are no explanation: 行政诉讼（复议后起诉）."""
        inner = _BRACKETS.findall(compact(text)) if around else []
        named = [label for part in inner for label in self._by_key.get(label_key(part), ())]
        return tuple(label for label in named if any(group.label in self.ancestors(label) for group in around))

    def groups_named(self, text: str, axis: Axis) -> frozenset[str]:
        """The ids of the groups of one axis that the text names."""
        if (text, axis) not in self._groups:
            if len(self._groups) > _REMEMBERED:
                self._groups.clear()
            self._groups[text, axis] = frozenset(group.label for group in self.named(text, "group") if group.axis == axis)
        return self._groups[text, axis]

    def ancestors(self, label: Label) -> tuple[str, ...]:
        """The ids of the groups above a label, innermost first."""
        return self._ancestors[label.axis, label.label]

    @cached_property
    def _ancestors(self) -> dict[tuple[str, str], tuple[str, ...]]:
        parents = {(label.axis, label.label): label.parent for label in self.labels}

        def chain(axis: Axis, parent: str | None) -> tuple[str, ...]:
            return (parent, *chain(axis, parents[axis, parent])) if parent else ()

        return {(label.axis, label.label): chain(label.axis, label.parent) for label in self.labels}

    @cached_property
    def _with_groups(self) -> dict[tuple[str, str], frozenset[str]]:
        """The wordings of each item with those of the groups around it in front: （三）不予公开1.属于国家秘密 in one cell."""
        groups = {label.label: label for label in self.labels if label.role == "group"}

        def before(label: Label) -> set[str]:
            group = groups.get(label.parent or "")
            own = {label_key(text) for text in group.texts} if group else set()
            return own | {outer + inner for outer in (before(group) if group else ()) for inner in own}

        return {
            (label.axis, label.label): frozenset(
                label_key(front + inner) for front in before(label) for text in label.texts for inner in (text, without_numbering(text))
            )
            for label in self.labels
        }

    @cached_property
    def _by_key(self) -> dict[str, tuple[Label, ...]]:
        found: dict[str, list[Label]] = {}
        for label in self.labels:
            for key in self._keys[label.axis, label.label]:
                found.setdefault(key, []).append(label)
        return {key: tuple(labels) for key, labels in found.items()}


def _explanation(text: str, known: str) -> str:
    """What follows a wording in a text, as an explanation would; "" where the text is something else."""
    known = without_numbering(known)
    rest = text[len(known) :]
    return rest if text.startswith(known) and rest.startswith(_EXPLANATION_BEGINS) else ""


@lru_cache(maxsize=64)
def vocabulary(catalog: Catalog, form: str, table: str) -> Vocabulary:
    """The vocabulary of one table of one form, made once."""
    return Vocabulary(catalog, form, table)
