"""POST /v1/profiles."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Header, Query, Request, Response
from pydantic import Field, SkipValidation

from service.http.computing import computed, written
from service.http.described_problems import NOT_ACCEPTABLE, PROBLEM_RESPONSES
from service.http.negotiation import chosen
from service.http.tables import csv_bytes, parquet_bytes
from service.schemas.base import Lookup
from service.schemas.profiles import ProfilesAnswer, ProfilesRequest
from service.uses import repeating
from service.uses.profiles import Profiles, answer, profiles


def _json(found: Profiles) -> bytes:
    return written(answer(found))


WRITERS = {"json": _json, "csv": csv_bytes, "parquet": parquet_bytes}
FORMS = {"json": "application/json", "csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
EXAMPLES: Any = {
    "pilbara": {
        "summary": "Tracking PV and onshore wind in the Pilbara, defaults",
        "value": {"site": {"location": {"type": "Point", "coordinates": [118.6, -20.4]}}, "hourly": False},
    },
    "own-designs": {
        "summary": "Your own designs",
        "value": {
            "site": {"location": {"type": "Point", "coordinates": [8.55, 56.27]}},
            "technologies": ["pv_fixed", "wind_onshore"],
            "designs": {
                "pv_fixed": {"tilt_deg": 20, "azimuth_deg": 180, "dc_ac_ratio": 1.2, "losses_share": 0.14},
                "wind_onshore": {"hub_height_m": 100, "power_curve": [[0, 0], [3, 0], [12, 1], [25, 1]]},
            },
            "hourly": False,
        },
    },
}


class ProfilesForm(Lookup):
    """In which form the answer comes."""

    f: Literal["json", "csv", "parquet"] | None = Field(default=None, description="Overrides the Accept header.")


router = APIRouter(prefix="/v1", tags=["Assess"], responses=PROBLEM_RESPONSES | NOT_ACCEPTABLE)


@router.post(
    "/profiles",
    operation_id="profiles",
    summary="Hourly capacity factors at a place",
    response_model=ProfilesAnswer,
    responses={
        200: {
            "description": "JSON with statistics, or the hours alone as CSV or Parquet.",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
)
async def create_profiles(
    request: Request,
    body: Annotated[ProfilesRequest, SkipValidation, Body(openapi_examples=EXAMPLES)],
    asked: Annotated[ProfilesForm, Query()],
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Capacity factors of every hour by technology, UTC, means of the hour beginning; with their statistics: months,
    hours of the day, correlation of sun and wind, the longest lull, and the spread between years.

    `designs` replaces the defaults of a technology. `weather` chooses the source; `Accept` or `?f=` the form.
    """
    form = chosen(accept, asked.f, FORMS)
    headers = {"Vary": "Accept"}
    if form != "json":
        headers["Content-Disposition"] = f'attachment; filename="profiles.{form}"'
    return await computed(
        request,
        body,
        ProfilesRequest,
        profiles,
        WRITERS[form],
        repeatable=repeating.profiles,
        form=form,
        media_type=FORMS[form],
        headers=headers,
    )
