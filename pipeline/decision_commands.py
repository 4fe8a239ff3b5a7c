"""The commands about findings and decisions: gongkai findings, correct, waive, confirm, cover, coverage, decisions."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.common.errors import GongkaiError, SettingsError
from pipeline.common.settings import Settings

if TYPE_CHECKING:
    from pipeline.orchestration.decide import Decided
    from pipeline.orchestration.workspace import Workspace

OK, INCOMPLETE = 0, 1
_FINDINGS = """核对发现的问题（上次 gongkai build 的结果）：列出、筛选，或者查看其中一个。

  gongkai findings --year 2024                      某年度待处理和已确认的问题
  gongkai findings --body 区教育局 --severity 错误   某单位（任何一个用过的名称）的错误
  gongkai findings --rule R3 --status 已豁免         某条规则已豁免的问题；--status 全部 不论状态
  gongkai findings --year 2024 --csv > 问题.csv      写成表格，Excel 可以直接打开
  gongkai findings 6478267c                         一个问题：有关单元格、印出的数字、可能的错误；编号可以只写前几位

问题编号由规则、单位、年度、位置和数字生成：再次运行不变，数字改动后随之改变。
退出码：0 完成；1 没有找到；2 命令有误。
"""
_CORRECT = """登记一格的更正（data/decisions/corrections.csv）。报告印的数字不改，更正后的数字写在旁边，合计、指标、比较采用更正后的。

  gongkai correct 区市场监管局 2020 结转下年度继续办理 6 --column 总计 \\
      --reason "总计多计 2 件" --source "该局 1 月 20 日复函" --by 王某

单位用任何一个用过的名称或编号；格写表中的行名、列名（如“行政许可 处理决定数量”）或指标编号；表三的格用 --column 写明哪一列；
金额写明单位，如 12.5万元。印出的数字由程序从报告中取得并显示，同时说明更正后解决哪些问题、会新出现哪些问题。
报告以后改动、不再印这个数字的，更正自动失效，并在运行小结和工作簿中提示。先加 --look 只看不写。
退出码：0 已登记；1 没有登记，原因见说明；2 命令有误。
"""
_WAIVE = """豁免一个问题（data/decisions/waivers.csv）：核实后认为不是问题，或者可以不改。

  gongkai waive ab8e2709 --reason "12 月集中收到，均在期限之内" --by 王某
  gongkai waive ab8e2709 --reason "限期补充" --by 王某 --until 2026-06-30

有关数字改动后，问题编号改变，豁免自动失效；写了期限的，过期后重新列为待处理。
退出码：0 已登记；1 没有登记，原因见说明；2 命令有误。
"""
_CONFIRM = """确认一个问题属实（data/decisions/confirmations.csv）：已经核实，报送单位应当更正。

  gongkai confirm 4fcdae94 --reason "经核实，上年结转漏填" --by 王某

退出码：0 已登记；1 没有登记，原因见说明；2 命令有误。
"""
_COVER = """登记政府报告的范围（data/decisions/coverage.csv）：程序判断有误，或者不能判断的，由人写明。

  gongkai cover 沐云区人民政府 2024 全地区 --reason "区政务公开科编制，含各部门和镇街" --source "该办 3 月 2 日答复" --by 王某

范围写 全地区、政府本级 或 不能判断。政府本级的报告计入地区合计；全地区的报告是合计，与所属单位之和相比，不重复相加。
报告的题目、写明范围的句子或数字以后改动的，决定自动失效，并在运行小结和工作簿中提示。先加 --look 只看不写。
退出码：0 已登记；1 没有登记，原因见说明；2 命令有误。
"""
_COVERAGE = """各政府报告的范围（上次 gongkai build 的结果）：全地区、政府本级，或者不能判断。

  gongkai coverage list --year 2024    列出范围、判断的理由和报告标记，不能判断的在前
  gongkai coverage propose > 范围.csv  为不能判断的写出 coverage.csv 的行，参照相邻年度；核实、填写依据和决定人后并入

退出码：0 完成；2 命令有误。
"""
_DECISIONS = """全部人工决定：更正、豁免、确认、报告范围。

  gongkai decisions check    检查各文件填写有没有错误，列出失效、过期、对不上的决定和原因
  gongkai decisions list     列出全部决定和状态

退出码：0 没有错误；1 有错误；2 命令有误。
"""
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def add_decision_commands(commands: Any) -> None:
    """Declare the commands on the parser's list of them."""
    findings = commands.add_parser("findings", help="列出、筛选、查看核对发现的问题", description=_FINDINGS)
    findings.named.add_argument("finding", nargs="?", metavar="问题编号", help="只看这一个，可以只写前几位")
    findings.options.add_argument("--year", type=int, action="append", default=[], metavar="年度", help="可重复使用")
    findings.options.add_argument("--body", metavar="单位", help="任何一个用过的名称，或编号")
    findings.options.add_argument("--rule", action="append", default=[], metavar="规则", help="规则编号，如 R3；可重复使用")
    findings.options.add_argument("--severity", action="append", default=[], metavar="程度", help="错误、提醒或提示；可重复使用")
    findings.options.add_argument(
        "--status", action="append", default=[], metavar="状态", help="待处理、已确认、已豁免、已更正或全部；不写为前两种"
    )
    findings.options.add_argument("--csv", action="store_true", help="写成 CSV")
    findings.set_defaults(run=_findings)
    correct = commands.add_parser("correct", help="登记一格的更正", description=_CORRECT)
    correct.named.add_argument("body", metavar="单位", help="任何一个用过的名称，或编号")
    correct.named.add_argument("year", type=int, metavar="年度", help="报告年度")
    correct.named.add_argument("cell", metavar="格", help="表中的行名、列名，或指标编号")
    correct.named.add_argument("value", metavar="新值", help="更正后的数字；金额写明单位")
    correct.options.add_argument("--column", metavar="列", help="表三的列：自然人、商业企业……总计")
    correct.options.add_argument("--source", required=True, metavar="依据", help="依据的文件、复函、电话")
    _about_the_decision(correct)
    correct.set_defaults(run=_correct)
    waive = commands.add_parser("waive", help="豁免一个问题", description=_WAIVE)
    waive.named.add_argument("finding", metavar="问题编号", help="可以只写前几位")
    waive.options.add_argument("--until", metavar="日期", help="有效期的最后一天，如 2026-06-30；不写为没有限期")
    _about_the_decision(waive)
    waive.set_defaults(run=_waive)
    confirm = commands.add_parser("confirm", help="确认一个问题属实", description=_CONFIRM)
    confirm.named.add_argument("finding", metavar="问题编号", help="可以只写前几位")
    _about_the_decision(confirm)
    confirm.set_defaults(run=_confirm)
    cover = commands.add_parser("cover", help="登记政府报告的范围", description=_COVER)
    cover.named.add_argument("body", metavar="单位", help="任何一个用过的名称，或编号")
    cover.named.add_argument("year", type=int, metavar="年度", help="报告年度")
    cover.named.add_argument("coverage", metavar="范围", help="全地区、政府本级或不能判断")
    cover.options.add_argument("--source", required=True, metavar="依据", help="依据的文件、复函、电话")
    _about_the_decision(cover)
    cover.set_defaults(run=_cover)
    coverage = commands.add_parser("coverage", help="列出政府报告的范围", description=_COVERAGE)
    coverage.named.add_argument("what", choices=("list", "propose"), metavar="动作", help="list 或 propose")
    coverage.options.add_argument("--year", type=int, metavar="年度", help="只看这一年度")
    coverage.set_defaults(run=_coverage)
    decisions = commands.add_parser("decisions", help="检查、列出人工决定", description=_DECISIONS)
    decisions.named.add_argument("what", choices=("check", "list"), metavar="动作", help="check 或 list")
    decisions.set_defaults(run=_decisions)


def _about_the_decision(parser: Any) -> None:
    parser.options.add_argument("--reason", required=True, metavar="理由", help="为什么")
    parser.options.add_argument("--by", required=True, metavar="姓名", help="谁决定的")
    parser.options.add_argument("--on", metavar="日期", help="决定的日期，如 2026-03-02；不写为今天")
    parser.options.add_argument("--look", action="store_true", help="只看会怎样，不登记")


def _findings(options: argparse.Namespace) -> int:
    from pipeline.catalog.severities import FINDINGS
    from pipeline.orchestration import findings_view

    workspace = _built()
    if options.finding:
        _say(findings_view.shown(workspace, options.finding))
        return OK
    statuses = {**findings_view.STATUSES, "all": "全部"}
    chosen = [_key(text, statuses, "--status") for text in options.status]
    wanted = findings_view.Filter(
        years=options.year,
        body=options.body,
        rules=[text.upper() for text in options.rule],
        severities=[_key(text, FINDINGS, "--severity") for text in options.severity],
        statuses=list(findings_view.STATUSES) if "all" in chosen else chosen,
    )
    if options.csv:
        sys.stdout.write(findings_view.as_csv(workspace, wanted))
    else:
        _say(findings_view.listing(workspace, wanted))
    return OK


def _correct(options: argparse.Namespace) -> int:
    from pipeline.orchestration.decide import correct

    workspace = _built()
    said = correct(workspace, options.body, options.year, options.cell, options.column, options.value, _decided(workspace, options))
    _say(said)
    return OK


def _waive(options: argparse.Namespace) -> int:
    from pipeline.orchestration.decide import waive

    workspace = _built()
    until = _date(options.until, "--until") if options.until else None
    _say(waive(workspace, options.finding, _decided(workspace, options), until))
    return OK


def _confirm(options: argparse.Namespace) -> int:
    from pipeline.orchestration.decide import confirm

    workspace = _built()
    _say(confirm(workspace, options.finding, _decided(workspace, options)))
    return OK


def _cover(options: argparse.Namespace) -> int:
    from pipeline.catalog.decisions import COVERAGES
    from pipeline.orchestration.decide import cover

    workspace = _built()
    _say(cover(workspace, options.body, options.year, _key(options.coverage, COVERAGES, "范围"), _decided(workspace, options)))
    return OK


def _coverage(options: argparse.Namespace) -> int:
    from pipeline.orchestration import coverage_view

    _say((coverage_view.listing if options.what == "list" else coverage_view.proposed)(_built(), options.year))
    return OK


def _decisions(options: argparse.Namespace) -> int:
    from pipeline.orchestration import decisions_view

    lines, good = decisions_view.check(_workspace()) if options.what == "check" else (decisions_view.listing(_built()), True)
    _say(lines)
    return OK if good else INCOMPLETE


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _built() -> Workspace:
    """The workspace, where a build has made its tables: without any, "0 findings" would read as if all were well."""
    workspace = _workspace()
    if not workspace.store.years("raw_files"):
        folder = workspace.settings.warehouse
        raise GongkaiError(f"{folder} 中还没有数据。请在安装目录中运行本命令；还没有运行过的，先运行 gongkai build。")
    return workspace


def _workspace() -> Workspace:
    from pipeline.orchestration.workspace import Workspace

    return Workspace(Settings.discover())


def _decided(workspace: Workspace, options: argparse.Namespace) -> Decided:
    from pipeline.orchestration.decide import Decided

    texts = {"--reason": options.reason, "--by": options.by, "--source": getattr(options, "source", "-")}
    for name, text in texts.items():
        if not text.strip() or "\n" in text:
            raise SettingsError(f"{name} 后面应为一行文字。")
    on = _date(options.on, "--on") if options.on else workspace.settings.day()
    return Decided(options.reason.strip(), options.by.strip(), on, getattr(options, "source", "").strip(), options.look)


def _date(text: str, name: str) -> date:
    match = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"{name} 后面应为日期，如 2026-06-30，现为“{text}”。") from None


def _key(text: str, names: Mapping[str, str], option: str) -> str:
    """The id behind a word of `names`, or the id itself."""
    found = next((key for key, name in names.items() if text.lower() in (key.lower(), name)), None)
    if found is None:
        raise SettingsError(f"{option} 后面应为 {'、'.join(names.values())} 之一，现为“{text}”。")
    return found
