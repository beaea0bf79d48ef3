"""Random sizing problems: every part of the system, costs over two orders of magnitude, real and adversarial hours.

Drawn by seed, so that a problem can be named. Real hours are the embedded climate's through the supply models.
"""

from functools import cache
from typing import Any

import numpy as np

from geodata.weather.climatology import Climatology
from models.arrays import FloatArray
from models.sizing.components import Battery, Flexibility, Generator, Grid, Heat, Hydrogen
from models.sizing.problem import Matching, SizingProblem
from models.supply.designs import PVDesign, WindDesign, default_design
from models.supply.pv import pv_capacity_factor
from models.supply.wind import wind_capacity_factor

PLACES = ((51.5, 6.7), (-22.5, -68.9), (65.8, 21.7), (22.5, 70.1), (-20.4, 118.6))
PRIMES = (29, 97, 127, 211, 383, 509, 997)
SUN, WIND = "pv_tracking", "wind_onshore"
KINDS = ("real_sun", "real_wind", "real_sun", "real_wind", "constant", "weekly", "noise", "nothing", "square")


@cache
def real_year(place: int, year: int | None) -> dict[str, FloatArray]:
    """Capacity factors of tracking PV and onshore wind in a year at one of the places."""
    weather = Climatology.load().fetch(*PLACES[place], year)
    sun, turbine = default_design(SUN), default_design(WIND)
    assert isinstance(sun, PVDesign)
    assert isinstance(turbine, WindDesign)
    irradiance = ("time_utc", "latitude", "longitude", "elevation_m", "ghi_w_per_m2", "dni_w_per_m2", "dhi_w_per_m2")
    return {
        SUN: pv_capacity_factor(
            **{name: getattr(weather, name) for name in (*irradiance, "air_c", "wind_10m_m_per_s")}, design=sun
        ),
        WIND: wind_capacity_factor(
            wind_m_per_s=weather.wind_100m_m_per_s,
            wind_height_m=100.0,
            air_c=weather.air_c,
            elevation_m=weather.elevation_m,
            over_sea=weather.over_sea,
            design=turbine,
        ),
    }


class Draw:
    """One problem's draws, in the order they are asked for."""

    def __init__(self, seed: int, hours: int | None = None) -> None:
        self.random = np.random.default_rng(seed)
        if hours is None:
            hours = int(24 * (1000 / 24) ** self.random.random() ** 1.5)
            hours = int(self.random.choice(PRIMES)) if self.chance(0.15) else hours
        self.hours = hours
        self.mean = 1e-3 if self.chance(0.05) else 1e5 if self.chance(0.05) else 10.0 ** self.random.uniform(-2.0, 4.0)

    def chance(self, share: float) -> bool:
        """True in this share of problems."""
        return bool(self.random.random() < share)

    def dear(self, usual: float) -> float:
        """A cost up to ten times over or under the usual."""
        return float(usual * 10.0 ** self.random.uniform(-1.0, 1.0))

    def maybe(self, share: float, low: float, high: float) -> float | None:
        """A number in this share of problems."""
        return float(self.random.uniform(low, high)) if self.chance(share) else None

    def series(self, kind: str) -> FloatArray:
        """Capacity factors of a kind, (hours,)."""
        hour = np.arange(self.hours)
        if kind.startswith("real"):
            leap = self.hours % 8784 == 0 or self.chance(0.2)
            year = real_year(int(self.random.integers(len(PLACES))), 2020 if leap else None)
            start = 0 if self.hours >= 8760 else int(self.random.integers(len(year[SUN])))
            return np.resize(np.roll(year[SUN if kind == "real_sun" else WIND], -start), self.hours)
        if kind == "weekly":
            return np.where(hour % 168 == self.random.integers(24), 1.0, 0.0)
        if kind == "noise":
            return np.asarray(self.random.random(self.hours) ** 3)
        if kind == "square":
            return np.where(hour // self.random.integers(2, 40) % 2 == 0, 1.0, 0.0)
        return np.full(self.hours, 0.0 if kind == "nothing" else self.random.uniform(0.2, 1.0))

    def load(self) -> FloatArray:
        """A load: flat, noisy, by day, or off for part of the time."""
        hour = np.arange(self.hours)
        shapes = (
            np.ones(self.hours),
            0.5 + self.random.random(self.hours),
            1.0 + 0.6 * np.sin(hour * 2 * np.pi / 24),
            np.where(hour % 7 < 5, 1.4, 0.0),
        )
        return self.mean * shapes[int(self.random.integers(len(shapes)))]

    def generators(self) -> list[Generator]:
        """One to four generators, at times firm supply at a price, at times a twin of the first."""
        found = []
        for number in range(int(self.random.integers(1, 5))):
            kind = KINDS[int(self.random.integers(len(KINDS)))]
            cost = 0.0 if self.chance(0.04) else self.dear(51_346.0 if kind == "real_sun" else 101_644.0)
            found.append(
                Generator(
                    f"{kind}_{number}",
                    self.series(kind),
                    cost,
                    self.maybe(0.3, 0.0, 30.0) or 0.0,
                    None if (most := self.maybe(0.2, 0.0, 8.0)) is None else most * self.mean,
                    (self.maybe(0.2, 0.0, 2.0) or 0.0) * self.mean,
                )
            )
        if self.chance(0.35):
            price = float(self.random.uniform(20.0, 300.0))
            most = self.mean * float(self.random.uniform(0.2, 4.0)) if self.chance(0.5) else None
            found.append(Generator("firm", np.ones(self.hours), self.dear(1_000.0), price, most))
        if self.chance(0.1):
            first = found[0]
            found.append(Generator("twin", first.capacity_factor, first.annual_cost_usd_per_mw))
        return found

    def battery(self) -> Battery:
        """A battery, at times leaking or limited."""
        return Battery(
            self.dear(12_000.0),
            self.dear(25_000.0),
            float(self.random.uniform(0.85, 1.0)),
            float(self.random.uniform(0.85, 1.0)),
            None if (most := self.maybe(0.15, 0.0, 4.0)) is None else most * self.mean,
            None if (most := self.maybe(0.15, 0.0, 20.0)) is None else most * self.mean,
            self.maybe(0.3, 0.0, 0.02) or 0.0,
        )

    def hydrogen(self) -> Hydrogen:
        """A hydrogen chain, with or without store and turbine, more or less stiff."""
        turbine = self.chance(0.65)
        return Hydrogen(
            self.dear(100_000.0),
            float(self.random.uniform(0.5, 0.8)),
            self.dear(300.0) if self.chance(0.85) else None,
            self.dear(50_000.0) if turbine else None,
            float(self.random.uniform(0.3, 0.6)) if turbine else None,
            self.maybe(0.2, 0.0, 10.0) or 0.0,
            electrolyser_max_mw=None if (most := self.maybe(0.1, 1.0, 8.0)) is None else most * self.mean,
            store_max_mwh=None if (most := self.maybe(0.15, 0.0, 200.0)) is None else most * self.mean,
            turbine_max_mw=None if (most := self.maybe(0.1, 0.0, 2.0)) is None else most * self.mean,
            electrolyser_min_load=self.maybe(0.3, 0.0, 0.8) or 0.0,
            electrolyser_ramp=self.maybe(0.25, 0.0, 0.6),
            store_standing_loss=self.maybe(0.25, 0.0, 0.005) or 0.0,
        )

    def heat(self) -> Heat:
        """A heater or heat pump, with a thermal store more often than not."""
        return Heat(
            self.dear(30_000.0),
            float(self.random.uniform(0.9, 4.0)),
            self.dear(1_500.0) if self.chance(0.75) else None,
            self.maybe(0.5, 0.0, 0.02) or 0.0,
            store_max_mwh=None if (most := self.maybe(0.2, 0.0, 20.0)) is None else most * self.mean,
        )

    def grid(self) -> Grid:
        """A grid; one in thirty pays more than it asks."""
        price: float | FloatArray = float(self.random.uniform(20.0, 150.0))
        if self.chance(0.5):
            price = price * (1.0 + 0.5 * self.random.standard_normal(self.hours))
        least = float(np.min(price))
        sold = least + 10.0 if self.chance(0.03) else min(0.8 * least, self.random.uniform(0.0, 40.0))
        connection = self.dear(10_000.0) if self.chance(0.35) else None
        return Grid(
            price,
            sold,
            None if (most := self.maybe(0.4, 0.2, 4.0)) is None else most * self.mean,
            None if connection is not None else 0.0 if self.chance(0.2) else 2.0 * self.mean,
            connection,
        )

    def problem(self) -> SizingProblem:
        """The whole problem."""
        load, generators = self.load(), tuple(self.generators())
        gas, warm = self.chance(0.4), self.chance(0.3)
        rest: dict[str, Any] = {"battery": self.battery() if self.chance(0.7) else None}
        rest["hydrogen"] = self.hydrogen() if gas or self.chance(0.4) else None
        rest["heat"] = self.heat() if warm else None
        rest["heat_load_mw"] = self.load() * self.random.uniform(0.02, 1.0) if warm else None
        if self.chance(0.45):
            rest["grid"] = self.grid()
            rest["matching"] = list(Matching)[int(self.random.integers(3))]
            rest["month_of_hour"] = np.arange(self.hours) // max(self.hours // 12, 24)
        if self.chance(0.25):
            rest["flexibility"] = Flexibility(float(self.random.uniform(0.0, 0.6)), int(self.random.integers(0, 25)))
        rest["unserved_price_usd_per_mwh"] = self.maybe(0.25, 20.0, 3_000.0)
        rest["unserved_share"] = self.maybe(0.2, 0.0, 0.2)
        shares = [1.0, 1.0, 0.99, 0.9, 0.6, 0.2, 0.0 if "grid" in rest else 0.2]
        return SizingProblem(
            load_mw=load,
            hydrogen_load_mw=np.full(self.hours, self.mean * self.random.uniform(0.01, 0.8) if gas else 0.0),
            generators=generators,
            clean_share=float(self.random.choice(shares)),
            **rest,
        )
