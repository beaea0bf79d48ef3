"""Pack the climate of the world into one table: `python -m geodata.build.climate --source FOLDER`.

Means and seasons, and how twelve years stood to them: annual 100 m wind and irradiance at 0.25 degrees, seasons and
years at 1 degree, elevation at 20 minutes. Every cell of the globe is filled; `*_coarse` says
where a coarser source, or a neighbour, stands in.
`docs/climate.md` says why each source was taken.
"""

import argparse
from pathlib import Path

import numpy as np
import rasterio

from geodata.build.climate_sources import (
    ORIGINS,
    cubic_turbine,
    filled,
    one_degree,
    read_cru,
    read_elevation,
    read_marine,
    read_nasa_ghi,
    read_reanalysis_speed,
    read_years,
)
from geodata.build.manifest import DATA, record, source_entry

SEASON_SHRINK = 0.7  # CRU's 10 m season overstates the one at 100 m: measured against hourly series
LAPSE_C_PER_KM = 6.5
SEA_SHEAR = (100.0 / 10.0) ** 0.10
FILES = {
    "wind": "GWA_mean_ERA5_pixel.tif",
    "ghi": "GSA_GHI_mean_ERA5_pixel.tif",
    "dni": "GSA_DNI_mean_ERA5_pixel.tif",
    "nasa": "22yr_swv_dwn.gz",
    "cru_wind": "cru_cl1_wspd.mon.nc.gz",
    "cru_temp": "cru_cl1_temp.mon.nc.gz",
    "cru_range": "cru_cl1_trange.mon.nc.gz",
    "marine": "coads_climatology.cdf.gz",
    "elevation": "etopo20.cdf.gz",
    "reanalysis": "annual_cf_reanalysis.npz",
}


def packed(values: np.ndarray, step: float, kind: type[np.integer], offset: float = 0.0) -> np.ndarray:
    """Values as integers of `step` over `offset`, clipped to what the kind holds."""
    limits = np.iinfo(kind)
    return np.asarray(np.clip(np.round((values - offset) / step), limits.min, limits.max), dtype=kind)


def raster(path: Path) -> np.ndarray:
    """A global raster of (721, 1440) values at whole quarter degrees, south first; NaN where it has none."""
    with rasterio.open(path) as file:
        return np.asarray(file.read(1)[::-1])


def wind_tables(source: Path) -> dict[str, np.ndarray]:
    """Annual mean at 100 m and monthly factors."""
    atlas = raster(source / FILES["wind"])
    reanalysis = read_reanalysis_speed(source / FILES["reanalysis"])
    mean = np.where(np.isfinite(atlas), atlas, reanalysis)
    land, _ = read_cru(source / FILES["cru_wind"], "wspd")
    sea, _ = read_marine(source / FILES["marine"], "WSPD")
    with np.errstate(invalid="ignore"):  # cells without a month stay NaN and are filled below
        season_land = 1.0 + SEASON_SHRINK * (land / np.nanmean(land, axis=0) - 1.0)
        season_sea = sea / np.nanmean(sea, axis=0)
    season = np.where(np.isfinite(season_land), season_land, season_sea)
    known = np.isfinite(season).all(axis=0)
    season = filled(np.where(known, season, np.nan))
    season /= season.mean(axis=0)
    return {
        "wind_mean": packed(mean, 0.06, np.uint8),
        "wind_coarse": np.packbits(~np.isfinite(atlas)),
        "wind_season": packed(season, 0.01, np.int8, 1.0),
        "season_coarse": np.packbits(~known),
    }


def sun_tables(source: Path) -> dict[str, np.ndarray]:
    """Monthly GHI at 1 degree (kWh/m2/day), and the annual means of the finer atlas where it has them."""
    atlas_ghi, atlas_dni = raster(source / FILES["ghi"]), raster(source / FILES["dni"])
    monthly = read_nasa_ghi(source / FILES["nasa"])
    return {
        "ghi_month": packed(monthly, 0.04, np.uint8),
        "ghi_mean": packed(np.nan_to_num(atlas_ghi), 0.03, np.uint8),
        "dni_mean": packed(np.nan_to_num(atlas_dni), 0.05, np.uint8),
    }


def year_tables(source: Path) -> dict[str, np.ndarray]:
    """What turbine and module made in each of ERA5's years over the mean of all; the turbine, to find its wind."""
    years, wind, sun = read_years(source / FILES["reanalysis"])
    speeds, factors = cubic_turbine()
    return {
        "years": years.astype(np.int16),
        "wind_year": packed(wind, 0.01, np.int8, 1.0),
        "turbine_speed": speeds[::5].astype(np.float32),
        "turbine_factor": factors[::5].astype(np.float32),
        "sun_year": packed(sun, 0.0025, np.int8, 1.0),
    }


def temperature_tables(source: Path) -> dict[str, np.ndarray]:
    """Monthly temperature reduced to sea level, daily range, elevation."""
    elevation = read_elevation(source / FILES["elevation"])
    height_km = np.maximum(one_degree(elevation), 0.0) / 1000.0
    land, _ = read_cru(source / FILES["cru_temp"], "temp")
    sea, _ = read_marine(source / FILES["marine"], "AIRT")
    reduced = np.where(np.isfinite(land), land + LAPSE_C_PER_KM * height_km, sea)
    swing, _ = read_cru(source / FILES["cru_range"], "trange")
    swing = np.where(np.isfinite(swing), swing, np.where(np.isfinite(land), 8.0, 1.0))
    known = np.isfinite(reduced).all(axis=0)
    return {
        "air_month": packed(filled(np.where(known, reduced, np.nan)), 0.5, np.int8, 0.0),
        "air_coarse": np.packbits(~known),
        "swing_month": packed(swing, 0.1, np.uint8),
        "elevation": packed(elevation, 1.0, np.int16),
    }


def main() -> None:
    """Write the table and its manifest entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with the named climate files")
    source: Path = parser.parse_args().source
    path = DATA / "climate.npz"
    tables = {**wind_tables(source), **sun_tables(source), **temperature_tables(source), **year_tables(source)}
    np.savez_compressed(path, **tables)  # type: ignore[arg-type]  # the stubs take the arrays for an option
    record(
        "climate",
        file=path,
        title="Climate of the world: wind at 100 m, irradiance, temperature",
        version="2",
        as_of="2025",
        licence="CC-BY-4.0",
        attribution=(
            "Global Wind Atlas and Global Solar Atlas (CC BY 4.0) via RESKit; NASA SSE 6.0; CRU CL 1.0 (New et al. "
            "1999); COADS and ETOPO via NOAA; ERA5 (Copernicus) annual means"
        ),
        cover="land and sea, pole to pole",
        known_error="see docs/climate.md: mean absolute error of annual capacity factors against hourly series",
        derivation="python -m geodata.build.climate --source FOLDER",
        sources=[source_entry(source / FILES[key], *ORIGINS[key]) for key in FILES],
    )
    print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
