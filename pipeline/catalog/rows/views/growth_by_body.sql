-- 增长：计数和金额类序列的同比、复合增长率和定基指数，逐单位逐年。同比在不可比的年度不计算；复合增长率和定基指数只在同一段内计算，
-- 不跨过中断。
-- column: 单位: 报告该年度时的单位名称
-- column: 沿革编号: 只经过更名的各个单位共用的编号
-- column: 年度: 报告所反映的年度（不是发布年度）
-- column: 序列: 序列编号
-- column: 名称: 序列的中文名称
-- column: 计量单位: 数值的计量单位
-- column: 数值: 计数或金额（元），有更正的取更正值；同比、增长率和指数都以此计算
-- column: 印出数值: 只按报告印出的数字（不用更正值）的数值
-- column: 更正格数: 数值所用单元格中取更正值的格数
-- column: 同比: 本年比上年增减的百分数；不可比、上年为 0 或负数的为空
-- column: 同比说明: 不计算同比的原因，或引用时应当说明的事项
-- column: 段: 从 1 起，每遇中断加 1
-- column: 段首年度: 本段的第一个有数字的年度
-- column: 复合增长率: 从段首年度到本年的年均复合增长率（%）；段首年度本身、段首为 0 或负数的为空
-- column: 定基指数: 以 2019 年为 100 的指数；2019 年不在本段之内的为空
-- column: 定基说明: 没有定基指数的原因
WITH numbered AS (
    SELECT *, greatest(1, count(*) FILTER (is_break) OVER (PARTITION BY lineage_id, series ORDER BY report_year, agency_id)) AS segment
    FROM out_series
    WHERE unit <> '' AND unit NOT LIKE '%/%'
),
based AS (
    SELECT *,
           min(report_year) FILTER (value IS NOT NULL) OVER one_segment AS first_year,
           arg_min(value, report_year) FILTER (value IS NOT NULL) OVER one_segment AS first_value,
           max(value) FILTER (report_year = 2019) OVER one_segment AS value_2019,
           max(value) FILTER (report_year = 2019) OVER (PARTITION BY lineage_id, series) AS anywhere_2019
    FROM numbered
    WINDOW one_segment AS (PARTITION BY lineage_id, series, segment)
)
SELECT
    agency_name AS "单位",
    lineage_id AS "沿革编号",
    report_year AS "年度",
    series AS "序列",
    label AS "名称",
    unit AS "计量单位",
    value AS "数值",
    printed_value AS "印出数值",
    corrected_cells AS "更正格数",
    CASE WHEN comparable_with_previous <> 'no' AND previous_value > 0
        THEN round(100 * CAST(value - previous_value AS DOUBLE) / CAST(previous_value AS DOUBLE), 2) END AS "同比",
    CASE WHEN comparable_with_previous <> 'no' AND previous_value <= 0 THEN '上年为 0 或负数' ELSE break_reason END AS "同比说明",
    segment AS "段",
    first_year AS "段首年度",
    CASE WHEN report_year > first_year AND first_value > 0 AND value >= 0
        THEN round(100 * (pow(CAST(value AS DOUBLE) / CAST(first_value AS DOUBLE), 1.0 / (report_year - first_year)) - 1), 2)
    END AS "复合增长率",
    CASE WHEN value_2019 > 0 THEN round(100 * CAST(value AS DOUBLE) / CAST(value_2019 AS DOUBLE), 2) END AS "定基指数",
    CASE WHEN value IS NULL THEN '本年没有数字'
         WHEN anywhere_2019 IS NULL THEN '2019 年没有数字'
         WHEN value_2019 IS NULL THEN '2019 年与本年之间序列中断'
         WHEN value_2019 <= 0 THEN '2019 年为 0 或负数'
         ELSE '' END AS "定基说明"
FROM based
ORDER BY agency_name, series, report_year, agency_id
