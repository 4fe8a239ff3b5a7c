"""One Dagster asset for each table, grouped by layer, and one for each thing that people get.

The steps themselves are plain functions in the rooms; here they are only named, wired and described.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    Failure,
    MaterializeResult,
    MetadataValue,
    multi_asset,
)

from pipeline.catalog import Catalog
from pipeline.common.errors import SchemaError
from pipeline.orchestration.derived import DERIVED, Derived
from pipeline.orchestration.filing import CORE_TABLES, RAW_TABLES
from pipeline.orchestration.intake_step import take_in
from pipeline.orchestration.publishing import publish, publish_years
from pipeline.orchestration.refresh import Refreshed, refresh_core, refresh_derived, refresh_raw
from pipeline.orchestration.resource import Installation
from pipeline.orchestration.workspace import Workspace, digest
from pipeline.publish.workbook.overview import write_workbook
from pipeline.warehouse.database import build_database, materialised
from pipeline.warehouse.schema import from_rows

SCHEMA_CHECK = "schema"
Results = Iterator[MaterializeResult[None] | AssetCheckResult]
Refresh = Callable[[Workspace], Refreshed]


def build_assets(catalog: Catalog) -> list[AssetsDefinition]:
    """All assets, for the tables that `catalog` declares."""
    return [
        _raw_files(catalog),
        _tables(catalog, RAW_TABLES, ("raw_files",), refresh_raw),
        _tables(catalog, CORE_TABLES, ("raw_files",), refresh_core),
        *(_derived(catalog, step) for step in DERIVED),
        _database(catalog),
        _workbook(),
        _year_papers(),
    ]


def _raw_files(catalog: Catalog) -> AssetsDefinition:
    tables = ("raw_files", "raw_source_problems")

    @multi_asset(
        name="raw_files", specs=[_spec(catalog, table, ()) for table in tables], check_specs=[_schema_check(table) for table in tables]
    )
    def raw_files(context: AssetExecutionContext, installation: Installation) -> Results:
        workspace = installation.workspace()
        intake = take_in(workspace)
        store = workspace.store
        fingerprint = digest([workspace.table_version, *intake.raw_files.to_pylist()])
        if store.fingerprint("raw_files") != fingerprint:
            store.write("raw_files", intake.raw_files, fingerprint=fingerprint)
        for line in intake.source_problems:
            context.log.warning(line)
        said = from_rows(catalog, "raw_source_problems", [{"problem": n, "message": line} for n, line in enumerate(intake.source_problems)])
        made_of = digest([workspace.table_version, *intake.source_problems])
        if store.fingerprint("raw_source_problems") != made_of:
            store.write("raw_source_problems", said, fingerprint=made_of)
        not_read = [row for row in intake.raw_files.to_pylist() if row["read_status"] == "not_read"]
        yield MaterializeResult(
            asset_key="raw_files",
            metadata={
                "dagster/row_count": intake.raw_files.num_rows,
                "files_read_now": intake.files_read,
                "added": len(intake.changes.added),
                "changed": len(intake.changes.changed),
                "removed": len(intake.changes.removed),
                "moved": len(intake.changes.moved),
                "unchanged": len(intake.changes.unchanged),
                "removed_files": MetadataValue.json(list(intake.changes.removed)),
                "changed_files": MetadataValue.json(list(intake.changes.changed)),
                "moved_files": MetadataValue.json([f"{old} → {new}" for old, new in intake.changes.moved]),
                "not_read": MetadataValue.md("\n".join(f"- {row['path']}：{row['reason']}" for row in not_read) or "无"),
                "sources": MetadataValue.md("\n".join(f"- {line}" for line in intake.source_problems) or "无"),
            },
        )
        yield AssetCheckResult(asset_key="raw_files", check_name=SCHEMA_CHECK, passed=True)
        yield MaterializeResult(asset_key="raw_source_problems", metadata={"dagster/row_count": said.num_rows})
        yield AssetCheckResult(asset_key="raw_source_problems", check_name=SCHEMA_CHECK, passed=True)

    return raw_files


def _derived(catalog: Catalog, step: Derived) -> AssetsDefinition:
    return _tables(catalog, step.tables, step.inputs, lambda workspace: refresh_derived(workspace, step))


def _tables(catalog: Catalog, tables: tuple[str, ...], inputs: tuple[str, ...], refresh: Refresh) -> AssetsDefinition:
    """One multi-asset for the tables that a single pass makes; each has its schema check, which blocks what comes after."""

    @multi_asset(
        name=f"{tables[0]}_step" if len(tables) > 1 else tables[0],
        specs=[_spec(catalog, table, inputs) for table in tables],
        check_specs=[_schema_check(table) for table in tables],
    )
    def step(context: AssetExecutionContext, installation: Installation) -> Results:
        try:
            result = refresh(installation.workspace())
        except SchemaError as error:
            for table in tables:
                yield AssetCheckResult(
                    asset_key=table, check_name=SCHEMA_CHECK, passed=False, severity=AssetCheckSeverity.ERROR, description=str(error)
                )
            raise Failure(description=str(error)) from error
        for table in tables:
            metadata: dict[str, int | str] = {
                "dagster/row_count": result.rows[table],
                "years_made": ", ".join(str(year or "—") for year in result.made) or "—",
                "years_unchanged": len(result.unchanged),
                "years_removed": len(result.removed),
            }
            yield MaterializeResult(asset_key=table, metadata=metadata)
            yield AssetCheckResult(asset_key=table, check_name=SCHEMA_CHECK, passed=True)

    return step


def _database(catalog: Catalog) -> AssetsDefinition:
    held = [AssetKey(table.table) for table in materialised(catalog)]
    description = "供分析的 DuckDB 文件：全部 core、out 表和视图，均带中文定义"

    @multi_asset(name="gongkai_duckdb", specs=[AssetSpec("gongkai_duckdb", deps=held, group_name="publish", description=description)])
    def gongkai_duckdb(context: AssetExecutionContext, installation: Installation) -> Results:
        workspace = installation.workspace()
        path = workspace.database
        made = publish(workspace, path, lambda: build_database(workspace.store, workspace.catalog, path))
        yield MaterializeResult(asset_key="gongkai_duckdb", metadata=_file(path, made))

    return gongkai_duckdb


def _workbook() -> AssetsDefinition:
    spec = AssetSpec("workbook", deps=["gongkai_duckdb"], group_name="publish", description="供主管部门查看的汇总工作簿 汇总.xlsx")

    @multi_asset(name="workbook", specs=[spec])
    def workbook(context: AssetExecutionContext, installation: Installation) -> Results:
        workspace = installation.workspace()
        path = workspace.workbook
        made = publish(workspace, path, lambda: write_workbook(workspace.store, workspace.catalog, path))
        yield MaterializeResult(asset_key="workbook", metadata=_file(path, made))

    return workbook


def _year_papers() -> AssetsDefinition:
    description = "各年度供主管部门使用的文件：工作簿、核改函和催报函、报告表、数据表，在 publish 文件夹中按年度存放"

    @multi_asset(
        name="year_papers", specs=[AssetSpec("year_papers", deps=["gongkai_duckdb"], group_name="publish", description=description)]
    )
    def year_papers(context: AssetExecutionContext, installation: Installation) -> Results:
        done = publish_years(installation.workspace())
        yield MaterializeResult(
            asset_key="year_papers",
            metadata={
                "files": sum(done.rows.values()),
                "years_made": ", ".join(map(str, done.made)) or "—",
                "years_unchanged": len(done.unchanged),
                "years_removed": len(done.removed),
            },
        )

    return year_papers


def _file(path: Path, made: bool) -> dict[str, MetadataValue[Any] | bool | int]:
    return {"path": MetadataValue.path(str(path)), "made": made, "size_bytes": path.stat().st_size}


def _spec(catalog: Catalog, name: str, inputs: tuple[str, ...]) -> AssetSpec:
    table = catalog.table(name)
    kinds = {"parquet", "duckdb"} if table.layer == "out" else {"parquet"}
    return AssetSpec(name, deps=list(inputs), group_name=table.layer, description=f"{table.label_zh}：{table.definition_zh}", kinds=kinds)


def _schema_check(table: str) -> AssetCheckSpec:
    return AssetCheckSpec(SCHEMA_CHECK, asset=table, blocking=True, description="列、类型、主键与登记一致")
