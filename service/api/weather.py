"""POST, GET and DELETE /v1/weather."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Path, Request, Response, UploadFile

from service.http.described_problems import NOT_FOUND, PROBLEM_RESPONSES, STORAGE
from service.http.problems import ProblemError
from service.http.tagged import NOT_MODIFIED, Tagged
from service.schemas.weather import StoredWeather, StoredWeatherList
from service.supply.weather import uploads
from service.uses.uploading import store_upload, stored

router = APIRouter(prefix="/v1", route_class=Tagged, tags=["Weather"])
Format = Literal["auto", "epw", "tmy3", "sam_csv", "srw", "csv", "parquet"]
INVALID: dict[int | str, dict[str, Any]] = {422: PROBLEM_RESPONSES[422]}
FORM = ("solar", "wind", "format", "latitude", "longitude", "columns")
WeatherId = Annotated[str, Path(max_length=64, examples=["3f8b1e0a-52c4-4d0e-9f0e-5b0f4a6c7d21"])]


@router.post(
    "/weather",
    operation_id="store_weather",
    summary="Store your own weather file",
    status_code=201,
    responses=PROBLEM_RESPONSES | STORAGE,
)
async def store(
    request: Request,
    response: Response,
    solar: Annotated[UploadFile | None, File(description="Irradiance; temperature and wind where it has them.")] = None,
    wind: Annotated[UploadFile | None, File(description="Wind at one height or several.")] = None,
    format: Annotated[Format, Form(description="`auto` tells by the content.")] = "auto",  # noqa: A002  # the contract's name
    latitude: Annotated[float | None, Form(ge=-90, le=90, allow_inf_nan=False)] = None,
    longitude: Annotated[float | None, Form(ge=-180, le=180, allow_inf_nan=False)] = None,
    columns: Annotated[
        str | None,
        Form(
            description="JSON map for csv and parquet, of our names to the file's columns: time, ghi, dni, dhi, bhi "
            "(direct on the horizontal), temp_air, pressure, snowfall, wind_speed_<height>m; with utc_offset_hours "
            "(local less UTC) and stamp (begin, middle, end, instant) beside them; or a map under each file's name.",
            examples=['{"time": "stamp", "ghi": "GHI", "wind_speed_80m": "ws80"}'],
        ),
    ] = None,
) -> StoredWeather:
    """A solar file, a wind file or both, of one place and one year: EPW, TMY3, SAM CSV (NSRDB), SRW, Open-Meteo, PVGIS
    and WIND Toolkit CSV by themselves, any CSV or Parquet with a map of its columns; gzip is unpacked.

    The hours are checked against the sun, units and bounds; what can be put right is, with a coded warning, the rest is
    an error that says what to do. What the files lack is filled from the embedded climate.
    """
    unknown = [str(name) for name in await request.form() if name not in FORM]
    files = {name: await part.read() for name, part in (("solar", solar), ("wind", wind)) if part is not None}
    found: StoredWeather = await request.app.state.workers.run(
        store_upload, files, format, latitude, longitude, columns, unknown
    )
    response.headers["Location"] = f"{request.scope.get('root_path', '')}/v1/weather/{found.weather_id}"
    return found


@router.get("/weather", operation_id="list_weather", summary="Stored weather files", responses=NOT_MODIFIED)
def listed() -> StoredWeatherList:
    """All stored years, the newest first."""
    return StoredWeatherList(weather=[stored(upload) for upload in uploads().list()])


@router.get(
    "/weather/{weather_id}",
    operation_id="get_weather",
    summary="One stored file",
    responses=NOT_FOUND | INVALID | NOT_MODIFIED,
)
def one(weather_id: WeatherId) -> StoredWeather:
    """What is known of a stored year."""
    try:
        return stored(uploads().head(weather_id))
    except KeyError as error:
        raise ProblemError("not-found", "There is no stored weather of this id.") from error


@router.delete(
    "/weather/{weather_id}",
    operation_id="delete_weather",
    summary="Delete a stored file",
    status_code=204,
    responses=NOT_FOUND | INVALID,
)
def delete(weather_id: WeatherId) -> None:
    """Remove a stored year for good."""
    try:
        uploads().remove(weather_id)
    except KeyError as error:
        raise ProblemError("not-found", "There is no stored weather of this id.") from error
