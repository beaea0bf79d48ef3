"""The grid nearby as the answer states it."""

from dataclasses import asdict

from geodata.grid import GridFeature, GridProximity
from models.connection import ConnectionCost
from service.schemas import lookups as schema


def feature(found: GridFeature | None) -> schema.GridFeature | None:
    """One feature of the map."""
    if found is None:
        return None
    fields = asdict(found)
    fields.pop("kind")
    return schema.GridFeature(**fields)


def grid_facts(near: GridProximity) -> schema.GridFacts:
    """The nearest of each kind."""
    return schema.GridFacts(
        nearest_line=feature(near.nearest_line),
        nearest_substation=feature(near.nearest_substation),
        nearest_plant=feature(near.nearest_plant),
        completeness=near.completeness,
    )


def connection_answer(cost: ConnectionCost | None) -> schema.Connection | None:
    """A connection and its parts."""
    if cost is None:
        return None
    return schema.Connection(
        required_mw=cost.required_mw,
        voltage_kv=cost.voltage_kv,
        circuits=cost.circuits,
        length_km=cost.length_km,
        cost_usd=cost.cost_usd,
        cost_low_usd=cost.cost_low_usd,
        cost_high_usd=cost.cost_high_usd,
        annual_cost_usd=cost.annual_cost_usd,
        breakdown=[schema.ConnectionPart(item=part.item, cost_usd=part.cost_usd) for part in cost.breakdown],
    )
