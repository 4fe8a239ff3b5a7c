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
# # 同一年度各单位比较
#
# 本笔记本读取 `gongkai build` 生成的数据仓库，比较同一年度各单位的一项分析指标。数据仓库以**只读**方式打开，不会改动任何数据。
#
# 使用方法：修改“选择”一格中的年度、指标和单位，再从头运行全部单元格。
#
# 阅读时请注意：
#
# - **空白不等于 0。** 报告中空白、填“/”或无法识别的单元格没有数字，所需单元格没有数字的指标不能计算，单独列出，不进入图表。
# - **分母过小的不算比率。** 分母小于规定下限的，只列“分子/分母”，不与其他单位的百分数并列。
# - **格式不同的要留意。** 个别单位可能使用了往年格式，图表中注明各单位所用的格式。
# - **有更正的采用更正后的数字。** 悬停在图上可见按印出的数字是多少；“更正格数”大于 0 的数字含更正。
# - **先看问题再引用。** 最后一节列出所用数字尚未更正的问题。

# %%
import os
from pathlib import Path

import altair as alt
import duckdb

from pipeline.warehouse.known_names import require_bodies

warehouse = Path(os.environ.get("GONGKAI_WAREHOUSE", "../data/warehouse")) / "gongkai.duckdb"
connection = duckdb.connect(warehouse, read_only=True)

# 图表所需的脚本全部写入笔记本，不访问网络；字体取本机已安装的中文字体。
alt.renderers.enable("html", template="inline")
alt.data_transformers.disable_max_rows()
CHINESE_FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimSun, sans-serif"

# %% [markdown]
# ## 可选的年度和指标

# %%
connection.sql("""
    SELECT report_year AS 年度, count(DISTINCT agency_id) AS 单位数, string_agg(DISTINCT form, '、' ORDER BY form) AS 所用格式
    FROM out_values
    GROUP BY report_year
    ORDER BY report_year
""").df()

# %%
connection.sql("""
    SELECT indicator AS 指标编号, label AS 指标, any_value(unit) AS 计量单位, count(*) FILTER (shown_as <> 'missing') AS 可计算的报告数
    FROM out_indicators
    GROUP BY indicator, label
    ORDER BY indicator
""").df()

# %% [markdown]
# ## 选择
#
# `YEAR` 为 `None` 时取最近的年度；`BODIES` 为空时比较全部单位，单位可以用任何时期的任何一个名称。

# %% tags=["parameters"]
YEAR = None
INDICATOR = "disclosure_rate"
BODIES = []

# %%
if YEAR is None:
    [(YEAR,)] = connection.sql("SELECT max(report_year) FROM out_indicators").fetchall()

require_bodies(connection, BODIES)
connection.execute(
    """
    CREATE TEMP TABLE compared AS
    SELECT agency_id FROM core_agencies
    WHERE len($bodies) = 0 OR lineage_id IN (SELECT 沿革编号 FROM body_names WHERE list_contains($bodies, 名称))
    """,
    {"bodies": BODIES},
)

chosen = connection.execute(
    """
    SELECT agency_id, agency_name AS 单位, label AS 指标, coalesce(form, '混用') AS 格式, shown_as, unit AS 计量单位,
           coalesce(ratio, CAST(level AS DOUBLE)) AS 数值, CAST(numerator AS DOUBLE) AS 分子, CAST(denominator AS DOUBLE) AS 分母,
           coalesce(printed_ratio, CAST(printed_level AS DOUBLE)) AS 印出, corrected_cells AS 更正格数, caveat AS 使用提示
    FROM out_indicators SEMI JOIN compared USING (agency_id)
    WHERE report_year = $year AND indicator = $indicator
    ORDER BY agency_name
    """,
    {"year": YEAR, "indicator": INDICATOR},
).df()
assert len(chosen), f"{YEAR} 年度没有指标 {INDICATOR}，或所选单位没有报告，请对照上面两张表修改。"

label = chosen["指标"].iloc[0]
is_ratio = bool(chosen["分母"].notna().any())
number_format = ".2%" if is_ratio else ",.10~f"
unit = "%" if is_ratio else chosen["计量单位"].iloc[0]

# %% [markdown]
# ## 指标的定义

# %%
connection.execute(
    """
    SELECT title_zh AS 名称, unit AS 计量单位, definition_zh AS 定义
    FROM out_dictionary
    WHERE entry_kind = 'indicator' AND (entry = $indicator OR starts_with(entry, $indicator || '@'))
    """,
    {"indicator": INDICATOR},
).df().style.hide(axis="index").set_properties(**{"white-space": "normal", "text-align": "left"})

# %% [markdown]
# ## 由高到低

# %%
shown = chosen[chosen["shown_as"].isin(["ratio", "level"])]

bars = (
    alt.Chart(shown)
    .mark_bar()
    .encode(
        x=alt.X("数值:Q", title=f"{label}（{unit}）", axis=alt.Axis(format=number_format)),
        y=alt.Y("单位:N", sort="-x", title=None, axis=alt.Axis(labelLimit=360)),
        color=alt.Color("格式:N", title="表格所用格式"),
        tooltip=[
            "单位",
            alt.Tooltip("数值", format=number_format),
            "分子",
            "分母",
            "格式",
            alt.Tooltip("印出", format=number_format),
            "更正格数",
        ],
    )
)
values = bars.mark_text(align="left", dx=4).encode(text=alt.Text("数值:Q", format=number_format), color=alt.value("#333333"))
ranking_chart = (bars + values).properties(title=f"{YEAR} 年度各单位{label}", width=520).configure(font=CHINESE_FONT)
ranking_chart

# %% [markdown]
# 没有画进上图的单位：`只列件数` 是分母小于下限，`不能计算` 是所需单元格没有数字。

# %%
not_drawn = chosen[chosen["shown_as"].isin(["counts", "missing"])].copy()
not_drawn["原因"] = not_drawn["shown_as"].map({"counts": "只列件数", "missing": "不能计算"})
not_drawn[["单位", "原因", "分子", "分母", "格式"]]

# %% [markdown]
# ## 名次和百分位
#
# 百分位：数值不大于本单位的其他单位所占比重。名次在全部单位中计算，不限于所选单位。

# %%
connection.execute(
    """
    SELECT rank AS 名次, bodies AS 参与比较的单位数, agency_name AS 单位, measure_value AS 数值, percentile AS 百分位, share AS 占比,
           printed_rank AS 按印出的名次, printed_measure_value AS 按印出的数值, corrected_cells AS 更正格数
    FROM out_agency_comparison SEMI JOIN compared USING (agency_id)
    WHERE report_year = $year AND measure_kind = 'indicator' AND measure = $indicator
    ORDER BY rank, agency_name
    """,
    {"year": YEAR, "indicator": INDICATOR},
).df()

# %% [markdown]
# ## 申请办理结果的构成
#
# 办理结果六类件数，由表三“总计”一列逐项相加（有更正的取更正值）；有一项没有数字的单位不画。2014 年格式没有表三，不在其中。

# %%
outcomes = connection.execute(
    """
    WITH outcome(position, 办理结果, pattern) AS (
        VALUES (1, '予以公开', 'requests.granted'), (2, '部分公开', 'requests.partly_granted'), (3, '不予公开', 'requests.denied.%'),
               (4, '无法提供', 'requests.unavailable.%'), (5, '不予处理', 'requests.not_processed.%'), (6, '其他处理', 'requests.other%')
    )
    SELECT agency_name AS 单位, position, 办理结果, CAST(sum(coalesce(corrected_value, value)) AS DOUBLE) AS 件数
    FROM out_values SEMI JOIN compared USING (agency_id) JOIN outcome ON field LIKE pattern
    WHERE report_year = $year AND applicant = 'total'
    GROUP BY agency_name, position, 办理结果
    QUALIFY bool_and(bool_and(state = 'number' OR corrected_value IS NOT NULL)) OVER (PARTITION BY agency_name)
    ORDER BY agency_name, position
    """,
    {"year": YEAR},
).df()

outcome_chart = (
    alt.Chart(outcomes)
    .mark_bar()
    .encode(
        x=alt.X("件数:Q", title="件数"),
        y=alt.Y("单位:N", sort=alt.EncodingSortField("件数", op="sum", order="descending"), title=None, axis=alt.Axis(labelLimit=360)),
        color=alt.Color("办理结果:N", sort=list(outcomes["办理结果"].unique())),
        order="position:Q",
        tooltip=["单位", "办理结果", "件数"],
    )
    .properties(title=f"{YEAR} 年度各单位申请办理结果", width=520)
    .configure(font=CHINESE_FONT)
)
outcome_chart

# %% [markdown]
# ## 尚未更正的问题
#
# 引用以上数字之前，请先核对下列问题。这里列出所比较单位该年度待处理和已确认的全部问题，错误在前；已豁免、已更正的不列。

# %%
findings = connection.execute(
    """
    SELECT 程度, 单位, 规则名称, 位置, 应为, 实为, 研判, 说明, 旁证, 状态, 文件
    FROM findings_by_body SEMI JOIN (SELECT agency_name AS 单位 FROM core_agencies SEMI JOIN compared USING (agency_id)) USING (单位)
    WHERE 年度 = $year AND 状态 IN ('待处理', '已确认')
    ORDER BY CASE 程度 WHEN '错误' THEN 1 WHEN '提醒' THEN 2 ELSE 3 END, 单位, 位置
    """,
    {"year": YEAR},
).df()
findings

# %%
connection.close()
