"""A user's own copy of a tracker: read, packed, put in force; rows that cannot be read are reported and left out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import shapely

from geodata import user_data
from geodata.industry.formats import TrackerRead, read_tracker
from geodata.user_data import Layer, LayerKind
from geodata.vector_files import bounds_of


def add_projects(
    name: str,
    path: str,
    *,
    kind: str = "auto",
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    licence: str = "as stated by the user",
    as_of: str | None = None,
) -> tuple[Layer, TrackerRead]:
    """Put a tracker's projects in force under a name. Raises LayerError where no row can be read."""
    user_data.check_name(name)
    read = read_tracker(Path(path), kind, columns)
    places = read.projects.places[~np.isnan(read.projects.places[:, 0])]
    with user_data.staging(LayerKind.PROJECTS, ".npz") as staged:
        read.projects.save(staged)
        layer = user_data.add(
            LayerKind.PROJECTS,
            name,
            staged,
            as_of=as_of or datetime.now(UTC).date().isoformat(),
            source=source or f"user's list {name} ({read.format})",
            licence=licence,
            origin=Path(path).name,
            bounds=bounds_of(shapely.points(places)) if len(places) else (),
            counts={"projects": len(read.projects), "without a place": len(read.projects) - len(places)},
        )
    return layer, read
