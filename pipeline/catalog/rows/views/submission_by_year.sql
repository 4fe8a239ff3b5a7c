-- 报送情况：应报单位每个年度一行，未报送的在前，其次是收到文件但未取得数字的，再次是逾期的。
-- column: 年度: 报告所反映的年度（不是发布年度）
-- column: 单位: 应报单位的名称
-- column: 报送情况: 已报送、已报送但不完整、收到文件但未取得数字或未见报告
-- column: 发布日期: 报告发布日期；不明的为空
-- column: 公布期限: 条例规定的公布期限
-- column: 逾期天数: 发布日期晚于期限的天数；按期为 0；日期不明为空
-- column: 同期份数: 同一单位同一年度的报告份数
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
        ELSE submission
    END AS "报送情况",
    published_on AS "发布日期",
    deadline AS "公布期限",
    days_late AS "逾期天数",
    copies AS "同期份数",
    errors AS "错误数",
    warnings AS "提醒数",
    infos AS "提示数"
FROM out_submission_status
ORDER BY
    report_year DESC,
    CASE submission WHEN 'not_reported' THEN 1 WHEN 'unusable' THEN 2 ELSE 3 END,
    coalesce(days_late, 0) DESC, agency_name, agency_id
