-- 逐格数字：每个单位每个年度采用的报告的每个单元格一行，各种格式在一起。数值有更正的为更正值；没有数字的为空，原因见“状态”，不等于 0。
-- column: 单位: 报送单位当年的名称；更名前后相接的历年数字见 series_by_body
-- column: 单位编号: 单位的编号；未登记的以 p- 开头
-- column: 年度: 报告所反映的年度（不是发布年度）
-- column: 格式: 表格所用的格式（2014、2019、2021）
-- column: 表: 单元格所在的表
-- column: 项目: 单元格的行名、列名，按格式用语
-- column: 数值: 现行数字：有更正的为更正后的数字，其余为报告所印；金额以元计
-- column: 印出数值: 报告所印的数字，不用更正值；金额以元计
-- column: 印出文字: 单元格内印出的原文
-- column: 状态: 数字、已更正、空白、不适用（印的是“/”一类写法）或无法识别
-- column: 计量单位: 数值的单位
-- column: 指标编号: 单元格的编号，各年度、各单位相同，定义见 out_dictionary
-- column: 申请人: 申请人类别的编号，总计为 total；没有申请人分列的为空
-- column: 报告编号: 数字所在的报告，见 core_reports
SELECT
    agency_name AS "单位",
    agency_id AS "单位编号",
    report_year AS "年度",
    form AS "格式",
    coalesce(printed."表名", figures."table") AS "表",
    label AS "项目",
    coalesce(corrected_value, value) AS "数值",
    value AS "印出数值",
    raw AS "印出文字",
    CASE WHEN corrected_value IS NOT NULL THEN '已更正'
         WHEN state = 'number' THEN '数字' WHEN state = 'blank' THEN '空白' WHEN state = 'not_applicable' THEN '不适用'
         WHEN state = 'unreadable' THEN '无法识别' ELSE state END AS "状态",
    unit AS "计量单位",
    field AS "指标编号",
    applicant AS "申请人",
    report_id AS "报告编号"
FROM out_values AS figures
LEFT JOIN (
    SELECT entry, min(title_zh) AS "表名" FROM out_dictionary WHERE entry_kind = 'form_table' GROUP BY entry
) AS printed ON printed.entry = figures."table"
