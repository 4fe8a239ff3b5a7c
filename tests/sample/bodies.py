"""The bodies of the sample district. 瀚川市沐云区 does not exist; its division code would be 990102."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reports.figures import Size

DISTRICT = "瀚川市沐云区"
SITE = f"{DISTRICT}人民政府"
FIRST_YEAR, LAST_YEAR = 2019, 2024
CONTAINERS = {"t": "txt", "h": "html", "d": "docx", "p": "pdf", "x": "xlsx"}


@dataclass(frozen=True)
class Body:
    """A body: its name without the district, how it speaks of itself, its size, and the container of each year's report.

    containers: one letter a year from 2019 (see CONTAINERS); `.` = had not begun to report, `-` = did not report.
    """

    name: str
    we: str
    containers: str
    size: Size
    in_january: bool = True  # departments publish by 31 January, governments by 31 March

    @property
    def agency(self) -> str:
        return DISTRICT + self.name

    @property
    def years(self) -> list[int]:
        """The years from the first report on, those not reported among them."""
        return [FIRST_YEAR + place for place, letter in enumerate(self.containers) if letter != "."]

    def container(self, year: int) -> str | None:
        """The suffix of that year's file; None where there is none."""
        return CONTAINERS.get(self.containers[year - FIRST_YEAR])


BODIES = (
    Body("人民政府", "区政府", "dhhhpp", Size(160, 42, fees=0, purchases=12), in_january=False),
    Body("发展和改革局", "我局", "dtdphh", Size(42, 9, licensing=320, penalties=0, services=36, purchases=5)),
    Body("教育局", "我局", "xdhphd", Size(48, 14, licensing=85, penalties=12, services=20, fees=310, purchases=9)),
    Body("财政局", "我局", "tdphxd", Size(30, 11, licensing=46, penalties=15, services=8, purchases=3)),
    Body("人力资源和社会保障局", "我局", "ddthdp", Size(56, 12, licensing=240, penalties=30, services=44, fees=26, purchases=4)),
    Body("自然资源局", "我局", ".hpdxh", Size(90, 10, licensing=610, penalties=75, coercion=16, services=52, fees=480, purchases=6)),
    Body(
        "住房和城乡建设局", "我局", "thxhdh", Size(120, 16, licensing=830, penalties=140, coercion=22, services=40, fees=128, purchases=8)
    ),
    Body("交通运输局", "我局", "..dhtx", Size(24, 7, licensing=1250, penalties=460, coercion=35, services=30, purchases=6)),
    Body("卫生健康局", "我局", "pxdtht", Size(28, 13, licensing=930, penalties=66, services=25, fees=18, purchases=7)),
    Body("市场监督管理局", "我局", "hhdxpd", Size(75, 8, licensing=4600, penalties=390, coercion=28, services=18, purchases=5)),
    Body("鹤汀镇人民政府", "我镇", "txdhph", Size(16, 4, licensing=150, penalties=18, services=22, purchases=4), in_january=False),
    Body("青檀镇人民政府", "我镇", "htd-xt", Size(12, 3, licensing=96, penalties=14, services=20, purchases=2), in_january=False),
    Body("松涧乡人民政府", "我乡", ".dphdx", Size(7, 5, licensing=40, services=12, purchases=2), in_january=False),
    Body("望澜街道办事处", "我街道", "..xthp", Size(19, 2, licensing=58, penalties=21, services=16, purchases=3), in_january=False),
)
