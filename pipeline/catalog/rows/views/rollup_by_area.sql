-- 地区汇总：每个地区（有所属单位的政府）每个年度每个单元格一行，所属单位之和与政府自己公布的数字并列；另有全部单位合在一起的一组。
-- 两个数字能否相比看报告范围：政府报告只含本级的，它只是合计的一部分，不计算差额。
-- column: 地区: 该地区政府的名称；全部单位合在一起的写“全部单位”
-- column: 年度: 报告所反映的年度（不是发布年度）
-- column: 表: 报告中的表
-- column: 格式: 表格的格式；用不同格式填报的单位分别合计
-- column: 项目: 单元格的中文名称
-- column: 申请人类别: 表三的列；没有申请人类别的项目为空
-- column: 计量单位: 数值的计量单位；金额为元
-- column: 各单位之和: 所属单位数值之和，有更正的取更正值；没有一个单位有数字的为空
-- column: 按印出的数字相加: 所属单位印出的数字（不用更正值）之和
-- column: 更正格数: 各单位之和中取更正值的格数；0 表示与按印出的数字相加相同
-- column: 政府公布数: 该地区政府自己的报告中的数字
-- column: 差额: 政府公布数减各单位之和；政府报告只含本级的为空
-- column: 报告范围: 全地区、政府本级，或不能判断
-- column: 范围理由: 判断报告范围的理由
-- column: 应计单位数: 应当计入合计的单位数
-- column: 计入单位数: 该单元格有数字、已计入合计的单位数
-- column: 缺少的单位: 应当计入而没有报告的单位
-- column: 存疑的单位: 没有数字、无法识别、用其他格式填报，或数字涉及尚未更正的错误的单位
-- column: 大于公布数的单位: 数字大于政府公布数的单位及其数字；差额为负时先核对这些单位
-- column: 合计完整: 应计单位全部计入，且没有存疑的单位
-- column: 合计性质: 完整；有数字存疑；至少为此数（有单位没有数字）；不完整（有单位没有数字，又有数字存疑或可为负数）；没有数字
-- column: 政府本级: 合计中的政府本级数字取自哪些报告；为空的，合计中没有政府本级
-- column: 指标编号: 单元格的固定编号
-- column: 申请人编号: 申请人类别的编号
-- column: 地区编号: 该地区政府的单位编号；全部单位合在一起的为空
SELECT
    rollup.area_name AS "地区",
    rollup.report_year AS "年度",
    coalesce(printed.title_zh, rollup."table") AS "表",
    rollup.form AS "格式",
    rollup.label AS "项目",
    coalesce(applicants.title_zh, rollup.applicant) AS "申请人类别",
    rollup.unit AS "计量单位",
    rollup.total AS "各单位之和",
    rollup.printed_total AS "按印出的数字相加",
    rollup.corrected_cells AS "更正格数",
    rollup.published AS "政府公布数",
    rollup.difference AS "差额",
    CASE rollup.coverage WHEN 'whole_area' THEN '全地区' WHEN 'own_office' THEN '政府本级' ELSE '不能判断' END AS "报告范围",
    told.coverage_reason AS "范围理由",
    rollup.bodies_expected AS "应计单位数",
    rollup.bodies_counted AS "计入单位数",
    rollup.bodies_missing AS "缺少的单位",
    rollup.bodies_in_doubt AS "存疑的单位",
    rollup.bodies_larger AS "大于公布数的单位",
    rollup.bodies_counted = rollup.bodies_expected AND rollup.bodies_in_doubt = '' AS "合计完整",
    CASE rollup.total_kind
        WHEN 'complete' THEN '完整' WHEN 'doubtful' THEN '有数字存疑' WHEN 'lower_bound' THEN '至少为此数' WHEN 'incomplete' THEN '不完整' ELSE '没有数字'
    END AS "合计性质",
    rollup.own_office AS "政府本级",
    rollup.field AS "指标编号",
    rollup.applicant AS "申请人编号",
    rollup.area_id AS "地区编号"
FROM out_rollup AS rollup
LEFT JOIN core_report_coverage AS told ON told.agency_id = rollup.area_id AND told.report_year = rollup.report_year
LEFT JOIN (
    SELECT entry, min(title_zh) AS title_zh FROM out_dictionary WHERE entry_kind = 'form_table' GROUP BY entry
) AS printed ON printed.entry = rollup."table"
LEFT JOIN out_dictionary AS applicants ON applicants.entry_kind = 'applicant' AND applicants.entry = rollup.applicant
ORDER BY rollup.area_name, rollup.area_id, rollup.report_year DESC, rollup.form DESC, rollup."table", rollup.field, rollup.applicant
