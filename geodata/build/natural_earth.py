"""Outlines of Natural Earth, mended: rings that jump across the date line are cut there."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geodata.dateline import cut
from geodata.polygons import polygons_of

POLE = shapely.box(-180.0, -90.0, 180.0, -84.0)  # the map ends at 84.4 S, on land all around


def country_areas(path: Path) -> list[tuple[str, np.ndarray]]:
    """Name and valid polygons of each country in a world-atlas file."""
    world = gpd.read_file(path, layer="countries")
    found = []
    for name, geometry in zip(world["name"], world.geometry, strict=True):
        areas = polygons_of(part for polygon in shapely.get_parts(np.array([geometry])) for part in cut(polygon))
        if name == "Antarctica":
            areas = polygons_of([shapely.union_all([*areas, POLE])])
        found.append((str(name), areas))
    return found
