"""The only Dagster entry point: `dagster dev -m pipeline.definitions`."""

from pipeline.common.settings import Settings
from pipeline.orchestration.build import build_definitions

defs = build_definitions(Settings.discover())
