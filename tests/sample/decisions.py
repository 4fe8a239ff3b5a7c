"""What people decided about the sample: one correction in force and one lapsed, a waiver in force and one expired, a confirmation.

A finding's id is made of its rule, body, place and figures (pipeline/checks/findings.py); where one of those changes, a test
says which id has taken its place.
"""

from __future__ import annotations

from pipeline.catalog.decisions import COLUMNS, CONFIRMATIONS, CORRECTIONS, WAIVERS

CARRIED_OVER_WAITS, NOTHING_WRITTEN, HANDLED_OF_NOTHING = "ab8e2709a443dff4", "38543ea4b33de5e4", "4fcdae9438c7f428"
_OFFICE = "示例：区政务公开科"


def decision_rows() -> dict[str, list[dict[str, str]]]:
    """File name -> rows, as the loader wants them."""
    return {
        CORRECTIONS: [
            _row(
                CORRECTIONS,
                *("muyun-market", "2020", "requests", "requests.carried_out", "total", "8", "6"),
                "总计多计 2 件，与六类申请人之和及下一年度的上年结转不符，经核实为 6 件",
                *("示例：市场监督管理局 2022 年 1 月 20 日复函", _OFFICE, "2022-01-21", "active"),
            ),
            _row(
                CORRECTIONS,
                *("muyun-finance", "2023", "requests", "requests.granted", "total", "9", "11"),
                "漏计 2 件（该局后来发布了更正的报告，本行因此失效）",
                *("示例：财政局电话答复", _OFFICE, "2024-02-01", "active"),
            ),
        ],
        WAIVERS: [
            _row(
                WAIVERS,
                *(CARRIED_OVER_WAITS, "muyun-transport", "2024", "R6"),
                *("12 月集中收到同一项目的申请，均在办理期限之内", _OFFICE, "2025-02-10", ""),
            ),
            _row(
                WAIVERS,
                *(NOTHING_WRITTEN, "muyun-wanglan", "2022", "S8"),
                *("新任经办人员，限期补充第五部分", _OFFICE, "2023-03-15", "2023-06-30"),
            ),
        ],
        CONFIRMATIONS: [
            _row(
                CONFIRMATIONS,
                *(HANDLED_OF_NOTHING, "muyun-songjian", "2021", "R7"),
                *("经核实，办理的 1 件为上年结转，上年结转漏填", _OFFICE, "2022-04-11"),
            )
        ],
    }


def _row(file: str, *values: str) -> dict[str, str]:
    return dict(zip(COLUMNS[file], values, strict=True))
