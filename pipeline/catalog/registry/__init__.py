"""The registry of bodies: who exists when, under which names, and what became of whom. Kept by the office in data/decisions."""

from pipeline.catalog.registry.load import REGISTRY, ROSTER, load_registry, read_registry
from pipeline.catalog.registry.model import Registry
from pipeline.catalog.registry.rows import Mistake

__all__ = ["REGISTRY", "ROSTER", "Mistake", "Registry", "load_registry", "read_registry"]
