"""The grid nearby: lines, substations and power plants."""

from geodata.grid.features import GridFeature, GridProximity, Kind
from geodata.grid.index import GridIndex, Hits

__all__ = ["GridFeature", "GridIndex", "GridProximity", "Hits", "Kind"]
