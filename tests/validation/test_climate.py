"""The embedded climate against real hourly weather: annual capacity factors of the same plants."""

import numpy as np

from geodata.weather.climatology import Climatology
from models.supply.designs import PVDesign, WindDesign, default_design
from models.supply.pv import pv_capacity_factor
from models.supply.wind import wind_capacity_factor
from tests.shared import needs_shared
from tests.weather_files import NSRDB, OPEN_METEO, SRW, read_nsrdb, read_open_meteo, read_srw

pytestmark = needs_shared
ARIZONA = "W03_arizona_eastern_typical_50-140m.srw"  # has no coordinates


def pv_pairs() -> dict[str, tuple[float, float]]:
    """(embedded, measured) annual capacity factor of a tracking plant by file."""
    plant = default_design("pv_tracking")
    assert isinstance(plant, PVDesign)
    found = {}
    for name in NSRDB + OPEN_METEO:
        real = read_nsrdb(name) if name in NSRDB else read_open_meteo(name, 2024 if "2024" in name else 2023)
        drawn = Climatology.load().fetch(real.latitude, real.longitude)
        place = {"latitude": real.latitude, "longitude": real.longitude, "elevation_m": real.elevation_m}
        measured = pv_capacity_factor(
            time_utc=real.time_utc,
            **place,
            ghi_w_per_m2=real.ghi,
            dni_w_per_m2=real.dni,
            dhi_w_per_m2=real.dhi,
            air_c=real.air_c,
            wind_10m_m_per_s=real.wind,
            design=plant,
        )
        embedded = pv_capacity_factor(
            time_utc=drawn.time_utc,
            **place,
            ghi_w_per_m2=drawn.ghi_w_per_m2,
            dni_w_per_m2=drawn.dni_w_per_m2,
            dhi_w_per_m2=drawn.dhi_w_per_m2,
            air_c=drawn.air_c,
            wind_10m_m_per_s=drawn.wind_10m_m_per_s,
            design=plant,
        )
        found[name] = (float(embedded.mean()), float(measured.mean()))
    return found


def wind_pairs() -> dict[str, tuple[float, float]]:
    """(embedded, measured) annual capacity factor of the default turbine by file."""
    found = {}
    for name in SRW:
        if name == ARIZONA:
            continue
        real = read_srw(name)
        drawn = Climatology.load().fetch(real.latitude, real.longitude)
        plant = default_design("wind_offshore" if drawn.over_sea else "wind_onshore")
        assert isinstance(plant, WindDesign)
        height = min(real.speed, key=lambda value: abs(value - plant.hub_height_m))
        common = {"elevation_m": drawn.elevation_m, "over_sea": drawn.over_sea, "design": plant}
        measured = wind_capacity_factor(
            wind_m_per_s=real.speed[height], wind_height_m=height, air_c=real.air_c[min(real.air_c)], **common
        )
        embedded = wind_capacity_factor(
            wind_m_per_s=drawn.wind_100m_m_per_s, wind_height_m=100.0, air_c=drawn.air_c, **common
        )
        found[name] = (float(embedded.mean()), float(measured.mean()))
    return found


def test_pv() -> None:
    pairs = pv_pairs()
    errors = [abs(embedded / measured - 1.0) for embedded, measured in pairs.values()]
    assert np.mean(errors) < 0.07, pairs


def test_wind() -> None:
    pairs = wind_pairs()
    errors = [abs(embedded - measured) for embedded, measured in pairs.values()]
    assert np.mean(errors) < 0.05, pairs


if __name__ == "__main__":
    for title, pairs in (("PV, single-axis tracking", pv_pairs()), ("wind", wind_pairs())):
        print(title)
        for name, (embedded, measured) in pairs.items():
            print(f"  {name[:48]:48s} embedded {embedded:.3f} measured {measured:.3f} {embedded / measured - 1:+.1%}")
        gaps = np.array(list(pairs.values()))
        print(f"  mean absolute error {np.abs(gaps[:, 0] - gaps[:, 1]).mean():.4f}", end="")
        print(f", {np.abs(gaps[:, 0] / gaps[:, 1] - 1).mean():.1%} of the measured")
