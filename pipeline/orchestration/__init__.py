"""Dagster: assets, asset checks, schedules, sensors. The only room that knows Dagster."""
