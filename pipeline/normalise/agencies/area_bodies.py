"""Whose reports make up the sum of each area, each once, and why the others do not: the rows of core_area_bodies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from pipeline.catalog.agencies import owes_to_its_area
from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.history import CARRIES_ON
from pipeline.normalise.agencies.areas import AreaTree
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.readers.records import Record

Coverage = Literal["whole_area", "own_office", "unknown"]
Role = Literal["own", "body", "whole", "sum"]
OFFICE = "office"  # 政府办公室, 政府办公厅
ALL, ALL_NAME = "", "全部单位"  # the group of everything that was reported, whatever area it belongs to


class Filed(NamedTuple):
    """The report that counts of a body; coverage: of a government's, else unknown."""

    report_id: str
    agency_name: str
    coverage: Coverage = "unknown"


class OwnOffices(NamedTuple):
    """What is known of the own offices of governments beside the reports that count.

    copies: by government its report on its own office alone, which stands beside that on the whole area; alike: pairs of a
    government's report and one of its general office that print the same figures; listed: the bodies that the roster names.
    """

    copies: Mapping[str, Filed]
    alike: Collection[tuple[str, str]]
    listed: Collection[str] = ()


_NOTHING_KNOWN = OwnOffices({}, ())


@dataclass(frozen=True, slots=True)
class Part:
    """A body of an area.

    role: `own` the government's own office (by its own report, the one on the own office that stands beside its sum, or that of its
    general office), `body`, `whole` a government below with all that is below it, `sum` the government's report on the whole area,
    which is what the others add up to.
    counted: its figures are in the sum. expected: the sum lacks something without them.
    """

    agency_id: str
    report_id: str | None
    role: Role
    counted: bool
    expected: bool
    reason: str = ""


class AreaBodies:
    """The parts of the areas of one year. owing: the bodies that owe a report for it, as roster or registry say."""

    def __init__(
        self,
        catalog: Catalog,
        bodies: Bodies,
        tree: AreaTree,
        year: int,
        filed: Mapping[str, Filed],
        owing: Mapping[str, str],
        own_offices: OwnOffices = _NOTHING_KNOWN,
    ) -> None:
        self._catalog, self._bodies, self._tree = catalog, bodies, tree
        self._filed, self._owing, self._own_offices = filed, owing, own_offices
        self._replaced, self._stood_in_for = _succession(bodies, year, filed)

    def rows(self, year: int) -> Iterator[Record]:
        """Every area with its parts, and the group of all bodies."""
        for government in self._tree.governments:
            yield from self._rows(year, government, self._name(government), self.parts(government))
        yield from self._rows(year, ALL, ALL_NAME, self.everything())

    def parts(self, government: str) -> list[Part]:
        """What makes up the area of a government: its own office, and everything below it, each figure once."""
        below = [
            replace(part, role="own") if self._tree.kind(member) == OFFICE else part
            for member in self._tree.members(government)
            for part in self._of_member(member)
        ]
        return self._own_once([*self._own_office(government), *below])

    def everything(self) -> list[Part]:
        """Every report once; a government's sum is left out where a body is there that it sums up."""
        parts: list[Part] = []
        for agency_id in sorted(self._filed):
            filed = self._filed[agency_id]
            is_sum = filed.coverage != "own_office" and self._has_counted_bodies(agency_id)
            if is_sum:
                known = filed.coverage == "whole_area"
                parts += self._own_office(agency_id) if known else [self._unclear(agency_id, filed)]
            elif agency_id in self._replaced:
                parts.append(Part(agency_id, filed.report_id, "body", False, False, self._replaced[agency_id]))
            else:
                parts.append(Part(agency_id, filed.report_id, "body", True, True))
        missing = (agency_id for agency_id in self._owing if agency_id not in self._filed and agency_id not in self._stood_in_for)
        return self._own_once([*parts, *(Part(agency_id, None, "body", False, True) for agency_id in missing)])

    def _own_office(self, government: str) -> Iterator[Part]:
        filed = self._filed.get(government)
        if filed is None:
            if government in self._owing:
                yield Part(government, None, "own", False, True)
        elif filed.coverage == "own_office":
            yield Part(government, filed.report_id, "own", True, True)
        elif filed.coverage == "whole_area":
            yield Part(government, filed.report_id, "sum", False, False, "其报告为全地区的汇总数，不与所属单位重复相加")
            if own := self._own_offices.copies.get(government):
                yield Part(government, own.report_id, "own", True, True, "汇总之外另有只含本级数字的报告，政府本级以其计入")
        else:
            yield self._unclear(government, filed)

    def _own_once(self, parts: Iterable[Part]) -> list[Part]:
        """A general office that reported what its government did: on the own office it would count twice, and a sum is not its own.

        One that reported nothing is no gap where its government's report is on the own office, unless the roster asks for both.
        """
        listed = list(parts)
        counted, sums = ({part.report_id for part in listed if part.counted}, {part.report_id for part in listed if part.role == "sum"})
        above: dict[str | None, str] = {office: whole for whole, office in self._own_offices.alike if whole in counted | sums}
        told = {part.agency_id for part in listed if part.counted and self._is_of_own_office(part.agency_id, part.report_id)}
        return [self._once(part, above, sums, told) for part in listed]

    def _once(self, part: Part, above: Mapping[str | None, str], sums: Collection[str | None], told: Collection[str]) -> Part:
        if part.counted and part.report_id in above:
            is_sum = above[part.report_id] in sums
            reason = "数字与全地区的汇总数完全相同，不是政府本级的数字，未计入" if is_sum else "数字与政府本级的报告完全相同，不重复计入"
            return replace(part, counted=False, expected=is_sum, reason=reason)
        is_absent = part.report_id is None and part.agency_id not in self._own_offices.listed
        if (
            is_absent
            and self._tree.has(part.agency_id)
            and self._kind(part.agency_id) == OFFICE
            and self._tree.parent(part.agency_id) in told
        ):
            return replace(part, expected=False, reason="没有另行报告，以政府本级的报告为准")
        return part

    def _is_of_own_office(self, agency_id: str, report_id: str | None) -> bool:
        filed, copy = self._filed.get(agency_id), self._own_offices.copies.get(agency_id)
        is_own = filed is not None and filed.report_id == report_id and filed.coverage == "own_office"
        return is_own or (copy is not None and copy.report_id == report_id)

    def _unclear(self, government: str, filed: Filed) -> Part:
        return Part(government, filed.report_id, "own", False, True, "报告范围不明，可能已含所属单位，未计入")

    def _of_member(self, agency_id: str) -> Iterator[Part]:
        filed = self._filed.get(agency_id)
        expected = agency_id in self._owing
        if not expected and not owes_to_its_area(self._catalog, self._kind(agency_id)):
            yield Part(agency_id, filed.report_id if filed else None, "body", False, False, "垂直管理单位或派出机构，不计入本地区")
        elif self._tree.governs(agency_id):
            yield from self._of_government(agency_id, filed, expected)
        elif filed and agency_id in self._replaced:
            yield Part(agency_id, filed.report_id, "body", False, False, self._replaced[agency_id])
        elif filed:
            yield Part(agency_id, filed.report_id, "body", True, True, "" if expected else "不在应报之列而有报告，计入")
        elif expected and agency_id not in self._stood_in_for:
            yield Part(agency_id, None, "body", False, True)

    def _of_government(self, agency_id: str, filed: Filed | None, expected: bool) -> Iterator[Part]:
        """A government below: by its report on its whole area, else by its bodies, of which one at least has to be there."""
        if filed and filed.coverage == "whole_area":
            yield Part(agency_id, filed.report_id, "whole", True, expected, "以其全地区的汇总数计入")
        elif filed and filed.coverage == "unknown" and not self._has_counted_bodies(agency_id):
            yield Part(agency_id, filed.report_id, "whole", True, expected, "报告范围不明，没有收到所属单位的报告，以其报告计入")
        else:
            yield from (replace(part, role="body") if part.role == "own" else part for part in self.parts(agency_id))

    def _has_counted_bodies(self, agency_id: str) -> bool:
        if agency_id not in self._bodies.registry.by_id or not self._tree.governs(agency_id):
            return False
        return any(part.counted for member in self._tree.members(agency_id) for part in self._of_member(member))

    def _rows(self, year: int, area_id: str, area_name: str, parts: Collection[Part]) -> Iterator[Record]:
        for part in dict.fromkeys(parts):
            yield {
                "report_year": year,
                "area_id": area_id,
                "area_name": area_name,
                "agency_id": part.agency_id,
                "agency_name": self._name(part.agency_id),
                "report_id": part.report_id,
                "body_role": part.role,
                "is_counted": part.counted,
                "is_expected": part.expected,
                "body_reason": part.reason or ("" if part.report_id else "未见报告"),
            }

    def _kind(self, agency_id: str) -> str | None:
        return self._tree.kind(agency_id)

    def _name(self, agency_id: str) -> str:
        row = self._bodies.registry.by_id.get(agency_id)
        if row:
            return row.agency_name
        return self._filed[agency_id].agency_name if agency_id in self._filed else self._owing[agency_id]


def _succession(bodies: Bodies, year: int, filed: Mapping[str, Filed]) -> tuple[dict[str, str], set[str]]:
    """Bodies that went into others which reported, with what is to be said; and bodies for which all that went into them reported.

    A merger in the year is reported on by the new body, or by those that went into it: never by both at once in one sum.
    """
    replaced: dict[str, str] = {}
    stood_in_for: set[str] = set()
    for group in bodies.history.groups(year):
        before = [each for each in group.previous if each not in group.agencies]
        if any(each in filed for each in group.agencies):
            names = "、".join(bodies.registry.agency(each).agency_name for each in group.agencies if each in filed)
            replaced.update((each, f"已由“{names}”报告，不重复计入") for each in before if each in filed)
        elif before and all(each in filed for each in group.previous):
            stood_in_for.update(group.agencies)
    for agency_id in filed.keys() & bodies.registry.by_id.keys() - replaced.keys():
        if not bodies.history.exists(agency_id, year) and (after := [each for each in _later(bodies, agency_id, year) if each in filed]):
            names = "、".join(bodies.registry.agency(each).agency_name for each in after)
            replaced[agency_id] = f"该单位已不存在，其职能已由“{names}”报告，不重复计入"
    return replaced, stood_in_for


def _later(bodies: Bodies, agency_id: str, year: int) -> list[str]:
    """The bodies into which one went, one after the other, up to the end of a year."""
    found: dict[str, None] = {}
    waiting = [agency_id]
    while waiting:
        before = waiting.pop()
        for link in bodies.history.links_of(before):
            is_after = link.from_id == before and link.link in CARRIES_ON and link.date.year <= year
            if is_after and link.to_id and link.to_id not in found and link.to_id != agency_id:
                waiting.append(link.to_id)
                found[link.to_id] = None
    return list(found)
