"""The sentences of reports before 2019. Every figure in them is the one in the list of statistics, where there is one."""

from __future__ import annotations

OPENINGS = (
    "根据《中华人民共和国政府信息公开条例》的规定，现公布{agency}{year}年政府信息公开工作年度报告。"
    "本报告所列数据的统计期限为{period}年1月1日至{period}年12月31日。",
    "本报告由{agency}编制，包括概述、主动公开、依申请公开、收费、复议诉讼、存在问题等部分，统计期限自{period}年1月1日起，至{period}年12月31日止。",
    "按照《中华人民共和国政府信息公开条例》的要求，特向社会公布本年度报告，所列数据统计期限为{period}年1月1日至{period}年12月31日。",
)
HEADINGS = {
    "overview": "概述",
    "proactive": "主动公开政府信息情况",
    "requests": "依申请公开政府信息办理情况",
    "charges": "政府信息公开收费及减免情况",
    "remedies": "因政府信息公开申请行政复议、提起行政诉讼情况",
    "problems": "存在的主要问题及改进措施",
}
STATISTICS = "政府信息公开情况统计表"
OVERVIEW = (
    "{we}高度重视政府信息公开工作，明确办公室为承办机构，落实专人负责日常维护。",
    "{we}按照公开为原则、不公开为例外的要求，进一步健全信息公开的领导机构和办事机构。",
    "{we}把信息公开列入重要议事日程，修订公开指南和公开目录，规范工作程序。",
    "一年来，{we}坚持围绕中心、服务大局，稳步推进信息公开，保障公众的知情权。",
)
FURTHER_OVERVIEW = (
    "{we}落实信息发布保密审查制度，坚持先审查、后公开。",
    "{we}对公开目录进行了梳理，补充遗漏内容，纠正过时信息。",
    "{we}组织工作人员参加业务学习，熟悉条例和工作流程。",
    "{we}在办事大厅设立查阅场所，摆放办事指南供群众取阅。",
    "{we}通过设立意见箱、公布监督电话等方式接受社会监督。",
    "{we}结合机关效能建设，把信息公开纳入科室目标考核。",
    "{we}加强与新闻媒体的联系，及时宣传重点工作进展。",
)
# 2010-2013: figures stand nowhere else
DISCLOSED_2008 = (
    "{year}年主动公开政府信息{disclosed}条，其中：机构职能类{functions}条、政策法规类{policies}条、工作动态类{news}条。",
    "全年主动公开政府信息{disclosed}条，全文电子化率达100%。公开的内容主要是机构职能、政策法规、规划计划和办事程序。",
    "{we}全年主动公开政府信息{disclosed}条，通过政府网站、公示栏和便民手册等形式向社会公布。",
)
RECEIVED_2008 = (
    "全年受理政府信息公开申请{received}件，其中当面申请{in_person}件，网络申请{online}件，信函申请{letter}件。",
    "{year}年共收到政府信息公开申请{received}件，其中网络申请{online}件、信函申请{letter}件、当面申请{in_person}件。",
)
ANSWERED_2008 = (
    "对受理的申请均已答复，其中同意公开{granted}件，部分公开{partly_granted}件，信息不存在{does_not_exist}件。",
    "已全部办结，其中同意公开{granted}件、同意部分公开{partly_granted}件、信息不存在{does_not_exist}件。",
)
MORE_THAN_LAST_YEAR = "受理数比上年增加{more}件。"
# 2014-2018: the same figures stand in the list
DISCLOSED_2014 = (
    "全年主动公开政府信息{disclosed}条。其中，主动公开规范性文件{disclosed_normative_documents}件。",
    "{we}全年主动公开政府信息{disclosed}条，内容涉及机构职能、财政预决算、行政权力和公共服务。",
    "{year}年，{we}通过各种渠道主动公开政府信息{disclosed}条，发布政策解读稿件{policy_explanations}篇。",
    "全年制发规范性文件{normative_documents_issued}件，主动公开政府信息{disclosed}条。",
)
RECEIVED_2014 = (
    "全年收到政府信息公开申请{received}件，其中当面申请{in_person}件、传真申请{fax}件、网络申请{online}件、信函申请{letter}件。",
    "{year}年共收到政府信息公开申请{received}件，办结{closed}件，其中按时办结{on_time}件、延期办结{extended}件。",
    "{we}全年收到政府信息公开申请{received}件，申请办结{closed}件，申请内容主要涉及群众切身利益。",
)
ANSWERED_2014 = (
    "在答复的申请中，同意公开{granted}件，同意部分公开{partly_granted}件，不同意公开{denied}件。",
    "答复结果中，属于已主动公开范围{already_public}件，申请信息不存在{does_not_exist}件，不属于本行政机关公开{not_this_agency}件。",
    "对申请内容不明确的，{we}一次性告知申请人更改补充，并做好解释和引导。",
)
NO_REQUESTS = ("{year}年，{we}未收到政府信息公开申请。", "全年没有收到政府信息公开申请，受理渠道保持畅通。")
CHARGES = (
    "本年度依申请公开未收取任何费用。",
    "{we}本年度没有收取检索、复制、邮寄等费用，也没有减免。",
    "{we}提供政府信息均为免费，本年度没有发生收费。",
)
CHARGED = "本年度依申请提供政府信息收取复制、邮寄费用{fees}元。"
DISPUTES = (
    "本年度因政府信息公开被申请行政复议{reviews}件，被提起行政诉讼{suits}件。",
    "全年发生因政府信息公开引起的行政复议{reviews}件、行政诉讼{suits}件，{we}依法配合办理。",
)
PROBLEMS = (
    "一是公开的内容与公众的需求还有差距",
    "一是信息更新还不够及时",
    "一是工作人员对条例的理解还不够深入",
    "一是公开的形式还不够丰富，便民性有待提高",
    "一是部分历史信息尚未整理上网",
)
