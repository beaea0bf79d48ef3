"""POST and GET /v1/weather: stored weather files."""

from pydantic import Field

from service.schemas.base import Caveat, Response


class StoredWeather(Response):
    """One stored year."""

    weather_id: str = Field(description="Use it as `weather.source: upload:<weather_id>`.")
    latitude: float
    longitude: float
    year: int = Field(description="Calendar the hours stand on; typical years stand on an ordinary one.")
    hours: int
    bytes: int = Field(description="Size as stored.")
    variables: list[str] = Field(
        description="What the files held; what is not listed is filled from the embedded climate.",
        examples=[["ghi", "dni", "dhi", "temp_air", "wind_speed_100m"]],
    )
    warnings: list[Caveat]


class StoredWeatherList(Response):
    """All stored years."""

    weather: list[StoredWeather]
