"""Planted errors in made reports, and how well they are located."""
