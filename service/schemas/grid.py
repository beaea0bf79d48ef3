"""The grid near a place, and what joining it costs."""

from typing import Literal

from pydantic import Field, field_validator

from geodata.grid.layers import plants
from service.schemas.base import Caveat, Lookup, Response, wrong
from service.schemas.way import WayAnswer, WayFields


class GridLookup(WayFields, Lookup):
    """Where to look, and for what."""

    latitude: float = Field(ge=-90, le=90, examples=[65.83])
    longitude: float = Field(ge=-180, le=180, examples=[21.69])
    required_mw: float | None = Field(default=None, ge=0.001, le=1e5, description="Prices a connection of this power.")
    min_voltage_kv: float | None = Field(
        default=None, gt=0, le=2000, description="Leaves out what is lower or unknown."
    )
    k: int = Field(default=1, ge=1, le=50, description="How many of each kind.")
    min_plant_mw: float | None = Field(
        default=None, gt=0, le=1e5, description="Leaves out smaller plants and those of unknown size."
    )
    fuel: str | None = Field(
        default=None, max_length=40, description="Plants of one primary fuel, as in Hydro, Gas, Solar, Wind."
    )

    @field_validator("fuel")
    @classmethod
    def _known_fuel(cls, fuel: str | None) -> str | None:
        if fuel is not None and fuel not in plants().fuels:
            raise wrong("unknown_value", f"fuel must be one of {', '.join(plants().fuels)}")
        return fuel


class GridFeature(Response):
    """A line, a substation or a plant."""

    distance_km: float = Field(description="Geodesic, to the mapped geometry.")
    distance_low_km: float = Field(description="Unmapped lines may be nearer; measured by region.")
    distance_high_km: float
    detour_km: float = Field(description="Distance along a line that cannot run straight.")
    voltage_kv: float | None = Field(description="Null where the map does not say.")
    voltage_class_kv: float | None = Field(description="The planning guides' class next to it: 220 counts as 230.")
    direct_current: bool = Field(description="The voltage is one that only direct-current lines have: no tapping.")
    circuits: int | None = Field(description="Of a line.")
    length_km: float | None = Field(description="Of a line, from end to end.")
    name: str | None
    latitude: float = Field(description="Of the closest point.")
    longitude: float
    fuel: str | None
    capacity_mw: float | None = Field(description="Of a plant; null where it is not known.")
    capacity_derived: bool | None = Field(description="True where the size follows from the plant's generation.")
    dataset: str = Field(description="Id of `GET /v1/datasets`, or your own layer and its version.")
    source: str
    as_of: str
    licence: str


class ConnectionPart(Response):
    """One part of the connection's cost."""

    item: str
    cost_usd: float


class Connection(Response):
    """What a connection costs; real USD of 2025."""

    required_mw: float
    voltage_kv: float = Field(
        description="Of the new line: the least that carries the power; where 500 kV would and 345 kV is nearer, that."
    )
    circuits: int
    length_km: float = Field(description="Of the new line, detour included.")
    cost_usd: float
    cost_low_usd: float
    cost_high_usd: float
    annual_cost_usd: float
    annual_cost_low_usd: float
    annual_cost_high_usd: float
    cost_usd_per_kw: float | None
    joins: Literal["line", "substation", "plant"] = Field(
        description="The cheaper of the nearest that carry the power."
    )
    joined_name: str | None
    joined_voltage_kv: float | None
    joined_latitude: float = Field(description="Where it joins: the closest point of what is joined.")
    joined_longitude: float
    distance_km: float
    undersea_share: float = Field(description="Of the way, priced as submarine cable.")
    terrain_multiplier: float
    land_use_multiplier: float
    way: WayAnswer
    breakdown: list[ConnectionPart]


class GridFacts(Response):
    """The grid near a place."""

    nearest_line: GridFeature | None
    nearest_substation: GridFeature | None
    nearest_plant: GridFeature | None
    completeness: Literal["good", "partial", "poor"] = Field(description="How complete the map is hereabouts.")


class NearestGrid(GridFacts):
    """Answer of GET /v1/grid/nearest."""

    latitude: float
    longitude: float
    country: str | None
    lines: list[GridFeature] = Field(description="The `k` nearest, nearest first.")
    substations: list[GridFeature]
    plants: list[GridFeature]
    connection: Connection | None = Field(description="Only when `required_mw` is given.")
    warnings: list[Caveat]
