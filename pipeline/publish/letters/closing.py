"""How every letter ends: whom to call, who signs, on which day; and the head of the sheet that goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.catalog.office import Office
from pipeline.catalog.wordings import Wordings
from pipeline.publish.documents.body import paragraph
from pipeline.publish.numerals import chinese_date


def send_to(office: Office, say: Wordings) -> str:
    """报送…: where answers go."""
    return say("letter.to", send_to=office.send_to) if office.send_to else say("letter.to_unknown")


def contact(office: Office, say: Wordings) -> str:
    """Whom to call, "" where the office states nobody."""
    stated = [name for name in ("contact", "phone") if getattr(office, name)]
    if not stated:
        return ""
    wording = "letter.contact" if len(stated) == 2 else "letter.contact_name" if stated == ["contact"] else "letter.contact_phone"
    return say(wording, contact=office.contact, phone=office.phone)


def numbered(demands: Sequence[str]) -> Iterator[Any]:
    """Paragraphs of demands, the last of them on one page with the closing."""
    yield from (paragraph("text", demand) for demand in demands[:-1])
    yield paragraph("kept", demands[-1])


def closing(office: Office, say: Wordings, annex: str = "") -> Iterator[Any]:
    """The last words, the annex that they name, name and date. They hold together: no page bears a signature alone."""
    yield paragraph("kept", say("letter.closing"))
    if annex:
        yield paragraph("kept_address")
        yield paragraph("kept", annex)
    yield paragraph("kept_address")
    yield paragraph("kept_signature", office.office_name or say("letter.office_unknown"))
    yield paragraph("signature", chinese_date(office.letter_date) if office.letter_date else say("letter.date_unknown"))


def annex_head(title: str, say: Wordings) -> Iterator[Any]:
    """附件 at the top of a page of its own, and the title of what follows."""
    yield paragraph("annex_mark", say("letter.annex_mark"), page_break=True)
    yield paragraph("subtitle", title)
