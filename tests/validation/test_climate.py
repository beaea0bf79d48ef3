"""The embedded climate against real hourly weather: capacity factors of the same plants, cost of a flat load.

`python -m tests.validation.test_climate` prints the tables. P09 2024, P11 and S04 are reanalysis, S05 a typical
year; the others are satellite (NSRDB) and the WIND Toolkit. Nothing was tuned to them.
"""

from functools import cache

import numpy as np

from geodata.weather.climatology import Climatology
from geodata.weather.table import ClimateTable
from geodata.weather.year import WeatherYear
from models.arrays import FloatArray
from models.sizing import solve
from models.sizing.problem import Battery, Generator, Hydrogen, SizingProblem
from models.supply.designs import default_design
from service.supply.hours import capacity_factors
from tests.shared import needs_shared
from tests.weather_files import PAIRS, SOLAR, WIND, case_costs, pair_of, year_of

pytestmark = needs_shared
SUNNY = (*PAIRS, SOLAR[6], SOLAR[7], SOLAR[8])
WINDY = (*PAIRS, WIND[8])
FILE_YEARS = {"P01": 2013, "P02": 2012, "P04": 2013, "P11": 2010}  # of those the table has the anomaly
LOAD_MW = 100.0


def real_year(name: str) -> WeatherYear:
    """A pair, or one file."""
    return pair_of(name) if name in PAIRS else year_of(name)


@cache
def embedded_year(name: str, year: int | None = None) -> WeatherYear:
    """The embedded year of the same place."""
    real = real_year(name)
    return Climatology.load().fetch(real.latitude, real.longitude, year)


def pv_of(weather: WeatherYear) -> FloatArray:
    """Hours of the default tracking plant."""
    return capacity_factors(default_design("pv_tracking"), weather)


def wind_of(weather: WeatherYear) -> FloatArray:
    """Hours of the default turbine of land or sea."""
    return capacity_factors(default_design("wind_offshore" if weather.over_sea else "wind_onshore"), weather)


def pv_pairs() -> dict[str, tuple[float, float]]:
    """(embedded, real) capacity factor by place."""
    return {name: (pv_of(embedded_year(name)).mean(), pv_of(real_year(name)).mean()) for name in SUNNY}


def wind_pairs(*, own_year: bool = False) -> dict[str, tuple[float, float]]:
    """(embedded, real) capacity factor by place; `own_year`: with the measured mean of the file's year."""
    return {
        name: (
            wind_of(embedded_year(name, FILE_YEARS.get(name) if own_year else None)).mean(),
            wind_of(real_year(name)).mean(),
        )
        for name in WINDY
    }


def cost_of(pv: FloatArray, wind: FloatArray) -> float:
    """Least cost per MWh of a flat load with the costs of the sizing case `mn-hydrogen`."""
    costs = case_costs()
    problem = SizingProblem(
        load_mw=np.full(len(pv), LOAD_MW),
        hydrogen_load_mw=np.zeros(len(pv)),
        generators=(Generator("solar", pv, costs["solar"]), Generator("wind", wind, costs["wind"])),
        battery=Battery(costs["battery_energy"], costs["battery_power"], costs["eta_charge"], costs["eta_discharge"]),
        hydrogen=Hydrogen(
            costs["electrolyser"],
            costs["eta_electrolyser"],
            costs["h2_store"],
            costs["h2_turbine"],
            costs["eta_h2_turbine"],
        ),
    )
    return solve(problem, "auto").cost_usd_per_mwh


def cost_pairs() -> dict[str, tuple[float, float]]:
    """(embedded, real) cost by pair."""
    return {
        name: (
            cost_of(pv_of(embedded_year(name)), wind_of(embedded_year(name))),
            cost_of(pv_of(real_year(name)), wind_of(real_year(name))),
        )
        for name in PAIRS
    }


def test_pv() -> None:
    pairs = pv_pairs()
    errors = [abs(embedded / real - 1.0) for embedded, real in pairs.values()]
    assert np.mean(errors) < 0.07, pairs


def test_wind() -> None:
    pairs = wind_pairs()
    errors = [abs(embedded - real) for embedded, real in pairs.values()]
    assert np.mean(errors) < 0.035, pairs


def test_cost_of_a_flat_load() -> None:
    pairs = cost_pairs()
    errors = [abs(embedded / real - 1.0) for embedded, real in pairs.values()]
    assert np.median(errors) < 0.10, pairs
    assert max(errors) < 0.25, pairs


def test_lulls_last_as_long_as_real_ones() -> None:
    """Days under a tenth of the rating, over places: the embedded year is neither calmer nor steadier."""

    def calm_days(year: WeatherYear) -> float:
        daily = wind_of(year)[: 8760 // 24 * 24].reshape(-1, 24).mean(axis=1)
        return float((daily < 0.1).mean())

    ours = [calm_days(embedded_year(name)) for name in PAIRS]
    real = [calm_days(real_year(name)) for name in PAIRS]
    assert abs(np.mean(ours) - np.mean(real)) < 0.06, (ours, real)


def test_sun_and_wind_are_linked_as_stated() -> None:
    """The daily correlation drawn is -0.1; with the seasons of a place it moves, as real ones do (-0.35 to 0.25)."""
    for name in PAIRS:
        for year in (embedded_year(name), real_year(name)):
            sun = pv_of(year)[: 365 * 24].reshape(-1, 24).mean(axis=1)
            wind = wind_of(year)[: 365 * 24].reshape(-1, 24).mean(axis=1)
            assert -0.5 < np.corrcoef(sun, wind)[0, 1] < 0.35, name


def main() -> None:
    """Print the tables."""
    known = ClimateTable.load().years
    print(f"embedded anomalies: {known[0]}-{known[-1]}")
    tables = {
        "PV, single-axis tracking": pv_pairs(),
        "wind": wind_pairs(),
        "wind, with the mean of the file's own year": wind_pairs(own_year=True),
        "cost of a flat 100 MW, EUR/MWh": cost_pairs(),
    }
    for title, pairs in tables.items():
        print(title)
        for name, (embedded, real) in pairs.items():
            print(f"  {name[:44]:44s} embedded {embedded:8.3f} real {real:8.3f} {embedded / real - 1.0:+.1%}")
        gaps = np.array(list(pairs.values()))
        share = np.abs(gaps[:, 0] / gaps[:, 1] - 1.0)
        print(f"  mean absolute error {np.abs(gaps[:, 0] - gaps[:, 1]).mean():.4f} ({share.mean():.1%})", end="")
        print(f", median {np.median(share):.1%}, largest {share.max():.1%}")


if __name__ == "__main__":
    main()
