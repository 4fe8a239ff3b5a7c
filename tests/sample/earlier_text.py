"""The words of a report before 2019: its figures stand in sentences, from 2014 on in a list at the end as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from tests.reports.content import PrintedSection
from tests.sample import earlier_prose, prose
from tests.sample.planting import Mistake
from tests.sample.text import NUMBERS, Text

_NAMED = {"reviews": "statistics.review", "suits": "statistics.litigation"}


class EarlierText(Text):
    """Title, opening and sections in the manner of the years before 2019."""

    def opening(self) -> tuple[str, ...]:
        return (self.writer.say(earlier_prose.OPENINGS), *self.scope())

    def sections(self, mistakes: Iterable[Mistake]) -> tuple[PrintedSection, ...]:
        """Six sections, and from 2014 on a last one for the list of statistics."""
        headings = earlier_prose.HEADINGS | ({"other": earlier_prose.STATISTICS} if self.catalog.tables_of(self.form) else {})
        paragraphs = {"other": (), **self.paragraphs()}
        return tuple(
            PrintedSection(section, f"{number}、{heading}", self.with_mistakes(section, paragraphs[section], mistakes) or ())
            for number, (section, heading) in zip(NUMBERS, headings.items(), strict=False)
        )

    def counts(self) -> Mapping[str, Decimal]:
        """Every figure by the last part of its field, or by its name in the sentences."""
        counts = {field.rpartition(".")[2]: value for (field, _), value in self.values.items()}
        counts |= {name: self.count(field) for name, field in _NAMED.items() if (field, None) in self.values}
        return counts | {"more": counts["received"] - self.last.get(("prose.received", None), counts["received"])}

    def paragraphs(self) -> dict[str, tuple[str, ...]]:
        writer, words = self.writer, self.words
        counted = bool(self.catalog.tables_of(self.form))
        disclosed = earlier_prose.DISCLOSED_2014 if counted else earlier_prose.DISCLOSED_2008
        disputes = earlier_prose.DISPUTES if (words["reviews"], words["suits"]) != ("0", "0") else prose.NO_DISPUTES[:2]
        charges = earlier_prose.CHARGES if words.get("fees", "0") == "0" else (earlier_prose.CHARGED,)
        problems = writer.say(prose.PROBLEM_OPENINGS, earlier_prose.PROBLEMS) + "；" + writer.say(prose.FURTHER_PROBLEMS)
        return {
            "overview": (writer.say(earlier_prose.OVERVIEW) + writer.some(earlier_prose.FURTHER_OVERVIEW, 2),),
            "proactive": (writer.say(disclosed), writer.say(prose.PUBLISHING)),
            "requests": self._requests(counted),
            "charges": (writer.say(charges),),
            "remedies": (writer.say(disputes),),
            "problems": (problems, writer.say(prose.MEASURES, prose.FURTHER_MEASURES)),
        }

    def _requests(self, counted: bool) -> tuple[str, ...]:
        if self.words["received"] == "0":
            return (self.writer.say(earlier_prose.NO_REQUESTS),)
        if counted:
            return (self.writer.say(earlier_prose.RECEIVED_2014), self.writer.say(earlier_prose.ANSWERED_2014))
        told = self.writer.say(earlier_prose.RECEIVED_2008)
        if int(self.words["more"]) > 0:
            told += earlier_prose.MORE_THAN_LAST_YEAR.format(**self.words)
        return (told, self.writer.say(earlier_prose.ANSWERED_2008))
