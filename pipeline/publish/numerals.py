"""Chinese numbers and dates as official papers write them."""

from __future__ import annotations

from datetime import date


def chinese_number(number: int) -> str:
    """十二 for 12."""
    import cn2an  # slow to load, and a build without changes writes nothing

    text = str(cn2an.an2cn(number))
    return text[1:] if text.startswith("一十") else text


def chinese_date(day: date) -> str:
    """2025年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
