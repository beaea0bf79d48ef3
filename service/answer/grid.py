"""The grid nearby as the answer states it."""

from collections.abc import Sequence
from dataclasses import asdict

from geodata.grid import GridFeature, GridProximity
from geodata.relief import RESOLUTION
from models.connection_data import connection_data
from service.money.connecting import Joining
from service.schemas import grid as schema
from service.schemas.way import WayAnswer


def feature(found: GridFeature | None) -> schema.GridFeature | None:
    """One feature of the map; the way to it is longer than the straight line."""
    if found is None:
        return None
    fields = asdict(found)
    fields.pop("kind")
    data = connection_data()
    return schema.GridFeature(
        detour_km=found.distance_km * data.detour_factor.value,
        voltage_class_kv=data.voltage_class_kv(found.voltage_kv) if found.voltage_kv else None,
        **fields,
    )


def features(found: Sequence[GridFeature]) -> list[schema.GridFeature]:
    """Several features."""
    return [part for part in map(feature, found) if part is not None]


def grid_facts(near: GridProximity) -> schema.GridFacts:
    """The nearest of each kind."""
    return schema.GridFacts(
        nearest_line=feature(near.nearest_line),
        nearest_substation=feature(near.nearest_substation),
        nearest_plant=feature(near.nearest_plant),
        completeness=near.completeness,
    )


def connection_answer(joined: Joining | None) -> schema.Connection | None:
    """A connection and its parts."""
    if joined is None:
        return None
    cost = joined.cost
    return schema.Connection(
        required_mw=cost.required_mw,
        voltage_kv=cost.voltage_kv,
        circuits=cost.circuits,
        length_km=cost.length_km,
        cost_usd=cost.cost_usd,
        cost_low_usd=cost.cost_low_usd,
        cost_high_usd=cost.cost_high_usd,
        annual_cost_usd=cost.annual_cost_usd,
        annual_cost_low_usd=cost.annual_cost_low_usd,
        annual_cost_high_usd=cost.annual_cost_high_usd,
        cost_usd_per_kw=cost.cost_usd / cost.required_mw / 1000.0 if cost.required_mw > 0.0 else None,
        joins=joined.feature.kind.value,
        joined_name=joined.feature.name,
        joined_voltage_kv=joined.feature.voltage_kv,
        joined_latitude=joined.feature.latitude,
        joined_longitude=joined.feature.longitude,
        distance_km=joined.feature.distance_km,
        undersea_share=joined.ground.undersea_share,
        terrain_multiplier=joined.terrain_multiplier,
        land_use_multiplier=joined.land_use_multiplier,
        way=_way(joined),
        breakdown=[schema.ConnectionPart(item=part.item, cost_usd=part.cost_usd) for part in cost.breakdown],
    )


def _way(joined: Joining) -> WayAnswer:
    shares, unknown = joined.shares, joined.not_checked
    return WayAnswer(
        undersea_share=joined.ground.undersea_share,
        urban_share=shares.urban,
        suburban_share=None if "suburban" in unknown else shares.suburban,
        forest_share=None if "forest" in unknown else shares.forest,
        wetland_share=None if "wetland" in unknown else shares.wetland,
        hill_share=shares.hill,
        mountain_share=shares.mountain,
        slope_resolution=RESOLUTION,
        not_checked=list(unknown),
    )
