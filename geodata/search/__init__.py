"""The nearest of many points and lines on the Earth, for one place or a batch."""

from geodata.search.nearest import Found, NearestSearch

__all__ = ["Found", "NearestSearch"]
