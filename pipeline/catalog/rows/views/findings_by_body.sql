-- 问题清单：现行报告中每处不符一行，按年度、单位、程度排列，可直接转发有关单位核改。
-- column: 单位: 报送单位的名称
-- column: 年度: 报告所反映的年度（不是发布年度）
-- column: 程度: 错误、提醒或提示
-- column: 旁证: 只凭大小、增幅或雷同推测的为“是”，供核实时参考，不等于数字有误
-- column: 规则: 勾稽规则编号，定义见 out_dictionary
-- column: 规则名称: 勾稽规则的名称
-- column: 表: 问题所在的表
-- column: 位置: 问题所在的表、行、列
-- column: 应为: 按规则应有的数值
-- column: 实为: 报告中的数值
-- column: 相差: 实为减应为
-- column: 研判: 由勾稽关系推算的很可能有误的数字；不能代替原始台账
-- column: 状态: 待处理、已确认、已豁免，或已更正（按更正后的数字已不存在）；应为、实为、印出文字都是报告所印，不随更正改变
-- column: 说明: 可转发给报送单位的说明
-- column: 印出文字: 有关单元格内印出的原文
-- column: 出处: 有关单元格在文件中的位置
-- column: 文件: 文件在 data/raw 下的相对路径
-- column: 问题编号: 同一问题在各次运行中编号不变，数值变化后编号随之变化
SELECT
    agency_name AS "单位",
    report_year AS "年度",
    CASE severity WHEN 'E' THEN '错误' WHEN 'W' THEN '提醒' WHEN 'I' THEN '提示' ELSE severity END AS "程度",
    CASE WHEN weak THEN '是' ELSE '' END AS "旁证",
    rule AS "规则",
    title_zh AS "规则名称",
    coalesce(printed."表名", findings."table") AS "表",
    place AS "位置",
    expected AS "应为",
    actual AS "实为",
    difference AS "相差",
    probable AS "研判",
    CASE status WHEN 'open' THEN '待处理' WHEN 'confirmed' THEN '已确认' WHEN 'waived' THEN '已豁免' WHEN 'corrected' THEN '已更正' ELSE status END
        AS "状态",
    message AS "说明",
    raw AS "印出文字",
    location AS "出处",
    path AS "文件",
    finding_id AS "问题编号"
FROM out_findings AS findings
LEFT JOIN (
    SELECT entry, min(title_zh) AS "表名" FROM out_dictionary WHERE entry_kind = 'form_table' GROUP BY entry
) AS printed ON printed.entry = findings."table"
ORDER BY
    report_year DESC, agency_name, weak,
    CASE severity WHEN 'E' THEN 1 WHEN 'W' THEN 2 ELSE 3 END,
    rule, part, place, finding_id
