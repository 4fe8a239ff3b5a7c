"""The words of a report in the form of 2019 or 2021: title, opening and the six sections, filled in with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from random import Random

from pipeline.catalog.model import Catalog
from tests.reports.content import Key, PrintedSection, Values
from tests.sample import prose
from tests.sample.bodies import Body
from tests.sample.planting import Mistake

NUMBERS = "一二三四五六七"


@dataclass
class Text:
    """The words of one report; values: as printed; last: the figures of the years before; random: chooses the sentences."""

    catalog: Catalog
    body: Body
    year: int
    period: int
    form: str
    values: Values
    last: Values
    random: Random

    def title(self) -> str:
        return self.writer.say(prose.TITLES)

    def opening(self) -> tuple[str, ...]:
        return (self.writer.say(prose.OPENINGS), *self.scope())

    def scope(self) -> tuple[str, ...]:
        """What the government says of whose figures these are."""
        if self.body.name != "人民政府":
            return ()
        return (prose.WHOLE if self.body.reports_the_whole(self.year) else prose.SCOPE,)

    def sections(self, mistakes: Iterable[Mistake]) -> tuple[PrintedSection, ...]:
        """The six sections; a mistake may take one out, replace its text or (with a leading +) add to it."""
        titles = {table.section: table.title_zh for table in self.catalog.tables_of(self.form)}
        paragraphs, sections = self.paragraphs(), []
        for heading in self.catalog.sections:
            texts = self.with_mistakes(heading.section, paragraphs[heading.section], mistakes)
            if texts is not None:
                title = titles.get(heading.section, heading.headings[0])
                sections.append(PrintedSection(heading.section, f"{NUMBERS[heading.position - 1]}、{title}", texts))
        return tuple(sections)

    def with_mistakes(self, section: str, texts: tuple[str, ...] | None, mistakes: Iterable[Mistake]) -> tuple[str, ...] | None:
        """The paragraphs of a section with what was planted in it; None where the section is left out."""
        for mistake in mistakes:
            if section in mistake.sections:
                text = mistake.sections[section]
                filled = None if text is None else text.format(**self.words)
                texts = None if filled is None else (*texts, filled[1:]) if filled.startswith("+") and texts else (filled,)
        return texts

    @cached_property
    def writer(self) -> prose.Prose:
        return prose.Prose(self.random, self.words)

    @cached_property
    def words(self) -> dict[str, str]:
        """What the braces of the sentences are filled with."""
        body, words = self.body, {"agency": self.body.agency, "we": self.body.we, "year": str(self.year), "period": str(self.period)}
        words["items"] = str(Random(f"items{body.name}{self.year}").randint(60, 900))
        counts = self.counts()
        words |= {f"{name}_and_two": str(count + 2) for name, count in counts.items()}  # for what is planted
        return words | {name: str(count) for name, count in counts.items()}

    def counts(self) -> Mapping[str, Decimal]:
        """The figures that sentences may name."""
        suits = sum((self.count(f"remedies.litigation_{group}.total") for group in ("direct", "after_review")), Decimal(0))
        requests = {name: self.values[f"requests.{name}", "total"] for name in ("new", "handled", "carried_out", "granted")}
        stock = self.values.get(("proactive.normative_documents.in_force", None), Decimal(0))
        requests["natural_persons"] = self.values["requests.new", "natural_person"]
        return requests | {"reviews": self.count("remedies.review.total"), "suits": suits, "in_force": stock}

    def count(self, field: str) -> Decimal:
        key: Key = (field, None)
        return self.values[key]

    def paragraphs(self) -> dict[str, tuple[str, ...]]:
        """The paragraphs of each section."""
        writer, words = self.writer, self.words
        handling = prose.HANDLING
        if words["new"] == "0":
            handling = prose.NO_REQUESTS if words["handled"] == "0" else prose.UNCOUNTED_REQUESTS
        disputes = prose.DISPUTES if (words["reviews"], words["suits"]) != ("0", "0") else prose.NO_DISPUTES
        overview = [writer.say(prose.PUBLISHING, prose.COUNTING), writer.say(handling), writer.some(prose.SUPERVISING, 2)]
        problems = writer.say(prose.PROBLEM_OPENINGS, prose.PROBLEMS) + "；" + writer.say(prose.FURTHER_PROBLEMS)
        return {
            "overview": tuple(f"（{number}）{text}" for number, text in zip(NUMBERS, overview, strict=False)),
            "proactive": (writer.say(prose.PROACTIVE),),
            "requests": (writer.say(prose.REQUESTS),),
            "remedies": (writer.say(disputes),),
            "problems": (problems, writer.say(prose.MEASURES, prose.FURTHER_MEASURES)),
            "other": (writer.say(prose.FEES if self.year >= 2021 else prose.OTHER_2019),),
        }
