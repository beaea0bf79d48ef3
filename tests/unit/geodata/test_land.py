"""Areas, circles, land for a plant, and the user's exclusions: polygons and rasters."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rasterio.transform import from_origin

from geodata import user_data
from geodata.area import area_km2, circle
from geodata.land import land_use
from geodata.land_layers import add_land
from geodata.sea import LandMap
from geodata.search.ellipsoid import GEOD
from geodata.user_data import LayerError, LayerKind


def square(latitude: float, longitude: float, side_km: float = 10.0) -> shapely.Polygon:
    """A square whose sides are geodesics of equal length through the four corners of its middle."""
    half = side_km * 500.0 * np.sqrt(2.0)
    corners = [GEOD.fwd(longitude, latitude, azimuth, half)[:2] for azimuth in (45, 135, 225, 315)]
    return shapely.Polygon(corners)


@pytest.mark.parametrize("latitude", [0.0, 45.0, 70.0])
def test_a_square_of_100_km2(latitude: float) -> None:
    assert area_km2(square(latitude, 25.0)) == pytest.approx(100.0, rel=1e-3)


@given(st.floats(-90.0, 90.0), st.floats(-180.0, 180.0), st.floats(1.0, 300.0))
@example(89.0, 0.0, 112.0)
@example(-89.0, 0.0, 111.7)
@example(90.0, 0.0, 50.0)
@settings(max_examples=40, deadline=None)
def test_a_circle_has_the_area_of_a_circle_anywhere(latitude: float, longitude: float, radius_km: float) -> None:
    drawn = circle(latitude, longitude, radius_km)
    assert drawn.is_valid
    assert area_km2(drawn) == pytest.approx(np.pi * radius_km**2, rel=0.01)


def test_circles_that_cannot_be() -> None:
    for radius in (0.0, -1.0, float("nan"), 5001.0):
        with pytest.raises(ValueError, match="radius_km"):
            circle(0.0, 0.0, radius)


def test_half_in_a_lake_gives_half_the_land() -> None:
    """A site of two equal circles, one in the largest lake, one on the prairie."""
    lakes = LandMap.load().lakes
    lake = lakes.areas[np.argmax(shapely.area(lakes.areas))]
    inside = shapely.point_on_surface(lake)
    water = circle(inside.y, inside.x, 10.0)
    assert shapely.contains(lake, water)
    dry = circle(52.2, -101.0, 10.0)  # the prairie
    both = shapely.MultiPolygon([*water.geoms, *dry.geoms])
    use = land_use(both)
    assert use.lake_km2 == pytest.approx(use.area_km2 / 2, rel=2e-3)
    assert use.usable_km2 == pytest.approx(use.area_km2 / 2, rel=2e-3)


def test_parts_add_up_and_towns_and_sea_are_no_land() -> None:
    use = land_use(circle(52.4, 4.7, 40.0))  # around Amsterdam, half in the sea
    parts = use.sea_km2 + use.lake_km2 + use.urban_km2 + use.excluded_km2 + use.usable_km2
    assert parts == pytest.approx(use.area_km2, rel=1e-9)
    assert use.sea_km2 > 500.0
    assert use.urban_km2 > 300.0
    assert [warning.code for warning in use.warnings] == ["land_not_checked"]
    assert "protected areas" in use.not_checked
    sea = land_use(circle(54.8, 2.0, 20.0))
    assert (sea.usable_km2, sea.sea_km2) == (0.0, pytest.approx(sea.area_km2))


def test_holes_are_no_land_and_mountains_are_told() -> None:
    shell, hole = square(45.0, 25.0, 20.0), square(45.0, 25.0, 10.0)
    holed = shapely.Polygon(shell.exterior.coords, [hole.exterior.coords])
    assert land_use(holed).area_km2 == pytest.approx(300.0, rel=1e-3)
    assert land_use(circle(28.2, 84.5, 20.0)).broad_slope > 0.03


@pytest.mark.usefixtures("data_folder")
def test_protected_areas_of_the_users_are_taken_off(tmp_path: Path) -> None:
    site = square(45.0, 25.0)
    west = shapely.box(site.bounds[0] - 1, 44.0, site.centroid.x, 46.0)
    path = tmp_path / "wdpa.gpkg"
    gpd.GeoDataFrame({"name": ["park", "far"]}, geometry=[west, shapely.box(0, 0, 1, 1)], crs=4326).to_file(path)
    whole = land_use(site).usable_km2
    layer = add_land("wdpa", str(path))
    use = land_use(site)
    assert use.usable_km2 == pytest.approx(whole / 2, rel=0.01)
    assert use.layers == (layer.id,)
    assert "protected areas" not in use.not_checked
    assert land_use(square(60.0, 15.0)).layers == ()
    user_data.remove(LayerKind.LAND, "wdpa")
    assert land_use(site).usable_km2 == whole


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("crs", [4326, 32635])
def test_land_cover_of_the_users_is_taken_off(tmp_path: Path, crs: int) -> None:
    """Class 50 in every second column of a raster: half the land. Class 10 elsewhere, and no value in the north."""
    site = square(45.0, 25.0)
    bounds = gpd.GeoSeries([site], crs=4326).to_crs(crs).iloc[0].buffer(0.05 if crs == 4326 else 5000.0).bounds
    size = 400
    step_x, step_y = (bounds[2] - bounds[0]) / size, (bounds[3] - bounds[1]) / size
    values = np.full((size, size), 10, dtype=np.uint8)
    values[:, ::2] = 50
    path = tmp_path / "cover.tif"
    profile = {"driver": "GTiff", "width": size, "height": size, "count": 1, "dtype": "uint8", "nodata": 0}
    transform = from_origin(bounds[0], bounds[3], step_x, step_y)
    with rasterio.open(path, "w", crs=f"EPSG:{crs}", transform=transform, **profile) as file:
        file.write(values, 1)
    whole = land_use(site).usable_km2
    add_land("cover", str(path), exclude=[50, 80])
    use = land_use(site)
    assert use.usable_km2 == pytest.approx(whole / 2, rel=0.01)
    assert [warning.code for warning in use.warnings] == []
    shifted = land_use(square(45.0, 25.0 + 0.11))
    assert "land_layer_partial" in [warning.code for warning in shifted.warnings]
    with pytest.raises(LayerError, match="which values"):
        add_land("cover", str(path))


@pytest.mark.usefixtures("data_folder")
def test_a_layer_that_crosses_itself_is_refused_by_its_row(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(10, 50), (11, 51), (11, 50), (10, 51)])
    path = tmp_path / "layer.gpkg"
    gpd.GeoDataFrame({"n": [1, 2]}, geometry=[shapely.box(0, 0, 1, 1), bow_tie], crs=4326).to_file(path)
    with pytest.raises(LayerError) as raised:
        add_land("own", str(path))
    assert raised.value.rows == [(2, "the area crosses itself or is not valid")]
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"II*\0 this is no picture")
    with pytest.raises(LayerError, match="cannot be read"):
        add_land("own", str(broken), exclude=[1])
