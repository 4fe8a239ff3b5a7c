"""Prose that is nearly that of another report (S11)."""

from __future__ import annotations

from random import Random

from pipeline.catalog.model import Catalog
from pipeline.checks.between_years import standings
from pipeline.checks.likeness import likenesses
from pipeline.checks.model import Alike, ReportFacts

from .build_report import make_report


def prose(seed: int, sentences: int = 60) -> list[str]:
    random = Random(seed)
    return ["".join(map(chr, random.choices(range(0x4E00, 0x9FA5), k=12))) for _ in range(sentences)]


def report(catalog: Catalog, name: str, year: int, text: list[str]) -> ReportFacts:
    sections = {"overview": "，".join(text), "proactive": "", "requests": "", "remedies": "", "problems": "", "other": ""}
    return make_report(catalog, year=year, sections=sections, facts={"report_id": f"{name}-{year}", "agency_id": name, "agency_name": name})


def found(now: list[ReportFacts], before: list[ReportFacts]) -> dict[str, dict[str, object]]:
    listed = list(standings(now, before, []))
    return {standing.facts.agency_id: dict(alike) for standing, alike in zip(listed, likenesses(listed), strict=True)}


def test_nearly_the_same_prose_is_found_with_its_source(catalog: Catalog) -> None:
    copied = [*prose(1)[:-1], "甲局2023年另有一句"]
    now = [
        report(catalog, "甲局", 2023, copied),
        report(catalog, "乙局", 2023, [*prose(1), "乙局收到12件"]),
        report(catalog, "丙局", 2023, prose(2)),
    ]
    before = [report(catalog, "甲局", 2022, prose(3)), report(catalog, "丙局", 2022, [text + "5" for text in prose(2)])]
    alike = found(now, before)
    assert alike["甲局"] == {"previous": "unlike", "sibling": Alike("乙局", 2023, 97)}
    assert alike["乙局"]["previous"] == "alone"
    assert alike["丙局"] == {"previous": Alike("丙局", 2022, 100), "sibling": "unlike"}


def test_a_tenth_of_its_own_is_enough_and_little_prose_is_not_compared(catalog: Catalog) -> None:
    own = [*prose(1)[:50], *prose(4)[:10]]
    short = prose(5)[:10]
    alike = found([report(catalog, "甲局", 2023, own), report(catalog, "乙局", 2023, prose(1)), report(catalog, "丙局", 2023, short)], [])
    assert alike["甲局"] == {"previous": "alone", "sibling": "unlike"}
    assert alike["丙局"] == {"previous": "short", "sibling": "short"}


def test_every_copy_with_a_few_sentences_of_its_own_is_found(catalog: Catalog) -> None:
    texts = {number: prose(number) for number in range(30)}
    copies = [report(catalog, f"{number}局", 2023, text) for number, text in texts.items()]
    copies += [report(catalog, f"{number}镇", 2023, [*text[:-2], *prose(100 + number, 2)]) for number, text in texts.items()]
    siblings = {name: facts["sibling"] for name, facts in found(copies, []).items()}
    near = {name: (alike.agency_name, alike.percent) for name, alike in siblings.items() if isinstance(alike, Alike)}
    assert {near.get(f"{number}局", ("", 0))[0] for number in texts} == {f"{number}镇" for number in texts}
    assert {percent for _, percent in near.values()} <= {92, 93}
