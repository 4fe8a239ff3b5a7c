"""Where things are. One object is made at the start and handed down; nothing else reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from pipeline.common.errors import SettingsError

DEFAULT_CATALOG = Path(__file__).resolve().parent.parent / "catalog" / "rows"
_CHINA = timezone(timedelta(hours=8))
_LEAST_MEMORY_MB = 256  # with less not even the libraries can be loaded


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost before its worker is stopped: seconds by the clock, megabytes of memory."""

    seconds: int = 300
    memory_mb: int = 2048


@dataclass(frozen=True)
class Settings:
    """The folders of one installation.

    raw: report files as received; never written to.
    warehouse: everything that can be rebuilt: Parquet, DuckDB, workbook, the cache of readings.
    decisions: what people decided, as small text files under version control.
    catalog: the rows that say what forms, labels, rules and indicators are.
    workers: processes that read files side by side.
    limits: what reading one file may cost.
    today: the day on which waivers are judged to have expired; None: the day in China.
    """

    raw: Path
    warehouse: Path
    decisions: Path
    catalog: Path = DEFAULT_CATALOG
    workers: int = 1
    limits: Limits = Limits()
    today: date | None = None

    def day(self) -> date:
        """The day that counts as today. It decides nothing but whether a waiver has expired."""
        return self.today or datetime.now(_CHINA).date()

    @classmethod
    def discover(cls, root: Path | None = None) -> Settings:
        """Settings from GONGKAI_ROOT, GONGKAI_RAW, GONGKAI_WAREHOUSE, GONGKAI_DECISIONS, GONGKAI_CATALOG, GONGKAI_WORKERS,
        GONGKAI_FILE_SECONDS, GONGKAI_FILE_MEMORY_MB, GONGKAI_TODAY.

        Without them: `data/raw`, `data/warehouse`, `data/decisions` below the current folder and the catalogue of the package.
        """
        base = (root or Path(os.environ.get("GONGKAI_ROOT", "."))).resolve()

        def folder(variable: str, default: Path) -> Path:
            return Path(os.environ[variable]).resolve() if os.environ.get(variable) else default

        return cls(
            raw=folder("GONGKAI_RAW", base / "data" / "raw"),
            warehouse=folder("GONGKAI_WAREHOUSE", base / "data" / "warehouse"),
            decisions=folder("GONGKAI_DECISIONS", base / "data" / "decisions"),
            catalog=folder("GONGKAI_CATALOG", DEFAULT_CATALOG),
            workers=_number("GONGKAI_WORKERS", os.cpu_count() or 1),
            limits=Limits(
                seconds=_number("GONGKAI_FILE_SECONDS", Limits.seconds),
                memory_mb=_number("GONGKAI_FILE_MEMORY_MB", Limits.memory_mb, least=_LEAST_MEMORY_MB),
            ),
            today=_day("GONGKAI_TODAY"),
        )


def _day(variable: str) -> date | None:
    text = os.environ.get(variable)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SettingsError(f"环境变量 {variable} 应为日期，如 2026-03-31，现为“{text}”。") from None


def _number(variable: str, default: int, least: int = 1) -> int:
    text = os.environ.get(variable)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise SettingsError(f"环境变量 {variable} 应为不小于 {least} 的整数，现为“{text}”。")
    return int(text)
