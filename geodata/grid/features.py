"""What a question about the grid is answered with."""

from dataclasses import dataclass
from enum import StrEnum

from geodata.warnings import DataWarning


class Kind(StrEnum):
    """What is looked for."""

    LINE = "line"
    SUBSTATION = "substation"
    PLANT = "plant"


@dataclass(frozen=True, slots=True)
class Owner:
    """A source of features, as answers cite it: a shipped table or a user's layer."""

    dataset: str
    source: str
    as_of: str
    licence: str
    user: bool = False


@dataclass(frozen=True, slots=True)
class GridFeature:
    """One thing on the grid's map. Distances are geodesic, to the mapped geometry; the band is `quality.csv`'s.

    circuits, length_km : of a line, from end to end as its source states it. capacity_derived : of a plant, True where
    its size follows from its generation, None where it is not known. direct_current : the voltage is one that only
    direct-current lines have.
    """

    kind: Kind
    distance_km: float
    distance_low_km: float
    distance_high_km: float
    voltage_kv: float | None
    direct_current: bool
    circuits: int | None
    length_km: float | None
    name: str | None
    latitude: float
    longitude: float
    dataset: str
    source: str
    as_of: str
    licence: str
    fuel: str | None
    capacity_mw: float | None
    capacity_derived: bool | None


@dataclass(frozen=True, slots=True)
class GridProximity:
    """What is nearest; a part is None only where the filter leaves nothing."""

    nearest_line: GridFeature | None
    nearest_substation: GridFeature | None
    nearest_plant: GridFeature | None
    completeness: str
    warnings: tuple[DataWarning, ...]
