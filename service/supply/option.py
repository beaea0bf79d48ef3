"""A generator that may be built or bought: its hours, its cost, its limits, where it stands."""

from dataclasses import dataclass

from models.arrays import FloatArray
from models.figure import Figure
from models.technology_cost import TechnologyCost
from service.supply.siting import Stand


@dataclass(frozen=True, slots=True, eq=False)
class GeneratorOption:
    """A generator that may be built; `name` is its technology's, or a remote plant's own.

    max_mw : most that may be added to `existing_mw`. paid_mw : of what exists, what is paid for like what is added.
    """

    name: str
    technology: str
    capacity_factor: FloatArray
    cost: TechnologyCost
    wacc: Figure
    existing_mw: float
    max_mw: float | None
    dc_ac_ratio: float | None
    figures: tuple[Figure, ...]
    stand: Stand | None
    paid_mw: float = 0.0
