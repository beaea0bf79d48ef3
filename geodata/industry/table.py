"""Plants and projects as packed columns; what ships, and what a user imports, have the same form."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from geodata.grid.table import names_in, text

STEP = 1e5  # steps a degree
TEXTS = ("project_id", "name", "owner", "sector", "technology", "status", "stage", "country", "source")


@dataclass(frozen=True, slots=True, eq=False)
class Projects:
    """One row a plant or project. Texts may be empty; places (n, 2) lon, lat and numbers NaN where not known.

    status : the source's word. stage : announced, financed, operational, closed or unknown. country : ISO 3166-1
    alpha-3. capacity_t_per_year : of the sector's product. year : of the start.
    """

    project_id: list[str]
    name: list[str]
    owner: list[str]
    sector: list[str]
    technology: list[str]
    status: list[str]
    stage: list[str]
    country: list[str]
    source: list[str]
    places: np.ndarray
    capacity_t_per_year: np.ndarray
    year: np.ndarray

    def __len__(self) -> int:
        return len(self.name)

    def of_source(self, source: str) -> "Projects":
        """The same, of a named source."""
        return replace(self, source=[source] * len(self))

    def save(self, path: Path) -> None:
        """Write the table; the file ends in .npz. Repeated texts are packed as numbers into a list."""
        places = np.where(np.isnan(self.places), np.iinfo(np.int32).min / STEP, self.places)
        arrays: dict[str, np.ndarray] = {
            "places": np.round(places * STEP).astype(np.int32),
            "capacity": self.capacity_t_per_year.astype(np.float32),
            "year": np.nan_to_num(self.year).astype(np.int16),
        }
        for name in TEXTS:
            column: list[str] = getattr(self, name)
            known = sorted(set(column))
            number = {value: index for index, value in enumerate(known)}
            arrays[f"{name}_values"] = text(known)
            arrays[f"{name}_count"] = np.array([len(known)])
            arrays[name] = np.array([number[value] for value in column], dtype=np.uint32)
        np.savez_compressed(path, allow_pickle=False, **arrays)

    @classmethod
    def read(cls, path: Path) -> "Projects":
        """A table that `save` wrote."""
        with np.load(path) as file:
            field = {name: file[name] for name in file.files}
        columns: dict[str, Any] = {}
        for name in TEXTS:
            values = names_in(field[f"{name}_values"], int(field[f"{name}_count"][0]))
            columns[name] = [values[index] for index in field[name]]
        places = field["places"].astype(float)
        places[field["places"] == np.iinfo(np.int32).min] = np.nan
        year = field["year"].astype(float)
        return cls(
            **columns,
            places=places / STEP,
            capacity_t_per_year=field["capacity"].astype(float),
            year=np.where(year == 0.0, np.nan, year),
        )

    def rows(self, kept: np.ndarray) -> "Projects":
        """Some of the rows, by number."""
        columns: dict[str, Any] = {
            field.name: [getattr(self, field.name)[index] for index in kept]
            if field.name in TEXTS
            else getattr(self, field.name)[kept]
            for field in fields(self)
        }
        return Projects(**columns)


def joined(parts: list[Projects]) -> Projects:
    """Several tables as one."""
    columns: dict[str, Any] = {
        field.name: [value for part in parts for value in getattr(part, field.name)]
        if field.name in TEXTS
        else np.concatenate([getattr(part, field.name) for part in parts])
        for field in fields(Projects)
    }
    return Projects(**columns)
