-- 报送情况：应报单位和报送了报告的其他单位每个年度一行，未报送的在前，其次是收到文件但未取得数字的，再次是逾期的。
-- column: 年度: 报告所反映的年度（不是发布年度）
-- column: 单位: 应报单位的名称
-- column: 报送情况: 已报送、已报送但不完整、收到文件但未取得数字、未见报告、不在应报之列（有报告而不该由该单位报送）或不需报送
-- column: 应报依据: 应报名单、单位登记表或以前报送过
-- column: 发布日期: 报告发布日期；不明的为空
-- column: 公布期限: 条例规定的公布期限
-- column: 逾期天数: 发布日期晚于期限的天数；按期为 0；日期不明为空
-- column: 同期份数: 同一单位同一年度的报告份数
-- column: 数字不同的份数: 同一单位同一年度数字与现行报告不同的其他报告
-- column: 错误数: 程度为错误的问题数
-- column: 提醒数: 程度为提醒的问题数
-- column: 提示数: 程度为提示的问题数
SELECT
    report_year AS "年度",
    agency_name AS "单位",
    CASE submission
        WHEN 'reported' THEN '已报送'
        WHEN 'reported_incomplete' THEN '已报送但不完整'
        WHEN 'unusable' THEN '收到文件但未取得数字'
        WHEN 'not_reported' THEN '未见报告'
        WHEN 'unexpected' THEN '不在应报之列'
        WHEN 'not_owed' THEN '不需报送'
        ELSE submission
    END AS "报送情况",
    CASE owed_by WHEN 'roster' THEN '应报名单' WHEN 'registry' THEN '单位登记表' ELSE '以前报送过' END AS "应报依据",
    published_on AS "发布日期",
    deadline AS "公布期限",
    days_late AS "逾期天数",
    copies AS "同期份数",
    contradicting AS "数字不同的份数",
    errors AS "错误数",
    warnings AS "提醒数",
    infos AS "提示数"
FROM out_submission_status
ORDER BY
    report_year DESC,
    CASE submission WHEN 'not_reported' THEN 1 WHEN 'unusable' THEN 2 WHEN 'unexpected' THEN 3 WHEN 'not_owed' THEN 5 ELSE 4 END,
    coalesce(days_late, 0) DESC, agency_name, agency_id
