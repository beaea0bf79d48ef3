"""Site-years a second of PV and wind from weather arrays, against a pvlib loop: `python -m benchmarks.supply`.

Both do the same physics on the same weather in the same run: tracking PV with Perez's sky, coated glass, spectrum,
Faiman and a part-load inverter, and a wind farm. pvlib runs its ModelChain site by site; its wind is a power law, a
density correction and an interpolated curve. Processor time of one core.
"""

import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import pvlib

from geodata.weather.climatology import Climatology
from geodata.weather.year import WeatherYear
from models.supply.designs import PVDesign, WindDesign, default_design
from models.supply.glass import COATED_GLASS
from models.supply.pv import pv_capacity_factor
from models.supply.sky import SPECTRAL_CRYSTALLINE
from models.supply.sun import _course
from models.supply.wind import air_density, wind_capacity_factor

SITES, RUNS, THEIR_SITES = 64, 5, 3
PLANT, FARM = default_design("pv_tracking"), default_design("wind_onshore")
assert isinstance(PLANT, PVDesign)
assert isinstance(FARM, WindDesign)


def seconds(run: Callable[[], object], runs: int = RUNS) -> float:
    """Processor time of the best of some runs: other work on the machine does not count."""
    best = float("inf")
    for _ in range(runs):
        _course.cache_clear()  # the sun's course is part of the work
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def weather_of(sites: int) -> list[WeatherYear]:
    """Embedded years of places drawn over the inhabited world."""
    random = np.random.default_rng(0)
    places = zip(random.uniform(-50.0, 65.0, sites), random.uniform(-180.0, 180.0, sites), strict=True)
    return [Climatology.load().fetch(float(latitude), float(longitude)) for latitude, longitude in places]


def ours(years: list[WeatherYear]) -> tuple[np.ndarray, np.ndarray]:
    """PV and wind, (sites, hours) each."""

    def stacked(name: str) -> np.ndarray:
        return np.stack([getattr(year, name) for year in years])

    place = {
        name: np.array([getattr(year, name) for year in years]) for name in ("latitude", "longitude", "elevation_m")
    }
    series = {
        name: stacked(name) for name in ("ghi_w_per_m2", "dni_w_per_m2", "dhi_w_per_m2", "air_c", "wind_10m_m_per_s")
    }
    wind = stacked("wind_100m_m_per_s")
    sea = np.array([year.over_sea for year in years])

    def run() -> tuple[np.ndarray, np.ndarray]:
        pv = pv_capacity_factor(time_utc=years[0].time_utc, **place, **series, design=PLANT)
        air, height = series["air_c"], place["elevation_m"]
        return pv, wind_capacity_factor(wind_m_per_s=wind, air_c=air, elevation_m=height, over_sea=sea, design=FARM)

    found = run()
    took = seconds(run)
    print(f"ours:  {1e3 * took / len(years):.3f} ms a site-year, {len(years) / took:,.0f} site-years/s a core")
    return found


def theirs(year: WeatherYear) -> tuple[float, float]:
    """PV by pvlib's ModelChain and wind by numpy as one would write it; means of the year."""
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
        pvlib.pvsystem.SingleAxisTrackerMount(max_angle=60.0, backtrack=True, gcr=PLANT.ground_cover_ratio),
        albedo=PLANT.albedo,
        module_parameters={
            "pdc0": PLANT.dc_ac_ratio * (1.0 - PLANT.losses.share),
            "gamma_pdc": PLANT.temperature_coefficient_per_c,
            **COATED_GLASS,
            **{f"A{power}": value for power, value in enumerate(SPECTRAL_CRYSTALLINE)},
        },
        temperature_model_parameters={"u0": 25.0, "u1": 6.84},
    )
    chain = pvlib.modelchain.ModelChain(
        pvlib.pvsystem.PVSystem([array], inverter_parameters={"pdc0": 1.0 / 0.96, "eta_inv_nom": 0.96}),
        pvlib.location.Location(year.latitude, year.longitude, altitude=year.elevation_m),
        aoi_model="physical",
        temperature_model="faiman",
        dc_model="pvwatts",
        ac_model="pvwatts",
        transposition_model="perez",
        losses_model="no_loss",
        spectral_model="sapm",
    )
    chain.run_model(weather)
    shear = FARM.shear_sea if year.over_sea else FARM.shear_land
    hub = year.wind_100m_m_per_s * (FARM.hub_height_m / 100.0) ** shear
    dense = hub * (air_density(year.air_c, year.elevation_m, FARM.hub_height_m) / 1.225) ** (1.0 / 3.0)
    curve = FARM.power_curve
    made = np.interp(dense, curve.speed_m_per_s, curve.output) * (hub <= curve.cut_out_m_per_s)
    wind = made * (hub >= curve.cut_in_m_per_s) * (1.0 - FARM.losses.share)
    return float(np.clip(chain.results.ac, 0.0, 1.0).mean()), float(wind.mean())


def main() -> None:
    """Print site-years a second, the ratio, and how far the two are apart."""
    warnings.simplefilter("ignore")
    years = weather_of(SITES)
    pv, wind = ours(years)
    some = years[:THEIR_SITES]
    took = seconds(lambda: [theirs(year) for year in some], runs=3) / len(some)
    print(f"pvlib loop: {1e3 * took:.1f} ms a site-year, {1.0 / took:.0f} site-years/s")

    gaps = [(pv[row].mean() - one[0], wind[row].mean() - one[1]) for row, one in enumerate(map(theirs, some))]
    print("largest gap of a year's capacity factor to it: PV {:.4f}, wind {:.4f}".format(*np.abs(gaps).max(axis=0)))
    fetch = Climatology.load().fetch
    embedded = 1e3 * np.array(
        [seconds(lambda at=(year.latitude, year.longitude): fetch(*at), runs=2) for year in years]
    )
    print(
        f"embedded weather year: {np.median(embedded):.1f} ms, median of {SITES} places; at most {embedded.max():.1f}"
    )


if __name__ == "__main__":
    main()
