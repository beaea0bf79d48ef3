"""What every source of weather can do."""

from typing import Protocol

from geodata.weather.year import WeatherYear


class WeatherSource(Protocol):
    """A source of hourly weather."""

    name: str

    def fetch(self, latitude: float, longitude: float, year: int | None = None) -> WeatherYear:
        """The hours of a place. `year` of None asks for an ordinary year. Raises ValueError outside the globe."""
        ...
