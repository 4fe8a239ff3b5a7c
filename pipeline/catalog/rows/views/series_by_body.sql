-- 历年序列：一个单位的每个序列逐年一行，更名前后相接；用该单位任何时期的任何一个名称查询，结果相同。
-- 不可比的年度不计算增减，并写明原因；中断之处不应连线，段相同的才是可以连成一线的数字。表三只取总计列。
-- column: 查询名称: 该单位沿革中用过的名称之一；请限定一个名称，否则同一数字按名称重复出现
-- column: 当年名称: 报告该年度时的单位名称
-- column: 年度: 报告所反映的年度（不是发布年度）
-- column: 序列: 序列编号
-- column: 名称: 序列的中文名称
-- column: 计量单位: 数值的计量单位；比率为空
-- column: 数值: 计数、金额（元）或比率，有更正的取更正值；没有数字的为空
-- column: 印出数值: 只按报告印出的数字（不用更正值）的数值
-- column: 更正格数: 数值所用单元格中取更正值的格数
-- column: 无数值原因: 没有数字的原因
-- column: 上年数值: 上年同一序列的数值；不可比的为空
-- column: 增减: 本年减上年；不可比的为空
-- column: 增减幅度: 增减除以上年，乘以 100；不可比、上年为 0 或负数、数值为比率的为空
-- column: 可比性: 与上年可比、勉强可比或不可比
-- column: 中断: 上年到本年之间是否不应连线
-- column: 中断原因: 不应连线的原因
-- column: 段: 从 1 起，每遇中断加 1；同一段的数字可以连成一线
-- column: 格式: 数字所出表格的格式；出自不同格式或不出自表格的为空
-- column: 定义编号: 所用算式的编号，见 out_dictionary
-- column: 沿革编号: 只经过更名的各个单位共用的编号
WITH numbered AS (
    SELECT *, greatest(1, count(*) FILTER (is_break) OVER (PARTITION BY lineage_id, series ORDER BY report_year, agency_id)) AS segment
    FROM out_series
),
named AS (
    SELECT DISTINCT agencies.lineage_id, names.name
    FROM core_agency_names AS names JOIN core_agencies AS agencies USING (agency_id)
)
SELECT
    named.name AS "查询名称",
    numbered.agency_name AS "当年名称",
    numbered.report_year AS "年度",
    numbered.series AS "序列",
    numbered.label AS "名称",
    numbered.unit AS "计量单位",
    numbered.value AS "数值",
    numbered.printed_value AS "印出数值",
    numbered.corrected_cells AS "更正格数",
    numbered.value_reason AS "无数值原因",
    numbered.previous_value AS "上年数值",
    CASE WHEN numbered.comparable_with_previous <> 'no' THEN numbered.value - numbered.previous_value END AS "增减",
    CASE WHEN numbered.comparable_with_previous <> 'no' AND numbered.previous_value > 0 AND numbered.unit <> ''
        THEN round(100 * CAST(numbered.value - numbered.previous_value AS DOUBLE) / CAST(numbered.previous_value AS DOUBLE), 2)
    END AS "增减幅度",
    CASE numbered.comparable_with_previous WHEN 'yes' THEN '可比' WHEN 'weakly' THEN '勉强可比' ELSE '不可比' END AS "可比性",
    numbered.is_break AS "中断",
    numbered.break_reason AS "中断原因",
    numbered.segment AS "段",
    numbered.form AS "格式",
    numbered.definition AS "定义编号",
    numbered.lineage_id AS "沿革编号"
FROM numbered JOIN named USING (lineage_id)
ORDER BY named.name, numbered.series, numbered.report_year, numbered.agency_id
