"""PV against SAM itself on embedded years of twelve places from 70 N to 53 S: `pip install nrel-pysam`, else skipped.

The same hours go through both. `python -m tests.validation.test_supply_world` prints the table.
"""

from typing import Any

import numpy as np
import pytest

from geodata.weather.climatology import Climatology
from geodata.weather.year import WeatherYear
from models.supply.overrides import design_with
from service.supply.hours import capacity_factors

PLACES = {
    "Tromso": (69.6, 18.9),
    "Boden": (65.8, 21.7),
    "Duisburg": (51.5, 6.7),
    "Lhasa": (29.6, 91.1),
    "Riyadh": (24.7, 46.7),
    "Quito": (-0.2, -78.5),
    "Nairobi": (-1.3, 36.8),
    "Darwin": (-12.5, 130.9),
    "Fiji": (-17.8, 178.0),
    "Port Hedland": (-20.4, 118.6),
    "Calama": (-22.5, -68.9),
    "Punta Arenas": (-53.1, -70.9),
}
STEEP_DEG = 60.0  # racks that nobody builds: both models of row-to-row shade stand on thin ground


def sam(year: WeatherYear, tilt: float, *, tracking: bool) -> float:
    """Annual kWh per kW of modules by PVWatts 8: DC/AC 1.2, losses 14.08 %, GCR 0.4, one-sided."""
    # SAM is a peer of 100 MB that nothing else needs: `.ci/run` brings it, `make test` does without.
    pvwatts = pytest.importorskip("PySAM.Pvwattsv8", reason="SAM is not installed: pip install nrel-pysam")
    day = year.time_utc.astype("datetime64[D]")
    month = year.time_utc.astype("datetime64[M]")
    hours: dict[str, Any] = {
        "year": [year.year] * 8760,
        "month": (month.astype(int) % 12 + 1).tolist(),
        "day": ((day - month.astype("datetime64[D]")).astype(int) + 1).tolist(),
        "hour": (np.arange(8760) % 24).tolist(),
        "minute": [30] * 8760,
        "gh": year.ghi_w_per_m2.tolist(),
        "dn": year.dni_w_per_m2.tolist(),
        "df": year.dhi_w_per_m2.tolist(),
        "tdry": year.air_c.tolist(),
        "wspd": year.wind_10m_m_per_s.tolist(),
    }
    model = pvwatts.new()
    place = {"lat": year.latitude, "lon": year.longitude, "tz": 0, "elev": year.elevation_m}
    model.SolarResource.solar_resource_data = place | hours
    model.SolarResource.albedo = [0.2] * 12
    design = model.SystemDesign
    design.system_capacity, design.dc_ac_ratio, design.inv_eff, design.losses = 1000.0, 1.2, 96.0, 14.08
    design.module_type, design.gcr, design.bifaciality = 0, 0.4, 0.0
    design.array_type, design.tilt = (2, 0.0) if tracking else (0, tilt)
    design.azimuth = 180.0 if tracking or year.latitude >= 0.0 else 0.0
    model.execute()
    return float(model.Outputs.annual_energy) / 1000.0


def errors(name: str) -> dict[str, float]:
    """Relative error of the year's yield by design."""
    year = Climatology.load().fetch(*PLACES[name])
    common = {"dc_ac_ratio": 1.2, "losses_share": 0.1408, "tracker_limit_deg": 45.0}
    steep = abs(year.latitude)
    designs = {
        "fixed 20": ("pv_fixed", {"tilt_deg": 20.0}, 20.0),
        "fixed at latitude": ("pv_fixed", {"tilt_deg": steep}, steep),
        "tracker": ("pv_tracking", {}, 0.0),
    }
    found = {}
    for label, (technology, own, tilt) in designs.items():
        made = capacity_factors(design_with(technology, common | own), year).mean() / 1.2 * 8760.0
        found[label] = float(made / sam(year, tilt, tracking=technology == "pv_tracking") - 1.0)
    return found


@pytest.mark.parametrize("name", list(PLACES))
def test_the_yield_is_sams(name: str) -> None:
    for label, error in errors(name).items():
        steep = label == "fixed at latitude" and abs(PLACES[name][0]) > STEEP_DEG
        assert abs(error) < (0.035 if steep else 0.02), (label, error)


if __name__ == "__main__":
    every = []
    for name in PLACES:
        found = errors(name)
        every += [abs(error) for error in found.values()]
        print(f"{name:14s}", "  ".join(f"{label} {error:+.2%}" for label, error in found.items()))
    print(f"median {np.median(every):.2%}, largest {max(every):.2%}")
