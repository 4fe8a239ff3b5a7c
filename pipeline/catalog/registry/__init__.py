"""The registry of bodies: who exists when, under which names, and what became of whom. Kept by the office in data/decisions."""

from pipeline.catalog.kept_files import Mistake
from pipeline.catalog.registry.load import REGISTRY, ROSTER, load_registry, read_registry
from pipeline.catalog.registry.model import Registry

__all__ = ["REGISTRY", "ROSTER", "Mistake", "Registry", "load_registry", "read_registry"]
