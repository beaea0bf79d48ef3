"""A local cutout in both of its forms, and the correction of a source's bias."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from geodata.weather.bias import corrected
from geodata.weather.cutout import Cutout
from geodata.weather.online.errors import SourceUnavailable
from geodata.weather.table import ClimateTable
from tests.made_answers import era5_frame
from tests.made_files import made_year

YEAR = 2019


def atlite_like(folder: Path) -> Path:
    """Two by two cells at a quarter degree: influx, wind at 100 m and its shear, kelvin."""
    made = made_year(YEAR)
    at = (np.arange(8761) - 1) % 8760  # a stamp ends the hour of radiation
    time = made.time_utc[0] + np.arange(8761) * np.timedelta64(3600, "s")

    def grid(values: np.ndarray) -> Any:
        return (("time", "y", "x"), np.broadcast_to(values[:, None, None], (8761, 2, 2)).astype("f4"))

    own = np.arange(8761) % 8760
    data = xr.Dataset(
        {
            "influx_direct": grid((made.ghi_w_per_m2 - made.dhi_w_per_m2)[at]),
            "influx_diffuse": grid(made.dhi_w_per_m2[at]),
            "temperature": grid(made.air_c[own] + 273.15),
            "wnd100m": grid(made.wind_100m_m_per_s[own]),
            "wnd_shear_exp": grid(np.full(8761, 0.2)),
            "height": (("y", "x"), np.full((2, 2), 1600.0)),
        },
        coords={"time": time, "y": [40.0, 40.25], "x": [-105.0, -104.75]},
    )
    path = folder / "cutout.nc"
    data.to_netcdf(path, engine="h5netcdf")
    return path


def era5_like(folder: Path) -> Path:
    """The Climate Data Store's names, latitudes from the north, longitudes to 360; as Zarr."""
    frame = era5_frame(made_year(YEAR))
    data = xr.Dataset(
        {
            name: (
                ("valid_time", "latitude", "longitude"),
                np.broadcast_to(frame[name].to_numpy()[:, None, None], (8761, 2, 2)).astype("f4"),
            )
            for name in ("t2m", "sp", "ssrd", "u10", "v10", "u100", "v100")
        },
        coords={"valid_time": frame["valid_time"].to_numpy(), "latitude": [40.25, 40.0], "longitude": [255.0, 255.25]},
    )
    path = folder / "cutout.zarr"
    data.to_zarr(path, zarr_format=2)
    return path


@pytest.mark.parametrize("make", [atlite_like, era5_like])
def test_both_kinds_of_cutout(tmp_path: Path, make: Any) -> None:
    made, source = made_year(YEAR), Cutout(make(tmp_path))
    assert source.covers(40.05, -104.95)
    assert not source.covers(41.0, -105.0)
    assert not source.covers(40.0, 105.0)
    found = source.fetch(40.05, -104.95)
    assert found.year == YEAR
    assert found.ghi_w_per_m2 == pytest.approx(made.ghi_w_per_m2, rel=1e-3, abs=0.1)
    assert found.air_c.mean() == pytest.approx(made.air_c.mean(), abs=0.05)
    assert found.winds[100.0].mean() == pytest.approx(made.wind_100m_m_per_s.mean(), rel=0.01)
    with pytest.raises(SourceUnavailable, match="2018"):
        source.fetch(40.05, -104.95, 2018)
    with pytest.raises(SourceUnavailable, match="cover"):
        source.fetch(10.0, 10.0)


@pytest.mark.parametrize("content", [b"", b"not a grid at all", b"\x89HDF\r\n\x1a\nbroken"])
def test_a_broken_cutout_is_unavailable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.nc"
    path.write_bytes(content)
    assert not Cutout(path).covers(40.0, -105.0)
    with pytest.raises(SourceUnavailable):
        Cutout(path).fetch(40.0, -105.0)
    assert not Cutout(tmp_path / "absent.nc").covers(40.0, -105.0)


def test_correction_brings_means_to_the_atlases() -> None:
    made, climate = made_year(), ClimateTable.load().at(40.0, -105.0)
    biased = replace(
        made,
        year=2031,
        wind_100m_m_per_s=made.wind_100m_m_per_s * 0.8,
        measured_winds={50.0: made.wind_100m_m_per_s * 0.7, 100.0: made.wind_100m_m_per_s * 0.8},
        ghi_w_per_m2=made.ghi_w_per_m2 * 1.1,
        dni_w_per_m2=made.dni_w_per_m2 * 1.2,
        dhi_w_per_m2=made.dhi_w_per_m2 * 1.1,
    )
    found = corrected(biased)
    assert found.wind_100m_m_per_s.mean() == pytest.approx(climate.wind_mean)
    assert found.winds[50.0].mean() == pytest.approx(climate.wind_mean * 0.7 / 0.8)
    assert found.ghi_w_per_m2.mean() * 0.024 == pytest.approx(climate.ghi_month.mean(), rel=1e-3)
    assert climate.dni_mean is not None
    assert found.dni_w_per_m2.mean() * 0.024 == pytest.approx(climate.dni_mean, rel=0.05)
    assert (found.dhi_w_per_m2 >= 0.0).all()
    note = found.warnings[-1]
    assert note.code == "bias_corrected"
    assert "x 1.250" in note.detail


def test_correction_keeps_what_the_year_was() -> None:
    made, climate = made_year(2012), ClimateTable.load().at(40.0, -105.0)
    factor = float(climate.wind_year[climate.years.index(2012)])
    assert corrected(made).wind_100m_m_per_s.mean() == pytest.approx(climate.wind_mean * factor, rel=1e-3)


def test_no_atlas_no_correction() -> None:
    ocean = made_year(place=(0.0, -150.0))
    found = corrected(ocean)
    assert found.warnings[-1].code == "bias_not_corrected"
    assert (found.wind_100m_m_per_s == ocean.wind_100m_m_per_s).all()
