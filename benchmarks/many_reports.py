"""Core tables of any number of made reports, as a build would have them: to see how the rules run over a whole province.

Bodies are invented; each has a report for each year, in the form that was due. One in ten has a mistake in it, one in ten has blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.checks.model import ReportFacts
from tests.checks.build_report import make_report
from tests.checks.core_tables import core_tables
from tests.reports.content import Key, plain
from tests.reports.figures import Size, consistent_figures

YEARS = (2020, 2021, 2022, 2023)
_SAID = ("requests.new[total]", "requests.handled[total]", "requests.granted[total]", "remedies.review.total")
_DOCUMENTS = {"2019": "proactive.normative_documents.made", "2021": "proactive.normative_documents.issued"}
_KINDS = (("department", "county"), ("town", "town"), ("department", "city"), ("government", "county"))
_SIGNS = "安柏川东福谷海嘉康乐林明宁平青荣山泰文秀云泽长州"
_TOPICS = ("机构职能", "财政预算", "行政许可", "行政处罚", "政府采购", "重大建设项目", "招考录用", "社会救助", "义务教育", "医疗卫生")
_ACTIONS = ("修订公开指南", "调整公开目录", "清理失效文件", "规范答复文书", "开展业务培训", "完善审核流程", "优化栏目设置", "回应群众关切")
_RESULTS = ("内容更加完整", "更新更加及时", "查找更加方便", "程序更加规范", "群众更加满意", "责任更加明确")


def many_tables(catalog: Catalog, count: int) -> dict[int, dict[str, pa.Table]]:
    """By year the core tables of `count` reports in all."""
    bodies = [_reports(catalog, number) for number in range(-(-count // len(YEARS)))]
    return {year: core_tables(catalog, [next(reports) for reports in bodies]) for year in YEARS}


def _reports(catalog: Catalog, number: int) -> Iterator[ReportFacts]:
    random, history = Random(number), dict[Key, Decimal]()
    kind, level = _KINDS[number % len(_KINDS)]
    agency = "瀚川市沐云区" + "".join(random.choices(_SIGNS, k=3)) + "管理局"
    size = Size(
        requests=random.randint(0, 90), licensing=random.randint(0, 900), penalties=random.randint(0, 200), fees=random.randint(0, 9)
    )
    for year in YEARS:
        form = catalog.form_due(year)
        assert form is not None
        values = consistent_figures(catalog, form.form, random, history, size)
        history |= values
        printed = {f"{field}[{applicant}]" if applicant else field: _figure(field, value) for (field, applicant), value in values.items()}
        said = [printed[key] for key in (*_SAID, _DOCUMENTS[form.form])]
        _spoil(printed, random)
        facts = {"report_id": f"{number:05}-{year}", "agency_id": f"a-{number}", "agency_name": agency, "title_agency": agency}
        facts |= {"agency_kind": kind, "agency_level": level, "stated_agency": None, "published_on": date(year + 1, 1, 20)}
        yield make_report(catalog, form.form, printed, year=year, sections=_sections(random, year, *said), facts=facts)


def _figure(field: str, value: Decimal) -> str:
    return f"{plain(value)}|{plain(value)}元" if field.endswith(".amount") else plain(value)


def _spoil(printed: dict[str, str], random: Random) -> None:
    """In one report of ten a figure that breaks a sum, in another one cells without a figure."""
    drawn = random.random()
    for key in random.sample(list(printed), 1 if drawn < 0.1 else random.randint(1, 30) if drawn < 0.2 else 0):
        printed[key] = str(random.randint(0, 999)) if drawn < 0.1 else ""


def _sections(random: Random, year: int, new: str, handled: str, granted: str, reviews: str, documents: str) -> dict[str, str]:
    told = (
        f"全年收到政府信息公开申请{new}件，办结{handled}件，其中予以公开{granted}件。" if new != "0" else "全年没有收到政府信息公开申请。"
    )
    told += f"因政府信息公开被申请行政复议{reviews}件。" if reviews != "0" else "没有因政府信息公开被申请行政复议。"
    disclosed, website = random.randint(500, 900), random.randint(100, 400)
    items = (
        f"全年主动公开政府信息{disclosed}条，其中政府网站{website}条，政务微信{disclosed - website}条，同比增长{random.randint(1, 30)}%。"
    )
    return {
        "overview": f"{year}年统计期限为1月1日至12月31日。{items}{_prose(random, 20)}",
        "proactive": f"本年制发规范性文件{documents}件。{_prose(random, 4)}",
        "requests": told + _prose(random, 4),
        "remedies": _prose(random, 1),
        "problems": f"存在的主要问题是更新不够及时。{_prose(random, 8)}下一步将按月检查栏目。",
        "other": f"本年度没有收取信息处理费。{_prose(random, 1)}",
    }


def _prose(random: Random, sentences: int) -> str:
    """Sentences of which half is what everybody writes, and half signs that nobody else has."""
    drawn = ((random.choice(_TOPICS), random.choice(_ACTIONS), random.choice(_RESULTS)) for _ in range(sentences))
    return "".join(f"围绕{topic}等重点领域{action}，{_signs(random, 16)}，{result}。" for topic, action, result in drawn)


def _signs(random: Random, count: int) -> str:
    return "".join(map(chr, random.choices(range(0x4E00, 0x9FA5), k=count)))
