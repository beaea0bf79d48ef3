"""Look-ups: the grid nearby, the catalogue, technologies, data sets."""

from typing import Any, Literal

from pydantic import Field

from service.schemas.base import Caveat, Response, Traced


class GridFeature(Response):
    """The nearest of one kind."""

    distance_km: float = Field(description="Geodesic, to the mapped geometry.")
    distance_low_km: float
    distance_high_km: float
    voltage_kv: float | None
    name: str | None
    latitude: float = Field(description="Of the closest point.")
    longitude: float
    fuel: str | None
    capacity_mw: float | None
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
    voltage_kv: float
    circuits: int
    length_km: float
    cost_usd: float
    cost_low_usd: float
    cost_high_usd: float
    annual_cost_usd: float
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
    connection: Connection | None = Field(description="Only when `required_mw` is given.")
    warnings: list[Caveat]


class ProcessSummary(Response):
    """One process of the catalogue."""

    id: str
    name: str
    sector: str
    product: str
    product_unit: str
    capacity_unit: str
    default_capacity: float | None
    default_utilisation: float
    specific_electricity_mwh_per_unit: float | None
    hydrogen_kg_per_unit: float | None


class ProcessList(Response):
    """Answer of GET /v1/processes."""

    processes: list[ProcessSummary]


class ProcessDetail(ProcessSummary):
    """Answer of GET /v1/processes/{process_id}."""

    boundary: str = Field(description="What is inside.")
    steps: list[dict[str, Any]]
    parameters: list[dict[str, Any]]
    conventional_routes: list[dict[str, Any]]


class TechnologyList(Response):
    """Answer of GET /v1/technologies."""

    cost_year: int
    technologies: dict[str, list[Traced]]


class Dataset(Response):
    """One data set this instance uses."""

    id: str
    title: str
    version: str
    as_of: str
    licence: str
    attribution: str
    cover: str
    known_error: str
    derivation: str
    file: str
    bytes: int
    sha256: str
    sources: list[dict[str, Any]]


class DatasetList(Response):
    """Answer of GET /v1/datasets."""

    data_version: str
    datasets: list[Dataset]
