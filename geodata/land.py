"""How much land an area holds for a plant: less sea, lakes, urban areas and what the user's layers exclude."""

from dataclasses import dataclass

import numpy as np
import shapely

from geodata.area import area_km2
from geodata.exclusions import exclusions
from geodata.relief import RESOLUTION, broad_slope
from geodata.sea import LandMap
from geodata.warnings import DataWarning

STEEP = 0.08  # a broad slope of this size means mountains
NOT_CHECKED = ("protected areas", "land cover", "slope of single hillsides", "ownership", "soil and flood")


@dataclass(frozen=True, slots=True)
class LandUse:
    """Geodesic areas, km2. What is in two of them counts once, in this order: sea, lake, urban, excluded.

    broad_slope : rise over run at `slope_resolution`. layers : the user's, applied. not_checked : what is not known.
    """

    area_km2: float
    sea_km2: float
    lake_km2: float
    urban_km2: float
    excluded_km2: float
    usable_km2: float
    broad_slope: float
    slope_resolution: str
    layers: tuple[str, ...]
    not_checked: tuple[str, ...]
    warnings: tuple[DataWarning, ...]


def land_use(area: shapely.Geometry, given: shapely.Geometry | None = None) -> LandUse:
    """The land of a valid (multi)polygon in degrees, cut at the date line; `given` is excluded too."""
    land_map = LandMap.load()
    whole = area_km2(area)
    land = land_map.land.within(area)
    ground = area_km2(land)
    dry = land if land.is_empty else shapely.difference(land, land_map.lakes.within(land))
    open_land = dry if dry.is_empty else shapely.difference(dry, land_map.urban.within(dry))
    dry_km2, open_km2 = area_km2(dry), area_km2(open_land)
    allowed = open_land if given is None else shapely.difference(open_land, given)
    allowed_km2 = open_km2 if given is None else area_km2(allowed)
    excluded = exclusions().of(allowed, allowed_km2)
    middle = shapely.point_on_surface(area)
    slope = broad_slope(middle.y, middle.x)
    usable = max(allowed_km2 - excluded.area_km2, 0.0)
    warnings = list(excluded.warnings)
    if not excluded.layers:
        detail = (
            f"{'; '.join(NOT_CHECKED)} are not checked: add a layer with `sitewatt data land add` "
            f"(protected areas, land cover, any polygons or raster); slope is known at {RESOLUTION} alone"
        )
        warnings.append(DataWarning("land_not_checked", detail))
    if slope >= STEEP:
        warnings.append(DataWarning("land_steep", f"the country rises {slope:.0%} over {RESOLUTION}: mountains"))
    return LandUse(
        area_km2=whole,
        sea_km2=max(whole - ground, 0.0),
        lake_km2=max(ground - dry_km2, 0.0),
        urban_km2=max(dry_km2 - open_km2, 0.0),
        excluded_km2=open_km2 - usable,
        usable_km2=usable,
        broad_slope=slope,
        slope_resolution=RESOLUTION,
        layers=(*excluded.layers, *(("the request's own",) if given is not None else ())),
        not_checked=NOT_CHECKED[2:] if excluded.layers else NOT_CHECKED,
        warnings=tuple(warnings),
    )


def sea_depths_m(latitudes: np.ndarray, longitudes: np.ndarray) -> np.ndarray:
    """Depth at places at sea, NaN on land; 20 arc-minutes."""
    from geodata.weather.table import ClimateTable

    table, places = ClimateTable.load(), np.column_stack([longitudes, latitudes])
    on_land = LandMap.load().land.contain(places)
    depths = np.array([table.at(y, x).depth_m for x, y in places])
    return np.where(on_land, np.nan, depths)
