"""The grid nearby: lines, substations and power plants."""

from geodata.grid.index import GridFeature, GridIndex, GridProximity, Kind

__all__ = ["GridFeature", "GridIndex", "GridProximity", "Kind"]
