"""Where a generator stands: at the gate, or at the best weather cell within the supply radius, its line priced.

Candidates are the cells of the embedded climate. They are ranked by an estimate from their annual means; of the best
and the gate the whole years are made, and the one with the cheaper MWh, line included, is taken.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from heapq import heapify, heapreplace

import numpy as np

from geodata.sea import LandMap
from geodata.search.ellipsoid import geodesic_m
from geodata.weather.table import ClimateTable
from geodata.weather.year import WeatherYear
from models.arrays import FloatArray
from models.collector import CollectorLine
from models.supply.designs import PVDesign, WindDesign
from models.supply.wind import wind_capacity_factor
from models.technology_cost import TechnologyCost
from service.case.place import Spot
from service.supply.lines import expected_mw, least_line_usd, line_to, with_line

CELL_DEG = 0.25
LEAST_SPACING_KM = 10.0
STANDARD_SUN_W_PER_M2 = 1000.0
OFFSHORE = ("wind_offshore", "wind_offshore_floating")
# Foundations end about 60 m, moorings about 2,000 m (IEA Offshore Wind Outlook 2019).
DEPTHS_M = {"wind_offshore": (0.0, 60.0), "wind_offshore_floating": (60.0, 2000.0)}
WEIBULL_K = 2.3  # measured at 100 m (docs/climate.md)
QUANTILES = (np.arange(60) + 0.5) / 60.0
SPEEDS = (-np.log(1.0 - QUANTILES)) ** (1.0 / WEIBULL_K)
SHAPE = SPEEDS / SPEEDS.mean()


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """Where a generator stands, what it makes there, what it costs with its line; `line` is None without one.

    own_cost : without the line.
    """

    gate: Spot
    spot: Spot
    weather: tuple[WeatherYear, ...]
    capacity_factor: FloatArray
    own_cost: TechnologyCost
    cost: TechnologyCost
    line: CollectorLine | None
    undersea_share: float

    def carrying(self, name: str, wacc: float, power_mw: float) -> "Stand":
        """The same with its line priced at another power."""
        if self.line is None:
            return self
        line, _ = line_to(name, self.gate, self.spot, wacc, power_mw)
        cost = replace(with_line(self.own_cost, line), technology=self.cost.technology)
        return replace(self, line=line, cost=cost)


Hours = Callable[[tuple[WeatherYear, ...]], FloatArray]


def best_stand(
    name: str,
    gate: Spot,
    candidates: list[Spot],
    weather_at: Callable[[Spot], tuple[WeatherYear, ...]],
    hours: Hours,
    design: PVDesign | WindDesign,
    cost: TechnologyCost,
    wacc: float,
    needed_mw: float,
    most_mw: float | None = None,
) -> Stand:
    """The cheapest MWh of the gate, where it is a candidate, and the best other spot. Needs one candidate at least.

    needed_mw : mean power asked of it; with the spot's yield, and at most `most_mw`, it says what its line carries.
    """
    yearly = cost.annual_cost_usd_per_mw(wacc)

    at_gate = [spot for spot in candidates if spot.distance_km == 0.0]
    elsewhere = [spot for spot in candidates if spot.distance_km > 0.0]
    factors = [max(_yield(design, spot), 1e-9) for spot in elsewhere]

    powers = [expected_mw(needed_mw, factor, most_mw) for factor in factors]

    def with_least_line(index: int) -> float:
        least = least_line_usd(name, elsewhere[index], wacc, powers[index])
        return (yearly + least) / factors[index]

    def with_its_line(index: int) -> float:
        line = line_to(name, gate, elsewhere[index], wacc, powers[index])[0]
        return (yearly + (line.annual_cost_usd_per_mw.value if line else 0.0)) / factors[index]

    tried = at_gate + [
        elsewhere[index] for index in cheapest([yearly / factor for factor in factors], with_least_line, with_its_line)
    ]
    stands = []
    for spot in tried:
        weather = weather_at(spot)
        stands.append(stand_at(name, gate, spot, weather, hours(weather), cost, wacc, needed_mw, most_mw))
    return min(
        stands,
        key=lambda stand: stand.cost.annual_cost_usd_per_mw(wacc) / max(float(stand.capacity_factor.mean()), 1e-9),
    )


def cheapest(bounds: list[float], *closer: Callable[[int], float]) -> list[int]:
    """The first index of the least cost, in a list that is empty where there is none.

    closer : from an index to a value that is never below the one before, the last of them the cost itself. Best first:
    what a look at the ground of a way costs is spent on few.
    """
    open_ = [(bound, index, 0) for index, bound in enumerate(bounds)]
    heapify(open_)
    while open_:
        _, index, looks = open_[0]
        if looks == len(closer):
            return [index]
        heapreplace(open_, (closer[looks](index), index, looks + 1))
    return []


def stand_at(
    name: str,
    gate: Spot,
    spot: Spot,
    weather: tuple[WeatherYear, ...],
    capacity_factor: FloatArray,
    cost: TechnologyCost,
    wacc: float,
    needed_mw: float,
    most_mw: float | None = None,
    *,
    with_own_line: bool = True,
) -> Stand:
    """A generator at a spot, its line to the gate, where it has one of its own, in its fixed costs."""
    power = expected_mw(needed_mw, float(capacity_factor.mean()), most_mw)
    line, undersea = line_to(name, gate, spot, wacc, power) if with_own_line else (None, 0.0)
    return Stand(gate, spot, weather, capacity_factor, cost, with_line(cost, line), line, undersea)


def spots_around(name: str, gate: Spot, radius_km: float) -> list[Spot]:
    """Cells within the radius where the technology can stand, and the gate itself where it can stand there."""
    land = LandMap.load().land
    places = np.vstack([[[gate.longitude, gate.latitude]], _cells(gate, radius_km)])
    distance = geodesic_m(np.broadcast_to(places[0], places.shape), places) / 1000.0
    near = distance <= radius_km
    places, distance = places[near], distance[near]
    on_land = land.contain(places)
    if name not in OFFSHORE:
        on_land[0] = True  # what is on the map's sea may be an islet: the gate is where the caller says it is
        return [
            Spot(float(y), float(x), float(d)) for (x, y), d, dry in zip(places, distance, on_land, strict=True) if dry
        ]
    table, (least, most) = ClimateTable.load(), DEPTHS_M[name]
    found = []
    for (x, y), d, dry in zip(places, distance, on_land, strict=True):
        depth = table.at(y, x).depth_m
        if not dry and least <= depth <= most:
            found.append(Spot(float(y), float(x), float(d), depth))
    return found


def _cells(gate: Spot, radius_km: float) -> np.ndarray:
    """Centres of the climate's cells about a place, thinned where meridians crowd; (n, 2)."""
    if radius_km <= 0.0:
        return np.empty((0, 2))
    up = radius_km / 110.5
    wide = 111.4 * max(np.cos(np.radians(min(abs(gate.latitude) + up, 89.9))), 1e-3)
    step = CELL_DEG * max(np.ceil(LEAST_SPACING_KM / (CELL_DEG * wide)), 1.0)
    rows = np.arange(np.floor((gate.latitude - up) / CELL_DEG), np.ceil((gate.latitude + up) / CELL_DEG)) + 0.5
    side = min(radius_km / wide, 180.0)
    columns = np.arange(np.floor((gate.longitude - side) / step), np.ceil((gate.longitude + side) / step)) + 0.5
    latitude, longitude = np.meshgrid(rows * CELL_DEG, columns * step)
    cells = np.column_stack([(longitude.ravel() + 180.0) % 360.0 - 180.0, latitude.ravel()])
    return np.asarray(cells[np.abs(cells[:, 1]) < 90.0])


def _yield(design: PVDesign | WindDesign, spot: Spot) -> float:
    """Capacity factor that a cell's annual means promise, to rank cells by: sun as it falls, wind by its curve."""
    climate = ClimateTable.load().at(spot.latitude, spot.longitude)
    if isinstance(design, PVDesign):
        return float(climate.ghi_month.mean()) / STANDARD_SUN_W_PER_M2
    factor = wind_capacity_factor(
        wind_m_per_s=climate.wind_mean * SHAPE,
        wind_height_m=100.0,
        air_c=np.full(len(SHAPE), float(climate.air_month.mean())),
        elevation_m=climate.elevation_m,
        over_sea=spot.depth_m > 0.0,
        design=design,
    )
    return float(factor.mean())
