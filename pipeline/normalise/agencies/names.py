"""Names of bodies compared, and their provisional ids."""

from __future__ import annotations

import hashlib
import re
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pipeline.catalog.agencies import kind_of_agency
from pipeline.catalog.model import Catalog
from pipeline.normalise.wording import compact, simplified

Agreement = Literal["yes", "near", "unclear", "no"]
_OFFICE = re.compile("人民政府(?!办)|(?<=街道)办事处")  # words that short names leave out


def agency_name(printed: str) -> str:
    """A body's name as it is compared: without spaces, in simplified characters, with the brackets of Chinese print."""
    return compact(simplified(printed)).replace("(", "（").replace(")", "）")


def same_agency(first: str, second: str) -> bool:
    """Whether two names can be those of one body: equal, or one without the name of the division before it."""
    one, other = agency_name(first), agency_name(second)
    return bool(one and other) and (one.endswith(other) or other.endswith(one))


def agreement(catalog: Catalog, decided: str, said: str) -> Agreement:
    """How the name of a body that is said somewhere stands to the one decided on.

    `yes`: one body, perhaps by a shorter name (沐云区发改局); `near`: one character apart, so that one may be mistyped; `no`: two
    bodies of one kind, of which one must be wrong; `unclear`: bodies of different kinds, such as a government and its office,
    which publish for each other.
    """
    one, other = _bare(decided), _bare(said)
    short, long = sorted((one, other), key=len)
    alike = kind_of_agency(catalog, agency_name(decided)).kind == kind_of_agency(catalog, agency_name(said)).kind
    if same_agency(one, other):
        return "yes"
    if not alike or not short or "公开" in other:  # 政务公开办公室 writes the reports of others
        return "unclear"
    if _is_within(short, long):
        return "yes"
    return "near" if Levenshtein.distance(one, other, score_cutoff=1) <= 1 else "no"


def _bare(name: str) -> str:
    return _OFFICE.sub("", agency_name(name))


def _is_within(short: str, long: str) -> bool:
    """Whether a name is made of characters of a longer one, in their order: 发改局 of 发展和改革局."""
    characters = iter(long)
    return all(character in characters for character in short)


def provisional_id(name: str) -> str:
    """The id of a body that is in no registry: made from its name alone, so that the same name always has the same id."""
    return "p-" + hashlib.sha256(agency_name(name).encode()).hexdigest()[:10]
