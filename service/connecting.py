"""Where a site joins the grid: the cheapest of the nearest line and the nearest substation that carry its power."""

from dataclasses import dataclass, replace

from geodata.grid import GridFeature, GridIndex, Kind
from geodata.relief import broad_slope
from geodata.sea import LandMap, Way
from models.connection import ConnectionCost, connection_cost, least_voltage_kv, way_multipliers
from models.notice import Notice
from models.wacc import wacc_for


@dataclass(frozen=True, slots=True)
class Joining:
    """What is joined, over which way, at what cost."""

    feature: GridFeature
    way: Way
    terrain_multiplier: float
    land_use_multiplier: float
    cost: ConnectionCost


def joining(
    latitude: float, longitude: float, required_mw: float, iso3: str | None, wacc: float | None
) -> Joining | None:
    """The cheapest way to join the grid with `required_mw`; None on a map without lines.

    Where nothing of the needed voltage is mapped, the nearest line of any voltage is priced, with a warning.
    """
    index = GridIndex.load()
    near = index.nearest(latitude, longitude, min_voltage_kv=least_voltage_kv(required_mw) if required_mw else None)
    found = [part for part in (near.nearest_line, near.nearest_substation) if part is not None]
    if not found:
        anything = index.nearest(latitude, longitude).nearest_line
        found = [] if anything is None else [anything]
    rate = wacc_for(iso3, "grid_connection", wacc).value
    offers = [_priced(latitude, longitude, feature, required_mw, rate) for feature in found]
    return min(offers, key=lambda offer: offer.cost.cost_usd, default=None)


def _priced(latitude: float, longitude: float, feature: GridFeature, required_mw: float, rate: float) -> Joining:
    way = LandMap.load().way(latitude, longitude, feature.latitude, feature.longitude)
    slope = broad_slope((latitude + feature.latitude) / 2.0, longitude)
    terrain, land_use, figures = way_multipliers(slope, way.urban_share)
    cost = connection_cost(
        required_mw,
        feature.distance_km,
        feature.voltage_kv,
        rate,
        distance_low_km=feature.distance_low_km,
        distance_high_km=feature.distance_high_km,
        undersea_share=way.undersea_share,
        to_substation=feature.kind is Kind.SUBSTATION,
        terrain_multiplier=terrain,
        land_use_multiplier=land_use,
    )
    unchecked = Notice(
        "connection_way_coarse",
        "the way is straight; its terrain is known on a 20-minute grid alone, forest, wetland and permits not at all",
    )
    cost = replace(cost, provenance=(*cost.provenance, *figures), warnings=(*cost.warnings, unchecked))
    return Joining(feature, way, terrain, land_use, cost)
