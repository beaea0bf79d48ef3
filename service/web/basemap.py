"""What the page draws its map from: this instance's own outlines, lines, plants and projects. No tiles, no other host.

Every layer is thinned to what a screen shows: 0.6 km. Answers are computed from the full data, never from these.
"""

from collections.abc import Callable
from functools import cache
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from geodata.countries import Countries
from geodata.grid import GridIndex
from geodata.industry import ProjectIndex
from service.web.packing import Packed, pack, steps

LayerName = Literal["borders", "lines", "plants", "projects"]
BORDER_DEG = 0.03  # how far a drawn border may run from the outline that ships
LEAST_AREA_DEG2 = 0.01  # smaller islands are left out, unless they are all that a country has
LEAST_PLANT_MW = 10.0
FUELS = ("Solar", "Wind", "Hydro", "Nuclear", "Coal", "Gas", "Oil", "Biomass", "Geothermal")  # 9: any other


@cache
def layer(name: LayerName) -> Packed:
    """One layer, packed once."""
    return MAKERS[name]()


def drawn_outlines() -> list[tuple[shapely.Polygon, str]]:
    """Outlines that have an inside, and their countries' codes."""
    return [(area, code) for area, code in Countries.load().outlines() if area.area > 0.0]


def inner_point(area: shapely.Polygon) -> tuple[float, float]:
    """A point inside; the first corner where rounding has left a small island no inside."""
    inside = area.representative_point()
    longitude, latitude = area.exterior.coords[0] if inside.is_empty else (inside.x, inside.y)
    return longitude, latitude


def _borders() -> Packed:
    outlines = drawn_outlines()
    largest: dict[str, float] = {}
    for area, code in outlines:
        largest[code] = max(largest.get(code, 0.0), area.area)
    codes, rings, owner, labels = sorted(largest), [], [], {}
    for area, code in outlines:
        if area.area < min(LEAST_AREA_DEG2, largest[code]):
            continue
        thin = orient(shapely.simplify(area, BORDER_DEG, preserve_topology=True))  # alike: filled as one path
        rings.append(np.asarray(thin.exterior.coords))
        owner.append(codes.index(code))
        if area.area == largest[code]:
            longitude, latitude = inner_point(area)
            labels[code] = [round(longitude, 2), round(latitude, 2), round(area.area, 2)]
    names = dict(Countries.load().names())
    arrays = {
        **steps(np.vstack(rings)),
        "sizes": np.array([len(ring) for ring in rings], np.uint16),
        "owner": np.array(owner, np.uint16),
    }
    return pack(arrays, {"countries": [[code, names[code], *labels[code]] for code in codes]})


def _lines() -> Packed:
    tables = [searched.table for searched in GridIndex.load().tables]
    voltage = np.concatenate([table.line_kv for table in tables])
    sizes = np.concatenate([table.sizes for table in tables])
    order = np.argsort(voltage, kind="stable")  # like voltages beside each other zip better, and are drawn in one go
    ends = np.cumsum(sizes)
    rows = np.concatenate([np.arange(ends[line] - sizes[line], ends[line]) for line in order])
    vertices = np.vstack([table.vertices for table in tables])[rows]
    arrays = {
        **steps(vertices),
        "sizes": sizes[order].astype(np.uint16),
        "kv": voltage[order].astype(np.uint16),
    }
    return pack(arrays, {})


def _plants() -> Packed:
    plants = GridIndex.load().plants
    shown = np.flatnonzero(plants.capacity_mw >= LEAST_PLANT_MW)
    shown = shown[np.argsort(plants.capacity_mw[shown])]  # the largest are drawn last, on top
    fuel = [FUELS.index(plants.fuel[row]) if plants.fuel[row] in FUELS else len(FUELS) for row in shown]
    arrays = {
        **steps(plants.places[shown]),
        "mw": np.clip(np.round(plants.capacity_mw[shown]), 0, 65535).astype(np.uint16),
        "fuel": np.array(fuel, np.uint8),
    }
    return pack(arrays, {"fuels": [*FUELS, "Other"], "least_mw": LEAST_PLANT_MW})


def _projects() -> Packed:
    index = ProjectIndex.load()
    every = (index.project(int(row)) for row in index.find()[0])
    placed = [(p, p.longitude, p.latitude) for p in every if p.longitude is not None and p.latitude is not None]
    sectors = sorted({project.sector for project, _, _ in placed})
    stages = sorted({project.stage for project, _, _ in placed})
    arrays = {
        **steps(np.array([[longitude, latitude] for _, longitude, latitude in placed]).reshape(-1, 2)),
        "sector": np.array([sectors.index(project.sector) for project, _, _ in placed], np.uint8),
        "stage": np.array([stages.index(project.stage) for project, _, _ in placed], np.uint8),
    }
    names = [project.name for project, _, _ in placed]
    return pack(arrays, {"sectors": sectors, "stages": stages, "names": names})


MAKERS: dict[LayerName, Callable[[], Packed]] = {
    "borders": _borders,
    "lines": _lines,
    "plants": _plants,
    "projects": _projects,
}
