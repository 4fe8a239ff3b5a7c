"""The bodies of the sample district, with what became of whom. 瀚川市沐云区 does not exist and has no division code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from tests.reports.figures import Size

DISTRICT = "瀚川市沐云区"
SITE = f"{DISTRICT}人民政府"
FIRST_YEAR, LAST_YEAR = 2010, 2025
CONTAINERS = {"t": "txt", "h": "html", "d": "docx", "p": "pdf", "x": "xlsx", "w": "doc", "e": "xls", "m": "mht"}

WHOLE_YEARS = (2014, 2017)  # the government's reports on these are the sums of all bodies, on the others its own office's


@dataclass(frozen=True)
class Body:
    """A body: its name without the district, how it speaks of itself, its size, and the container of each year's report.

    agency_id: in the registry. containers: one letter a year from 2010 (see CONTAINERS); `.` = owed no report, `-` = did not report.
    """

    agency_id: str
    name: str
    we: str
    containers: str
    size: Size
    in_january: bool = True  # departments publish by 31 January, governments by 31 March

    @property
    def agency(self) -> str:
        return DISTRICT + self.name

    def reports_the_whole(self, year: int) -> bool:
        """Whether its report on a year is the sum of all bodies of the district."""
        return self.name == "人民政府" and year in WHOLE_YEARS

    @cached_property
    def years(self) -> list[int]:
        """The years on which it owed a report, those not reported among them."""
        return [FIRST_YEAR + place for place, letter in enumerate(self.containers) if letter != "."]

    def container(self, year: int) -> str | None:
        """The suffix of that year's file; None where there is none."""
        return CONTAINERS.get(self.containers[year - FIRST_YEAR])


@dataclass(frozen=True)
class Reorganisation:
    """What became of bodies, by their names; day: the first on which it was so."""

    link: Literal["rename", "merge", "split"]
    day: date
    before: tuple[str, ...]
    after: tuple[str, ...]


#                    2010      2014      2019      2025
#                       |         |         |         |
BODIES = (
    Body("muyun-government", "人民政府", "区政府", "tdhpdhdwhdhhhppd", Size(160, 42, fees=0, purchases=12), in_january=False),
    Body("muyun-reform", "发展和改革局", "我局", "dthdpthdxdtdphhx", Size(42, 9, licensing=320, penalties=0, services=36, purchases=5)),
    Body(
        "muyun-education",
        "教育局",
        "我局",
        "htddhxedhxdhphdt",
        Size(48, 14, licensing=85, penalties=12, services=20, fees=310, purchases=9),
    ),
    Body("muyun-finance", "财政局", "我局", "pdhtdmdhptdphxdh", Size(30, 11, licensing=46, penalties=15, services=8, purchases=3)),
    Body(
        "muyun-labour",
        "人力资源和社会保障局",
        "我局",
        "thdwxdhtdddthdpd",
        Size(56, 12, licensing=240, penalties=30, services=44, fees=26, purchases=4),
    ),
    Body(
        "muyun-land", "国土资源局", "我局", "dhtphdxhdh......", Size(64, 7, licensing=420, penalties=62, coercion=14, services=30, fees=300)
    ),
    Body(
        "muyun-planning", "规划局", "我局", "hdthdhdpxd......", Size(26, 4, licensing=190, penalties=13, coercion=2, services=22, fees=180)
    ),
    Body(
        "muyun-resources",
        "自然资源局",
        "我局",
        "..........hpdxhd",
        Size(90, 10, licensing=610, penalties=75, coercion=16, services=52, fees=480, purchases=6),
    ),
    Body(
        "muyun-housing",
        "住房和城乡建设局",
        "我局",
        ".........thxhdhp",
        Size(120, 16, licensing=830, penalties=140, coercion=22, services=40, fees=128, purchases=8),
    ),
    Body(
        "muyun-transport",
        "交通运输局",
        "我局",
        "...........dhtxh",
        Size(24, 7, licensing=1250, penalties=460, coercion=35, services=30, purchases=6),
    ),
    Body(
        "muyun-population", "卫生和计划生育局", "我局", "....hdtxd.......", Size(26, 12, licensing=880, penalties=60, services=25, fees=16)
    ),
    Body(
        "muyun-health",
        "卫生健康局",
        "我局",
        ".........pxdthtd",
        Size(28, 13, licensing=930, penalties=66, services=25, fees=18, purchases=7),
    ),
    Body(
        "muyun-market",
        "市场监督管理局",
        "我局",
        ".........hhdxpdt",
        Size(75, 8, licensing=4600, penalties=390, coercion=28, services=18, purchases=5),
    ),
    Body("muyun-approval", "行政审批管理办公室", "我办", "htdhdphtx.......", Size(18, 3, licensing=1450, services=410, purchases=4)),
    Body("muyun-services", "政务服务管理办公室", "我办", ".........dhphd..", Size(22, 4, licensing=1620, services=440, purchases=5)),
    Body("muyun-data", "数据局", "我局", "..............hd", Size(24, 4, licensing=1700, services=450, purchases=6)),
    Body("muyun-culture-and-sports", "文化旅游体育局", "我局", "....dhtdhdhxth..", Size(17, 6, licensing=88, penalties=25, services=32)),
    Body("muyun-culture", "文化和旅游局", "我局", "..............dh", Size(12, 4, licensing=52, penalties=15, services=18)),
    Body("muyun-sports", "体育局", "我局", "..............td", Size(7, 2, licensing=31, penalties=9, services=15)),
    Body(
        "muyun-heting",
        "鹤汀镇人民政府",
        "我镇",
        "dthhtdhxdtxdhphd",
        Size(16, 4, licensing=150, penalties=18, services=22, purchases=4),
        in_january=False,
    ),
    Body(
        "muyun-qingtan",
        "青檀镇人民政府",
        "我镇",
        "..tdhdpthhtd-xth",
        Size(12, 3, licensing=96, penalties=14, services=20, purchases=2),
        in_january=False,
    ),
    Body(
        "muyun-songjian", "松涧乡人民政府", "我乡", "..........dphdxh", Size(7, 5, licensing=40, services=12, purchases=2), in_january=False
    ),
    Body(
        "muyun-wanglan",
        "望澜街道办事处",
        "我街道",
        ".........--xthpd",
        Size(19, 2, licensing=58, penalties=21, services=16, purchases=3),
        in_january=False,
    ),
)

REORGANISATIONS = (
    Reorganisation("rename", date(2019, 3, 1), ("行政审批管理办公室",), ("政务服务管理办公室",)),
    Reorganisation("rename", date(2019, 3, 1), ("卫生和计划生育局",), ("卫生健康局",)),
    Reorganisation("merge", date(2020, 3, 16), ("国土资源局", "规划局"), ("自然资源局",)),
    Reorganisation("rename", date(2024, 3, 28), ("政务服务管理办公室",), ("数据局",)),
    Reorganisation("split", date(2024, 3, 28), ("文化旅游体育局",), ("文化和旅游局", "体育局")),
)


def body_named(name: str) -> Body:
    """The body with this name."""
    return next(body for body in BODIES if body.name == name)


def came_from(body: Body) -> Reorganisation | None:
    """How a body came about; None where it is as old as the sample or was set up anew."""
    return next((each for each in REORGANISATIONS if body.name in each.after), None)


def went_into(body: Body) -> Reorganisation | None:
    """How a body ended; None where it goes on."""
    return next((each for each in REORGANISATIONS if body.name in each.before), None)
