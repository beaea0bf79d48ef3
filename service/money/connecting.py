"""Where a site joins the grid: the cheapest of the nearest line and the nearest substation that carry its power."""

from dataclasses import dataclass, replace

from geodata.grid import GridFeature, GridIndex, Kind
from geodata.ground import Ground, ground
from models.connection import ConnectionCost, connection_classes, connection_cost
from models.connection_data import connection_data
from models.connection_way import WayShares, way_multipliers
from models.notice import Notice
from models.wacc import CapitalTerms, wacc_for
from service.schemas.way import WayFields
from service.supply.way import not_checked, way_notices, way_shares

FARTHEST_KM = 20_000.0
LOOKED_THROUGH = 30  # so many nearest lines for one that is not of direct current


@dataclass(frozen=True, slots=True)
class Joining:
    """What is joined, over which way, at what cost. not_checked : kinds of cover that nothing tells."""

    feature: GridFeature
    ground: Ground
    shares: WayShares
    not_checked: tuple[str, ...]
    terrain_multiplier: float
    land_use_multiplier: float
    cost: ConnectionCost


def joining(
    latitude: float,
    longitude: float,
    required_mw: float,
    iso3: str | None,
    wacc: float | CapitalTerms | None,
    given: WayFields | None = None,
) -> Joining | None:
    """The cheapest way to join the grid with `required_mw`; None on a map without lines.

    given : shares of the way's ground that the caller knows.

    Where nothing of the needed voltage is mapped, the nearest line of any voltage is priced, with a warning; where the
    map is poor, a power plant that stands nearer than anything mapped.
    """
    index = GridIndex.load()
    data = connection_data()
    found: list[tuple[GridFeature, float | None]] = []
    for class_kv in connection_classes(required_mw):
        least = data.least_kv(class_kv) if required_mw else None
        near = index.nearest(latitude, longitude, min_voltage_kv=least)
        line = _tapped(latitude, longitude, least, near.nearest_line)
        found += [(part, class_kv) for part in (line, near.nearest_substation) if part is not None]
    if not found:
        anything = index.nearest(latitude, longitude).nearest_line
        found = [] if anything is None else [(anything, None)]
    poor = index.quality(latitude, longitude).completeness == "poor"
    proxy = _proxy(latitude, longitude, [part for part, _ in found]) if poor else None
    if proxy is not None:
        found = [(proxy, None)]
    rate = wacc_for(iso3, "grid_connection", wacc).value
    offers = [_priced(latitude, longitude, part, required_mw, class_kv, rate, given) for part, class_kv in found]
    return min(offers, key=lambda offer: offer.cost.cost_usd, default=None)


def _tapped(
    latitude: float, longitude: float, least_kv: float | None, nearest: GridFeature | None
) -> GridFeature | None:
    """The nearest line that can be tapped: one of direct current has converters at its ends alone."""
    if nearest is None or not nearest.direct_current:
        return nearest
    lines = GridIndex.load().features(latitude, longitude, Kind.LINE, LOOKED_THROUGH, least_kv)
    return next((line for line in lines if not line.direct_current), None)


def _proxy(latitude: float, longitude: float, found: list[GridFeature]) -> GridFeature | None:
    """The nearest plant of 30 MW where it stands nearer than anything mapped: it has a line, which a poor map lacks.

    Measured where the map is poorest (docs/grid_data.md), the smaller of both distances halves the line's error.
    The band reaches up to what is mapped, for the plant's own line may be full or too weak.
    """
    plant = GridIndex.load().joined_plant(latitude, longitude)
    mapped = min((feature.distance_km for feature in found), default=float("inf"))
    if plant.distance_km >= mapped:
        return None
    return replace(plant, distance_high_km=max(plant.distance_high_km, min(mapped, FARTHEST_KM)))


def _priced(
    latitude: float,
    longitude: float,
    feature: GridFeature,
    required_mw: float,
    class_kv: float | None,
    rate: float,
    given: WayFields | None,
) -> Joining:
    way = ground(latitude, longitude, feature.latitude, feature.longitude)
    shares = way_shares(way, given)
    terrain, land_use, figures = way_multipliers(shares)
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
        class_kv=class_kv,
    )
    notices = [*cost.warnings, *way_notices(way, given)]
    if feature.kind is Kind.PLANT:
        detail = (
            f"the map is poor here: the connection is priced to {feature.name or 'a power plant'}, "
            f"{feature.distance_km:.0f} km away, which must have a line"
        )
        notices.append(Notice("grid_plant_proxy", detail))
    cost = replace(cost, provenance=(*cost.provenance, *figures), warnings=tuple(notices))
    return Joining(feature, way, shares, not_checked(way, given), terrain, land_use, cost)
