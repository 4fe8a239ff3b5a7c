-- 单位名称：每个单位的每个名称一行，附其沿革。用任何一个名称都可以查到同一沿革的各个单位编号，历年数据按沿革编号相接。
-- column: 名称: 单位用过的名称
-- column: 名称类别: 法定名称、报送时用过的名称、简称，或未登记单位在报告上的名称
-- column: 单位编号: 使用这一名称的单位
-- column: 沿革编号: 只经过更名的各个单位共用的编号
-- column: 沿革现名: 同一沿革中最近一个单位的名称
-- column: 起日: 名称使用的第一天；没有限制的为空
-- column: 止日: 名称使用的最后一天；没有限制的为空
-- column: 最早年度: 该单位现有报告中的最早报告年度
-- column: 最近年度: 该单位现有报告中的最近报告年度
WITH latest AS (
    SELECT lineage_id, arg_max(agency_name, (coalesce(valid_from, DATE '0001-01-01'), coalesce(last_year, 0), agency_id)) AS agency_name
    FROM core_agencies GROUP BY lineage_id
)
SELECT
    names.name AS "名称",
    CASE names.name_kind
        WHEN 'legal' THEN '法定名称' WHEN 'filed' THEN '报送时用过的名称' WHEN 'short' THEN '简称' WHEN 'printed' THEN '报告上的名称' ELSE names.name_kind
    END AS "名称类别",
    agency.agency_id AS "单位编号",
    agency.lineage_id AS "沿革编号",
    latest.agency_name AS "沿革现名",
    names.valid_from AS "起日",
    names.valid_to AS "止日",
    agency.first_year AS "最早年度",
    agency.last_year AS "最近年度"
FROM core_agency_names AS names
JOIN core_agencies AS agency USING (agency_id)
JOIN latest USING (lineage_id)
ORDER BY latest.agency_name, agency.lineage_id, names.valid_from NULLS FIRST, names.name_kind, names.name
