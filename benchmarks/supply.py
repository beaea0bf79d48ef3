"""A year of tracking PV and of wind at one place, against pvlib's ModelChain: `python -m benchmarks.supply`."""

import time
import warnings
from collections.abc import Callable

import pandas as pd
import pvlib

from geodata.weather.climatology import Climatology
from models.supply.designs import PVDesign, WindDesign, default_design
from models.supply.pv import pv_capacity_factor
from models.supply.sun import _position
from models.supply.wind import wind_capacity_factor

LATITUDE, LONGITUDE = 51.48, 6.73
RUNS = 5


def seconds(run: Callable[[], object]) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(RUNS):
        _position.cache_clear()  # the sun's position is part of the work
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print milliseconds and the ratio."""
    warnings.simplefilter("ignore")
    year = Climatology.load().fetch(LATITUDE, LONGITUDE)
    plant, farm = default_design("pv_tracking"), default_design("wind_onshore")
    assert isinstance(plant, PVDesign)
    assert isinstance(farm, WindDesign)

    def ours() -> object:
        return pv_capacity_factor(
            time_utc=year.time_utc,
            latitude=LATITUDE,
            longitude=LONGITUDE,
            elevation_m=year.elevation_m,
            ghi_w_per_m2=year.ghi_w_per_m2,
            dni_w_per_m2=year.dni_w_per_m2,
            dhi_w_per_m2=year.dhi_w_per_m2,
            air_c=year.air_c,
            wind_10m_m_per_s=year.wind_10m_m_per_s,
            design=plant,
        )

    weather = pd.DataFrame(
        {
            "ghi": year.ghi_w_per_m2,
            "dni": year.dni_w_per_m2,
            "dhi": year.dhi_w_per_m2,
            "temp_air": year.air_c,
            "wind_speed": year.wind_10m_m_per_s,
        },
        index=pd.DatetimeIndex(year.time_utc, tz="UTC") + pd.Timedelta("30min"),
    )
    array = pvlib.pvsystem.Array(
        pvlib.pvsystem.SingleAxisTrackerMount(max_angle=60.0, backtrack=True, gcr=0.4),
        albedo=0.2,
        module_parameters={"pdc0": 1.25, "gamma_pdc": -0.0037},
        temperature_model_parameters={"u0": 25.0, "u1": 6.84},
    )
    chain = pvlib.modelchain.ModelChain(
        pvlib.pvsystem.PVSystem([array], inverter_parameters={"pdc0": 1.0 / 0.96, "eta_inv_nom": 0.96}),
        pvlib.location.Location(LATITUDE, LONGITUDE),
        aoi_model="physical",
        temperature_model="faiman",
        dc_model="pvwatts",
        ac_model="pvwatts",
        transposition_model="perez",
        losses_model="no_loss",
        spectral_model="no_loss",
    )
    mine, theirs = seconds(ours), seconds(lambda: chain.run_model(weather))
    wind = seconds(
        lambda: wind_capacity_factor(
            wind_m_per_s=year.wind_100m_m_per_s,
            wind_height_m=100.0,
            air_c=year.air_c,
            elevation_m=year.elevation_m,
            over_sea=False,
            design=farm,
        )
    )
    fetch = seconds(lambda: Climatology.load().fetch(LATITUDE, LONGITUDE))
    print(f"PV year: {1e3 * mine:.1f} ms; pvlib ModelChain {1e3 * theirs:.1f} ms; ratio {theirs / mine:.1f}")
    print(f"wind year: {1e3 * wind:.2f} ms; embedded weather year: {1e3 * fetch:.1f} ms")


if __name__ == "__main__":
    main()
