"""One printed cell read as a value: a number, a blank, a sign for nothing, or something that cannot be told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Unit
from pipeline.normalise.model import State
from pipeline.normalise.wording import compact, simplified, without_notes

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PLUS = r"增加|增长|增|\+|↑"
_MINUS = r"减少|下降|减|-|−|–|—|↓"
_SIGNED_PART = re.compile(rf"({_PLUS}|{_MINUS})\(?({_NUMBER})\)?")
_REPEATED = re.compile(r"(.)\1+")
_CUT_NUMBER = re.compile(r"\d\s+(?=[\d.,])|[.,]\s+(?=\d)")
_GROUPED = re.compile(r"\d{1,3}(?:\s\d{3})+")  # 1 234 567: cut more than once, and yet one number
_BRACKETED_NOTE = re.compile(r"(?<=\d)\s*[\[(（［]\s*[\u2070-\u209f¹²³]+\s*[\])）］]")  # raised and in brackets: certainly a note
_LETTER_O = re.compile(r"(?<![A-Za-z])[Oo](?![A-Za-z])")
_ENDLESS_NUMBER = re.compile(r"[\d.,]{41}")  # no figure, and more digits than decimals are computed with
_TOO_LARGE = Decimal(10) ** 18
_LARGEST_COMMON_FACTOR = 10_000  # 万元, which a heading may state
_DECIMALS = 6
_LEADING_NOUGHT = re.compile(r"0\d")  # "0 0", "0 5" are two figures in a cell: no number that was cut begins so
_CHINESE_NUMERAL = re.compile(r"^[零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+$")
_APOSTROPHE = re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))")  # 1'234


@dataclass(frozen=True, slots=True)
class Value:
    """A cell as read. unit is the one printed in the cell; repaired says that spaces or look-alike letters were mended."""

    state: State
    number: Decimal | None = None
    unit: Unit | None = None
    repaired: bool = False


BLANK = Value("blank")
NOT_APPLICABLE = Value("not_applicable")
UNREADABLE = Value("unreadable")


@lru_cache(maxsize=65536)
def read_value(catalog: Catalog, text: str) -> Value:
    """Read the printed text of a cell; `number` is as printed, not yet multiplied by its unit.

    A number cut by a space or a line break is joined, the letter O is read as 0, the raised mark of a note is left out,
    all marked as repaired. Anything but one number with an optional sign, unit, mark of a note and remark in brackets is
    unreadable: nothing is guessed.
    """
    printed, text = _BRACKETED_NOTE.sub("", text), without_notes(text)
    marked, text = text, _without_mark(catalog, text)
    bare = _APOSTROPHE.sub(",", compact(simplified(text)).removesuffix("。"))
    if not bare:
        return UNREADABLE if printed != marked or text.strip() == "。" else BLANK
    if bare in _signs(catalog) or _REPEATED.sub(r"\1", bare) in _signs(catalog):
        return NOT_APPLICABLE
    if any(_is_foreign_digit(letter) for letter in text):
        return UNREADABLE
    cuts = len(_CUT_NUMBER.findall(text.strip()))
    if cuts > 1 and not _GROUPED.fullmatch(text.strip()):
        return UNREADABLE
    digits = _LETTER_O.sub("0", bare)
    if _ENDLESS_NUMBER.search(digits):
        return UNREADABLE
    number, unit = _number_with_unit(catalog, digits)
    if number is None:
        return _in_words(catalog, bare)
    if not _is_plausible(number, unit) or (cuts and _LEADING_NOUGHT.match(digits)):
        return UNREADABLE
    return Value("number", number, unit, repaired=cuts > 0 or digits != bare or printed != marked)


def _is_plausible(number: Decimal, unit: Unit | None) -> bool:
    """Whether a number can be a figure of a report at all, and be stored exactly: under 10^18 yuan, six decimals at the most.

    A telephone number or a whole row run together must not stop a build later, nor be rounded.
    """
    factor = unit.factor if unit else _LARGEST_COMMON_FACTOR
    return abs(number) * factor < _TOO_LARGE and number == round(number, _DECIMALS)


def _is_foreign_digit(letter: str) -> bool:
    """A footnote mark, a number in a circle and the like: they would turn into common digits and join the number beside them.

    Letters of mathematics (𝟏𝟐), which are digits in another type, are none.
    """
    return letter.isdigit() and not (letter.isdecimal() and unicodedata.normalize("NFKC", letter).isascii())


def _in_words(catalog: Catalog, text: str) -> Value:
    """A number in Chinese numerals. 一 and 一一 may as well be dashes, where no unit stands behind them."""
    if text in ("零", "〇"):
        return Value("number", Decimal(0))
    text = text.removeprefix("人民币").removesuffix("整") if "元" in text else text
    unit = next((unit for unit in _units_longest_first(catalog) if text.endswith(unit.unit)), None)
    numeral = text.removesuffix(unit.unit) if unit else text
    if not (unit or numeral.strip("一")) or not _CHINESE_NUMERAL.match(numeral):
        return UNREADABLE
    import cn2an  # seldom needed, and takes as long to load as all the rest of this room

    try:
        return Value("number", Decimal(str(cn2an.cn2an(numeral, "smart"))), unit, repaired=unit is None)
    except (ValueError, KeyError):  # KeyError: 〇十一
        return UNREADABLE


def _without_mark(catalog: Catalog, text: str) -> str:
    """The text of a figure without the mark of a note behind it: 1197①, 3*, 12[1]."""
    match = _marked(catalog).fullmatch(text.strip())
    return match["figure"] if match else text


def _number_with_unit(catalog: Catalog, text: str) -> tuple[Decimal | None, Unit | None]:
    match = _whole_cell(catalog).match(text)
    if match:
        sign = -1 if match["minus"] else 1
        unit = next((unit for unit in catalog.units if unit.unit == match["unit"]), None)
        return sign * Decimal(match["number"].replace(",", "")) + 0, unit  # + 0: there is no -0
    return _change(text), None


def _change(text: str) -> Decimal | None:
    """An increase and a decrease printed side by side, `+(3)-(1)`: their balance."""
    parts = _SIGNED_PART.findall(text)
    falls = [bool(re.fullmatch(_MINUS, sign)) for sign, _ in parts]
    if len(parts) != 2 or falls[0] == falls[1] or _SIGNED_PART.sub("", text).strip("、,;/"):
        return None
    amounts = [Decimal(number.replace(",", "")) for _, number in parts]
    return sum((-amount if fall else amount for amount, fall in zip(amounts, falls, strict=True)), Decimal(0))


@lru_cache(maxsize=8)
def _whole_cell(catalog: Catalog) -> re.Pattern[str]:
    units = "|".join(re.escape(unit.unit) for unit in _units_longest_first(catalog))
    words = "|".join(_marks(catalog, "before"))
    sign = rf"(?P<plus>{_PLUS})|(?P<minus>{_MINUS})|(?:{words})"
    money = r"(?:人民币|¥)(?=.*[元万亿])"
    remark = r"\((?=[^()]*[^\d()])[^()]*\)?|;"
    return re.compile(rf"^(?:{sign})?(?:{money})?(?P<number>{_NUMBER})\(?(?P<unit>{units})?整?(?:人民币)?\)?(?P<remark>{remark})?$")


@lru_cache(maxsize=8)
def _marked(catalog: Catalog) -> re.Pattern[str]:
    """A figure with marks of notes behind it; n in a mark stands for the number of the note."""
    marks = "|".join(_marks(catalog, "behind")).replace("n", r"\d{1,2}")
    return re.compile(rf"(?P<figure>.*\d\s*\w{{0,3}}?)\s*(?:{marks})+", re.DOTALL)


def _marks(catalog: Catalog, place: str) -> list[str]:
    marks = (mark.mark for mark in catalog.figure_marks if mark.place == place)
    return [re.escape(mark) for mark in sorted(marks, key=len, reverse=True)]


@lru_cache(maxsize=8)
def _units_longest_first(catalog: Catalog) -> tuple[Unit, ...]:
    return tuple(sorted(catalog.units, key=lambda unit: -len(unit.unit)))


@lru_cache(maxsize=8)
def _signs(catalog: Catalog) -> frozenset[str]:
    return frozenset(compact(sign) for sign in catalog.signs)
