"""Administrative divisions (GB/T 2260) with names and parents as of any year from 1980 on. Nothing is loaded before it is asked for."""

from pipeline.catalog.divisions.directory import Directory, directory
from pipeline.catalog.divisions.model import Division, DivisionChange

__all__ = ["Directory", "Division", "DivisionChange", "directory"]
