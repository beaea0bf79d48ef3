"""Readers of weather files: bytes in, `RawWeather` out."""

from geodata.weather.files.detect import FORMATS, read_weather

__all__ = ["FORMATS", "read_weather"]
