"""Names and series of the supply: technologies, stores, matching, what a plant may not be called."""

from typing import Annotated, Literal

from pydantic import Field

from models.sizing.components import TAKEN_NAMES
from service.schemas.base import (
    NUMBER_OR_SERIES,
    Number,
    Price,
    Series,
)

Technology = Literal[
    "pv_fixed",
    "pv_tracking",
    "wind_onshore",
    "wind_offshore",
    "wind_offshore_floating",
    "battery",
    "hydrogen_store",
    "hydrogen_turbine",
]


Generating = Literal["pv_fixed", "pv_tracking", "wind_onshore", "wind_offshore", "wind_offshore_floating"]


GENERATORS = ("pv_fixed", "pv_tracking", "wind_onshore", "wind_offshore", "wind_offshore_floating")


DEFAULT_TECHNOLOGIES: list[Technology] = [
    "pv_tracking",
    "wind_onshore",
    "battery",
    "hydrogen_store",
    "hydrogen_turbine",
]


LimitedTechnology = Literal[
    "pv_fixed",
    "pv_tracking",
    "wind_onshore",
    "wind_offshore",
    "wind_offshore_floating",
    "battery",
    "hydrogen_turbine",
]


HydrogenStoreType = Literal["buried_pipe", "lined_rock_cavern", "salt_cavern"]


Matching = Literal["hourly", "monthly", "annual"]


RESERVED = (*GENERATORS, *TAKEN_NAMES, "hydrogen_store", "grid", "load", "unserved", "firm")


MINIMUM = "_minimum"  # ends the name of the part of a firm supply that is bought in any case


PriceSeries = Annotated[
    Annotated[Price, Number] | Annotated[list[Price], Field(min_length=8760, max_length=8784), Series],
    NUMBER_OR_SERIES,
]


Profile = Annotated[list[Annotated[float, Field(ge=0, le=1.0)]], Field(min_length=8760, max_length=8784)]
