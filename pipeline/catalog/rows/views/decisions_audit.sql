-- 决定的影响：每项更正、豁免、确认、报告范围的决定改变了什么，每处影响一行：单元格由几改为几，解决和新出现了哪些问题，哪些合计和指标随之改变。
-- 没有起作用的决定也在其中，“影响”为空，原因见“状态说明”。
-- column: 决定编号: 由决定的内容生成
-- column: 决定: 更正、豁免、确认或报告范围
-- column: 状态: 起作用、失效、过期、撤回或对不上
-- column: 状态说明: 不起作用的原因和办法
-- column: 单位: 决定所涉的单位
-- column: 年度: 决定所涉报告的年度
-- column: 对象: 更正的单元格，或豁免、确认的问题
-- column: 影响: 单元格、解决的问题、新出现的问题、豁免、确认、报告范围、地区汇总、合计或指标；不起作用的为空
-- column: 影响年度: 受影响的报告年度；更正也影响下一年度的衔接和比较
-- column: 影响的单位: 受影响的单位；合计为地区
-- column: 项目: 受影响的单元格、规则或指标的名称
-- column: 原为: 按印出的数字
-- column: 现为: 按决定之后
-- column: 共同的决定: 同一影响由几项决定共同造成
-- column: 理由: 决定的理由
-- column: 依据: 更正所依据的文件
-- column: 决定人: 作出决定的人
-- column: 决定日期: 作出决定的日期
SELECT
    decision.decision_id AS "决定编号",
    CASE decision_kind WHEN 'correction' THEN '更正' WHEN 'waiver' THEN '豁免' WHEN 'confirmation' THEN '确认' WHEN 'coverage' THEN '报告范围' ELSE decision_kind END AS "决定",
    CASE decision_state
        WHEN 'in_force' THEN '起作用' WHEN 'lapsed' THEN '失效' WHEN 'withdrawn' THEN '撤回' WHEN 'expired' THEN '过期' ELSE '对不上'
    END AS "状态",
    nullif(state_reason, '') AS "状态说明",
    coalesce(decision.agency_name, decision.agency_id) AS "单位",
    decision.report_year AS "年度",
    coalesce(decision.label, decision.rule || '（' || decision.finding_id || '）') AS "对象",
    CASE effect_kind
        WHEN 'cell' THEN '单元格' WHEN 'settled' THEN '解决的问题' WHEN 'caused' THEN '新出现的问题' WHEN 'waived' THEN '豁免'
        WHEN 'confirmed' THEN '确认' WHEN 'sum' THEN '合计' WHEN 'coverage' THEN '报告范围' WHEN 'area' THEN '地区汇总' WHEN 'indicator' THEN '指标' ELSE effect_kind
    END AS "影响",
    effect.report_year AS "影响年度",
    CASE WHEN effect_kind IN ('sum', 'area') THEN effect.area_name ELSE effect.agency_name END AS "影响的单位",
    effect.label AS "项目",
    before_text AS "原为",
    after_text AS "现为",
    moved_together AS "共同的决定",
    decision_reason AS "理由",
    decision.source AS "依据",
    decided_by AS "决定人",
    decided_on AS "决定日期"
FROM core_decisions AS decision
LEFT JOIN out_decision_effects AS effect USING (decision_id)
ORDER BY
    decision.report_year DESC, "单位", decision.decision_id, effect.report_year,
    CASE effect_kind WHEN 'cell' THEN 1 WHEN 'coverage' THEN 1 WHEN 'settled' THEN 2 WHEN 'caused' THEN 3 WHEN 'area' THEN 5 WHEN 'sum' THEN 5 WHEN 'indicator' THEN 6 ELSE 4 END,
    "影响的单位", effect.form, effect.item, effect.applicant
