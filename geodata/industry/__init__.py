"""Industrial plants and clean projects nearby: shipped, and the user's own tracker files."""

from geodata.industry.index import Project, ProjectIndex

__all__ = ["Project", "ProjectIndex"]
