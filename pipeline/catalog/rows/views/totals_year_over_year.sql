-- 全部单位逐项合计的本年与上年比较。只加总两个年度都有数字的单位，因此两个合计的单位范围相同；
-- 与各单位的全部合计（out_rollup）可以不同。不可比的项目不在其中。
-- column: 年度: 报告所反映的年度（不是发布年度）
-- column: 表: 报告中的表
-- column: 项目: 单元格的中文名称
-- column: 申请人类别: 表三的列；没有申请人类别的项目为空
-- column: 单位数: 两个年度都有数字、计入合计的单位数
-- column: 本年合计: 这些单位本年数值之和，有更正的取更正值，金额为元
-- column: 上年合计: 这些单位上年可比项目的数值之和，有更正的取更正值，金额为元
-- column: 按印出的本年合计: 这些单位本年印出的数字（不用更正值）之和
-- column: 按印出的上年合计: 这些单位上年印出的数字（不用更正值）之和
-- column: 增减: 本年合计减上年合计
-- column: 增减幅度: 增减除以上年合计，乘以 100；上年合计为 0 或负数时为空
-- column: 可比性: 可比或勉强可比
-- column: 指标编号: 单元格的固定编号
SELECT
    years.report_year AS "年度",
    coalesce(printed.title_zh, years."table") AS "表",
    years.label AS "项目",
    coalesce(applicants.title_zh, years.applicant) AS "申请人类别",
    count(*) AS "单位数",
    sum(years.value) AS "本年合计",
    sum(years.previous_value) AS "上年合计",
    sum(years.printed_value) AS "按印出的本年合计",
    sum(years.printed_previous_value) AS "按印出的上年合计",
    sum(years.value - years.previous_value) AS "增减",
    CASE WHEN sum(years.previous_value) > 0
        THEN round(100 * CAST(sum(years.value - years.previous_value) AS DOUBLE) / CAST(sum(years.previous_value) AS DOUBLE), 2)
    END AS "增减幅度",
    CASE years.comparable WHEN 'yes' THEN '可比' ELSE '勉强可比' END AS "可比性",
    years.field AS "指标编号"
FROM out_year_over_year AS years
LEFT JOIN (
    SELECT entry, min(title_zh) AS title_zh FROM out_dictionary WHERE entry_kind = 'form_table' GROUP BY entry
) AS printed ON printed.entry = years."table"
LEFT JOIN out_dictionary AS applicants ON applicants.entry_kind = 'applicant' AND applicants.entry = years.applicant
WHERE years.comparable <> 'no' AND years.value IS NOT NULL AND years.previous_value IS NOT NULL
GROUP BY years.report_year, years."table", printed.title_zh, years.label, years.field, years.applicant, applicants.title_zh, years.comparable
ORDER BY years.report_year DESC, years."table", years.field, years.applicant
