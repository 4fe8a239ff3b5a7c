from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Indicator
from pipeline.common.errors import CatalogError
from pipeline.indicators.terms import ANY_FORM, CompiledIndicator, compile_indicators, one_of_each
from tests.indicators.builders import FORM_2014, FORM_2019, FORM_2021, FiledReport, indicators_of

NEW_FORMS_ONLY = [
    "caseload",
    "applicant_share",
    "carry_over_rate",
    "not_processed_rate",
    "other_rate",
    "not_held_rate",
    "petition_share",
    "excessive_share",
    "direct_litigation_share",
    "decisions",
]
ONE_FORM_ONLY = {
    "2014": ["extension_rate", "disclosed_items", "channel_mix", "responses", "head_attendance", "staff", "budget_per_request", "training"],
    "2021": ["documents_net_change", "repeal_rate", "fee_amount"],
}
OTHER_FORMS = {"document_disclosure_rate": {"2014", "2019"}, "publication_lag": set(), "quality_score": set(), "information_fee": set()}


def row(**changes: object) -> Indicator:
    base = Indicator("invented", "invented", "新编指标", "件", (), (), "requests.new[total]", None, 0, False, "", "测试用")
    return replace(base, **changes)  # type: ignore[arg-type]


def needs_quantity(compiled: CompiledIndicator) -> bool:
    return any(term.form == ANY_FORM for term in compiled.terms)


def compile_only(catalog: Catalog, *rows: Indicator) -> tuple[CompiledIndicator, ...]:
    return compile_indicators(replace(catalog, indicators=rows))


def test_every_indicator_resolves_in_the_forms_it_is_meant_for(catalog: Catalog) -> None:
    reached: dict[str, set[str]] = {}
    for formula in compile_indicators(catalog):
        stem = formula.indicator.partition(".")[0]
        reached.setdefault(stem, set()).update(formula.forms)
    assert len(reached) >= 38
    for name, forms in reached.items():
        only = next(({form} for form, names in ONE_FORM_ONLY.items() if name in names), None)
        expected = only or OTHER_FORMS.get(name, {"2019", "2021"} if name in NEW_FORMS_ONLY else {"2014", "2019", "2021"})
        assert forms == expected, name
    assert {row.minimum_denominator for row in catalog.indicators if row.denominator} == {10}


@pytest.mark.parametrize(("form", "forms"), [("2014", FORM_2014), ("2019", FORM_2019), ("2021", FORM_2021)])
def test_every_indicator_has_a_value_on_a_full_report(catalog: Catalog, form: str, forms: dict[str, str]) -> None:
    figures = {}
    for field in catalog.fields_of(form):
        for applicant in [entry.applicant for entry in catalog.applicants] if field.by_applicant else [""]:
            figures[(field.field, applicant) if applicant else field.field] = 200 if field.field.endswith((".total", ".handled")) else 20
    rows = indicators_of(catalog, FiledReport("甲局", 2016 if form == "2014" else 2020, figures, forms))
    expected = {row.indicator for row in compile_indicators(catalog) if form in row.forms and not needs_quantity(row)}
    assert {indicator for _, indicator in rows} == expected
    for (_, name), shown in rows.items():
        if name == "repeal_rate":  # without last year's report there is no stock to begin with
            assert shown["shown_as"] == "missing"
            continue
        assert shown["shown_as"] in ("ratio", "level"), name
        assert (shown["ratio"] is None) != (shown["level"] is None), name


def test_labels_name_what_each_stands_for(catalog: Catalog) -> None:
    labels = {indicator.indicator: indicator.label for indicator in compile_indicators(catalog)}
    assert labels["applicant_share.natural_person"] == "申请人占比（自然人）"
    assert labels["applicant_share.other_organization"] == "申请人占比（法人或其他组织·其他）"
    assert labels["denial_mix.trade_secret"] == "不予公开理由占比（涉及商业秘密）"
    assert labels["responses.topics"] == "回应解读（回应公众关注热点或重大舆情数）"
    assert labels["denial_mix.security_and_stability"] == "不予公开理由占比（危及“三安全一稳定”）"
    assert len(set(labels.values())) == len(labels)
    assert not [label for label in labels.values() if "$" in label]


def test_parts_all_wildcards_factors_and_repeated_cells_are_written_out(catalog: Catalog) -> None:
    numerator = "2*requests.new[parts] + requests.new[enterprise] - requests.denied.*[total] + 3"
    (compiled,) = compile_only(catalog, row(forms=("2021",), numerator=numerator, denominator="requests.new[all]"))
    terms = {(term.side, term.field, term.applicant): term.coefficient for term in compiled.terms}
    assert terms["numerator", "requests.new", "natural_person"] == 2
    assert terms["numerator", "requests.new", "enterprise"] == 3
    assert terms["numerator", "requests.denied.state_secret", "total"] == -1
    assert ("numerator", "requests.new", "total") not in terms
    assert len([key for key in terms if key[0] == "numerator"]) == 6 + 8
    assert len([key for key in terms if key[0] == "denominator"]) == 7
    assert compiled.numerator_constant == 3


def test_constants_and_fractions_count(catalog: Catalog) -> None:
    invented = row(numerator="0.125*requests.new[total] + requests.carried_in[total] + 7", denominator="100 - requests.handled[total]")
    changed = replace(catalog, indicators=(invented,))
    figures = {("requests.new", "total"): 4, ("requests.handled", "total"): 60}
    shown = indicators_of(changed, FiledReport("甲局", 2023, figures))["甲局", "invented"]
    assert (shown["numerator"], shown["denominator"]) == (7.5, 40)
    assert shown["ratio"] == 7.5 / 40


def test_without_forms_a_row_holds_for_the_forms_that_have_its_cells(catalog: Catalog) -> None:
    (compiled,) = compile_only(catalog, row(numerator="requests.other.remaining[total]"))
    assert compiled.forms == ("2021",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"numerator": "requests.nwe[total]"}, "没有指标 requests.nwe"),
        ({"numerator": "requests.other.remaining[total]", "forms": ("2019", "2021")}, "2019 年格式没有指标"),
        ({"forms": ("2020",)}, "没有 2020 这种格式"),
        ({"numerator": "requests.new"}, "应写明申请人类别"),
        ({"numerator": "requests.new[everyone]"}, "应写明申请人类别"),
        ({"numerator": "remedies.review.total[total]"}, "不分申请人类别"),
        ({"numerator": "requests.new[total] = requests.handled[total]"}, "不能有关系符号"),
        ({"denominator": "100"}, "至少要有一个单元格"),
        ({"numerator": "0.0001*requests.new[total]"}, "最多三位小数"),
        ({"each": ("@everyone",)}, "@everyone"),
        ({"each": ("a", "b"), "indicator": "x.$"}, "each 的值 a"),
        ({"each": ("@parts",), "numerator": "requests.new[$]"}, "不止一次"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_the_reason(catalog: Catalog, changes: dict[str, object], message: str) -> None:
    with pytest.raises(CatalogError, match=message.replace("$", r"\$").replace("*", r"\*")):
        compile_only(catalog, row(**changes))


def test_one_indicator_may_have_another_formula_for_another_form(catalog: Catalog) -> None:
    general = row(numerator="requests.new[total]", denominator="requests.handled[total]")
    special = replace(general, definition="invented@2019", forms=("2019",), numerator="requests.new[total] + requests.carried_in[total]")
    compiled = compile_only(catalog, general, special)
    assert {formula.definition: formula.forms for formula in compiled} == {"invented": ("2021",), "invented@2019": ("2019",)}
    assert [formula.indicator for formula in one_of_each(compiled)] == ["invented"]
    changed = replace(catalog, indicators=(general, special))
    figures = {("requests.new", "total"): 40, ("requests.carried_in", "total"): 5, ("requests.handled", "total"): 50}
    rows = indicators_of(changed, FiledReport("旧", 2020, figures, FORM_2019), FiledReport("新", 2021, figures, FORM_2021))
    assert {name: (shown["numerator"], shown["definition"]) for (name, _), shown in rows.items()} == {
        "旧": (45, "invented@2019"),
        "新": (40, "invented"),
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"forms": ("2021",)}, "2021 年格式已有另一算式"),
        ({"forms": ("2019",), "label_zh": "别名"}, "名称、单位应与 invented 相同"),
        ({"forms": ("2019",), "unit": "次"}, "名称、单位应与 invented 相同"),
        ({"forms": ("2019",), "denominator": None}, "同为比率或同为绝对数"),
    ],
)
def test_two_formulas_of_one_indicator_must_fit_together(catalog: Catalog, changes: dict[str, object], message: str) -> None:
    first = row(forms=("2021",), denominator="requests.handled[total]")
    with pytest.raises(CatalogError, match=message):
        compile_only(catalog, first, replace(first, definition="second", **changes))  # type: ignore[arg-type]
