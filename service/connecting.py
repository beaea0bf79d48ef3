"""Where a site joins the grid: the cheapest of the nearest line and the nearest substation that carry its power."""

from dataclasses import dataclass, replace

from geodata.grid import GridFeature, GridIndex, Kind
from geodata.grid.index import PROXY_MW
from geodata.relief import broad_slope
from geodata.sea import LandMap, Way
from models.connection import ConnectionCost, connection_cost, least_voltage_kv, way_multipliers
from models.notice import Notice
from models.wacc import CapitalTerms, wacc_for

FARTHEST_KM = 20_000.0


@dataclass(frozen=True, slots=True)
class Joining:
    """What is joined, over which way, at what cost."""

    feature: GridFeature
    way: Way
    terrain_multiplier: float
    land_use_multiplier: float
    cost: ConnectionCost


def joining(
    latitude: float, longitude: float, required_mw: float, iso3: str | None, wacc: float | CapitalTerms | None
) -> Joining | None:
    """The cheapest way to join the grid with `required_mw`; None on a map without lines.

    Where nothing of the needed voltage is mapped, the nearest line of any voltage is priced, with a warning; where the
    map is poor, a power plant that stands nearer than anything mapped.
    """
    index = GridIndex.load()
    near = index.nearest(latitude, longitude, min_voltage_kv=least_voltage_kv(required_mw) if required_mw else None)
    found = [part for part in (near.nearest_line, near.nearest_substation) if part is not None]
    if not found:
        anything = index.nearest(latitude, longitude).nearest_line
        found = [] if anything is None else [anything]
    proxy = _proxy(latitude, longitude, found) if near.completeness == "poor" else None
    if proxy is not None:
        found = [proxy]
    rate = wacc_for(iso3, "grid_connection", wacc).value
    offers = [_priced(latitude, longitude, feature, required_mw, rate) for feature in found]
    return min(offers, key=lambda offer: offer.cost.cost_usd, default=None)


def _proxy(latitude: float, longitude: float, found: list[GridFeature]) -> GridFeature | None:
    """The nearest plant of 30 MW where it stands nearer than anything mapped: it has a line, which a poor map lacks.

    Measured where the map is poorest (docs/grid_data.md), the smaller of both distances halves the line's error.
    The band reaches up to what is mapped, for the plant's own line may be full or too weak.
    """
    plants = GridIndex.load().features(latitude, longitude, Kind.PLANT, min_plant_mw=PROXY_MW)
    mapped = min((feature.distance_km for feature in found), default=float("inf"))
    if not plants or plants[0].distance_km >= mapped:
        return None
    return replace(plants[0], distance_high_km=max(plants[0].distance_high_km, min(mapped, FARTHEST_KM)))


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
    notices = [*cost.warnings, unchecked]
    if feature.kind is Kind.PLANT:
        detail = (
            f"the map is poor here: the connection is priced to {feature.name or 'a power plant'}, "
            f"{feature.distance_km:.0f} km away, which must have a line"
        )
        notices.append(Notice("grid_plant_proxy", detail))
    cost = replace(cost, provenance=(*cost.provenance, *figures), warnings=tuple(notices))
    return Joining(feature, way, terrain, land_use, cost)
