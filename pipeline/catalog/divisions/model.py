"""What a division is, and what became of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal["rename", "merge", "split", "abolish", "new", "gone"]


@dataclass(frozen=True)
class Division:
    """A division as of one year. code: six digits, or the id of a zone that has none; parents: from the province down."""

    code: str
    name: str
    parents: tuple[Division, ...] = ()

    @property
    def parent_code(self) -> str | None:
        """The code of the division above; None for a province."""
        return self.parents[-1].code if self.parents else None

    @property
    def full_name(self) -> str:
        """浙江省宁波市鄞州区."""
        return "".join(division.name for division in (*self.parents, self))

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write it with its parents in order, the longest first: 浙江省宁波市鄞州区, 宁波市鄞州区, 浙江省鄞州区, 鄞州区."""
        endings = [self.name]
        for division in reversed(self.parents):
            endings += [division.name + ending for ending in endings]
        return tuple(sorted(set(endings), key=lambda name: (-len(name), name)))


@dataclass(frozen=True)
class DivisionChange:
    """One edge between codes: from `year` on, to_code stands for from_code (or a part of it).

    One of the two is None for what is new, or gone: `abolish` is stated, `gone` went, and where to is not known.
    """

    link: ChangeKind
    from_code: str | None
    to_code: str | None
    year: int
    source: str
    new_name: str | None = None
