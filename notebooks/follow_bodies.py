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
# # 各单位历年变化
#
# 本笔记本读取 `gongkai build` 生成的数据仓库，按年度查看各单位的一项分析指标和一个单元格。数据仓库以**只读**方式打开，不会改动任何数据。
#
# 使用方法：修改“选择”一格中的单位、指标和单元格，再从头运行全部单元格。
#
# 阅读时请注意：
#
# - **改换格式处断开。** 2021 年改换了报告格式，一些项目名称相同而含义不同。图中以竖线标出改换格式的年度，线段在该处断开，两侧不作连线。
# - **缺报告的年度也断开。** 某年没有报告或没有数字，前后两点之间不连线；没有数字不等于 0。
# - **分母过小的不算比率。** 只列“分子/分母”，见图下的表。
# - **单元格的可比性逐年判断。** “勉强可比”“不可比”的年度另起一段，原因见表。
# - **有更正的采用更正后的数字。** 按印出的数字是多少，悬停在图上可见，表中另列。

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
# ## 可选的单位
#
# 更名的单位按现名列一行，各年度前后相接；用其他名称一栏中的任何一个名称选择都可以。

# %%
connection.sql("""
    WITH reported AS (SELECT DISTINCT lineage_id, report_year FROM out_values JOIN core_agencies USING (agency_id))
    SELECT names.沿革现名 AS 单位, min(report_year) AS 最早年度, max(report_year) AS 最近年度, count(DISTINCT report_year) AS 报告份数,
           string_agg(DISTINCT nullif(names.名称, names.沿革现名), '、') AS 其他名称
    FROM body_names AS names JOIN reported ON lineage_id = names.沿革编号
    GROUP BY names.沿革编号, names.沿革现名
    ORDER BY 单位
""").df()

# %% [markdown]
# ## 选择
#
# `BODIES` 为空时取最近年度申请量最大的五个单位；`YEARS` 为空取全部年度，否则写起止年度，如 `[2019, 2024]`。
# 指标编号和单元格编号见数据字典（`docs/dictionary.md`，或 `out_dictionary`）；
# 没有申请人类别的单元格，`APPLICANT` 写作空字符串。

# %% tags=["parameters"]
BODIES = []
YEARS = []
INDICATOR = "disclosure_rate"
FIELD = "requests.new"
APPLICANT = "total"

# %%
if not BODIES:
    largest = connection.sql("""
        SELECT agency_name FROM out_indicators
        WHERE indicator = 'requests_received' AND report_year = (SELECT max(report_year) FROM out_indicators)
        ORDER BY level DESC NULLS LAST, agency_name
        LIMIT 5
    """).fetchall()
    BODIES = [name for (name,) in largest]

first_year, last_year = (min(YEARS), max(YEARS)) if YEARS else (0, 9999)
require_bodies(connection, BODIES)

# 所选各单位的沿革：更名以前、以后的编号都在其中。
connection.execute(
    """
    CREATE TEMP TABLE followed AS
    SELECT DISTINCT agency_id, lineage_id, names.沿革现名 AS body FROM core_agencies
    JOIN body_names AS names ON names.沿革编号 = lineage_id
    WHERE list_contains($bodies, names.名称)
    """,
    {"bodies": BODIES},
)
connection.sql("SELECT DISTINCT body AS 所选单位 FROM followed ORDER BY 所选单位").df()

# %% [markdown]
# ## 定义

# %%
connection.execute(
    """
    SELECT title_zh AS 名称, coalesce(nullif(form, ''), '各格式') AS 格式, unit AS 计量单位, definition_zh AS 定义
    FROM out_dictionary
    WHERE (entry_kind = 'field' AND entry = $field)
       OR (entry_kind = 'indicator' AND (entry = $indicator OR starts_with(entry, $indicator || '@')))
    ORDER BY entry_kind DESC, form
    """,
    {"field": FIELD, "indicator": INDICATOR},
).df().style.hide(axis="index").set_properties(**{"white-space": "normal", "text-align": "left"})

# %% [markdown]
# ## 改换格式的年度
#
# 每个年度多数报告所用的格式；与上一年度不同的，即为改换格式的年度。竖线画在改换之前与之后的年度之间。

# %%
forms = connection.execute(
    """
    SELECT report_year AS 年度, mode(form ORDER BY form) AS 格式
    FROM (SELECT DISTINCT report_year, report_id, "table", form FROM out_values)
    WHERE report_year BETWEEN $first AND $last
    GROUP BY report_year
    ORDER BY report_year
    """,
    {"first": first_year, "last": last_year},
).df()
assert len(forms), f"{first_year} 至 {last_year} 年度没有报告。"
changed = forms["格式"] != forms["格式"].shift()
changed.iloc[:1] = False
breaks = forms[changed].assign(分界=lambda rows: rows["年度"] - 0.5, 说明=lambda rows: "改用" + rows["格式"] + "年格式")
forms

# %% [markdown]
# 两张折线图的画法相同：同一段内的点相连，各段之间不连；竖线是改换格式的分界。


# %%
def draw_series(points, title, axis_title, number_format):
    """Lines that break between segments, with a rule at each change of forms."""
    first, last = int(forms["年度"].min()), int(forms["年度"].max())
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
            y=alt.Y("数值:Q", title=axis_title, axis=alt.Axis(format=number_format)),
            color=alt.Color("单位:N", title="单位", legend=alt.Legend(labelLimit=300)),
            detail="段:N",
            tooltip=["单位", "年度", *(alt.Tooltip(name, format=number_format) for name in ("数值", "印出")), "格式", "说明"],
        )
    )
    rules = alt.Chart(breaks).mark_rule(strokeDash=[6, 4], color="#888888").encode(x="分界:Q")
    notes = alt.Chart(breaks).mark_text(align="left", dx=4, color="#666666").encode(x="分界:Q", y=alt.value(8), text="说明:N")
    return (lines + rules + notes).properties(title=title, width=620, height=320).configure(font=CHINESE_FONT)


# %% [markdown]
# ## 指标的历年变化
#
# 只画能够计算的年度。格式与上一年度不同、或上一年度没有可画的数字时，另起一段。

# %%
indicator_series = connection.execute(
    """
    WITH drawn AS (
        SELECT body, report_year, label, unit, coalesce(form, '混用') AS form, coalesce(ratio, CAST(level AS DOUBLE)) AS value,
               coalesce(printed_ratio, CAST(printed_level AS DOUBLE)) AS printed,
               CASE WHEN denominator IS NOT NULL THEN numerator || ' ÷ ' || denominator ELSE '' END AS remark,
               denominator IS NOT NULL AS is_ratio
        FROM out_indicators JOIN followed USING (agency_id)
        WHERE indicator = $indicator AND shown_as IN ('ratio', 'level') AND report_year BETWEEN $first AND $last
    ),
    beside AS (
        SELECT *, coalesce(lag(form) OVER line <> form OR lag(report_year) OVER line <> report_year - 1, true) AS begins
        FROM drawn
        WINDOW line AS (PARTITION BY body ORDER BY report_year)
    )
    SELECT body AS 单位, report_year AS 年度, value AS 数值, printed AS 印出, form AS 格式, remark AS 说明, label AS 指标,
           unit AS 计量单位, is_ratio,
           count(*) FILTER (begins) OVER (PARTITION BY body ORDER BY report_year) AS 段
    FROM beside
    ORDER BY body, report_year
    """,
    {"indicator": INDICATOR, "first": first_year, "last": last_year},
).df()
assert len(indicator_series), f"所选单位没有可以计算的指标 {INDICATOR}，请另选单位或指标。"

label = indicator_series["指标"].iloc[0]
is_ratio = bool(indicator_series["is_ratio"].any())
unit = "%" if is_ratio else indicator_series["计量单位"].iloc[0]
indicator_chart = draw_series(indicator_series, f"{label}历年变化", f"{label}（{unit}）", ".1%" if is_ratio else ",.10~f")
indicator_chart

# %% [markdown]
# 没有画进上图的年度：

# %%
connection.execute(
    """
    SELECT body AS 单位, report_year AS 年度,
           CASE shown_as WHEN 'counts' THEN '分母过小，只列件数' ELSE '所需单元格没有数字' END AS 原因,
           numerator AS 分子, denominator AS 分母
    FROM out_indicators JOIN followed USING (agency_id)
    WHERE indicator = $indicator AND shown_as IN ('counts', 'missing') AND report_year BETWEEN $first AND $last
    UNION ALL
    SELECT body, report_year, '未见报告', NULL, NULL
    FROM out_submission_status JOIN followed USING (agency_id)
    WHERE report_year BETWEEN $first AND $last
    GROUP BY body, report_year
    HAVING bool_and(submission = 'not_reported')
    ORDER BY 单位, 年度
    """,
    {"indicator": INDICATOR, "first": first_year, "last": last_year},
).df()

# %% [markdown]
# ## 单元格的历年变化
#
# 与上年不完全可比、或上年没有数字时，另起一段。

# %%
cell_series = connection.execute(
    """
    WITH numbers AS (
        SELECT body, this.report_year, this.label, this.unit, this.form, years.value, years.printed_value, years.comparable,
               years.comparable_reason,
               lag(this.form) OVER line AS previous_form, lag(this.report_year) OVER line AS previous_year
        FROM out_values AS this
        JOIN followed USING (agency_id)
        JOIN out_year_over_year AS years USING (agency_id, report_year, field, applicant)
        WHERE this.field = $field AND this.applicant = $applicant AND years.value IS NOT NULL
              AND this.report_year BETWEEN $first AND $last
        WINDOW line AS (PARTITION BY body ORDER BY this.report_year)
    ),
    beside AS (
        SELECT *, coalesce(comparable <> 'yes' OR form <> previous_form OR previous_year <> report_year - 1, true) AS begins FROM numbers
    )
    SELECT body AS 单位, report_year AS 年度, CAST(value AS DOUBLE) AS 数值, CAST(printed_value AS DOUBLE) AS 印出,
           form AS 格式, label AS 项目, unit AS 计量单位,
           CASE comparable WHEN 'yes' THEN '与上年可比' WHEN 'weakly' THEN '与上年勉强可比：' || comparable_reason
                ELSE '与上年不可比：' || comparable_reason END AS 说明,
           count(*) FILTER (begins) OVER (PARTITION BY body ORDER BY report_year) AS 段
    FROM beside
    ORDER BY body, report_year
    """,
    {"field": FIELD, "applicant": APPLICANT, "first": first_year, "last": last_year},
).df()
assert len(cell_series), f"所选单位的单元格 {FIELD}（{APPLICANT}）没有数字，请另选单位或单元格。"

item = cell_series["项目"].iloc[-1]
cell_chart = draw_series(cell_series, f"{item}历年变化", f"数值（{cell_series['计量单位'].iloc[0]}）", ",.10~f")
cell_chart

# %% [markdown]
# 与上年相比的增减和可比性：

# %%
connection.execute(
    """
    SELECT body AS 单位, agency_name AS 当年名称, report_year AS 年度, value AS 本年, previous_value AS 上年, change AS 增减,
           printed_value AS 印出本年, printed_previous_value AS 印出上年, corrected_cells AS 更正格数,
           round(percent_change, 2) AS "增减%",
           CASE comparable WHEN 'yes' THEN '可比' WHEN 'weakly' THEN '勉强可比' ELSE '不可比' END AS 可比性, comparable_reason AS 说明,
           previous_name AS 上年单位
    FROM out_year_over_year AS years JOIN followed ON list_contains(string_split(years.agency_id, '+'), followed.agency_id)
    WHERE field = $field AND applicant = $applicant AND report_year BETWEEN $first AND $last
    ORDER BY body, report_year, agency_name
    """,
    {"field": FIELD, "applicant": APPLICANT, "first": first_year, "last": last_year},
).df()

# %% [markdown]
# ## 尚未更正的问题
#
# 所选单位各年度待处理和已确认的错误和提醒。引用以上数字之前，请先核对。

# %%
findings = connection.execute(
    """
    SELECT DISTINCT 单位, 年度, 程度, 规则名称, 位置, 应为, 实为, 说明
    FROM findings_by_body JOIN core_agencies ON agency_name = 单位 JOIN followed USING (agency_id)
    WHERE 程度 <> '提示' AND 状态 IN ('待处理', '已确认') AND 年度 BETWEEN $first AND $last
    ORDER BY 单位, 年度, 程度, 位置
    """,
    {"first": first_year, "last": last_year},
).df()
findings

# %%
connection.close()
