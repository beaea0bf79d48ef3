"""Plants and projects near a place or in a sector."""

from typing import Literal

from pydantic import Field

from service.schemas.base import Caveat, Response

Stage = Literal["announced", "financed", "operational", "closed", "unknown"]


class ProjectAnswer(Response):
    """One plant or project."""

    project_id: str | None
    name: str
    owner: str | None
    sector: str
    technology: str | None
    status: str = Field(description="The source's own word.")
    stage: Stage
    country: str = Field(description="ISO 3166-1 alpha-3.")
    latitude: float | None
    longitude: float | None
    capacity_t_per_year: float | None = Field(description="Crude steel (or iron), cement, hydrogen or another product.")
    start_year: int | None
    distance_km: float | None = Field(description="Geodesic; null where place or project has no coordinates.")
    unlikeness: float | None = Field(description="Of a peer: 1 is 500 km away, or twice as large.")
    source: str
    dataset: str = Field(description="Id of `GET /v1/datasets`, or your own list and its version.")


class ProjectCount(Response):
    """How many of one sector, stage and country."""

    sector: str
    stage: Stage
    country: str
    projects: int
    capacity_t_per_year: float = Field(description="Sum of those that state one.")


class ProjectList(Response):
    """Answer of GET /v1/projects."""

    total: int = Field(description="How many fit; `projects` holds the first of them.")
    projects: list[ProjectAnswer]
    counts: list[ProjectCount] = Field(description="Of all that fit.")
    peers: list[ProjectAnswer] = Field(description="Most like the site, when a place and a sector are given.")
    sectors: list[str] = Field(description="Every sector there is.")
    warnings: list[Caveat]
