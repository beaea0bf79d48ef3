"""What every source of weather can do."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from geodata.weather.year import WeatherYear

LATE_DAYS = 100  # reanalyses and satellites are final some months after the fact


class WeatherSource(Protocol):
    """A source of hourly weather."""

    name: str
    reanalysis: bool

    def fetch(self, latitude: float, longitude: float, year: int | None = None) -> WeatherYear:
        """The hours of a place. `year` of None asks for the source's own choice: an ordinary, a typical or the last
        whole year. Raises ValueError outside the globe, SourceUnavailable where the source cannot serve the request.
        """
        ...


def last_whole_year(now: datetime | None = None) -> int:
    """The last calendar year that every online source holds whole."""
    return ((now or datetime.now(UTC)) - timedelta(days=LATE_DAYS)).year - 1
