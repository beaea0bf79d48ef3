"""GET /v1/projects."""

from dataclasses import asdict
from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import Field, field_validator, model_validator

from geodata.industry import Project, ProjectIndex
from models.notice import Notice
from service.answer.tracing import caveats
from service.http.described_problems import PROBLEM_RESPONSES
from service.http.tagged import NOT_MODIFIED, Tagged
from service.schemas.base import Lookup, Wrong, all_wrong, wrong
from service.schemas.projects import ProjectAnswer, ProjectCount, ProjectList, Stage

router = APIRouter(
    prefix="/v1", route_class=Tagged, tags=["Look up"], responses=NOT_MODIFIED | {422: PROBLEM_RESPONSES[422]}
)


class ProjectLookup(Lookup):
    """Where to look, and for what."""

    latitude: float | None = Field(default=None, ge=-90, le=90, examples=[51.49])
    longitude: float | None = Field(default=None, ge=-180, le=180, examples=[6.73])
    radius_km: float | None = Field(default=None, gt=0, le=20040, description="Leaves out what is farther.")
    sector: str | None = Field(default=None, max_length=60, description="As in steel, cement, hydrogen.")
    stage: list[Stage] = Field(default=[], max_length=5, description="One or several.")
    country: str | None = Field(default=None, pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3.")
    capacity_t_per_year: float | None = Field(default=None, gt=0, le=1e10, description="The site's, to find its peers.")
    limit: int = Field(default=50, ge=1, le=1000, description="Most projects listed.")
    peers: int = Field(default=5, ge=0, le=50, description="How many peers.")

    @field_validator("sector")
    @classmethod
    def _known_sector(cls, sector: str | None) -> str | None:
        if sector is not None and sector not in ProjectIndex.load().sectors:
            raise wrong("unknown_value", f"sector must be one of {', '.join(ProjectIndex.load().sectors)}")
        return sector

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        errors = []
        if (self.latitude is None) != (self.longitude is None):
            absent = "latitude" if self.latitude is None else "longitude"
            errors.append(Wrong((absent,), "missing", "latitude and longitude are given together"))
        for name in ("radius_km", "capacity_t_per_year"):
            if getattr(self, name) is not None and self.latitude is None:
                errors.append(Wrong((name,), "conflict", f"{name} needs a place: latitude and longitude"))
        if errors:
            raise all_wrong(errors)
        return self


@router.get("/projects", operation_id="list_projects", summary="Industrial plants and clean projects")
def projects(asked: Annotated[ProjectLookup, Query()]) -> ProjectList:
    """Plants and projects near a place or in a sector, counted by sector, stage and country, and the peers of a site.

    Nearest first where a place is given, else the largest first. Without a stage all are listed, closed plants too.
    """
    index = ProjectIndex.load()
    place = None
    if asked.latitude is not None and asked.longitude is not None:
        place = asked.latitude, asked.longitude
    rows, distance = index.find(
        place=place, radius_km=asked.radius_km, sector=asked.sector, stages=asked.stage, country=asked.country
    )
    peers: list[Project] = []
    if place is not None and asked.sector is not None and asked.peers:
        peers = index.peers(place, asked.sector, asked.capacity_t_per_year, asked.peers)
    notices = []
    if place is not None and asked.sector in (None, "hydrogen"):
        detail = "the shipped hydrogen projects have no coordinates: they are neither near nor far; ask by country"
        notices.append(Notice("projects_without_place", detail))
    return ProjectList(
        total=len(rows),
        projects=[
            _answer(index.project(int(row), float(km)))
            for row, km in zip(rows[: asked.limit], distance[: asked.limit], strict=True)
        ],
        counts=[ProjectCount(**asdict(count)) for count in index.counts(rows)],
        peers=[_answer(peer) for peer in peers],
        sectors=list(index.sectors),
        warnings=caveats(notices),
    )


def _answer(project: Project) -> ProjectAnswer:
    return ProjectAnswer(**asdict(project))
