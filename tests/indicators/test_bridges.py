"""The bridges between the forms: closed both ways, followed through the form between, and read the same from either side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Bridge
from pipeline.common.errors import CatalogError
from pipeline.indicators.bridges import Bridges, Counterpart
from tests.catalog.changed_rows import add, copy_of_rows

ANSWERED = "statistics.requests.answered"


def test_every_field_of_every_form_has_its_like_a_bridge_or_a_no_in_each_neighbouring_form(catalog: Catalog) -> None:
    bridges = Bridges(catalog)
    assert bridges.neighbours == [("2014", "2019"), ("2019", "2021")]
    for earlier, later in bridges.neighbours:
        assert bridges.unexplained(earlier, later) == []
    without = Bridges(replace(catalog, bridges=tuple(row for row in catalog.bridges if row.later != ("proactive.fees.amount",))))
    assert without.unexplained("2019", "2021") == [
        "2019 proactive.fees.items_previous_year",
        "2019 proactive.fees.items_change",
        "2021 proactive.fees.amount",
    ]


def test_every_row_names_fields_and_gives_its_reason_in_chinese(catalog: Catalog) -> None:
    lines = [(row.earlier_form, row.later_form) for row in catalog.bridges]
    assert set(lines) == set(Bridges(catalog).neighbours)
    for row in catalog.bridges:
        assert any("一" <= sign <= "鿿" for sign in row.reason_zh)
        assert not row.reason_zh.endswith("。")
        assert (row.how == "sum") <= (len(row.earlier) + len(row.later) > 1)


# form, field, other form, fields, how
KNOWN = [
    ("2021", "requests.new", "2019", ("requests.new",), "same"),
    ("2021", "requests.new", "2014", ("statistics.requests.received",), "same"),
    ("2014", "statistics.requests.received", "2021", ("requests.new",), "same"),
    ("2021", "proactive.normative_documents.issued", "2019", ("proactive.normative_documents.made",), "same"),
    ("2021", "proactive.normative_documents.in_force", "2019", ("proactive.normative_documents.disclosed_total",), "weakly"),
    ("2021", "proactive.normative_documents.repealed", "2019", ("proactive.normative_documents.newly_disclosed",), "no"),
    ("2021", "proactive.normative_documents.issued", "2014", ("statistics.normative_documents_issued",), "weakly"),
    ("2021", "proactive.normative_documents.repealed", "2014", (), "no"),
    ("2021", "proactive.licensing.decisions", "2019", ("proactive.licensing.decisions",), "same"),
    ("2021", "proactive.fees.amount", "2019", (), "no"),
    ("2019", "proactive.procurement.amount", "2021", (), "no"),
    (
        "2019",
        "requests.other",
        "2021",
        tuple(f"requests.other.{name}" for name in ("correction_overdue", "fee_overdue", "remaining")),
        "sum",
    ),
    ("2021", "requests.other.remaining", "2019", (), "no"),
    ("2019", "requests.granted", "2014", (f"{ANSWERED}.already_public", f"{ANSWERED}.granted"), "weakly"),
    ("2021", "requests.granted", "2014", (f"{ANSWERED}.already_public", f"{ANSWERED}.granted"), "weakly"),
    ("2014", f"{ANSWERED}.granted", "2019", (), "no"),
    ("2014", "statistics.litigation", "2021", ("remedies.litigation_direct.total", "remedies.litigation_after_review.total"), "weakly"),
    ("2021", "remedies.litigation_direct.total", "2014", (), "no"),
    ("2021", "remedies.review.pending", "2014", (), "no"),
    ("2021", "requests.carried_out", "2014", (), "no"),
    ("2014", "statistics.channel.weibo", "2019", (), "no"),
]


@pytest.mark.parametrize(("form", "field", "other", "fields", "how"), KNOWN)
def test_known_counterparts(catalog: Catalog, form: str, field: str, other: str, fields: tuple[str, ...], how: str) -> None:
    found = Bridges(catalog).counterpart(form, field, other)
    assert (found.fields, found.how) == (fields, how)
    assert found.reason_zh or (how == "same" and fields == (field,))


def test_what_one_side_says_the_other_says_too(catalog: Catalog) -> None:
    bridges = Bridges(catalog)
    for first in ("2014", "2019", "2021"):
        for second in ("2014", "2019", "2021"):
            for field in catalog.fields_of(first):
                there = bridges.counterpart(first, field.field, second)
                if there.how != "no":
                    back = bridges.counterpart_of_sum(second, there.fields, first)
                    assert (back.fields, back.how) == ((field.field,), there.how), (first, field.field, second)


def test_sums_follow_as_one_where_a_row_says_so(catalog: Catalog) -> None:
    bridges = Bridges(catalog)
    held = ("requests.unavailable.not_held", "requests.unavailable.would_need_creating")
    assert bridges.counterpart_of_sum("2021", held, "2014").fields == (f"{ANSWERED}.not_this_agency", f"{ANSWERED}.does_not_exist")
    two = ("requests.new", "requests.granted")
    assert bridges.counterpart_of_sum("2021", two, "2019") == Counterpart(two, "sum")
    assert bridges.counterpart_of_sum("2021", ("requests.new", "requests.carried_in"), "2014").how == "no"


def test_a_form_without_fields_has_nothing_to_compare(catalog: Catalog) -> None:
    found = Bridges(catalog).counterpart("2021", "requests.new", "2008")
    assert (found.fields, found.how) == ((), "no")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"earlier_form": "2019", "earlier": "requests.wishes", "later_form": "2021", "how": "no"}, "2019 年格式没有指标 requests.wishes"),
        ({"earlier_form": "2019", "later_form": "2021", "later": "requests.other", "how": "no"}, "2021 年格式没有指标 requests.other"),
        ({"earlier_form": "2019", "later_form": "2021", "later": "requests.new", "how": "same"}, "可比的两侧都要写明指标"),
        ({"earlier_form": "2019", "later_form": "2021", "how": "no"}, "至少写明一侧"),
        ({"earlier_form": "2019", "earlier": "requests.new", "later_form": "2021", "how": "nearly"}, "应为 same、sum、weakly、no 之一"),
        ({"earlier_form": "2018", "earlier": "requests.new", "later_form": "2021", "how": "no"}, "earlier_form"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(row: dict[str, str], says: str, tmp_path: Path) -> None:
    rows = copy_of_rows(tmp_path)
    add(rows / "bridges.csv", {"reason_zh": "测试", **row})
    with pytest.raises(CatalogError, match=r"bridges\.csv") as told:
        load_catalog(rows)
    assert says in str(told.value)


def test_a_bridge_may_join_forms_that_share_no_field(catalog: Catalog) -> None:
    link = Bridge("2019", ("remedies.review.total",), "2021", ("requests.new",), "weakly", "测试")
    found = Bridges(replace(catalog, bridges=(link,))).counterpart("2021", "requests.new", "2019")
    assert found == Counterpart(("remedies.review.total",), "weakly", "测试")
