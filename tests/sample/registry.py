"""The registry of the sample district and its decisions: rows in the tables of data/decisions, beside which others may stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta

from pipeline.catalog.decisions import COLUMNS as DECISION_COLUMNS
from pipeline.catalog.registry.load import COLUMNS as REGISTRY_COLUMNS
from tests.sample.bodies import BODIES, LAST_YEAR, REORGANISATIONS, Body, body_named, came_from, went_into
from tests.sample.decisions import decision_rows
from tests.sample.yinzhou import YINZHOU, YINZHOU_YEAR

COLUMNS = {**REGISTRY_COLUMNS, **DECISION_COLUMNS}
PREFIX = "muyun-"  # how the ids of all bodies of the sample begin
_NOTE = "示例，虚构单位"
_SET_UP = {"望澜街道办事处": date(2018, 12, 1), "市场监督管理局": date(2019, 1, 18)}
_SHORT = {
    "发展和改革局": ("区发改局",),
    "人力资源和社会保障局": ("区人社局",),
    "住房和城乡建设局": ("区住建局",),
    "行政审批管理办公室": ("区审管办",),
    "政务服务管理办公室": ("区政务办",),
    "数据局": ("区数据局",),
}
_OTHER_NAMES = (("自然资源局", "瀚川市沐云区自然资源和规划局", "挂牌时所用名称"),)
_TOWNS = ("镇人民政府", "乡人民政府", "街道办事处")


def registry_rows() -> dict[str, list[dict[str, str]]]:
    """File name -> rows, as the loader wants them."""
    return {
        "agencies.csv": [_agency(body) for body in BODIES],
        "agency_names.csv": [
            {"agency_id": body_named(name).agency_id, "name": other, "valid_from": "", "valid_to": "", "source": f"{_NOTE}，{source}"}
            for name, other, source in _OTHER_NAMES
        ],
        "agency_links.csv": [
            {
                "link": each.link,
                "from_id": body_named(before).agency_id,
                "to_id": body_named(after).agency_id,
                "date": str(each.day),
                "source": "示例",
                "note": _NOTE,
            }
            for each in REORGANISATIONS
            for before in each.before
            for after in each.after
        ],
        "roster.csv": [
            *(_owed(body.agency_id, body.agency, body.years[0], body.years[-1]) for body in BODIES),
            _owed("", YINZHOU, YINZHOU_YEAR, YINZHOU_YEAR),
        ],
        **decision_rows(),
    }


def _agency(body: Body) -> dict[str, str]:
    origin, end = came_from(body), went_into(body)
    first = origin.day if origin else _SET_UP.get(body.name)
    return {
        "agency_id": body.agency_id,
        "agency_name": body.agency,
        "short_names": "|".join(_SHORT.get(body.name, ())),
        "agency_kind": "government" if body.name == "人民政府" else "town" if body.name.endswith(_TOWNS) else "department",
        "agency_level": "town" if body.name.endswith(_TOWNS) else "county",
        "division_code": "",
        "parent_id": "" if body.name == "人民政府" else BODIES[0].agency_id,
        "organisation_code": "",
        "valid_from": str(first or ""),
        "valid_to": str(end.day - timedelta(days=1)) if end else "",
        "note": _NOTE,
    }


def _owed(agency_id: str, name: str, first: int, last: int) -> dict[str, str]:
    values = (agency_id, name, str(first), "" if last == LAST_YEAR else str(last), "", _NOTE if agency_id else "示例")
    return dict(zip(COLUMNS["roster.csv"], values, strict=True))


def is_of_the_sample(row: dict[str, str]) -> bool:
    """Whether a row of data/decisions is one of these: by its ids, or by its note where it names a body without one."""
    ids = [row.get(column) or "" for column in ("agency_id", "from_id")]
    return any(each.startswith(PREFIX) for each in ids) or (not any(ids) and row.get("note") == "示例")


def with_sample(file: str, before: bytes) -> bytes:
    """A table of data/decisions with the rows of the sample behind all others."""
    return _table(file, [*_others(before), *registry_rows()[file]])


def _others(before: bytes) -> Iterable[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(before.decode("utf-8-sig"), newline=""))
    return [row for row in rows if not is_of_the_sample(row)]


def _table(file: str, rows: Iterable[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS[file], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if file in DECISION_COLUMNS else "utf-8")  # commands add rows to these as they find them
