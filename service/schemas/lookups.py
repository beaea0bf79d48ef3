"""Look-ups: the catalogue, technologies, data sets."""

from typing import Any

from pydantic import Field

from service.schemas.base import Response, Traced


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
    size: dict[str, Any] | None = Field(description="Of one plant; the central value is the default of a request.")
    utilisation: dict[str, Any] | None
    lifetime: dict[str, Any] | None
    operation: dict[str, Any] | None = Field(description="When it usually runs; null is day and night all year.")
    steps: list[dict[str, Any]]
    residuals: list[dict[str, Any]] = Field(description="What still emits, per unit of product, and the energy burnt.")
    parameters: list[dict[str, Any]]
    conventional_routes: list[dict[str, Any]]
    costs: dict[str, Any] | None = Field(description="Beside power and hydrogen; null without any. USD of 2025.")


class TechnologyList(Response):
    """Answer of GET /v1/technologies."""

    cost_year: int
    technologies: dict[str, list[Traced]]


class PriceList(Response):
    """Answer of GET /v1/prices."""

    country: str | None
    prices: dict[str, Traced]
    carbon_price: Traced | None = Field(description="Null where none is listed.")
    unknown: list[str] = Field(description="Items without a price for this country.")


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


class OwnLayer(Response):
    """A layer of this instance's own."""

    id: str = Field(description="Name and version.")
    kind: str = Field(description="grid, land or projects.")
    added: str
    as_of: str
    licence: str
    source: str
    sha256: str
    bounds: list[list[float]] = Field(description="Boxes of west, south, east, north.")
    counts: dict[str, int]


class DatasetList(Response):
    """Answer of GET /v1/datasets."""

    data_version: str
    datasets: list[Dataset]
    own_layers: list[OwnLayer] = Field(description="Added with `sitewatt data`; preferred over what ships.")
