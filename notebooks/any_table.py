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
# # 任选单位、年度、表格取数
#
# 本笔记本从 `gongkai build` 生成的数据仓库中取出任选单位、任选年度的一张表，得到三个 pandas 数据表，可以直接往下分析：
#
# | 变量 | 内容 |
# |---|---|
# | `wide` | 与印出的表格同样的行、列，数字列为浮点数 |
# | `cells` | 每个单元格一行：印出的数值、更正值、采用的数值、状态、印出的文字 |
# | `warnings` | 使用这些数字以前应当知道的事：空白、更正、尚未处理的问题、用了其他格式的、缺报告的 |
#
# 使用方法：修改“选择”一格，再从头运行全部单元格。数据仓库以**只读**方式打开，不会改动任何数据。
#
# - **空白不是 0。** 空白、“/”、无法识别的单元格在 `wide` 中是 `NaN`，相加时会被 pandas 当作 0 跳过，先看 `warnings`。
# - **一种格式一张表。** 改换格式前后同名的项目含义可能不同，本笔记本不把两种格式拼在一起；跨格式的序列见 `follow_one_body`。
# - **印出的和更正的分开。** `CORRECTED = False` 取报告印出的数字，`True` 取主管部门更正后的数字。
# - **金额一律以元计。**

# %%
import os
from pathlib import Path

import duckdb

from pipeline.warehouse.known_names import require_bodies

warehouse = Path(os.environ.get("GONGKAI_WAREHOUSE", "../data/warehouse")) / "gongkai.duckdb"
connection = duckdb.connect(warehouse, read_only=True)

# %% [markdown]
# ## 可选的表格、年度
#
# 每种格式的每张表有多少份报告。年度与格式不一定对应：有的单位用了往年的格式。

# %%
connection.sql("""
    SELECT form AS 格式, "table" AS 表, title_zh AS 表名, min(report_year) AS 最早年度, max(report_year) AS 最近年度,
           count(DISTINCT report_id) AS 报告份数
    FROM out_values
    JOIN (SELECT entry AS "table", form, title_zh || '　' || definition_zh AS title_zh FROM out_dictionary WHERE entry_kind = 'form_table')
         USING (form, "table")
    GROUP BY ALL ORDER BY form, "table"
""").df()

# %% [markdown]
# ## 可选的单位
#
# 更名的单位用任何一个名称选择都可以。

# %%
connection.sql("""
    SELECT 沿革现名 AS 单位, string_agg(DISTINCT nullif(名称, 沿革现名), '、') AS 其他名称, min(最早年度) AS 最早年度,
           max(最近年度) AS 最近年度
    FROM body_names GROUP BY 沿革编号, 沿革现名 HAVING max(最近年度) IS NOT NULL ORDER BY 单位
""").df()

# %% [markdown]
# ## 选择
#
# `BODIES` 为空取全部单位，`YEARS` 为空取全部年度，`FORM` 为空取最近的格式。`TABLE`：`proactive` 表二、`requests` 表三、`remedies` 表四、
# `statistics` 2014 年格式的统计表。

# %% tags=["parameters"]
BODIES = []
YEARS = []
FORM = ""
TABLE = "requests"
CORRECTED = True

# %%
if not FORM:
    [(FORM,)] = connection.execute('SELECT max(form) FROM out_values WHERE "table" = $table', {"table": TABLE}).fetchall()
assert FORM, f"没有一份报告有表 {TABLE}，请对照第一张表修改。"
require_bodies(connection, BODIES)

connection.execute(
    """
    CREATE TEMP TABLE chosen AS
    SELECT DISTINCT report_id, agency_id, agency_name, report_year FROM out_values
    WHERE form = $form AND "table" = $table AND (len($years) = 0 OR list_contains($years, report_year))
          AND (len($bodies) = 0 OR agency_id IN (
              SELECT agency_id FROM core_agencies WHERE lineage_id IN (SELECT 沿革编号 FROM body_names WHERE list_contains($bodies, 名称))))
    """,
    {"form": FORM, "table": TABLE, "years": YEARS, "bodies": BODIES},
)
[(count,)] = connection.sql("SELECT count(*) FROM chosen").fetchall()
assert count, f"所选单位和年度没有一份报告用 {FORM} 年格式的表 {TABLE}，请对照上面两张表修改。"
count

# %% [markdown]
# ## 印出的样子
#
# “更正”一列写明该行哪些单元格更正过，由几改为几。

# %%
view = f"wide_{FORM}_{TABLE}{'_corrected' if CORRECTED else ''}"
wide = connection.sql(f"""
    SELECT shown.* FROM {view} AS shown SEMI JOIN chosen ON agency_name = 单位 AND report_year = 年度
""").df()
numbers = wide.columns.difference(["单位", "年度", "项目", "更正"])
wide[numbers] = wide[numbers].astype(float)
wide

# %% [markdown]
# ## 逐格

# %%
cells = connection.execute(
    """
    SELECT agency_name AS 单位, report_year AS 年度, field AS 指标编号, applicant AS 申请人类别, label AS 项目, unit AS 计量单位,
           state AS 状态,
           CAST(value AS DOUBLE) AS 印出数值, CAST(corrected_value AS DOUBLE) AS 更正值,
           CAST(coalesce(corrected_value, value) AS DOUBLE) AS 采用数值, raw AS 印出文字, report_id
    FROM out_values SEMI JOIN chosen USING (report_id)
    WHERE form = $form AND "table" = $table
    ORDER BY 年度, 单位, report_id, 指标编号, 申请人类别
    """,
    {"form": FORM, "table": TABLE},
).df()
cells

# %% [markdown]
# ## 定义
#
# 每个单元格是什么，与上一种格式相比能不能比。

# %%
definitions = connection.execute(
    """
    WITH compared AS (
        SELECT field, string_agg(DISTINCT comparable || '：' || comparable_reason, '；') AS told
        FROM out_year_over_year WHERE comparable_reason <> '' AND comparable <> 'yes' AND "table" = $table
             AND agency_id IN (SELECT agency_id FROM chosen) GROUP BY field
    )
    SELECT entry AS 指标编号, title_zh AS 项目, unit AS 计量单位, definition_zh AS 定义, coalesce(told, '') AS 与上年不完全可比之处
    FROM out_dictionary LEFT JOIN compared ON compared.field = entry
    WHERE entry_kind = 'field' AND form = $form AND entry IN (SELECT field FROM out_values WHERE form = $form AND "table" = $table)
    """,
    {"form": FORM, "table": TABLE},
).df()
definitions["与上年不完全可比之处"] = (
    definitions["与上年不完全可比之处"].str.replace("weakly：", "勉强可比：", regex=False).str.replace("no：", "不可比：", regex=False)
)
definitions

# %% [markdown]
# ## 使用以前应当知道的事

# %%
warnings = connection.execute(
    """
    SELECT agency_name AS 单位, report_year AS 年度, '没有数字' AS 事项,
           count(*) || ' 格空白、填“/”一类符号或者无法识别，不是 0' AS 说明
    FROM out_values SEMI JOIN chosen USING (report_id)
    WHERE form = $form AND "table" = $table AND state <> 'number' AND corrected_value IS NULL GROUP BY ALL
    UNION ALL
    SELECT agency_name, report_year, '已更正', label || '：印 ' || CASE WHEN trim(raw) = '' THEN '空白' ELSE trim(raw) END
           || '，更正为 ' || rtrim(rtrim(CAST(corrected_value AS VARCHAR), '0'), '.')
    FROM out_values SEMI JOIN chosen USING (report_id)
    WHERE form = $form AND "table" = $table AND corrected_value IS NOT NULL
    UNION ALL
    SELECT agency_name, report_year, CASE WHEN weak THEN '旁证' WHEN severity = 'E' THEN '尚未处理的错误' ELSE '尚未处理的提醒' END, message
    FROM out_findings SEMI JOIN chosen USING (report_id)
    WHERE status IN ('open', 'confirmed') AND severity <> 'I' AND coalesce("table", $table) = $table
    UNION ALL
    SELECT DISTINCT other.agency_name, other.report_year, '用了其他格式', '该表用 ' || other.form || ' 年格式填报，不在本表之内'
    FROM out_values AS other JOIN core_agencies USING (agency_id)
    WHERE other."table" = $table AND other.form <> $form AND other.report_year IN (SELECT report_year FROM chosen)
          AND (len($bodies) = 0 OR lineage_id IN (SELECT 沿革编号 FROM body_names WHERE list_contains($bodies, 名称)))
    UNION ALL
    SELECT status.agency_name, status.report_year, '没有报告', '应当报送而没有可用的报告'
    FROM out_submission_status AS status JOIN core_agencies USING (agency_id)
    WHERE submission IN ('not_reported', 'unusable') AND status.report_year IN (SELECT report_year FROM chosen)
          AND (len($bodies) = 0 OR lineage_id IN (SELECT 沿革编号 FROM body_names WHERE list_contains($bodies, 名称)))
    ORDER BY 年度 DESC, 单位, 事项, 说明
    """,
    {"form": FORM, "table": TABLE, "bodies": BODIES},
).df()
warnings.style.hide(axis="index").set_properties(**{"white-space": "normal", "text-align": "left"})

# %% [markdown]
# ## 往下分析
#
# 例：各单位逐年合计（有空白的格不计入，先看上表）。存成 CSV：`wide.to_csv("取数.csv", index=False, encoding="utf-8-sig")`。

# %%
wide.groupby(["年度", "单位"])[list(numbers.drop("更正格数"))].sum(min_count=1)

# %%
connection.close()
