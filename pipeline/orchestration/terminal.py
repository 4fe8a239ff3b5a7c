"""A build as seen on a terminal: progress while it runs, and a closing summary."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.catalog import load_catalog
from pipeline.catalog.decisions import load_decisions
from pipeline.catalog.office import check_office
from pipeline.catalog.population import load_population
from pipeline.catalog.registry import load_registry
from pipeline.catalog.severities import FINDINGS, PROBLEMS
from pipeline.checks.decided import STATES
from pipeline.common.settings import Settings
from pipeline.orchestration.build import Run, run_build
from pipeline.orchestration.findings_view import STATUSES
from pipeline.orchestration.publishing import published_years
from pipeline.orchestration.summary import Summary, summarise
from pipeline.orchestration.workspace import Workspace, watching

_STATUSES = {"parsed": "完整", "partial": "不完整"}
_CHANGES = {"added": "新增", "changed": "改动", "removed": "移走", "moved": "改名", "unchanged": "未变", "files_read_now": "本次读取"}
_LISTED = {"removed_files": "移走", "changed_files": "改动", "moved_files": "改名"}
_SHOWN = 20


def build(settings: Settings, years: Sequence[int], accept_fewer_figures: bool, console: Console, *, quiet: bool) -> bool:
    """Run a build, showing how far it has come and in the end what there is; True where every step went well.

    Raises RegistryError where the registry of bodies contradicts itself.
    """
    logging.getLogger("dagster").setLevel(logging.ERROR)
    # Dagster makes a million small objects that live until the end; looking through them again and again costs a quarter of a run.
    gc.set_threshold(100_000, 20, 20)
    load_registry(settings.decisions)  # what is wrong in it is said before any work is done
    load_decisions(settings.decisions, load_catalog(settings.catalog))
    check_office(settings.decisions)
    load_population(settings.decisions)
    settings.raw.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with _progress(console, quiet) as progress:
        token = watching.set(_Bars(progress))
        try:
            run = run_build(settings, years, accept_fewer_figures=accept_fewer_figures)
        finally:
            watching.reset(token)
    workspace = Workspace(settings)
    if run.intake:  # else it never looked at the folder, and there is nothing to sum up
        _print_summary(console, run, summarise(workspace), time.monotonic() - started, settings)
    _print_failure(console, run)
    unknown = sorted(set(years) - set(published_years(workspace)))
    for year in unknown:
        console.print(f"没有 {year} 年度的报告。", style="bold red")
    return run.success and not unknown


def _progress(console: Console, quiet: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=quiet)


class _Bars:
    """One bar for each long step, made when the step first speaks."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=total)
        self._progress.update(self._tasks[what], completed=done, total=total)


def _print_summary(console: Console, run: Run, summary: Summary, seconds: float, settings: Settings) -> None:
    table = Table(title="小结" if run.success else "小结（没有完成，原因见最后）", show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column()
    kinds = _listed({kind: f"{count} 个" for kind, count in summary.files_by_kind.items()})
    table.add_row("文件", f"共 {summary.files} 个  {kinds}" if kinds else f"{settings.raw} 下没有文件")
    if run.intake:
        table.add_row("与上次相比", "，".join(f"{name} {run.intake[key]}" for key, name in _CHANGES.items()))
    table.add_row("未读取", f"{len(summary.not_read)} 个")
    table.add_row("报告", _reports(summary))
    years = {f"{year} 年" if year else "年度不明": f"{count} 份" for year, count in summary.reports_by_year.items()}
    table.add_row("年度", _listed(years) or "无")
    table.add_row("单元格", f"{summary.cells:,} 个，其中数字 {summary.numbers:,} 个")
    table.add_row("读取问题", _counts(summary.problems, PROBLEMS))
    settled = "，".join(f"{STATUSES[key]} {count} 处" for key, count in sorted(summary.settled.items()))
    table.add_row("核对发现", _counts(summary.findings, FINDINGS) + (f"；另有{settled}" if settled else ""))
    if summary.decisions:
        table.add_row(
            "人工决定", "，".join(f"{name} {summary.decisions[key]} 项" for key, name in STATES.items() if key in summary.decisions)
        )
    table.add_row("用时", f"{seconds:.1f} 秒")
    for number, path in enumerate(summary.results):
        table.add_row("结果" if number == 0 else "", str(path))
    console.print(table)
    for key, what in _LISTED.items():
        _print_list(console, what, list(run.listed.get(key, ())))
    _print_list(console, "未读取", [f"{name}：{reason}" for name, reason in summary.not_read], "，见工作簿“未读文件”")
    _print_list(console, "未汇总", [f"{name}：{reason}" for name, reason in summary.left_out], "，见工作簿“未读文件”")
    _print_list(console, "登记有误", summary.sources)
    _print_list(console, "决定无效", summary.decisions_in_vain, "，用 gongkai decisions check 查看")


def _listed(items: Mapping[str, str]) -> str:
    """Names with their figures. No blank within an item, since lines are broken at blanks."""
    return "  ".join(f"{name}：{figure}".replace(" ", "") for name, figure in items.items())


def _reports(summary: Summary) -> str:
    statuses = "，".join(f"{name} {summary.reports_by_status[key]}" for key, name in _STATUSES.items() if key in summary.reports_by_status)
    taken = f"{summary.reports} 份{f'（{statuses}）' if statuses else ''}，现行 {summary.current_reports} 份，{summary.agencies} 个单位"
    return taken + (f"；另有 {summary.refused} 个文件不是报告或未采用" if summary.refused else "")


def _print_list(console: Console, what: str, lines: list[str], where: str = "") -> None:
    for line in lines[:_SHOWN]:
        console.print(f"  {what}  {line}", markup=False, soft_wrap=True)
    if len(lines) > _SHOWN:
        console.print(f"  {what}  另有 {len(lines) - _SHOWN} 处{where}。", markup=False)


def _counts(found: dict[str, int], names: Mapping[str, str]) -> str:
    return "，".join(f"{name} {found.get(key, 0)} 处" for key, name in names.items())


def _print_failure(console: Console, run: Run) -> None:
    for failed in run.failures:
        if failed.record:
            console.print(failed.record, markup=False, highlight=False, soft_wrap=True)
    said = [f"已停止发布：{line}" for line in run.blocked] + [f"没有完成：{failed.reason}" for failed in run.failures]
    for line in said or ([] if run.success else ["没有完成，工作簿和数据库保留上次的内容。"]):
        console.print(line, style="bold red", markup=False, highlight=False, soft_wrap=True)
