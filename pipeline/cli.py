"""The gongkai command: `gongkai build` makes the warehouse, `gongkai parse` reads single files."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from pipeline.common.errors import CatalogError, GongkaiError, RegistryError, SettingsError
from pipeline.common.settings import Settings
from pipeline.decision_commands import add_decision_commands

OK, INCOMPLETE, WRONG_CALL = 0, 1, 2

_DESCRIPTION = """gongkai（公开）：政府信息公开工作年度报告的读取、核对与汇总。

  gongkai build                     读取 data/raw 下的全部报告，核对，汇总到 data/warehouse
  gongkai build --year 2023         只重做 2023 年度
  gongkai publish                   生成各年度的工作簿、核改函和催报函、报告表、数据表
  gongkai parse 报告.docx --json    只读这一份，结果以 JSON 写到标准输出
  gongkai agencies check            检查 data/decisions 中的单位登记表
  gongkai roster check              检查应报名单；gongkai roster propose 按上年报送的单位写出一份
  gongkai findings --year 2024      列出核对发现的问题；gongkai findings 编号 查看其中一个
  gongkai correct、waive、confirm   登记更正、豁免、确认；gongkai cover 登记政府报告的范围；gongkai decisions check 检查

文件夹可用环境变量改变：GONGKAI_ROOT（其下的 data/raw、data/warehouse），
或分别用 GONGKAI_RAW、GONGKAI_WAREHOUSE；GONGKAI_DECISIONS 为单位登记表等人工决定所在的文件夹；
GONGKAI_CATALOG 为格式、标题、规则等登记表所在的文件夹；
GONGKAI_WORKERS 为并行读取的进程数；
GONGKAI_FILE_SECONDS、GONGKAI_FILE_MEMORY_MB 为读取单个文件的时间（秒）和内存（MB）上限。
"""
_PARSE = """读取指定的文件，每份报告输出一行 JSON；不读也不写数据库。

文件类型按内容判断，与后缀无关。退出码：0 全部完整读取；1 至少有一份不完整或不是报告；2 命令有误。
"""
_BUILD = """读取 data/raw 下的全部文件（任意文件夹、任意文件名），核对勾稽关系，生成：

  data/warehouse/汇总.xlsx         供主管部门查看的工作簿
  data/warehouse/gongkai.duckdb    供分析使用的数据库，每张表、每一列都有中文说明
  data/warehouse/parquet/          按报告年度存放的明细表

没有变化的文件不会重复读取。data/raw 中的文件永远不会被改动。
退出码：0 完成；1 有步骤失败，工作簿和数据库保留上次的内容；2 命令有误。
"""

_PUBLISH = """由已有的数据生成各年度供主管部门使用的文件（gongkai build 也会生成），存放在 data/warehouse/publish/年度/：

  汇总….xlsx               该年度的工作簿：报送情况、问题清单、汇总表、同比、指标排名、数据质量等
  letters/                 发现问题的单位每个一份核改函，未报送的单位每个一份催报函，另有一个全部函件的压缩包
  …年度报告表.docx         按正式格式填好全地区合计的报告表，供撰写政府本级年度报告
  tables/                  全部数据表（CSV 和 Parquet），datapackage.json 写明各表、各列的含义

没有变化的年度不重复生成。落款、联系人、答复期限在 data/decisions/office.csv 中登记。
退出码：0 完成；1 没有该年度的报告，或文件不能写入；2 命令有误。
"""
_AGENCIES = """单位登记表（data/decisions 中的 agencies.csv、agency_names.csv、agency_links.csv、roster.csv）。

  gongkai agencies check            检查：重名、编号、日期、变更前后的空档和重叠、校验码、行政区划代码
  gongkai agencies list             列出全部登记的单位，更名的前后相接
  gongkai agencies show 名称        一个单位的各个名称、起止、变更和报告年度，用哪个名称问都可以
  gongkai agencies propose          为报送过报告而没有登记的单位写出 agencies.csv 的行，核对后粘贴即可

退出码：0 没有问题；1 有问题或没有找到；2 命令有误。
"""
_ROSTER = """应报名单（data/decisions/roster.csv）：哪些单位应当报送哪些年度的报告，另行规定的公布期限。

  gongkai roster check              检查：没有登记也没有报送过的名称、重复的行、已不存在的单位
  gongkai roster propose            按最近一个年度报送的单位写出下一年度的名单，核对后存为 roster.csv 即可
"""

# what argparse says of a wrong call -> the same in Chinese
_WRONG_CALLS = (
    (r"the following arguments are required: (.+)", r"缺少：\1。"),
    (r"unrecognized arguments: (.+)", r"多余或不认识的参数：\1。"),
    (r"argument \S+: invalid choice: '(.*?)'.*", r"没有“\1”这个命令。"),
    (r"argument (\S+): invalid int value: '(.*)'", r"\1 后面应为整数，现为“\2”。"),
    (r"argument (\S+): expected .*", r"\1 后面缺少内容。"),
)


class _Layout(argparse.RawDescriptionHelpFormatter):
    """The help with its headings in Chinese."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Wrong calls end with the usage and exit status 2, in Chinese as everything an office sees."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Layout, add_help=False, **options)
        self.named = self.add_argument_group("参数")
        self.options = self.add_argument_group("选项")
        self.options.add_argument("-h", "--help", action="help", help="显示用法")

    def error(self, message: str) -> NoReturn:
        known = (match.expand(said) for pattern, said in _WRONG_CALLS if (match := re.fullmatch(pattern, message, re.DOTALL)))
        self.print_usage(sys.stderr)
        self.exit(WRONG_CALL, f"命令不完整或有误。{next(known, '')}用 {self.prog} --help 查看用法。\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except (SettingsError, CatalogError, RegistryError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return WRONG_CALL
    except GongkaiError as error:
        print(f"错误：{error}", file=sys.stderr)
        return INCOMPLETE
    except BrokenPipeError:  # whoever read our output has had enough
        sys.stdout = None
        return INCOMPLETE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="gongkai", description=_DESCRIPTION)
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令")
    parse = commands.add_parser("parse", help="读取单个文件，输出 JSON", description=_PARSE)
    parse.named.add_argument("files", nargs="+", metavar="文件", help="要读取的文件，可以有多个")
    parse.options.add_argument("--json", action="store_true", help="输出 JSON（目前唯一的格式，可省略）")
    parse.set_defaults(run=_parse)
    build = commands.add_parser("build", help="读取、核对、汇总 data/raw", description=_BUILD)
    build.options.add_argument("--year", type=int, action="append", default=[], metavar="年度", help="只重做这个报告年度，可重复使用")
    build.options.add_argument(
        "--accept-fewer-figures", action="store_true", help="确认报告文件是有意移走的，或者有的报告读出的数字应比已发布的少，仍然发布"
    )
    build.options.add_argument("--quiet", action="store_true", help="不显示进度，只显示最后的小结")
    build.set_defaults(run=_build)
    publish = commands.add_parser("publish", help="生成各年度的工作簿、核改函和催报函、报告表、数据表", description=_PUBLISH)
    publish.options.add_argument("--year", type=int, action="append", default=[], metavar="年度", help="只生成这个报告年度，可重复使用")
    publish.set_defaults(run=_publish)
    agencies = commands.add_parser("agencies", help="检查、查看单位登记表", description=_AGENCIES)
    agencies.named.add_argument("what", choices=("check", "list", "show", "propose"), metavar="动作", help="check、list、show 或 propose")
    agencies.named.add_argument("name", nargs="?", metavar="名称", help="要查看的单位（只用于 show）")
    agencies.set_defaults(run=_agencies)
    roster = commands.add_parser("roster", help="检查、拟定应报名单", description=_ROSTER)
    roster.named.add_argument("what", choices=("check", "propose"), metavar="动作", help="check 或 propose")
    roster.set_defaults(run=_roster)
    add_decision_commands(commands)
    return parser


def _parse(options: argparse.Namespace) -> int:
    from pipeline.orchestration.parse_all import parse_all

    settings = Settings.discover()
    whole = True
    for number, lines in enumerate(parse_all(settings, options.files), start=1):
        if len(options.files) > 1 and sys.stderr.isatty():
            print(f"\r已读取 {number} 个文件", end="", file=sys.stderr)
        for line, parsed in lines:
            print(line, flush=True)
            whole = whole and parsed
    return OK if whole else INCOMPLETE


def _build(options: argparse.Namespace) -> int:
    # Nothing leaves the office network, Dagster's statistics included. It takes most of a second to import: only a build pays for it.
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
    from rich.console import Console

    from pipeline.orchestration.terminal import build

    done = build(Settings.discover(), options.year, options.accept_fewer_figures, Console(), quiet=options.quiet)
    return OK if done else INCOMPLETE


def _publish(options: argparse.Namespace) -> int:
    from pipeline.orchestration.one_at_a_time import alone
    from pipeline.orchestration.publishing import publish_years
    from pipeline.orchestration.workspace import Workspace

    workspace = Workspace(Settings.discover())
    with alone(workspace.settings.warehouse, lambda line: print(line, file=sys.stderr, flush=True)):
        done = publish_years(workspace, options.year or None)
    for year, files in done.rows.items():
        state = "未变" if int(year) in done.unchanged else "已生成"
        print(f"{year} 年度：{state}，{files} 个文件，{workspace.year_folder(int(year))}")
    unknown = sorted({str(year) for year in options.year} - set(done.rows))
    for year in unknown:
        print(f"没有 {year} 年度的报告。", file=sys.stderr)
    if not done.rows and not unknown:
        print("没有任何报告。请先运行 gongkai build。", file=sys.stderr)
    return OK if done.rows and not unknown else INCOMPLETE


def _agencies(options: argparse.Namespace) -> int:
    from pipeline.orchestration import registry_view
    from pipeline.orchestration.workspace import Workspace

    workspace = Workspace(Settings.discover())
    good = True
    if (options.what == "show") != (options.name is not None):
        raise SettingsError("show 后面应写明单位名称，其他动作不带名称。用 gongkai agencies --help 查看用法。")
    if options.what == "check":
        lines, good = registry_view.check(workspace)
    elif options.what == "list":
        lines = registry_view.listing(workspace)
    elif options.what == "show":
        lines, good = registry_view.shown(workspace, options.name)
    else:
        rows, remarks = registry_view.proposals(workspace)
        print(*remarks, sep="\n" if remarks else "", end="\n" if remarks else "", file=sys.stderr)
        lines = rows.splitlines()
    print(*lines, sep="\n")
    return OK if good else INCOMPLETE


def _roster(options: argparse.Namespace) -> int:
    from pipeline.orchestration import roster_view
    from pipeline.orchestration.workspace import Workspace

    workspace = Workspace(Settings.discover())
    if options.what == "check":
        lines, good = roster_view.check(workspace)
        print(*lines, sep="\n")
        return OK if good else INCOMPLETE
    lines, remarks = roster_view.propose(workspace)
    for text in remarks:
        print(text, file=sys.stderr)
    if lines:
        print(*lines, sep="\n")
    return OK if lines else INCOMPLETE
