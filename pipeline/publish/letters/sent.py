"""All letters of a year: one a body at most, and what each body is sent, for the list of who has reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.catalog import Catalog
from pipeline.catalog.office import Office
from pipeline.publish.documents.package import zip_bytes
from pipeline.publish.documents.template import make_template
from pipeline.publish.file_names import file_names
from pipeline.publish.letters.contents import Letter
from pipeline.publish.letters.outstanding import Outstanding
from pipeline.publish.letters.remind import reminder_blocks
from pipeline.publish.letters.write import letter_blocks

WITHHELD = "withheld"


@dataclass(frozen=True)
class YearLetters:
    """The letters about findings of a year, and the bodies whose reports are still to come. A body stands in one of them only."""

    year: int
    letters: Sequence[Letter] = ()
    outstanding: Sequence[Outstanding] = ()

    @property
    def reminders(self) -> list[Outstanding]:
        """The bodies to whom a reminder goes."""
        return [one for one in self.outstanding if not one.withheld]

    def kinds(self) -> dict[str, str]:
        """By the id of a body what it is sent (`sent.…` of wordings.csv), `withheld` where a reminder has to wait."""
        letters = {letter.agency_id: letter.kind for letter in self.letters}
        return {**letters, **{one.agency_id: WITHHELD if one.withheld else one.kind for one in self.outstanding}}

    def remarks(self) -> dict[str, str]:
        """By the id of a body why a reminder waits."""
        return {one.agency_id: one.withheld for one in self.outstanding if one.withheld}

    def summary(self, catalog: Catalog) -> tuple[str, ...]:
        """What goes out, in sentences."""
        say, counts = catalog.wordings, Counter(self.kinds().values())
        waiting = counts.pop(WITHHELD, 0)
        listed = "、".join(say("sent.count", kind=say(f"sent.{kind}"), count=count) for kind, count in counts.most_common())
        zip_name = f"{say('file.letters_zip', year=self.year)}.zip"
        first = say("sent.summary", counts=listed, zip=zip_name) if listed else say("sent.none")
        return (first, say("sent.withheld_summary", count=waiting)) if waiting else (first,)


def letter_files(sent: YearLetters, office: Office, catalog: Catalog) -> list[tuple[str, bytes]]:
    """The letters as Word documents under the names of their bodies: those about findings by name, then the reminders."""
    say, template = catalog.wordings, make_template(catalog.wordings("document.title"))
    blocks = [letter_blocks(letter, office, say) for letter in sent.letters]
    blocks += [reminder_blocks(one, office, catalog) for one in sent.reminders]
    named = [letter.agency_name for letter in sent.letters]
    named += [say("file.reminder", agency=one.agency_name, kind=say(f"sent.{one.kind}")) for one in sent.reminders]
    return [(f"{name}.docx", template.document(each)) for name, each in zip(file_names(iter(named)), blocks, strict=True)]


def letters_zip(files: Sequence[tuple[str, bytes]]) -> bytes:
    """One ZIP file of all letters."""
    return zip_bytes(files)
