-- 办理结果分类：每个单位每个年度一行，按各种格式共用的类别归并。所需单元格有一格没有数字的类别为空；
-- 2019 年前后分类和计数口径不同，2021 年前后“不明确或放弃”“其他处理”口径不同，跨年度比较见 series_by_body。
-- column: 单位: 报送单位的名称
-- column: 年度: 报告所反映的年度（不是发布年度）
-- column: 格式: 数字所出表格的格式
-- column: 予以公开: 予以公开的件数（2014年格式含已主动公开的）
-- column: 部分公开: 部分公开的件数
-- column: 依法不予公开: 因法定理由不予公开的件数
-- column: 无此信息: 本机关不掌握、信息不存在或需要另行制作的件数
-- column: 不明确或放弃: 补正后仍不明确、逾期不补正或不缴费的件数（2014年格式为告知补正的次数）
-- column: 不属公开申请: 不属于政府信息公开申请、告知其他途径或不予处理的件数
-- column: 其他处理: 其他处理的件数（2014年格式没有）
-- column: 合计: 以上各类之和；有一类为空的为空（2014年格式的其他处理除外）
-- column: 更正格数: 以上各类所用单元格中取更正值的格数；各类以更正后的数字计算
-- column: 按印出的数字: 有更正的各类，按印出的数字各是多少；没有更正的为空
-- column: 缺少格数: 所需单元格中没有数字的格数
SELECT
    agency_name AS "单位",
    report_year AS "年度",
    form AS "格式",
    max(value) FILTER (outcome_class = 'disclosed') AS "予以公开",
    max(value) FILTER (outcome_class = 'partly_disclosed') AS "部分公开",
    max(value) FILTER (outcome_class = 'refused_by_law') AS "依法不予公开",
    max(value) FILTER (outcome_class = 'not_held') AS "无此信息",
    max(value) FILTER (outcome_class = 'unclear_or_abandoned') AS "不明确或放弃",
    max(value) FILTER (outcome_class = 'outside_the_regime') AS "不属公开申请",
    max(value) FILTER (outcome_class = 'other') AS "其他处理",
    CASE WHEN count(value) = count(*) THEN sum(value) END AS "合计",
    sum(corrected_cells) AS "更正格数",
    string_agg(label || ' ' || coalesce(rtrim(rtrim(CAST(printed_value AS VARCHAR), '0'), '.'), '没有数字'), '，' ORDER BY outcome_class)
        FILTER (value IS DISTINCT FROM printed_value) AS "按印出的数字",
    sum(cells_lacking) AS "缺少格数"
FROM out_harmonised
GROUP BY agency_id, agency_name, report_year, form
ORDER BY report_year DESC, agency_name, agency_id
