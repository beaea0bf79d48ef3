"""The ground of a way: slopes of the map, cover of the user's layers, and what nothing tells."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from geodata.cover import COVERS
from geodata.ground import ground
from geodata.land import land_use
from geodata.land_layers import add_land
from geodata.user_data import LayerError

WAY = (45.0, 25.0, 45.0, 26.0)  # along a parallel, the plain of Wallachia


def raster(path: Path, crs: int, west_to: float = 25.5) -> Path:
    """Class 10 west of a meridian, 90 east of it, from 24.9 to 26.1 E; in UTM the meridian is a line as good as one."""
    bounds = gpd.GeoSeries([shapely.box(24.9, 44.9, 26.1, 45.1)], crs=4326).to_crs(crs).total_bounds
    edge = gpd.GeoSeries([shapely.Point(west_to, 45.0)], crs=4326).to_crs(crs).iloc[0].x
    size = 600
    step = (bounds[2] - bounds[0]) / size, (bounds[3] - bounds[1]) / size
    values = np.full((size, size), 90, np.uint8)
    values[:, bounds[0] + step[0] * np.arange(size) < edge] = 10
    profile = {"driver": "GTiff", "width": size, "height": size, "count": 1, "dtype": "uint8", "nodata": 0}
    transform = from_origin(bounds[0], bounds[3], *step)
    with rasterio.open(path, "w", crs=f"EPSG:{crs}", transform=transform, **profile) as file:
        file.write(values, 1)
    return path


@pytest.mark.usefixtures("data_folder")
def test_without_a_layer_nothing_tells_the_cover() -> None:
    way = ground(*WAY)
    assert (way.forest_share, way.wetland_share, way.suburban_share) == (None, None, None)
    assert way.checked_share == dict.fromkeys(COVERS, 0.0)
    assert 0.0 <= way.urban_share < 0.5
    assert len(way.slopes) == 8  # 79 km, one every ten
    himalaya = ground(26.5, 86.0, 28.2, 86.0)
    assert max(himalaya.slopes) > 0.03 > 0.005 > min(himalaya.slopes)


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("crs", [4326, 32635])
def test_a_raster_tells_forest_and_wetland_by_its_values(tmp_path: Path, crs: int) -> None:
    add_land("worldcover", str(raster(tmp_path / "cover.tif", crs)), cover={"forest": [10], "wetland": [90, 95]})
    way = ground(*WAY)
    assert way.forest_share == pytest.approx(0.5 * (1 - way.urban_share), abs=0.06)
    assert (way.forest_share or 0.0) + (way.wetland_share or 0.0) + way.urban_share == pytest.approx(1.0, abs=1e-9)
    assert way.suburban_share is None
    assert way.partly_checked == ()
    assert land_use(shapely.box(25.1, 44.95, 25.2, 45.05)).layers == ()  # it takes no land off
    half = ground(45.0, 25.5, 45.0, 27.0)  # the raster ends at 26.1
    assert half.checked_share["forest"] == pytest.approx(0.4, abs=0.02)
    assert half.partly_checked == ("forest", "wetland")
    assert ground(50.0, 20.0, 50.0, 20.5).forest_share is None


@pytest.mark.usefixtures("data_folder")
def test_polygons_of_one_kind_of_cover_are_not_excluded(tmp_path: Path) -> None:
    path = tmp_path / "woods.gpkg"
    woods = [shapely.box(25.0, 44.9, 25.2, 45.1), shapely.box(25.9, 44.9, 26.2, 45.1)]
    gpd.GeoDataFrame({"n": [1, 2]}, geometry=woods, crs=4326).to_file(path)
    add_land("woods", str(path), cover="forest")
    way = ground(*WAY)
    assert way.forest_share == pytest.approx(0.3, abs=0.05)
    assert way.wetland_share is None
    assert land_use(shapely.box(25.05, 44.95, 25.1, 45.0)).layers == ()


@pytest.mark.usefixtures("data_folder")
def test_cover_that_cannot_be_is_refused(tmp_path: Path) -> None:
    picture = str(raster(tmp_path / "cover.tif", 4326))
    with pytest.raises(LayerError, match="not a kind of cover"):
        add_land("own", picture, cover={"jungle": [1]})
    with pytest.raises(LayerError, match="values for each kind"):
        add_land("own", picture, cover="forest")
    with pytest.raises(LayerError, match="which values"):
        add_land("own", picture, cover={"forest": []})
    path = tmp_path / "woods.gpkg"
    gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4326).to_file(path)
    with pytest.raises(LayerError, match="are for a raster"):
        add_land("own", str(path), cover={"forest": [10]})
