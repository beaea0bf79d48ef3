"""POST /v1/batches and what tells of them."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, JsonValue, model_validator
from pydantic.config import JsonDict

from service.http.problems import FieldProblem
from service.jobs.records import Dismissal
from service.schemas.base import Lookup, Request, Response, Wrong, all_wrong
from service.schemas.choices import Options, WeatherChoice
from service.schemas.compliance import ComplianceInput
from service.schemas.figures import Figure
from service.schemas.finance import Finance
from service.schemas.process import ProcessInput
from service.schemas.site import Location, MultiPolygon, Polygon
from service.schemas.supply import Supply

Form = Literal["jsonl", "csv", "geojson", "parquet", "xlsx"]
DEFAULTS: JsonDict = {"process": {"id": "steel-h2-dri-eaf"}}
SITES: list[JsonValue] = [
    {"site_id": "boden", "location": {"type": "Point", "coordinates": [21.69, 65.83]}},
    {
        "site_id": "duisburg",
        "location": {"type": "Point", "coordinates": [6.73, 51.48]},
        "process": {"id": "steel-h2-dri-eaf", "capacity_t_per_year": 1000000},
    },
]
SQUARE: list[JsonValue] = [[[13.0, 54.0], [15.0, 54.0], [15.0, 53.0], [13.0, 53.0], [13.0, 54.0]]]


class Region(Request):
    """Score a region: points at a spacing over an area."""

    area: Annotated[Polygon | MultiPolygon, Field(discriminator="type")] = Field(
        description="GeoJSON Polygon or MultiPolygon."
    )
    spacing_km: Annotated[float, Field(ge=1.0, le=2000.0)] = Field(
        default=25.0, description="Between points of a row, and between rows."
    )
    land_only: bool = Field(default=True, description="Leave out points at sea (map of 1:10 million).")


class BatchOrder(Request):
    """What holds for a batch as a whole, however its sites are sent."""

    defaults: dict[str, Any] = Field(
        default={},
        description="What all sites share: `process`, `supply`, `weather`, `finance`, `options`, `compliance`.",
        examples=[DEFAULTS],
    )
    on_error: Literal["reject", "skip"] = Field(
        default="reject", description="A wrong row refuses the batch, or becomes a failed row of the results."
    )
    rank_by: Figure | None = Field(
        default=None,
        description="Dotted name of the figure to rank by, least first, as in `cost.power_cost_usd_per_unit`; when "
        "left out the score where there is one, else the levelised cost of clean power.",
        examples=["cost.power_cost_usd_per_unit"],
    )
    descending: bool = Field(default=False, description="The highest figure first.")
    webhook: Annotated[str, Field(max_length=64)] | None = Field(
        default=None, description="Name of a receiver that the operator registered; told when the batch is over."
    )


class BatchSite(Request):
    """A site of a batch; a part of an assessment request goes over that of the defaults (RFC 7396).

    A site that names another process than the defaults takes nothing of theirs in `process`.
    """

    model_config = ConfigDict(json_schema_extra={"examples": SITES})

    location: Location
    site_id: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="Yours, each once; the row's number when left out."
    )
    name: Annotated[str, Field(max_length=200)] | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    process: ProcessInput | None = None
    supply: Supply | None = None
    weather: WeatherChoice | None = None
    finance: Finance | None = None
    options: Options | None = None
    compliance: ComplianceInput | None = None


class BatchRequest(BatchOrder):
    """Sites or a region. Sites are checked one by one: `BatchSite`."""

    model_config = ConfigDict(
        title="Batch request",
        json_schema_extra={
            "examples": [
                {"sites": SITES, "defaults": DEFAULTS},
                {"region": {"area": {"type": "Polygon", "coordinates": SQUARE}}, "defaults": DEFAULTS},
            ]
        },
    )

    sites: list[Any] | None = Field(
        default=None,
        min_length=1,
        description="Sites, each a BatchSite.",
        json_schema_extra={
            "anyOf": [{"type": "array", "items": {"$ref": "#/components/schemas/BatchSite"}}, {"type": "null"}]
        },
    )
    region: Region | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.sites is None) == (self.region is None):
            raise all_wrong([Wrong(("sites",), "conflict", "give sites or a region, one of the two")])
        return self

    def order(self) -> BatchOrder:
        """What holds for the batch as a whole."""
        return BatchOrder(**{name: getattr(self, name) for name in BatchOrder.model_fields})


class BatchForm(BatchOrder):
    """A file of sites, as a multipart form."""

    file: bytes = Field(
        description="CSV (UTF-8), GeoJSON, GeoParquet or Parquet, told by the content.",
        json_schema_extra={"contentMediaType": "application/octet-stream"},
    )
    columns: dict[str, str] | None = Field(
        default=None,
        description="JSON map of our names (site_id, latitude, longitude, name, country, or a field of the request as "
        "in process.capacity_t_per_year) to the file's columns. When left out, the usual names and ours written out.",
        examples=[{"latitude": "LAT", "longitude": "LON", "process.capacity_t_per_year": "capacity"}],
    )


class Progress(Response):
    """How far a batch is."""

    total: int
    done: int = Field(description="Sites with a result, failed ones too.")
    failed: int
    sites_per_second: float = Field(description="Over the last minute; when over, over the whole.")
    seconds_left: float | None = Field(description="At this rate; null where there is none yet.")


class Link(Response):
    """Where to go next."""

    rel: str
    href: str
    type: str


class SkippedRow(Response):
    """A row that was left out; it stands among the results as failed."""

    row: int = Field(description="From 1.")
    site_id: str
    errors: list[FieldProblem]


class BatchAnswer(Response):
    """A batch as it stands."""

    batch_id: str
    status: Literal["accepted", "running", "successful", "failed", "dismissed"] = Field(
        description="A site that fails is a row, never a failed batch."
    )
    created_at: str
    started_at: str | None
    finished_at: str | None
    progress: Progress
    rank_by: str | None
    descending: bool
    webhook: str | None
    links: list[Link]


class NewBatchAnswer(BatchAnswer):
    """A batch as it was taken."""

    skipped: list[SkippedRow] = Field(
        description="With on_error=skip: the first 1,000 rows that were left out, and why; all stand among the results."
    )


class BatchList(Response):
    """Batches, the newest first."""

    batches: list[BatchAnswer]
    next_cursor: str | None = Field(description="Send it as `cursor` for what follows; null at the end.")


class BatchListing(Lookup):
    """Which batches."""

    limit: int = Field(default=50, ge=1, le=500, description="Most batches listed.")
    cursor: str | None = Field(default=None, max_length=200, description="`next_cursor` of the list before.")
    status: Literal["accepted", "running", "successful", "failed", "dismissed"] | None = None


class DismissalQuery(Lookup):
    """Which of the two that `DELETE` does is meant."""

    only: Dismissal | None = Field(
        default=None,
        description="`stop` stops a batch that is under way, and never deletes; `delete` deletes one that is over, and "
        "never stops; in the other state 409. When left out, whichever the state allows.",
    )


class ResultQuery(Lookup):
    """Which results, in which order and form."""

    f: Form | None = Field(default=None, description="The form of the answer; goes before `Accept`.")
    order: Literal["number", "rank"] = Field(default="number", description="As sent, or the best first.")
    rank_by: Figure | None = Field(default=None, description="Rank by another figure than the batch's own.")
    descending: bool | None = Field(default=None, description="The highest first.")
    status: Literal["ok", "failed"] | None = Field(default=None, description="Only these.")
    limit: int | None = Field(default=None, ge=1, le=10_000_000, description="The first so many.")
    after: int = Field(
        default=0, ge=0, le=10_000_000, description="Only rows of a higher `number`: to go on where a stream broke off."
    )


class BatchResult(Response):
    """One site of a batch."""

    site_id: str
    number: int = Field(description="The row, from 1.")
    status: Literal["ok", "failed"]
    rank: int | None = Field(description="Among those that are done so far; null where failed or without the figure.")
    latitude: float | None
    longitude: float | None
    assessment: dict[str, Any] | None = Field(
        description="The headline figures of an Assessment under their names; generators and stores by name. POST "
        "/v1/assessments with the same input answers the whole."
    )
    problem: dict[str, Any] | None
