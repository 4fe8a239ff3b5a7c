from __future__ import annotations

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Label
from pipeline.normalise.tables.alignment import Line, align, open_in_any_order, still_open
from pipeline.normalise.tables.labels import EXACT, EXPLAINED, Vocabulary, vocabulary

KINDS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构"]


def words(catalog: Catalog, form: str = "2021", table: str = "requests") -> Vocabulary:
    return vocabulary(catalog, form, table)


def columns(catalog: Catalog) -> tuple[Label, ...]:
    return words(catalog).of("column", "item", "extra")


def assigned(catalog: Catalog, *texts: str) -> dict[str, str]:
    lines = [Line(number, (text,)) for number, text in enumerate(texts)]
    return {item.line.text: item.label.label for item in align(lines, columns(catalog), words(catalog))}


def test_likeness_knows_wordings_explanations_and_damage(catalog: Catalog) -> None:
    label = next(label for label in words(catalog).of("row", "item") if label.label == "granted")
    assert words(catalog).likeness("（一）予以公开", label) == EXACT
    assert words(catalog).likeness("予以公开：指全部公开的", label) == EXPLAINED
    assert 0.6 < words(catalog).likeness("予以公", label) < EXPLAINED
    assert words(catalog).likeness("12", label) == 0.0


def test_a_wording_of_another_form_is_no_damaged_label(catalog: Catalog) -> None:
    label = next(label for label in words(catalog, "2021", "proactive").of("column", "item") if label.label == "issued")
    assert words(catalog, "2021", "proactive").likeness("本年新制作数量", label) == 0.0


def test_lines_in_any_order(catalog: Catalog) -> None:
    assert assigned(catalog, "总计", "自然人", "科研机构") == {
        "总计": "total",
        "自然人": "natural_person",
        "科研机构": "research_institution",
    }


def test_a_damaged_label_between_certain_ones(catalog: Catalog) -> None:
    found = assigned(catalog, "自人", *KINDS, "其", "计")
    assert (found["自人"], found["其"], found["计"]) == ("natural_person", "other_organization", "total")


def test_the_same_label_twice_is_neither(catalog: Catalog) -> None:
    assert assigned(catalog, "自然人", "自然人", "商业企业") == {"商业企业": "enterprise"}


def test_a_foreign_line_in_the_place_of_a_missing_one_is_not_taken(catalog: Catalog) -> None:
    assert "外国人士" not in assigned(catalog, "外国人士", *KINDS, "其他", "总计")


def test_what_one_line_takes_is_not_left_for_another(catalog: Catalog) -> None:
    """The second 结果维持 has lost its group; the first can only be that of 行政复议."""
    remedies = words(catalog, "2021", "remedies")
    lines = [Line(0, ("行政复议", "结果维持")), Line(1, ("未经复议直接起诉", "结果维持")), Line(2, ("", "结果维持"))]
    found = align(lines, remedies.of("column", "item"), remedies)
    assert [item.label.label for item in found] == ["review.upheld", "litigation_direct.upheld", "litigation_after_review.upheld"]


def test_a_parent_rules_out_other_groups(catalog: Catalog) -> None:
    remedies = words(catalog, "2021", "remedies")
    (found,) = align([Line(0, ("行政诉讼", "复议后起诉", "总计"))], remedies.of("column", "item"), remedies)
    assert found.label.label == "litigation_after_review.total"


def test_open_labels_stand_around_the_line_that_is_left(catalog: Catalog) -> None:
    lines = [Line(0, ("自然人",)), Line(1, ("某某",)), Line(2, ("科研机构",)), Line(3, ("总计",))]
    labels = words(catalog).of("column", "item")
    found = align(lines, labels, words(catalog))
    assert still_open(found, [1], labels) == {"enterprise"}
    assert still_open(found, [], labels) == set()


def test_any_free_label_is_open_where_lines_stand_in_another_order(catalog: Catalog) -> None:
    labels = words(catalog).of("column", "item")
    texts = ["自然人", "总计", "科研机构", "社会公益组织", "法律服务机构", "其他", "某某"]
    found = align([Line(number, (text,)) for number, text in enumerate(texts)], labels, words(catalog))
    assert still_open(found, [6], labels) == set()
    assert open_in_any_order(found, [6], labels) == {"enterprise"}
    assert open_in_any_order(found, [], labels) == set()
