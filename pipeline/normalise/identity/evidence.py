"""Everything in a document that says whose report it is and for which year, each piece with its place.

Nothing is decided here: `identify.py` decides, and what speaks against it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import About, EvidenceKind
from pipeline.normalise.agencies.codes import organisation_code
from pipeline.normalise.agencies.names import agreement
from pipeline.normalise.identity.identify import Identity, titles_of_the_page
from pipeline.normalise.identity.imprint import whole_name
from pipeline.normalise.identity.reporting_year import in_figures
from pipeline.normalise.identity.title import body_name
from pipeline.normalise.model import Evidence, Problem
from pipeline.normalise.problems import problem
from pipeline.normalise.wording import compact, simplified
from pipeline.readers.model import Document, Grid

_SEARCHED_BLOCKS = 400  # the menus of a page may come before its text
_OWN_TEXT = ("title", "page_title", "file_name")  # whose pattern is looked for in that text alone
_LONGEST = 80  # characters of a passage that are kept


class _Passage(NamedTuple):
    """A line, or a row of a table of particulars, before the tables of the report; in compact simplified text."""

    text: str
    block: int
    page: int | None


def evidence_of(catalog: Catalog, document: Document, identity: Identity, first_table: int | None) -> tuple[Evidence, ...]:
    """The pieces of evidence in a document. first_table: the index of the grid with which the tables of the report begin."""
    passages = list(_passages(document, first_table))
    return tuple(
        dict.fromkeys(
            (
                *_of_the_title(identity, passages),
                *_of_the_page(document),
                *_of_the_imprint(document, identity, first_table),
                *(piece for row in catalog.evidence if row.pattern and row.kind not in _OWN_TEXT for piece in _found(row, passages)),
                *_of_the_version(catalog, document, identity),
                *_of_the_year(document, identity),
            )
        )
    )


def further_down(pieces: tuple[Evidence, ...], blocks: int) -> tuple[Evidence, ...]:
    """The pieces with places counted in a whole document, for a report that begins after so many blocks of it."""
    return tuple(replace(piece, block=piece.block + blocks) if blocks and piece.block is not None else piece for piece in pieces)


def named_in_the_text(pieces: tuple[Evidence, ...]) -> str | None:
    """The body that the text says itself to be from, for a report that names none in a title or imprint."""
    return next((piece.says for piece in pieces if piece.kind == "self_reference"), None)


def years_said(catalog: Catalog, pieces: tuple[Evidence, ...]) -> dict[str, int]:
    """By place (in Chinese) the years that strong pieces of evidence give."""
    rows = ((catalog.evidence_kind(piece.kind, "year"), piece.says) for piece in pieces if piece.about == "year")
    return {row.title_zh: int(says) for row, says in rows if row.strong}


def contradictions(catalog: Catalog, agency: str | None, pieces: tuple[Evidence, ...]) -> Iterator[Problem]:
    """What strong pieces of evidence say against the body decided on, each pair of places once."""
    if agency is None:
        return
    against = [
        (piece, how)
        for piece in pieces
        if piece.about == "agency"
        and catalog.evidence_kind(piece.kind, "agency").strong
        and (how := agreement(catalog, agency, piece.says)) in ("no", "near")
    ]
    for says, found in groupby(against, key=lambda item: item[0].says):
        listed = list(found)
        places = "、".join(dict.fromkeys(catalog.evidence_kind(piece.kind, "agency").title_zh for piece, _ in listed))
        hint = "两个名称只差一个字，可能有一处写错" if listed[0][1] == "near" else "可能是沿用了别的单位的文字"
        message = f"报告按“{agency}”处理，而{places}写的是“{says}”，{hint}，请核实。"
        yield problem(catalog, "agency_conflict", message)


def _passages(document: Document, first_table: int | None) -> Iterator[_Passage]:
    for number, block in enumerate(document.blocks[:_SEARCHED_BLOCKS]):
        if isinstance(block, Grid):
            if block.index == first_table:
                return
            for _, cells in groupby(block.cells, key=lambda cell: cell.row):
                row = list(cells)
                yield _Passage(_plain("".join(cell.text for cell in row)), number, row[0].page)
        else:
            yield from (_Passage(_plain(line), number, block.page) for line in block.text.splitlines())


def _plain(text: str) -> str:
    return in_figures(compact(simplified(text)))


def _of_the_title(identity: Identity, passages: list[_Passage]) -> Iterator[Evidence]:
    """What the title says from which body and year were taken, where it is printed and not only in the markup."""
    first = _plain(identity.title.split("\n")[0])
    place = next((passage for passage in passages if first and first in passage.text), None)
    if place is not None:
        named = None if identity.agency_from else identity.agency
        yield from _pieces("title", identity.title, named, identity.title_year, place.block, place.page)


def _of_the_page(document: Document) -> Iterator[Evidence]:
    found = next(titles_of_the_page(document), None)
    if found is not None:
        text, title = found
        yield from _pieces("page_title", text, title.name, title.year)


def _of_the_imprint(document: Document, identity: Identity, first_table: int | None) -> Iterator[Evidence]:
    """Who signs and who publishes. A signature above the tables is more likely the name of the site above the day of the visit."""
    tables = [number for number, block in enumerate(document.blocks) if isinstance(block, Grid) and block.index == first_table]
    for name, place, block in identity.imprints:
        if place != "signature" or not tables or (block is not None and block > tables[0]):
            page = getattr(document.blocks[block], "page", None) if block is not None else None
            yield Evidence(place, "agency", name, name, block, page)


def _found(row: EvidenceKind, passages: list[_Passage]) -> Iterator[Evidence]:
    """The first passage in which the pattern of a kind of evidence names somebody."""
    assert row.pattern is not None
    for passage in passages:
        for match in row.pattern.finditer(passage.text):
            text = next(filter(None, match.groupdict().values()), match[0])
            if says := _READ_AS.get((row.kind, row.about), _READ[row.about])(text):
                yield Evidence(row.kind, row.about, match[0][:_LONGEST], says, passage.block, passage.page)
                return


def _name(text: str) -> str | None:
    return whole_name(text) if body_name(text) else None


def _as_printed(text: str) -> str | None:
    return text[:_LONGEST]


_READ: Mapping[str, Callable[[str], str | None]] = {"agency": _name, "year": _as_printed, "version": _as_printed}
_READ_AS: Mapping[tuple[str, str], Callable[[str], str | None]] = {("index_code", "agency"): organisation_code}


def _of_the_version(catalog: Catalog, document: Document, identity: Identity) -> Iterator[Evidence]:
    """Marks of a correction in the title that is printed and in that of the page."""
    yield from correction_in(catalog, "title", identity.title, identity.agency)
    for key in ("article_title", "title"):
        if text := document.metadata.get(key):
            yield from correction_in(catalog, "page_title", text, identity.agency)
            return


def correction_in(catalog: Catalog, kind: str, text: str, agency: str | None) -> Iterator[Evidence]:
    """What a title or a file name says of a correction; the name of the body is no part of it (城市更新局)."""
    pattern = catalog.evidence_kind(kind, "version").pattern
    plain = _plain(text)
    bare = plain.replace(_plain(agency), " ") if agency else plain
    if pattern is not None and (match := pattern.search(bare)):
        yield Evidence(kind, "version", text[:_LONGEST], match[0])


def _of_the_year(document: Document, identity: Identity) -> Iterator[Evidence]:
    if identity.period_year:
        yield Evidence("period", "year", f"{identity.period_year}年1月1日至12月31日", str(identity.period_year))
    if identity.other_year_from == "opening":
        yield Evidence("first_sentence", "year", f"{identity.other_year}年", str(identity.other_year))
    if identity.published_year:
        yield Evidence("published", "year", document.metadata["published_on"], str(identity.published_year - 1))
    elif identity.other_year_from == "published":
        yield Evidence("published", "year", f"{(identity.other_year or 0) + 1}年", str(identity.other_year))


def _pieces(
    kind: str, text: str, agency: str | None, year: int | None, block: int | None = None, page: int | None = None
) -> Iterator[Evidence]:
    abouts: tuple[tuple[About, object], ...] = (("agency", agency), ("year", year))
    yield from (Evidence(kind, about, text, str(says), block, page) for about, says in abouts if says)
