"""What a clerk reads of errors that cannot be told: short, and never as if it were sure."""

from __future__ import annotations

from pipeline.catalog import Catalog
from pipeline.checks.localisation.locate import locate
from pipeline.checks.localisation.ranking import ranked
from pipeline.checks.localisation.windows import windows
from pipeline.checks.localisation.wording import Wording
from pipeline.checks.model import ReportFacts
from tests.localisation.test_typical_errors import doubtful, report


def said(catalog: Catalog, now: ReportFacts) -> list[str]:
    (window,) = windows(now.report_year or 0, [now])
    return [
        Wording(catalog, located.system, now).probable(part, ranked(catalog.localisation, located.system, part))
        for located in locate(catalog, window)
        for part in located.parts
    ]


def test_cells_of_one_row_are_said_together(catalog: Catalog) -> None:
    (text,) = said(catalog, report(catalog, {"requests.granted[natural_person]": "6", "requests.granted[enterprise]": "2"}))
    assert text.startswith("仅凭本报告无法判断：有 ")
    assert "表三“本年度办理结果/予以公开”行，自然人由 6 改为 5、商业企业由 2 改为 3（填错了列）" in text
    assert "应为" not in text


def test_two_figures_of_one_row_are_not_said_for_certain(catalog: Catalog) -> None:
    (text,) = said(catalog, report(catalog, {"requests.granted[natural_person]": "8", "requests.granted[enterprise]": "2"}))
    assert text.startswith("仅凭本报告无法判断：")
    assert "若另有数字填错了列或行" in text


def test_what_may_have_been_misread_is_said_in_the_words_by_which_it_is_known_again(catalog: Catalog) -> None:
    now = report(catalog, {"remedies.review.upheld": "12"})
    for name in ("upheld", "total"):
        now = doubtful(now, f"remedies.review.{name}", confidence=0.6)
    (text,) = said(catalog, now)
    assert "①扫描件表四" in text and "可能是 14（识别为“4”），请先对照原件" in text
