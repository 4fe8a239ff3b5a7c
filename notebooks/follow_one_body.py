# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 一个单位的历年序列
#
# 本笔记本读取 `gongkai build` 生成的数据仓库，画出一个单位的一个序列、办理结果分类和公开率，更名前后相接。数据仓库以**只读**方式打开。
#
# 使用方法：修改“选择”一格，再从头运行全部单元格。单位可以用任何时期的任何一个名称。
#
# 阅读时请注意：
#
# - **中断之处不连线。** 报告格式整体改变、口径不同、单位合并分设、缺报告、缺数字，都是中断；原因见图下的表。
# - **可比才算增减。** 不可比的年度不计算增减；勉强可比的，引用时应写明原因。
# - **有更正的采用更正后的数字。** “印出数值”一列是只按印出的数字的同一数值。
# - **分母不大时看区间。** 公开率旁边是 95% 置信区间；分母小于 10 的只列件数，不画点。

# %%
import os
from pathlib import Path

import altair as alt
import duckdb

warehouse = Path(os.environ.get("GONGKAI_WAREHOUSE", "../data/warehouse")) / "gongkai.duckdb"
connection = duckdb.connect(warehouse, read_only=True)

# 图表所需的脚本全部写入笔记本，不访问网络；字体取本机已安装的中文字体。
alt.renderers.enable("html", template="inline")
alt.data_transformers.disable_max_rows()
CHINESE_FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimSun, sans-serif"

# %% [markdown]
# ## 可选的单位
#
# 每条沿革一行：只经过更名的各个单位合为一条。

# %%
lineages = connection.sql("""
    SELECT arg_max(agency_name, report_year) AS 最近名称, string_agg(DISTINCT agency_name, '、' ORDER BY agency_name) AS 报送名称,
           min(report_year) AS 最早年度, max(report_year) AS 最近年度, count(DISTINCT report_year) AS 有数字的年度, lineage_id AS 沿革编号
    FROM out_series
    WHERE series = 'requests_received'
    GROUP BY lineage_id
    ORDER BY count(DISTINCT agency_name) DESC, count(DISTINCT report_year) DESC, sum(value) DESC NULLS LAST, lineage_id
""").df()
lineages

# %% [markdown]
# ## 选择
#
# `BODY` 为空时取名称最多、年度最多的单位。序列编号见 `out_series`，如 `requests_received` 申请量（含 2014 年以前取自报告文字的）、
# `remedies.review.total` 行政复议、`outcome.disclosed` 予以公开。

# %% tags=["parameters"]
BODY = ""
SERIES = "requests_received"
INDICATOR = "disclosure_rate"

# %%
if not BODY:
    BODY = lineages["最近名称"].iloc[0]
BODY

# %% [markdown]
# ## 序列

# %%
series = connection.execute(
    """
    SELECT "年度", "当年名称", CAST("数值" AS DOUBLE) AS "数值", CAST("印出数值" AS DOUBLE) AS "印出数值", "更正格数",
           "增减", "增减幅度" AS "增减%", "可比性", "中断", "中断原因", "段", "格式",
           "名称", "计量单位", "无数值原因"
    FROM series_by_body
    WHERE "查询名称" = $body AND "序列" = $series
    ORDER BY "年度", "当年名称"
    """,
    {"body": BODY, "series": SERIES},
).df()
assert len(series), f"没有单位“{BODY}”的序列 {SERIES}，请另选单位或序列。"
series.drop(columns=["名称", "计量单位"])

# %% [markdown]
# 同一段内的点相连，各段之间不连；竖线是中断之处，移到竖线上可见原因。


# %%
def draw_segments(points, breaks, title, axis_title):
    """Lines that end at breaks, with a rule where each break is."""
    first, last = int(points["年度"].min()), int(points["年度"].max())
    years = alt.X(
        "年度:Q",
        title="报告年度",
        scale=alt.Scale(domain=[first - 0.3, last + 0.3], nice=False),
        axis=alt.Axis(format="d", values=list(range(first, last + 1))),
    )
    lines = (
        alt.Chart(points)
        .mark_line(point=True)
        .encode(
            x=years,
            y=alt.Y("数值:Q", title=axis_title, scale=alt.Scale(zero=True)),
            detail="段:N",
            tooltip=["年度", "当年名称", "数值", "印出数值", "格式", "可比性", "中断原因"],
        )
    )
    rules = alt.Chart(breaks).mark_rule(strokeDash=[6, 4], color="#b33").encode(x="分界:Q", tooltip=["中断原因"])
    return (lines + rules).properties(title=title, width=640, height=320).configure(font=CHINESE_FONT)


# %%
points = series[series["数值"].notna()]
assert len(points), f"“{BODY}”的序列 {SERIES} 没有一个年度有数字。"
breaks = series[series["中断"]].iloc[1:].assign(分界=lambda rows: rows["年度"] - 0.5)[["分界", "年度", "中断原因"]]
label, unit = series["名称"].iloc[-1], series["计量单位"].iloc[-1]
series_chart = draw_segments(points, breaks, f"{BODY}：{label}", f"数值（{unit}）" if unit else "比率")
series_chart

# %% [markdown]
# 中断及原因：

# %%
breaks[["年度", "中断原因"]]

# %% [markdown]
# ## 增长
#
# 复合增长率和定基指数只在同一段内计算。

# %%
growth = connection.execute(
    """
    SELECT DISTINCT growth."年度", growth."数值", growth."同比", growth."同比说明", growth."段首年度", growth."复合增长率",
           growth."定基指数", growth."定基说明"
    FROM growth_by_body AS growth
    JOIN series_by_body AS named USING ("沿革编号", "序列", "年度")
    WHERE named."查询名称" = $body AND growth."序列" = $series
    ORDER BY growth."年度"
    """,
    {"body": BODY, "series": SERIES},
).df()
growth

# %% [markdown]
# ## 办理结果分类
#
# 各种格式共用的类别。2019 年前后分类和计数口径不同，两侧的柱子不宜直接相比；缺少单元格的类别不画。

# %%
outcomes = connection.execute(
    """
    SELECT DISTINCT report_year AS "年度", label AS "类别", CAST(value AS DOUBLE) AS "件数", form AS "格式", is_break AS "中断",
           break_reason AS "中断原因", value_reason AS "无数值原因"
    FROM out_series
    WHERE series_kind = 'outcome' AND lineage_id IN (SELECT "沿革编号" FROM series_by_body WHERE "查询名称" = $body)
    ORDER BY report_year, label
    """,
    {"body": BODY},
).df()
outcome_chart = (
    alt.Chart(outcomes[outcomes["件数"].notna()])
    .mark_bar()
    .encode(
        x=alt.X("年度:O", title="报告年度"),
        y=alt.Y("件数:Q", title="件"),
        color=alt.Color("类别:N", title="办理结果"),
        column=alt.Column("格式:N", title="格式"),
        tooltip=["年度", "类别", "件数", "格式", "中断原因"],
    )
    .resolve_scale(x="independent")
    .properties(title=f"{BODY}：办理结果分类", height=280)
    .configure(font=CHINESE_FONT)
)
outcome_chart

# %% [markdown]
# ## 比率及其区间

# %%
rates = connection.execute(
    """
    SELECT DISTINCT series.report_year AS "年度", shares.numerator AS "分子", shares.denominator AS "分母", shares.ratio AS "数值",
           shares.ratio_low AS "下限", shares.ratio_high AS "上限", series.is_break AS "中断", series.break_reason AS "中断原因",
           series.comparable_with_previous AS "可比", shares.caveat AS "使用提示", series.label AS "名称", series.agency_name AS "当年名称",
           series.form AS "格式"
    FROM out_series AS series
    JOIN out_indicators AS shares
      ON shares.agency_id = series.agency_id AND shares.report_year = series.report_year AND shares.indicator = series.series
    WHERE series.series = $indicator AND series.lineage_id IN (SELECT "沿革编号" FROM series_by_body WHERE "查询名称" = $body)
    ORDER BY series.report_year
    """,
    {"body": BODY, "indicator": INDICATOR},
).df()
rates["段"] = rates["中断"].cumsum()
rates["可比性"] = rates["可比"].map({"yes": "可比", "weakly": "勉强可比", "no": "不可比"})
rates.drop(columns=["名称", "可比", "段"])

# %%
shown = rates[rates["数值"].notna()]
rate_breaks = rates[rates["中断"]].iloc[1:].assign(分界=lambda rows: rows["年度"] - 0.5)[["分界", "中断原因"]]
rate_title = f"{BODY}：{rates['名称'].iloc[-1] if len(rates) else INDICATOR}"
bands = alt.Chart(shown).mark_rule(strokeWidth=2, opacity=0.5).encode(x="年度:Q", y="下限:Q", y2="上限:Q")
lines = (
    alt.Chart(shown)
    .mark_line(point=True)
    .encode(
        x=alt.X("年度:Q", title="报告年度", scale=alt.Scale(nice=False, padding=20, zero=False), axis=alt.Axis(format="d", tickMinStep=1)),
        y=alt.Y("数值:Q", title="比率", axis=alt.Axis(format="%")),
        detail="段:N",
        tooltip=["年度", "当年名称", "分子", "分母", alt.Tooltip("数值", format=".1%"), "格式", "可比性", "中断原因"],
    )
)
rules = alt.Chart(rate_breaks).mark_rule(strokeDash=[6, 4], color="#b33").encode(x="分界:Q", tooltip=["中断原因"])
rate_chart = (bands + lines + rules).properties(title=rate_title, width=640, height=300).configure(font=CHINESE_FONT)
rate_chart

# %%
connection.close()
