"""Which registered body a name means, as of the year of a report. What is not certain is not matched: it is proposed, or said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from pipeline.catalog.divisions import Directory
from pipeline.catalog.registry import Registry
from pipeline.catalog.registry.history import History, Span, year_span
from pipeline.catalog.registry.rows import Agency, AgencyName
from pipeline.normalise.agencies.names import agency_name

Found = Literal["found", "another_time", "not_then", "ambiguous", "unknown"]

_GOVERNMENT = "人民政府"
_LIKE = 80  # the least likeness, of 100, at which a name is proposed
_MOST_PROPOSED = 3
_FIRST_REPORT = 2008
_BARE = 4  # the rank of a name without its division
_LEFT_OUT = re.compile(r"(?<=.)人民政府$|(?<=街道)办事处$")  # what short titles leave out
_DIVISION_ENDS = "省市县区旗盟州"
_LONG_NAME = 5  # characters without the division from which one that differs is rather a slip than another body
_LEAST_NAME = 3  # characters that a name has to have without its division


class _Key(NamedTuple):
    """One way to write a name of a body.

    rank: 0 the legal name, 1 one it filed under, 2 a short one, 3 one with another division before it, 4 one without any.
    """

    agency_id: str
    rank: int
    span: Span


@dataclass(frozen=True)
class Resolution:
    """What a name was found to mean.

    how: `found`; `another_time`: under a name that the lineage bore before or after; `not_then`: a body that did not exist in
    that year; `ambiguous`: several bodies (candidates); `unknown`. agency_id is None for the last two. bare: found by a name
    without the division that the registered names have before it.
    """

    how: Found
    agency_id: str | None = None
    candidates: tuple[str, ...] = ()
    bare: bool = False


UNKNOWN = Resolution("unknown")


class Bodies:
    """The names of a registry. divisions: told when a body has a division code, so that nothing is loaded without."""

    def __init__(self, registry: Registry, divisions: Directory) -> None:
        self.registry = registry
        self.history = History(registry)
        self._divisions = divisions

    @property
    def divisions(self) -> Directory:
        """The divisions by which the bodies are placed."""
        return self._divisions

    def resolve(self, printed: str, year: int | None) -> Resolution:
        """The body that a name means in a report on `year`: legal, filed or short name, with or without the division before it.

        A name counts for the years in which it was borne, the one of publication included; of several bodies the one that bore it on
        the last day of the year is meant. Where nobody bore it then, other years are looked at, which is said.
        """
        keys = self._keys.get(agency_name(printed), [])
        best = min((key.rank for key in keys), default=0)
        if year is None:
            return _decided("found", {key.agency_id for key in keys}, bare=best == _BARE)
        published = Span(year_span(year).first, year_span(year + 1).last)
        last_day = year_span(year).last
        borne = [key for key in keys if key.span.holds(last_day)] or [key for key in keys if key.span.meets(published)]
        best = min((key.rank for key in borne or keys), default=0)
        ids = {self.history.member(key.agency_id, year) or key.agency_id for key in borne or keys if key.rank == best}
        then = all(self.history.span(agency_id).meets(published) for agency_id in ids)
        return _decided(("found" if borne else "another_time") if then else "not_then", ids, bare=best == _BARE)

    def named(self, printed: str) -> tuple[str, ...]:
        """The ids of all bodies that ever bore a name."""
        return tuple(dict.fromkeys(key.agency_id for key in self._keys.get(agency_name(printed), ())))

    def similar(self, printed: str, year: int | None) -> tuple[str, ...]:
        """The ids of bodies whose names are nearly this one, the nearest first: for a person to look at."""
        name = agency_name(printed)
        then = [text for text, keys in self._keys.items() if year is None or any(key.span.meets(year_span(year)) for key in keys)]
        matches = process.extract(name, then, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_MOST_PROPOSED * 4)
        ids = [key.agency_id for text, _, _ in matches for key in self._keys[text]]
        return tuple(dict.fromkeys(ids))[:_MOST_PROPOSED]

    def mistyped(self, printed: str, year: int | None) -> tuple[str, ...]:
        """Of `similar`, the bodies whose name this is but for a slip: one in the division, or one in a name long enough to tell.

        财政局 and 民政局 are a character apart and two bodies.
        """
        return tuple(
            each for each in self.similar(printed, year) if any(self._is_slip(agency_name(printed), each, key) for key in self._texts(each))
        )

    def _texts(self, agency_id: str) -> list[str]:
        return [agency_name(name) for name in self.names_of(agency_id)]

    def _is_slip(self, name: str, agency_id: str, registered: str) -> bool:
        division = max(
            (len(prefix) for prefix in self._prefixes(self.registry.agency(agency_id)) if registered.startswith(prefix)), default=0
        )
        bare = registered[division:]
        if Levenshtein.distance(name, registered, score_cutoff=1) > 1:
            return False
        return name.endswith(bare) or len(bare) >= _LONG_NAME or name[:-1] == registered[:-1]

    def names_of(self, agency_id: str) -> tuple[str, ...]:
        """Every name of a body as registered, the legal one first."""
        row = self.registry.agency(agency_id)
        return tuple(dict.fromkeys((row.agency_name, *(each.name for each in self._filed.get(agency_id, ())), *row.short_names)))

    @cached_property
    def _keys(self) -> dict[str, list[_Key]]:
        keys: dict[str, list[_Key]] = defaultdict(list)
        for row in self.registry.agencies:
            prefixes = self._prefixes(row)
            for name, rank, span in self._named(row):
                keys[name].append(_Key(row.agency_id, rank, span))
                for other, is_bare in _written(name, prefixes).items():
                    if other != name:
                        keys[other].append(_Key(row.agency_id, _BARE if is_bare else 3, span))
        return dict(keys)

    def _named(self, row: Agency) -> Iterator[tuple[str, int, Span]]:
        span = self.history.span(row.agency_id)
        yield agency_name(row.agency_name), 0, span
        for each in self._filed.get(row.agency_id, ()):
            yield agency_name(each.name), 1, Span(each.valid_from or span.first, each.valid_to or span.last)
        for name in row.short_names:
            yield agency_name(name), 2, span

    @cached_property
    def _filed(self) -> dict[str, list[AgencyName]]:
        filed: dict[str, list[AgencyName]] = defaultdict(list)
        for each in self.registry.names:
            filed[each.agency_id].append(each)
        return filed

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one index a run
    def _prefixes_of(self, division_code: str) -> frozenset[str]:
        """How a division was written in any year of reports."""
        years = range(_FIRST_REPORT, self._divisions.latest_year + 1)
        found = {division for year in years if (division := self._divisions.as_of(division_code, year))}
        return frozenset(agency_name(name) for division in found for name in division.names)

    def _prefixes(self, row: Agency) -> frozenset[str]:
        """How the division of a body may be written before its name: by its code, else by the name of the government above it."""
        if row.division_code:
            return self._prefixes_of(row.division_code)
        above: Agency | None = row
        while above is not None:
            name = agency_name(above.agency_name)
            if name.endswith(_GOVERNMENT) and name != _GOVERNMENT:
                return frozenset(_endings(name.removesuffix(_GOVERNMENT)))
            above = self.registry.by_id.get(above.parent_id or "")
        return frozenset()


def _decided(how: Found, ids: set[str], *, bare: bool) -> Resolution:
    if not ids:
        return UNKNOWN
    return Resolution(how, next(iter(ids)), bare=bare) if len(ids) == 1 else Resolution("ambiguous", candidates=tuple(sorted(ids)))


def _endings(division: str) -> set[str]:
    """瀚川市沐云区, 沐云区."""
    return {division} | {division[place:] for place in range(1, len(division) - 1) if division[place - 1] in _DIVISION_ENDS}


def _written(name: str, prefixes: frozenset[str]) -> dict[str, bool]:
    """The ways to write a name, and whether it then lacks its division: with each prefix, without any where enough is left, and
    without 人民政府 at its end.
    """
    own = max((prefix for prefix in prefixes if name.startswith(prefix)), key=len, default="")
    bare = name.removeprefix(own)
    written = dict.fromkeys((name, *(prefix + bare for prefix in prefixes)), False)
    if len(bare) >= _LEAST_NAME and not bare.startswith(_GOVERNMENT):
        written.setdefault(bare, bool(own or prefixes))
    return written | {_LEFT_OUT.sub("", each): is_bare for each, is_bare in written.items()}
